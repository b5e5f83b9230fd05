"""What the other sheets are made of: texts, lines to write on, lists. No typography of cards.

Type sizes come from `SIZES`, so that a style sheet, and its hash, depend on no name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matcher.profile import Profile
from web.cards.errors import CardsError
from web.cards.labels import isolated
from web.cards.measure import BOLD, is_rtl, keeps_words, line_count
from web.cards.stock import POINT, Grid

__all__ = ["LEADING", "SIZES", "Blank", "Block", "Listing", "Page", "Text", "height_of", "set_name"]

SIZES = (12, 13, 14, 16, 18, 20, 24, 28, 32, 36, 40, 44, 48, 54, 60, 72, 200)
"""Every type size that a sheet may use, in points. What must be read is never below the first."""

LEADING = 1.22
"""Line height as a multiple of the type size."""

WRITING_LINE = 8 / POINT
"""Height of a line to write on, in points."""

_SMALLEST = SIZES[0]


@dataclass(frozen=True, kw_only=True)
class Text:
    """One paragraph.

    Parameters
    ----------
    size
        A member of `SIZES`.
    level
        0 for a paragraph, 1 and 2 for a heading: of the page, of a part of it.
    gap
        Space above in points, dropped at the top of a page.
    """

    text: str
    size: int = _SMALLEST
    bold: bool = False
    grey: bool = False
    level: int = 0
    gap: int = 4

    @property
    def rtl(self) -> bool:
        """Whether it runs from right to left, as an event's title or a word of welcome may."""
        return is_rtl(self.text)


@dataclass(frozen=True, kw_only=True)
class Blank:
    """A line to write on, after a label."""

    label: str


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Rows of cells. With a head it is ruled, and the head returns on every page.

    Parameters
    ----------
    widths
        Of the columns, in twelfths of the whole.
    size
        A member of `SIZES`.
    """

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    head: tuple[str, ...] = ()
    size: int = _SMALLEST


Block = Text | Blank | Listing


@dataclass(frozen=True, kw_only=True)
class Page:
    """What stands on one piece of a sheet, or begins on a new page.

    Parameters
    ----------
    label
        Whose or what it is, for the screen.
    """

    label: str
    blocks: tuple[Block, ...]


def height_of(blocks: tuple[Block, ...], width: float) -> float:
    """Return how high blocks stand at most, in points, on a column of `width` points."""
    return sum(_heights(blocks, width))


def set_name(
    person: Profile, grid: Grid, sizes: tuple[int, ...], height: float
) -> tuple[Text, ...]:
    """Return a person's name as large as it fits.

    On one line if any of the sizes allows, else on two or three in the last, else the given name
    large above the whole, which has half the last size where one line holds it. A name that none
    of this holds is set smaller, and broken within a word only where no size keeps the words.

    Parameters
    ----------
    sizes
        To choose from, largest first.
    height
        What the name may take, in points.

    Raises
    ------
    CardsError
        If the name has no room even in the smallest size; the message says whose.
    """
    for texts in _name_settings(person, grid, sizes):
        if height_of(texts, grid.text_width) <= height:
            return texts
    raise CardsError(
        f"{grid.id} has no room for {person.name[:60]!r} ({len(person.name)} characters). "
        "Shorten the name or choose a larger sheet."
    )


def _name_settings(
    person: Profile, grid: Grid, sizes: tuple[int, ...]
) -> Iterator[tuple[Text, ...]]:
    def lines(name: str, size: int) -> int:
        return line_count(name, grid.text_width / size, BOLD)

    def kept(name: str, among: tuple[int, ...]) -> list[int]:
        return [size for size in among if keeps_words(name, grid.text_width / size)]

    def whole(size: int) -> tuple[Text, ...]:
        return (_name(person.name, size),)

    smaller = tuple(size for size in reversed(SIZES) if size < sizes[-1])
    yield from (whole(size) for size in sizes if lines(person.name, size) == 1)
    if lines(person.name, sizes[-1]) <= 3 and kept(person.name, sizes[-1:]):
        yield whole(sizes[-1])
    if person.short_name != person.name:
        half = (size for size in reversed(SIZES) if size <= sizes[-1] / 2)
        size = next((size for size in half if lines(person.name, size) == 1), _SMALLEST)
        below = Text(text=isolated(person.name), size=size, gap=0)
        large = kept(person.short_name, sizes + smaller)
        yield from ((_name(person.short_name, size), below) for size in large if size > below.size)
    yield from map(whole, kept(person.name, smaller))
    yield from map(whole, smaller)


def _name(text: str, size: int) -> Text:
    return Text(text=isolated(text), size=size, bold=True, level=1, gap=0)


def _heights(blocks: tuple[Block, ...], width: float) -> Iterator[float]:
    for block in blocks:
        if isinstance(block, Text):
            wide = BOLD if block.bold else 1.0
            lines = line_count(block.text, width / block.size, wide)
            yield lines * block.size * LEADING + block.gap
        elif isinstance(block, Blank):
            yield WRITING_LINE
        else:
            for row in block.rows:
                yield max(
                    line_count(cell, width * share / 12 / block.size) * block.size * LEADING
                    for cell, share in zip(row, block.widths, strict=True)
                )
