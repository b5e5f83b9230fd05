"""Stock: what sheets of paper are cut, torn or folded into. Exact geometry, no type.

Origin top left, all lengths in millimetres, no bleed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

__all__ = ["A4", "EDGE", "INCH", "LETTER", "POINT", "Grid", "Paper"]

INCH = 25.4
POINT = INCH / 72

EDGE = 6.4
"""Least distance of text from the sheet's edge: 6.35 mm that printers cannot reach, rounded up."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A sheet of paper as it is sold."""

    name: str
    width: float
    height: float

    @property
    def turned(self) -> Paper:
        """The same sheet, its long side across."""
        return Paper(name=f"{self.name} landscape", width=self.height, height=self.width)


A4 = Paper(name="A4", width=210, height=297)
LETTER = Paper(name="Letter", width=8.5 * INCH, height=11 * INCH)


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Where the pieces of a sheet stand.

    Parameters
    ----------
    width, height
        One piece, flat.
    first_x, first_y
        Top left corner of the first piece.
    pitch_x, pitch_y
        From one piece's corner to the next one's.
    inset
        Least distance of text from a cut.
    precut
        Whether the stock is already cut, so that no marks are printed.
    fold
        From a piece's top to where it is folded; None where it stays flat.
    """

    id: str
    title: str
    paper: Paper
    columns: int
    rows: int
    width: float
    height: float
    first_x: float
    first_y: float
    pitch_x: float
    pitch_y: float
    inset: float = 5.0
    precut: bool = False
    fold: float | None = None

    @property
    def per_sheet(self) -> int:
        """Pieces on one sheet."""
        return self.columns * self.rows

    @cached_property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """Top left corners of a sheet's pieces, in reading order."""
        return tuple(
            (self.first_x + column * self.pitch_x, self.first_y + row * self.pitch_y)
            for row in range(self.rows)
            for column in range(self.columns)
        )

    @cached_property
    def pad_x(self) -> float:
        """Distance of text from a piece's left and right side, the same on every piece."""
        return max(self.inset, EDGE - self.first_x)

    @cached_property
    def pad_y(self) -> float:
        """Distance of text from a piece's top and bottom, the same on every piece."""
        return max(self.inset, EDGE - self.first_y)

    @cached_property
    def text_width(self) -> float:
        """Room for text in points."""
        return (self.width - 2 * self.pad_x) / POINT

    @cached_property
    def text_height(self) -> float:
        """Room for text in points."""
        return (self.height - 2 * self.pad_y) / POINT

    @cached_property
    def face_height(self) -> float:
        """Room for text on one face in points: between top or bottom and the fold."""
        return self.text_height if self.fold is None else self._between(self.fold)

    def _between(self, fold: float) -> float:
        return (min(fold, self.height - fold) - 2 * self.pad_y) / POINT

    @cached_property
    def marks(self) -> tuple[tuple[float, float, float, float], ...]:
        """Cut marks as lines (x1, y1, x2, y2): a cross where pieces meet, ticks near the edges.

        Rounded to hundredths of a millimetre, so that no binary fraction is written out.
        """
        if self.precut:
            return ()
        across = [self.first_x + n * self.pitch_x for n in range(1, self.columns)]
        down = [self.first_y + n * self.pitch_y for n in range(1, self.rows)]
        paper = self.paper
        crosses = [_cross(x, y) for x in across for y in down]
        top_bottom = [
            (x, y, x, y + _TICK) for x in across for y in (EDGE, paper.height - EDGE - _TICK)
        ]
        sides = [(x, y, x + _TICK, y) for y in down for x in (EDGE, paper.width - EDGE - _TICK)]
        lines = [line for cross in crosses for line in cross] + top_bottom + sides
        return tuple(map(_rounded, lines))


_Line = tuple[float, float, float, float]
_TICK = 4.0
_ARM = 2.5


def _cross(x: float, y: float) -> tuple[_Line, _Line]:
    return (x - _ARM, y, x + _ARM, y), (x, y - _ARM, x, y + _ARM)


def _rounded(line: _Line) -> _Line:
    x1, y1, x2, y2 = (round(length, 2) for length in line)
    return x1, y1, x2, y2
