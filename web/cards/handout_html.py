"""The other sheets as one standalone HTML file each, under the same rules as the cards' page."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from web.cards.blocks import LEADING, SIZES, WRITING_LINE
from web.cards.handout import Handout
from web.cards.html import environment
from web.cards.labels import labels_of
from web.cards.sheet import CardSheet
from web.cards.sheet_words import sheet_words_of

__all__ = ["handout_html", "handout_style_hash"]


def handout_html(sheet: CardSheet, handout: Handout, paper: str = "a4") -> str:
    """Return a handout as one standalone HTML page that prints on sheets of paper.

    Parameters
    ----------
    paper
        A key of `PAPERS`; without meaning for stock that is sold in one size.

    Raises
    ------
    UnknownChoice
        If there is no such paper or language.
    CardsError
        If a name has no room; the message says which.
    """
    grid, words = handout.on(paper), sheet_words_of(sheet.language)
    labels = labels_of(sheet.language)
    pages = list(handout.pages(sheet, words, grid))
    plan = labels.plan.format(id=sheet.short_id)
    return (
        environment()
        .get_template("handout.html.jinja")
        .render(
            sheet=sheet,
            handout=handout,
            layout=grid,
            labels=labels,
            heading=getattr(words, handout.word),
            sentences=[plan],
            plan=plan,
            style=_style(handout, paper),
            sheets=[
                pages[start : start + grid.per_sheet]
                for start in range(0, len(pages), grid.per_sheet)
            ],
        )
    )


def handout_style_hash(handout: Handout, paper: str = "a4") -> str:
    """Return the hash source that lets a content security policy allow a page's style block."""
    digest = hashlib.sha256(_style(handout, paper).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _style(handout: Handout, paper: str) -> str:
    return (
        environment()
        .get_template("handout.css.jinja")
        .render(
            layout=handout.on(paper),
            flows=handout.flows,
            sizes=SIZES,
            leading=LEADING,
            writing_line=WRITING_LINE,
        )
    )
