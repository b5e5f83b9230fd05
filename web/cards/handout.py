"""The other sheets of an event: labels, tents, lists. A new one is one line of `HANDOUTS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from web.cards.blocks import Page
from web.cards.errors import UnknownChoice
from web.cards.on_paper import (
    desk_list,
    exchange_list,
    host_sheet,
    introducer_sheet,
    schedules,
    welcome_sheet,
)
from web.cards.on_stock import badge_backs, name_tents, spare_cards, table_numbers
from web.cards.sheet import CardSheet
from web.cards.sheet_words import SheetWords
from web.cards.stock import A4, INCH, LETTER, Grid, Paper

__all__ = ["HANDOUTS", "LETTER_REGIONS", "PAPERS", "Handout", "handout_of"]

PAPERS = {"a4": A4, "letter": LETTER}
"""Sheets of paper by what an organizer calls them, the default first."""

LETTER_REGIONS = frozenset("BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split())
"""Where paper is Letter, as the Unicode locale data have it; A4 everywhere else."""


@dataclass(frozen=True, kw_only=True)
class Handout:
    """One kind of sheet.

    Parameters
    ----------
    word
        Its name: an attribute of `SheetWords`.
    pages
        Makes its pages from the cards.
    stock
        On which sheets of which paper it can be printed; stock that is sold in one size has one.
    flows
        Whether a page may run on over several sheets; else each is one piece of a sheet.
    personal
        Whether each page is somebody's own: its sheets are numbered by themselves, and many pages
        are set in parts.
    """

    id: str
    title: str
    word: str
    pages: Callable[[CardSheet, SheetWords, Grid], Iterable[Page]]
    stock: tuple[Grid, ...]
    flows: bool = False
    personal: bool = False

    def on(self, paper: str) -> Grid:
        """Return the stock for a paper of `PAPERS`; stock of one size is what it is.

        Raises
        ------
        UnknownChoice
            If there is no such paper.
        """
        if paper not in PAPERS:
            raise UnknownChoice(f"There is no paper {paper!r}. Known papers: {', '.join(PAPERS)}.")
        wanted = PAPERS[paper].name
        matching = (grid for grid in self.stock if grid.paper.name.startswith(wanted))
        return next(matching, self.stock[0])


def _grid(
    sheet: tuple[str, str],
    paper: Paper,
    grid: tuple[int, int],
    lengths: tuple[float, float, float, float, float, float],
    unit: float = 1.0,
    **more: Any,
) -> Grid:
    """Return a grid from its maker's lengths: piece, first corner, pitch."""
    width, height, first_x, first_y, pitch_x, pitch_y = (length * unit for length in lengths)
    return Grid(
        id=sheet[0],
        title=sheet[1],
        paper=paper,
        columns=grid[0],
        rows=grid[1],
        width=width,
        height=height,
        first_x=first_x,
        first_y=first_y,
        pitch_x=pitch_x,
        pitch_y=pitch_y,
        **more,
    )


def _whole(sheet: tuple[str, str]) -> tuple[Grid, ...]:
    """Return a whole upright sheet of either paper with its margins."""
    return tuple(
        _grid(sheet, paper, (1, 1), (paper.width, paper.height, 0, 0, 0, 0), inset=inset)
        for paper, inset in ((A4, 18.0), (LETTER, 0.7 * INCH))
    )


_LABEL = ("l7163", "L7163, fourteen labels on A4 for the backs of badges: rounds, times, tables")
_SCHEDULE = ("schedule", "Personal schedule, one page a person")
_TENT = ("tent", "Name tents, two on plain paper")
_5302 = ("tent5302", "Avery 5302, four name tents on Letter")
_5305 = ("tent5305", "Avery 5305, two name tents on Letter")
_NUMBER = ("table-number", "Table numbers, one on a landscape sheet")
_HOST = ("host", "Host sheet, who sits where in each round")
_DESK = ("desk", "Sign-in list for the desk")
_EXCHANGE = ("exchange", "Cards to exchange, after a change of plan")
_INTRODUCERS = ("introducers", "Introducer sheet, who may be asked to introduce whom")
_WELCOME = ("welcome", "Welcome sheet, how it works")
_SPARE = ("spare", "Spare cards for walk-ins, four on a sheet")


def _handout(names: tuple[str, str], word: str, pages: Any, *stock: Grid, **more: Any) -> Handout:
    return Handout(id=names[0], title=names[1], word=word, pages=pages, stock=stock, **more)


HANDOUTS = (
    _handout(
        _LABEL,
        "labels",
        badge_backs,
        _grid(
            _LABEL,
            A4,
            (2, 7),
            (99.1, 38.1, 4.65, 15.15, 101.6, 38.1),
            inset=3.2,
            precut=True,
        ),
    ),
    _handout(_SCHEDULE, "schedule", schedules, *_whole(_SCHEDULE), flows=True, personal=True),
    _handout(
        _TENT,
        "tents",
        name_tents,
        _grid(_TENT, A4, (1, 2), (210, 148.5, 0, 0, 0, 148.5), fold=74.25),
        _grid(_TENT, LETTER, (1, 2), (8.5, 5.5, 0, 0, 0, 5.5), INCH, fold=2.75 * INCH),
    ),
    _handout(
        _5302,
        "tents",
        name_tents,
        _grid(_5302, LETTER, (2, 2), (3.5, 4, 0.75, 1.5, 3.5, 4), INCH, fold=2 * INCH, precut=True),
    ),
    _handout(
        _5305,
        "tents",
        name_tents,
        _grid(
            _5305,
            LETTER,
            (1, 2),
            (8.5, 5, 0, 0.5, 0, 5),
            INCH,
            fold=2.5 * INCH,
            inset=0.375 * INCH,
            precut=True,
        ),
    ),
    _handout(
        _NUMBER,
        "numbers",
        table_numbers,
        _grid(_NUMBER, A4.turned, (1, 1), (297, 210, 0, 0, 0, 0), fold=105),
        _grid(_NUMBER, LETTER.turned, (1, 1), (11, 8.5, 0, 0, 0, 0), INCH, fold=4.25 * INCH),
    ),
    _handout(_HOST, "host", host_sheet, *_whole(_HOST), flows=True),
    _handout(_DESK, "desk", desk_list, *_whole(_DESK), flows=True),
    _handout(_EXCHANGE, "exchange", exchange_list, *_whole(_EXCHANGE), flows=True),
    _handout(_INTRODUCERS, "introducers", introducer_sheet, *_whole(_INTRODUCERS), flows=True),
    _handout(_WELCOME, "welcome", welcome_sheet, *_whole(_WELCOME), flows=True),
    _handout(
        _SPARE,
        "spare",
        spare_cards,
        _grid(_SPARE, A4, (2, 2), (105, 148, 0, 0.5, 105, 148)),
        _grid(_SPARE, LETTER, (2, 2), (4.25, 5.5, 0, 0, 4.25, 5.5), INCH),
    ),
)
"""Every other sheet, in the order of the print page."""


def handout_of(handout_id: str) -> Handout | None:
    """Return the sheet called `handout_id`, None if it is not one of these."""
    return next((handout for handout in HANDOUTS if handout.id == handout_id), None)
