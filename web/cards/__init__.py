"""Introduction cards and what is printed with them.

    files of a plan → CardSheet → Face (what of a card fits)  → page, PDF
                                → Page (of another sheet)     → page, PDF

Decides nothing about who meets whom or what is asked; the words come from the plan's files.
"""

from __future__ import annotations

from web.cards.errors import CardsError, Stopped, UnknownChoice, UnreadablePlan
from web.cards.handout import HANDOUTS, PAPERS
from web.cards.html import render_html, style_hash
from web.cards.impose import Imposition
from web.cards.job import SHEETS, PrintJob
from web.cards.labels import LABELS
from web.cards.layout import LAYOUTS
from web.cards.read import sheet_from_files
from web.cards.sheet import CardSheet, Order
from web.cards.since import changed_since

__all__ = [
    "HANDOUTS",
    "LABELS",
    "LAYOUTS",
    "PAPERS",
    "SHEETS",
    "CardSheet",
    "CardsError",
    "Imposition",
    "Order",
    "PrintJob",
    "Stopped",
    "UnknownChoice",
    "UnreadablePlan",
    "changed_since",
    "render_html",
    "sheet_from_files",
    "style_hash",
]
