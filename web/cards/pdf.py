"""The cards as a PDF, exact to the millimetre: `face` decides what is printed, typst sets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from web.cards.blocks import set_name
from web.cards.code import CODE_QUIET, CODE_SIDE, Code
from web.cards.face import Face, faces_of
from web.cards.impose import PLAIN, Imposition, imposed
from web.cards.labels import LABELS, isolated, labels_of
from web.cards.layout import Layout, layout_of
from web.cards.measure import breakable, text_width
from web.cards.merge import merged
from web.cards.parts import OnProgress
from web.cards.press import frame, pictured, press, pressed
from web.cards.sheet import Card, CardSheet, order_of
from web.cards.signs import drawable

__all__ = ["preview", "render_pdf", "typeset"]


def render_pdf(
    sheet: CardSheet,
    layout: str = "a6x4",
    order: str = "name",
    imposition: Imposition = PLAIN,
    paper: str = "a4",
    on_progress: OnProgress = lambda done, of: True,
) -> bytes:
    """Return the cards as a PDF, a ruler page first.

    Parameters
    ----------
    layout
        Id in `LAYOUTS`.
    order
        A member of `Order`.
    paper
        As for `layout_of`.
    on_progress
        Called for a large job; stops it by returning False.

    Raises
    ------
    UnknownChoice
        If there is no such layout, order, language or place.
    Stopped
        If `on_progress` said so.
    CardsError
        If a card cannot hold its names, or a sign is in none of the fonts; the message says which.
    """
    job = _job(sheet, layout_of(layout, paper), order, imposition)
    return merged(pressed("cards.typ", job, on_progress))


def preview(
    sheet: CardSheet, layout: str, order: str, imposition: Imposition, paper: str = "a4"
) -> bytes:
    """Return a picture of the first sheet of cards, as PNG.

    Raises
    ------
    UnknownChoice, CardsError
        As `render_pdf`.
    """
    job = _job(sheet, layout_of(layout, paper), order, imposition, first_only=True)
    return pictured("cards.typ", job)


def typeset(
    sheet: CardSheet,
    layout: str,
    order: str = "name",
    imposition: Imposition = PLAIN,
    *,
    paper: str = "a4",
    measured: bool = False,
    **output: Any,
) -> Any:
    """Return what typst makes of the cards, in any of its output formats.

    Parameters
    ----------
    measured
        Whether to measure every card too, and to fail where one overflows.
    output
        Passed on to `typst.compile`.

    Raises
    ------
    UnknownChoice, CardsError
        As `render_pdf`.
    """
    job = _job(sheet, layout_of(layout, paper), order, imposition) | {"measured": measured}
    return press("cards.typ", job, **output)


def _job(
    sheet: CardSheet,
    layout: Layout,
    order: str,
    imposition: Imposition,
    *,
    first_only: bool = False,
) -> dict[str, Any]:
    labels = labels_of(sheet.language)
    cards = sheet.new_sorted_by(order_of(order))
    places = imposed(range(len(cards)), layout.per_sheet, imposition)
    summary = labels.summary.format(cards=len(cards), sheets=len(places), plan=sheet.short_id)
    places = places[:1] if first_only else places
    faces = _faces(sheet, layout, cards, [at for row in places for at in row if at is not None])
    backs = imposition.backs
    job = frame(sheet, layout, labels, labels.cards, [summary], imposition) | {
        "small": layout.type.body[-1],
        "leading": layout.type.spacing.leading,
        "labels": {words.language: asdict(words) for words in LABELS},
        "layout": _geometry(layout),
        "code": _code(sheet.code, layout),
        "backs": backs,
        "measured": False,
        "first": True,
        "sheets": [
            [None if at is None else _printed(faces[at], layout, backs=backs) for at in row]
            for row in places
        ],
    }
    return drawable(job, sheet)


def _faces(
    sheet: CardSheet, layout: Layout, cards: Sequence[Card], shown: Sequence[int]
) -> dict[int, Face]:
    """Return the faces of the cards at these positions, made with all others of their readers.

    The cards of one reader share a type size, whichever of them are printed here.
    """
    readers = {cards[at].reader.id for at in shown}
    positions = [at for at, card in enumerate(cards) if card.reader.id in readers]
    made = faces_of([cards[at] for at in positions], layout, sheet.short_id, sheet.address)
    return dict(zip(positions, made, strict=True))


def _code(code: Code | None, layout: Layout) -> dict[str, Any] | None:
    if code is None:
        return None
    address = breakable(code.address, layout.text_width / layout.type.small)
    return {"svg": code.svg, "side": CODE_SIDE, "quiet": CODE_QUIET, "address": address}


def _geometry(layout: Layout) -> dict[str, Any]:
    plain = asdict(layout)
    del plain["type"]["never"]  # `face` has seen to it, and JSON knows no sets
    derived = ("corners", "marks", "pad_x", "pad_y")
    return plain | {name: getattr(layout, name) for name in derived}


def _printed(face: Face, layout: Layout, *, backs: bool) -> dict[str, Any]:
    def fitting(text: str, size: int) -> str:
        return breakable(text, layout.text_width / size)

    def whole(name: str, size: int) -> str:
        return isolated(fitting(name, size)) if name else ""

    body = layout.type.body[-1]
    return {
        "id": face.card.id,
        "language": face.card.language,
        "place": face.place,
        "table": face.card.table,
        "names": [
            {
                "text": whole(name.text, name.size),
                "size": name.size,
                "below": whole(name.below, body),
                "turned": name.turned,
            }
            for name in face.names
        ],
        "rows": [
            asdict(row)
            | {name: fitting(getattr(row, name), face.body) for name in ("lead", "text")}
            for row in face.rows
        ],
        "body": face.body,
        "gap": face.gap,
        "tick_lines": face.tick_lines,
        "turns": face.labels.turns,
        "footer": [_footer(face.footer, layout), face.footer[1]],
        "back": _back(face, layout) if backs else [],
    }


def _back(face: Face, layout: Layout) -> list[dict[str, Any]]:
    """Return the name of a card's reader for its back, so that it can be dealt out face down."""
    room = layout.text_height - layout.type.body[0] * layout.type.spacing.leading
    return [
        asdict(text) | {"text": breakable(text.text, layout.text_width / text.size)}
        for text in set_name(face.card.reader, layout, layout.type.names, room)
    ]


def _footer(footer: tuple[str, str], layout: Layout) -> str:
    reader, ids = footer
    return breakable(reader, layout.text_width / layout.type.small - text_width(ids) - 1)
