"""Which piece stands where: from a sorted row of pieces to sheets of places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from matcher.phrase import phrase
from web.cards.errors import UnknownChoice

__all__ = ["PLAIN", "Imposition", "imposed"]

Piece = TypeVar("Piece")

_FARTHEST = 5.0


@dataclass(frozen=True, kw_only=True)
class Imposition:
    """How pieces are laid out on sheets.

    Parameters
    ----------
    stacked
        Cut and stack: sheets are cut in one pile, and the cut piles laid on each other are sorted.
    start
        First place to print on, from 1: the places before it are used up.
    shift
        What the printer is off, across and down, in millimetres of at most 5 each way.
    backs
        Follow each sheet with its back: whose card it is, columns mirrored to be turned over
        the long edge of upright paper (the short one of paper that lies across).
    """

    stacked: bool = False
    start: int = 1
    shift: tuple[float, float] = (0.0, 0.0)
    backs: bool = False

    def __post_init__(self) -> None:
        """Refuse what no sheet allows."""
        if any(abs(length) > _FARTHEST for length in self.shift):
            raise UnknownChoice(
                f"The print can be moved by at most {_FARTHEST:g} mm each way; if it is off by "
                "more, see whether the printer scales the page or pulls it in askew."
            )
        if self.start < 1:
            raise UnknownChoice(phrase("Places on a sheet are numbered from 1."))
        if self.stacked and self.start > 1:
            raise UnknownChoice(
                phrase("Cut and stack needs whole sheets: print without it, or from place 1.")
            )


PLAIN = Imposition()
"""Left to right, row by row, on whole sheets."""


def imposed(
    pieces: Sequence[Piece], per_sheet: int, imposition: Imposition = PLAIN
) -> list[list[Piece | None]]:
    """Return the sheets, each a list of its places, None where a place stays empty.

    Stacked, place p of sheet s holds piece p·S + s, where S is the number of sheets.

    Raises
    ------
    UnknownChoice
        If a sheet has no such place to start at.

    Examples
    --------
    >>> imposed("abcdef", 4)
    [['a', 'b', 'c', 'd'], ['e', 'f']]
    >>> imposed("abcdef", 4, Imposition(stacked=True))
    [['a', 'c', 'e', None], ['b', 'd', 'f', None]]
    >>> imposed("abc", 4, Imposition(start=3))
    [[None, None, 'a', 'b'], ['c']]
    """
    if imposition.start > per_sheet:
        raise UnknownChoice(
            f"A sheet has {per_sheet} places, so none to start at number {imposition.start}."
        )
    if imposition.stacked:
        sheets = -(-len(pieces) // per_sheet)
        return [
            [
                pieces[place * sheets + sheet] if place * sheets + sheet < len(pieces) else None
                for place in range(per_sheet)
            ]
            for sheet in range(sheets)
        ]
    places = [*[None] * (imposition.start - 1), *pieces]
    return [places[at : at + per_sheet] for at in range(0, len(places), per_sheet)]
