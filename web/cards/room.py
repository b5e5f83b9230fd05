"""How much of a card's height its parts take in one layout, in points.

Estimated towards too much (see `measure`). Every length here is the style sheet's: both take them
from `Layout` and its `Spacing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from web.cards.code import CODE_QUIET, CODE_SIDE
from web.cards.labels import Labels
from web.cards.layout import Layout
from web.cards.measure import BOLD, is_rtl, line_count, text_width, together
from web.cards.rows import Part, Row
from web.cards.sheet import Card

__all__ = ["Name", "Room"]

_BOX = 1.2
"""Width of a box to tick with the gap beside it, in em."""
_BETWEEN = 1.0
"""Between one box with its word and the next, in em."""


@dataclass(frozen=True)
class Name:
    """A name as it is set.

    Parameters
    ----------
    size
        In points.
    below
        The full name at body size, when `text` is only what the person is called.
    turned
        Whether its lines stand on the right: it runs from right to left, and has several.
    """

    text: str
    size: int
    below: str = ""
    turned: bool = False


@dataclass(frozen=True)
class Room:
    """The room on one card of a layout.

    Parameters
    ----------
    address
        What the card carries as a QR code, "" for nothing.
    """

    layout: Layout
    card: Card
    labels: Labels
    address: str = ""

    def named(self, text: str, size: int, below: str = "") -> Name:
        """Return a name as it is set in a type size, the full name below it if given."""
        text = together(text, self._name_width / size)
        several = bool(below) or self.name_lines(text, size) > 1
        return Name(text, size, below, turned=several and is_rtl(text))

    def name_lines(self, name: str, size: int) -> int:
        """Return how many lines a name takes in a type size."""
        return line_count(name, self._name_width / size, BOLD)

    def for_rows(self, names: Sequence[Name], footer: tuple[str, str]) -> float:
        """Return the height that is left for the rows."""
        head, closing = self._head_height(names), self._closing_height()
        return self.layout.text_height - head - closing - self._footer_height(*footer)

    def row_height(self, row: Row, body: int) -> float:
        """Return the height of one row without the gap below it."""
        space, width = self.layout.type.spacing, self.layout.text_width
        text = f"{row.label} {row.lead} {row.text}" if row.run_in else f"{row.lead} {row.text}"
        room = width if row.run_in else width - space.label
        if row.part is Part.REPLACES:
            room -= space.bar
        widen = BOLD if row.part in (Part.ASK, Part.REPLACES) else 1.0
        return line_count(text, room / body, widen) * body * space.leading

    @property
    def _name_width(self) -> float:
        beside = self._table_width if self.layout.type.compact else 0
        return self.layout.text_width - beside

    @property
    def _table_width(self) -> float:
        """Width of a compact card's table number under its label, with the gap beside it."""
        if self.card.table is None:
            return 0
        sizes, number = self.layout.type, str(self.card.table)
        label = text_width(self.labels.table) * sizes.body[-1]
        return max(label, text_width(number) * sizes.table * BOLD) + sizes.spacing.leading * 6

    def _head_height(self, names: Sequence[Name]) -> float:
        space, sizes = self.layout.type.spacing, self.layout.type
        between = space.between_names * (len(names) - 1)
        height = sum(map(self._name_height, names)) + between + space.below_names
        if not sizes.compact:
            return space.head + space.below_head + height
        place = sizes.body[-1] * space.leading
        return place + max(height, sizes.table * space.digits + space.below_names)

    def _name_height(self, name: Name) -> float:
        space, body = self.layout.type.spacing, self.layout.type.body[-1]
        large = self.name_lines(name.text, name.size) * name.size * space.name_leading
        below = self.name_lines(name.below, body) * body * space.leading if name.below else 0
        return large + below

    @property
    def tick_lines(self) -> int:
        """Lines that the boxes to tick take: one, or several beside a code."""
        words = self.labels
        ticks = (words.met, words.carry_on, words.was_offered)
        lines, used, room = 1, 0.0, self._notes_width / self.layout.type.body[-1]
        for width in (text_width(tick) + _BOX for tick in ticks):
            if used and used + width > room:
                lines, used = lines + 1, 0.0
            used += width + _BETWEEN
        return lines

    @property
    def _notes_width(self) -> float:
        beside = CODE_SIDE + CODE_QUIET if self.address else 0
        return self.layout.text_width - beside

    def _closing_height(self) -> float:
        """Return the height of what follows the rows: turns and ticks, or lines to write on."""
        sizes, space = self.layout.type, self.layout.type.spacing
        sit_out = self.card.is_sit_out
        if not space.seed_lines or (sizes.compact and not sit_out):
            return 0
        lines = (self.labels.seeds,) if sit_out else self.labels.turns
        width = self._notes_width / sizes.body[-1]
        count = sum(line_count(line, width) for line in lines)
        ticks = space.ticks + (self.tick_lines - 1) * space.tick_line
        height = count * sizes.body[-1] * space.leading + (space.seeds if sit_out else ticks)
        if self.address:
            # The line to write on keeps its own distance: nothing is printed right below a code.
            height = max(height, CODE_SIDE + (2 if sit_out else 1) * CODE_QUIET)
        return height if sit_out else height + space.writing_line

    def _footer_height(self, reader: str, ids: str) -> float:
        small, space = self.layout.type.small, self.layout.type.spacing
        lines = line_count(reader, self.layout.text_width / small - text_width(ids) - 1)
        if self.address:
            lines += line_count(self.address, self.layout.text_width / small)
        return space.footer_gap + lines * small * space.leading
