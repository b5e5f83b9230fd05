"""What of a card is printed in a layout, and in which sizes: content gives way, type does not.

Room is estimated (see `measure`), always towards too little, so that nothing overflows or overlaps
in any font. Body type shrinks to its smallest size first; then the last questions go, then the
offer, then the second half of the reason. The names and the opening question stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from matcher.profile import Profile
from web.cards.errors import CardsError
from web.cards.labels import Labels, labels_of
from web.cards.layout import POINT, Layout
from web.cards.measure import BOLD, line_count, text_width, word_count
from web.cards.rows import Part, Row, rows_of
from web.cards.sheet import Card

__all__ = ["SPACING", "Face", "Name", "faces_of"]


@dataclass(frozen=True)
class Name:
    """A name as it is set.

    Parameters
    ----------
    size
        In points.
    below
        The full name at body size, when `text` is only what the person is called.
    """

    text: str
    size: int
    below: str = ""


@dataclass(frozen=True, kw_only=True)
class Face:
    """One card as it is printed in one layout.

    Parameters
    ----------
    place
        Round and time.
    body
        Type size of the rows in points.
    gap
        Space below each row in points.
    footer
        Whose card it is; what identifies the card.
    """

    card: Card
    labels: Labels
    place: str
    names: tuple[Name, ...]
    rows: tuple[Row, ...]
    body: int
    gap: int
    footer: tuple[str, str]


@dataclass(frozen=True)
class Spacing:
    """Vertical and horizontal measures shared by the estimate and the style sheet, in points.

    Parameters
    ----------
    leading, name_leading
        Line height as a multiple of the type size.
    label
        Width of the column of labels, gap included.
    gaps
        Space below a row, largest first.
    rule
        Room for the line between what to say and what to note.
    tick_line, writing_line
        Height of a line of boxes to tick, and of one to write on.
    """

    leading: float = 1.22
    name_leading: float = 1.14
    label: float = 61
    head: float = 34
    below_head: float = 4
    below_names: float = 6
    gaps: tuple[int, ...] = (10, 9, 8, 7, 6, 5, 4, 3)
    rule: float = 3
    turns_gap: float = 3
    tick_line: float = 17
    writing_line: float = 8 / POINT
    footer_gap: float = 4

    @property
    def ticks(self) -> float:
        """Height of the two tick lines with the gaps above."""
        return self.rule + 2 * self.turns_gap + self.tick_line + self.writing_line

    @property
    def seeds(self) -> float:
        """Height of the three lines to write on with the gap above."""
        return self.rule + self.turns_gap + 3 * self.writing_line


SPACING = Spacing()

_STEPS = (
    {Part.DEEPER, Part.ASK_HOST},
    {Part.FOLLOW, Part.WHERE},
    {Part.OFFER},
    {Part.WHY_TAIL},
    {Part.WHY, Part.PAUSE},
    {Part.LEAD},
)

_GIVES_WAY = tuple(frozenset[Part]().union(*_STEPS[:steps]) for steps in range(len(_STEPS) + 1))
"""What is left out, step by step, until the rest fits."""


def faces_of(cards: Sequence[Card], layout: Layout, plan_id: str) -> tuple[Face, ...]:
    """Return what of each card is printed in a layout, in the same order.

    All cards of a reader get the type size of their fullest one: they are looked at side by side.

    Parameters
    ----------
    plan_id
        The plan's short hash, for the footer.

    Raises
    ------
    CardsError
        If not even the names and the opening question have room; the message names the card.
    UnknownChoice
        If cards cannot be printed in the card's language.
    """
    faces = [_face(card, layout, plan_id) for card in cards]
    body: dict[str, int] = {}
    for face in faces:
        reader = face.card.reader.id
        body[reader] = min(face.body, body.get(reader, face.body))
    return tuple(_spaced(face, body[face.card.reader.id], layout) for face in faces)


def _spaced(face: Face, body: int, layout: Layout) -> Face:
    """Return a face in another type size, its rows as far apart as there is room for."""
    room = layout.text_height - _fixed_height(face, layout)
    gap = _roomiest_gap(face.rows, room - _rows_height(face.rows, body, layout))
    return replace(face, body=body, gap=gap)


def _face(card: Card, layout: Layout, plan_id: str) -> Face:
    labels = labels_of(card.language)
    whole = Face(
        card=card,
        labels=labels,
        place=" · ".join(filter(None, (labels.round.format(round=card.round), card.time))),
        names=(),
        rows=rows_of(card, labels),
        body=layout.type.body[0],
        gap=0,
        footer=_footer(card, labels, plan_id),
    )
    for names in _name_settings(whole, layout):
        face = replace(whole, names=names)
        room = layout.text_height - _fixed_height(face, layout)
        for rows, body in _attempts(face, layout):
            if _roomiest_gap(rows, room - _rows_height(rows, body, layout)):
                return replace(face, rows=rows, body=body)
    people = (card.reader, *(ask.partner for ask in card.asks))
    longest = max((person.name for person in people), key=len)
    raise CardsError(
        f"Card {card.id} has no room for {longest[:60]!r} ({len(longest)} characters) and a "
        f"question in layout {layout.id}. Shorten the name or choose a larger layout."
    )


def _attempts(face: Face, layout: Layout) -> Iterator[tuple[tuple[Row, ...], int]]:
    """Yield which rows to print in which type size, the best first."""
    for dropped in _GIVES_WAY:
        rows = tuple(_kept(face.rows, dropped))
        if _words(face, rows) <= layout.type.words:
            for body in layout.type.body:
                yield rows, body


def _roomiest_gap(rows: Sequence[Row], spare: float) -> int:
    """Return the largest gap below every row that fits, 0 when none does."""
    return next((gap for gap in SPACING.gaps if gap * len(rows) <= spare), 0)


def _kept(rows: Iterable[Row], dropped: frozenset[Part]) -> Iterator[Row]:
    for row in rows:
        if row.part is Part.WHY and Part.WHY_TAIL in dropped:
            row = replace(row, text=_first_half(row.text))
        if Part.LEAD in dropped:
            row = replace(row, lead="")
        if row.part not in dropped:
            yield row


def _first_half(sentences: str) -> str:
    return re.split(r"(?<=[.!?。؟।])\s+", sentences, maxsplit=1)[0]


def _words(face: Face, rows: Iterable[Row]) -> int:
    shown = [f"{row.lead} {row.text}" for row in rows]
    if not face.card.is_sit_out:
        shown += face.labels.turns
    return sum(map(word_count, shown))


# --- names --------------------------------------------------------------------------------------


def _name_settings(face: Face, layout: Layout) -> Iterator[tuple[Name, ...]]:
    """Yield ways to set the names, the best first; later ones take less room."""
    if face.card.is_sit_out:
        yield (Name(face.labels.pause, layout.type.names[0]),)
        return
    partners = [ask.partner for ask in face.card.asks]
    count = len(partners)
    yield tuple(_name(partner, layout, count) for partner in partners)
    yield tuple(_given_name_large(partner, layout, count) for partner in partners)
    yield tuple(Name(partner.name, layout.type.body[-1]) for partner in partners)


def _name(partner: Profile, layout: Layout, among: int) -> Name:
    """Shrink within the range, then two lines, then three, then the given name large."""
    sizes, room = _name_sizes(layout, among), layout.text_width
    for size in sizes:
        if line_count(partner.name, room / size, BOLD) == 1:
            return Name(partner.name, size)
    if line_count(partner.name, room / sizes[-1], BOLD) <= 3:
        return Name(partner.name, sizes[-1])
    return _given_name_large(partner, layout, among)


def _name_sizes(layout: Layout, among: int) -> tuple[int, ...]:
    """Return the sizes for a name: only the smallest where two names stand on a card."""
    return layout.type.names if among == 1 else layout.type.names[-1:]


def _given_name_large(partner: Profile, layout: Layout, among: int) -> Name:
    sizes, room = _name_sizes(layout, among), layout.text_width
    if partner.short_name == partner.name:
        return Name(partner.name, sizes[-1])
    for size in sizes:
        if line_count(partner.short_name, room / size, BOLD) == 1:
            return Name(partner.short_name, size, partner.name)
    return Name(partner.short_name, sizes[-1], partner.name)


def _footer(card: Card, labels: Labels, plan_id: str) -> tuple[str, str]:
    ids = labels.card.format(id=card.id), labels.plan.format(id=plan_id)
    return labels.say(labels.reader, name=card.reader.name), " · ".join(ids)


# --- room ---------------------------------------------------------------------------------------


def _fixed_height(face: Face, layout: Layout) -> float:
    """Return the height of everything but the rows."""
    head = SPACING.head + SPACING.below_head + SPACING.below_names
    names = sum(_name_height(name, layout) for name in face.names)
    return head + names + _closing_height(face, layout) + _footer_height(face, layout)


def _rows_height(rows: Iterable[Row], body: int, layout: Layout) -> float:
    return sum(_row_height(row, body, layout) for row in rows)


def _name_height(name: Name, layout: Layout) -> float:
    room, body = layout.text_width, layout.type.body[-1]
    large = line_count(name.text, room / name.size, BOLD) * name.size * SPACING.name_leading
    below = line_count(name.below, room / body, BOLD) * body * SPACING.leading if name.below else 0
    return large + below


def _row_height(row: Row, body: int, layout: Layout) -> float:
    text = f"{row.label} {row.lead} {row.text}" if row.run_in else f"{row.lead} {row.text}"
    room = layout.text_width - (0 if row.run_in else SPACING.label)
    widen = BOLD if row.part is Part.ASK else 1.0
    return line_count(text, room / body, widen) * body * SPACING.leading


def _closing_height(face: Face, layout: Layout) -> float:
    """Return the height of what follows the rows: turns and ticks, or lines to write on."""
    body, labels = layout.type.body[-1], face.labels
    sit_out = face.card.is_sit_out
    lines = (labels.seeds,) if sit_out else labels.turns
    count = sum(line_count(line, layout.text_width / body) for line in lines)
    return count * body * SPACING.leading + (SPACING.seeds if sit_out else SPACING.ticks)


def _footer_height(face: Face, layout: Layout) -> float:
    reader, ids = face.footer
    small = layout.type.small
    lines = line_count(reader, layout.text_width / small - text_width(ids) - 1)
    return SPACING.footer_gap + lines * small * SPACING.leading
