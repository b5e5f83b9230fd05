"""The print page: one standalone HTML file that is a screen-reader twin of the paper.

No script, no request, no `style` attribute: one style block, whose hash `style_hash` gives to a
content security policy. People's text only ever goes through Jinja's escaping.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from web.cards.code import CODE_QUIET, CODE_SIDE
from web.cards.face import Face, faces_of
from web.cards.labels import Labels, labels_of
from web.cards.layout import Layout, layout_of
from web.cards.sheet import Card, CardSheet, Order, order_of
from web.cards.stock import EDGE, INCH

__all__ = ["environment", "render_html", "style_hash"]


@dataclass(frozen=True)
class Place:
    """A card on its sheet.

    Parameters
    ----------
    spot
        Number of the place on the sheet, from 0, in reading order.
    heading
        Opens a new group of cards on the screen; "" within a group.
    """

    spot: int
    heading: str
    face: Face

    @property
    def classes(self) -> str:
        """Class names of the card: its place on the sheet, its type size, its gaps."""
        return f"card p{self.spot} b{self.face.body} g{self.face.gap}"


def render_html(
    sheet: CardSheet, layout: str = "a6x4", order: str = "name", paper: str = "a4"
) -> str:
    """Return the cards as one standalone HTML page that prints on sheets of paper.

    Parameters
    ----------
    layout
        Id in `LAYOUTS`.
    order
        A member of `Order`.
    paper
        As for `layout_of`.

    Raises
    ------
    UnknownChoice
        If there is no such layout, order or language.
    CardsError
        If a card cannot hold its names; the message says which.
    """
    chosen = layout_of(layout, paper)
    labels = labels_of(sheet.language)
    places = list(_places(sheet, chosen, order_of(order), labels))
    sheets = list(_sheets(places, chosen.per_sheet))
    summary = labels.summary.format(cards=len(places), sheets=len(sheets), plan=sheet.short_id)
    return (
        environment()
        .get_template("cards.html.jinja")
        .render(
            sheet=sheet,
            layout=chosen,
            labels=labels,
            style=_style(chosen),
            notes=_notes(places, chosen),
            sheets=sheets,
            heading=labels.cards,
            sentences=[summary],
        )
    )


def style_hash(layout: str = "a6x4", paper: str = "a4") -> str:
    """Return the hash source that lets a content security policy allow a page of cards' style.

    Examples
    --------
    >>> style_hash("a6x4").startswith("'sha256-")
    True
    """
    digest = hashlib.sha256(_style(layout_of(layout, paper)).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _places(sheet: CardSheet, layout: Layout, order: Order, labels: Labels) -> Iterator[Place]:
    last = None
    faces = faces_of(sheet.new_sorted_by(order), layout, sheet.short_id, sheet.address)
    for number, face in enumerate(faces):
        group = _group(face.card, order, labels)
        yield Place(number % layout.per_sheet, "" if group == last else group[1], face)
        last = group


def _group(card: Card, order: Order, labels: Labels) -> tuple[str, str]:
    """Return what keeps cards together on the screen, and the heading that says so."""
    if order is Order.NAME:
        return card.reader.id, card.reader.name
    if order is Order.ROUND:
        return str(card.round), labels.in_round(card.round)
    table = f"{labels.table} {card.table}" if card.table else labels.pause
    return table, table


def _sheets(places: Sequence[Place], per_sheet: int) -> Iterator[Sequence[Place]]:
    for start in range(0, len(places), per_sheet):
        yield places[start : start + per_sheet]


def _notes(places: Sequence[Place], layout: Layout) -> dict[tuple[str, bool], Markup]:
    """Return what follows the rows, by language and whether the card is a sit-out's.

    Set once for all cards: it names nobody, and is half of the page.
    """
    template = environment().get_template("notes.html.jinja")
    languages = {place.face.labels.language: place.face.labels for place in places}
    return {
        (language, is_sit_out): Markup(  # noqa: S704 - escaped by the template
            template.render(words=words, layout=layout, is_sit_out=is_sit_out)
        )
        for language, words in languages.items()
        for is_sit_out in (False, True)
    }


@cache
def environment() -> Environment:
    """Return the templates of everything that is printed."""
    return Environment(
        loader=PackageLoader("web.cards"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


@cache
def _style(layout: Layout) -> str:
    template = environment().get_template("cards.css.jinja")
    return template.render(
        layout=layout,
        space=layout.type.spacing,
        code=CODE_SIDE,
        quiet=CODE_QUIET,
        edge=EDGE,
        inch=INCH,
    )
