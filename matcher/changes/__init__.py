"""Changes that an organizer makes to a plan by hand: what they do to it, and what they cost."""

from __future__ import annotations

from .board import Board, Impossible
from .kinds import CHANGES, Change, Forbid, Move, Pin, Remove, Swap
from .make import Changed, make_change
from .price import Price, Share, price

__all__ = [
    "CHANGES",
    "Board",
    "Change",
    "Changed",
    "Forbid",
    "Impossible",
    "Move",
    "Pin",
    "Price",
    "Remove",
    "Share",
    "Swap",
    "make_change",
    "price",
]
