"""Card layouts: exact geometry and type sizes as data, one line of `LAYOUTS` each.

Origin top left, all lengths in millimetres, portrait, no bleed. A new layout is one entry here;
the geometry and overflow tests walk the tuple.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from web.cards.errors import UnknownChoice

__all__ = ["LAYOUTS", "Layout", "Paper", "Type", "layout_of"]

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


A4 = Paper(name="A4", width=210, height=297)
LETTER = Paper(name="Letter", width=8.5 * INCH, height=11 * INCH)


@dataclass(frozen=True, kw_only=True)
class Type:
    """Type sizes of a layout in points.

    Parameters
    ----------
    names
        Sizes of the partner's name, largest first.
    table
        The table number.
    body
        Sizes of everything that must be read, largest first.
    small
        The footer, which nobody must read.
    words
        Most words in the body.
    """

    names: tuple[int, ...]
    table: int
    body: tuple[int, ...]
    small: int
    words: int


_A6_TYPE = Type(names=(28, 26, 24), table=36, body=(14, 13, 12), small=8, words=75)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where the cards stand on a sheet and how large their type is.

    Parameters
    ----------
    width, height
        One card.
    first_x, first_y
        Top left corner of the first card.
    pitch_x, pitch_y
        From one card's corner to the next one's.
    inset
        Least distance of text from a cut.
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
    type: Type
    inset: float = 5.0

    @property
    def per_sheet(self) -> int:
        """Cards on one sheet."""
        return self.columns * self.rows

    @cached_property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """Top left corners of a sheet's cards, in reading order."""
        return tuple(
            (self.first_x + column * self.pitch_x, self.first_y + row * self.pitch_y)
            for row in range(self.rows)
            for column in range(self.columns)
        )

    @cached_property
    def pad_x(self) -> float:
        """Distance of text from a card's left and right side, the same on every card."""
        return max(self.inset, EDGE - self.first_x)

    @cached_property
    def pad_y(self) -> float:
        """Distance of text from a card's top and bottom, the same on every card."""
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
    def marks(self) -> tuple[tuple[float, float, float, float], ...]:
        """Cut marks as lines (x1, y1, x2, y2): a cross where cards meet, ticks near the edges."""
        across = [self.first_x + n * self.pitch_x for n in range(1, self.columns)]
        down = [self.first_y + n * self.pitch_y for n in range(1, self.rows)]
        paper = self.paper
        crosses = [_cross(x, y) for x in across for y in down]
        top_bottom = [
            (x, y, x, y + _TICK) for x in across for y in (EDGE, paper.height - EDGE - _TICK)
        ]
        sides = [(x, y, x + _TICK, y) for y in down for x in (EDGE, paper.width - EDGE - _TICK)]
        return tuple(line for cross in crosses for line in cross) + tuple(top_bottom + sides)


_Line = tuple[float, float, float, float]
_TICK = 4.0
_ARM = 2.5


def _cross(x: float, y: float) -> tuple[_Line, _Line]:
    return (x - _ARM, y, x + _ARM, y), (x, y - _ARM, x, y + _ARM)


LAYOUTS = (
    Layout(
        id="a6x4",
        title="A6, four on A4",
        paper=A4,
        columns=2,
        rows=2,
        width=105,
        height=148,
        first_x=0,
        first_y=0.5,
        pitch_x=105,
        pitch_y=148,
        type=_A6_TYPE,
    ),
    Layout(
        id="letterx4",
        title="Quarter Letter, four on Letter",
        paper=LETTER,
        columns=2,
        rows=2,
        width=4.25 * INCH,
        height=5.5 * INCH,
        first_x=0,
        first_y=0,
        pitch_x=4.25 * INCH,
        pitch_y=5.5 * INCH,
        type=_A6_TYPE,
    ),
)
"""Every layout, the default first."""


def layout_of(layout_id: str) -> Layout:
    """Return the layout called `layout_id`.

    Raises
    ------
    UnknownChoice
        If there is none.
    """
    for layout in LAYOUTS:
        if layout.id == layout_id:
            return layout
    known = ", ".join(layout.id for layout in LAYOUTS)
    raise UnknownChoice(f"There is no layout {layout_id!r}. Known layouts: {known}.")
