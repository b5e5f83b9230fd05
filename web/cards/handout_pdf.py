"""The other sheets as a PDF, exact to the millimetre."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from typing import Any

from web.cards.blocks import LEADING, SIZES, WRITING_LINE, Block, Listing, Page, Text
from web.cards.handout import Handout
from web.cards.impose import PLAIN, Imposition, imposed
from web.cards.labels import labels_of
from web.cards.measure import breakable
from web.cards.merge import merged
from web.cards.parts import OnProgress
from web.cards.press import UA, frame, pictured, press, pressed
from web.cards.sheet import CardSheet
from web.cards.sheet_words import sheet_words_of
from web.cards.signs import drawable
from web.cards.stock import Grid

__all__ = ["handout_pdf", "handout_preview", "typeset_handout"]


def handout_pdf(
    sheet: CardSheet,
    handout: Handout,
    paper: str = "a4",
    imposition: Imposition = PLAIN,
    on_progress: OnProgress = lambda done, of: True,
) -> bytes:
    """Return a handout as a tagged PDF; on exact stock, a ruler page first.

    Parameters
    ----------
    paper
        A key of `PAPERS`; without meaning for stock that is sold in one size.
    on_progress
        Called for a large job of pages that are somebody's own; stops it by returning False.

    Raises
    ------
    UnknownChoice
        If there is no such paper or language.
    Stopped
        If `on_progress` said so.
    CardsError
        If a name has no room, or a sign is in none of the fonts; the message says which.
    """
    job = _job(sheet, handout, paper, imposition)
    if handout.personal:
        return merged(pressed("handout.typ", job, on_progress))
    pages: bytes = press("handout.typ", job, **UA)
    return pages


def handout_preview(
    sheet: CardSheet, handout: Handout, paper: str, imposition: Imposition
) -> bytes:
    """Return a picture of the first sheet, as PNG.

    Raises
    ------
    UnknownChoice, CardsError
        As `handout_pdf`.
    """
    first = None if imposition.stacked else handout.on(paper).per_sheet
    return pictured("handout.typ", _job(sheet, handout, paper, imposition, first))


def typeset_handout(
    sheet: CardSheet,
    handout: Handout,
    paper: str,
    imposition: Imposition = PLAIN,
    *,
    measured: bool = False,
    **output: Any,
) -> Any:
    """Return what typst makes of a handout, in any of its output formats.

    Parameters
    ----------
    measured
        Whether to measure every piece too, and to fail where one overflows.
    output
        Passed on to `typst.compile`.

    Raises
    ------
    UnknownChoice, CardsError
        As `handout_pdf`.
    """
    job = _job(sheet, handout, paper, imposition) | {"measured": measured}
    return press("handout.typ", job, **output)


def _job(
    sheet: CardSheet,
    handout: Handout,
    paper: str,
    imposition: Imposition,
    pieces: int | None = None,
) -> dict[str, Any]:
    """Return what typst sets: all pieces, or the first few."""
    grid, words = handout.on(paper), sheet_words_of(sheet.language)
    labels = labels_of(sheet.language)
    plan = labels.plan.format(id=sheet.short_id)
    pages = [_page(page, grid) for page in islice(handout.pages(sheet, words, grid), pieces)]
    job = frame(sheet, grid, labels, getattr(words, handout.word), [plan], imposition) | {
        "labels": {labels.language: asdict(labels)},
        "layout": _geometry(grid),
        "small": SIZES[0],
        "leading": LEADING,
        "writing_line": WRITING_LINE,
        "flows": handout.flows,
        "personal": handout.personal,
        "measured": False,
        "first": True,
        "plan": plan,
        "page": words.page,
        "sheets": imposed(pages, grid.per_sheet, imposition),
    }
    return drawable(job, sheet)


def _geometry(grid: Grid) -> dict[str, Any]:
    derived = ("corners", "marks", "pad_x", "pad_y", "face_height")
    return asdict(grid) | {name: getattr(grid, name) for name in derived}


def _page(page: Page, grid: Grid) -> dict[str, Any]:
    return {"label": page.label, "blocks": [_printed(block, grid) for block in page.blocks]}


def _printed(block: Block, grid: Grid) -> dict[str, Any]:
    plain = asdict(block) | {"kind": type(block).__name__.lower()}
    if isinstance(block, Text):
        plain["text"] = breakable(block.text, grid.text_width / block.size)
        plain["rtl"] = block.rtl
    elif isinstance(block, Listing):
        plain["rows"] = [list(_cells(row, block, grid)) for row in block.rows]
    return plain


def _cells(row: tuple[str, ...], listing: Listing, grid: Grid) -> Iterator[str]:
    for cell, share in zip(row, listing.widths, strict=True):
        yield breakable(cell, grid.text_width * share / 12 / listing.size - 1)
