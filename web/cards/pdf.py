"""The cards as a PDF: exact geometry, fonts inside, tagged for screen readers (PDF/UA-1).

What is printed where is decided by `face`, as for the page; typst only sets it. A sign that none of
the fonts has is an error of PDF/UA-1, so no box ever stands in for a letter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from web.cards.errors import CardsError
from web.cards.face import Face, faces_of
from web.cards.labels import LABELS, labels_of
from web.cards.layout import Layout, layout_of
from web.cards.measure import breakable, text_width
from web.cards.sheet import CardSheet, order_of

__all__ = ["render_pdf", "typeset"]

_FONTS = Path(str(files("web.cards") / "fonts"))

_FIRST = ("Noto Sans", "Noto Sans CJK JP")
"""Asked before all others: Latin letters, and of the Han variants the fonts' own default."""

_LARGE_FONTS = "manimgx_fonts_cjk"
"""Package of the extra `cjk`: 33 MB of Chinese, Japanese and Korean signs."""


def render_pdf(sheet: CardSheet, layout: str = "a6x4", order: str = "name") -> bytes:
    """Return the cards as a PDF, a ruler page first.

    Parameters
    ----------
    layout
        Id in `LAYOUTS`.
    order
        A member of `Order`.

    Raises
    ------
    UnknownChoice
        If there is no such layout, order or language.
    CardsError
        If a card cannot hold its names, or a sign is in none of the fonts; the message says which.
    """
    pages: bytes = typeset(sheet, layout, order, format="pdf", pdf_standards="ua-1")
    return pages


def typeset(
    sheet: CardSheet, layout: str, order: str = "name", *, measured: bool = False, **output: Any
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
    chosen = layout_of(layout)
    faces = faces_of(sheet.sorted_by(order_of(order)), chosen, sheet.short_id)
    job = json.dumps(_job(sheet, chosen, faces) | {"measured": measured})
    try:
        return typst.compile(
            _source(),
            font_paths=_font_paths(),
            ignore_system_fonts=True,
            sys_inputs={"job": job},
            **output,
        )
    except typst.TypstError as error:
        raise _in_words(error) from error


def _job(sheet: CardSheet, layout: Layout, faces: Sequence[Face]) -> dict[str, Any]:
    labels = labels_of(sheet.language)
    count, per_sheet = len(faces), layout.per_sheet
    sheets = [faces[start : start + per_sheet] for start in range(0, count, per_sheet)]
    return {
        "title": " · ".join(filter(None, (labels.cards, sheet.title))),
        "event": sheet.title,
        "sentences": [
            labels.summary.format(cards=count, sheets=len(sheets), plan=sheet.short_id),
            labels.paper.format(paper=layout.paper.name),
        ],
        "fonts": _families(),
        "language": sheet.language,
        "labels": {words.language: asdict(words) for words in LABELS},
        "layout": _geometry(layout),
        "sheets": [[_printed(face, layout) for face in row] for row in sheets],
    }


def _geometry(layout: Layout) -> dict[str, Any]:
    plain = asdict(layout)
    del plain["type"]["never"]  # `face` has seen to it, and JSON knows no sets
    derived = ("corners", "marks", "pad_x", "pad_y")
    return plain | {name: getattr(layout, name) for name in derived}


def _printed(face: Face, layout: Layout) -> dict[str, Any]:
    def fitting(text: str, size: int) -> str:
        return breakable(text, layout.text_width / size)

    def whole(name: str, size: int) -> str:
        return fitting(name.replace("-", "-\u2060"), size)  # names break at spaces

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
        "turns": face.labels.turns_for(layout.type.compact),
        "footer": [_footer(face.footer, layout), face.footer[1]],
    }


def _footer(footer: tuple[str, str], layout: Layout) -> str:
    reader, ids = footer
    return breakable(reader, layout.text_width / layout.type.small - text_width(ids) - 1)


@cache
def _source() -> bytes:
    return (files("web.cards") / "templates" / "cards.typ").read_bytes()


@cache
def _font_paths() -> list[str]:
    large = find_spec(_LARGE_FONTS)
    return [str(_FONTS), *(large.submodule_search_locations or () if large else ())]


@cache
def _families() -> list[str]:
    """Return the names of the fonts to look for a sign in, in this order."""
    known = typst.Fonts(include_system_fonts=False, font_paths=_font_paths())
    shipped = {font.family for font in known.fonts() if font.path}
    return [*_FIRST, *sorted(shipped.difference(_FIRST))]


def _in_words(error: Exception) -> CardsError:
    missing = re.search(r"the text `\"(.+?)\"` could not be displayed", str(error))
    if missing is None:
        return CardsError(f"The PDF could not be made: {error}. Print the page cards.html instead.")
    return CardsError(
        f"No font here has a sign for {missing[1]!r}. Chinese, Japanese and Korean come with the "
        'extra "cjk" of Seedbed; or print cards.html, which uses the fonts of this computer.'
    )
