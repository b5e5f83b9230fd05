"""What of a card is printed in a layout, and in which sizes: content gives way, type does not.

Room is estimated (see `measure`), always towards too little, so that nothing overflows or overlaps
in any font. Body type shrinks to its smallest size first; then the last questions go, then the
offer, then the second half of the reason. The names and the opening question stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from matcher.profile import Profile
from web.cards.errors import CardsError
from web.cards.labels import Labels, labels_of
from web.cards.layout import POINT, Layout
from web.cards.measure import BOLD, line_count, text_width, word_count
from web.cards.sheet import Card

__all__ = ["SPACING", "Face", "Name", "Part", "Row", "faces_of"]


class Part(StrEnum):
    """What a row of a card is."""

    WHY = "why"
    WHY_TAIL = "why-tail"
    INTRODUCER = "introducer"
    START = "start"
    ASK = "ask"
    FOLLOW = "follow"
    DEEPER = "deeper"
    OFFER = "offer"
    PAUSE = "pause"


@dataclass(frozen=True)
class Row:
    """One row: a label beside a text, or a line across when there is no label.

    Parameters
    ----------
    lead
        The partner it is about, where there are two.
    """

    part: Part
    label: str
    text: str
    lead: str = ""


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
    ticks, notes
        Height of the tick lines, and of the writing lines of a sit-out card.
    """

    leading: float = 1.25
    name_leading: float = 1.14
    label: float = 64
    head: float = 40
    below_head: float = 3
    below_names: float = 7
    gaps: tuple[int, ...] = (10, 9, 8, 7, 6, 5)
    turns_gap: float = 4
    tick_line: float = 18
    writing_line: float = 8 / POINT
    footer_gap: float = 5

    @property
    def ticks(self) -> float:
        """Height of the two tick lines with the gaps above."""
        return 2 * self.turns_gap + self.tick_line + self.writing_line


SPACING = Spacing()

_GIVES_WAY = (
    frozenset[Part](),
    frozenset({Part.DEEPER}),
    frozenset({Part.DEEPER, Part.FOLLOW}),
    frozenset({Part.DEEPER, Part.FOLLOW, Part.OFFER}),
    frozenset({Part.DEEPER, Part.FOLLOW, Part.OFFER, Part.WHY_TAIL}),
    frozenset({Part.DEEPER, Part.FOLLOW, Part.OFFER, Part.WHY_TAIL, Part.WHY}),
)
"""What is left out, step by step, until the rest fits."""


def faces_of(cards: Sequence[Card], layout: Layout, plan_id: str) -> tuple[Face, ...]:
    """Return what of each card is printed in a layout, in the same order.

    All cards of a reader get the type size and the spacing of their fullest one: they are looked
    at side by side.

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
    tightest: dict[str, tuple[int, int]] = {}
    for face in faces:
        reader, size = face.card.reader.id, (face.body, face.gap)
        tightest[reader] = min(size, tightest.get(reader, size))
    sizes = (tightest[face.card.reader.id] for face in faces)
    return tuple(
        replace(face, body=body, gap=gap)
        for face, (body, gap) in zip(faces, sizes, strict=True)
    )


def _face(card: Card, layout: Layout, plan_id: str) -> Face:
    labels = labels_of(card.language)
    whole = Face(
        card=card,
        labels=labels,
        place=" · ".join(filter(None, (labels.round.format(round=card.round), card.time))),
        names=(),
        rows=_rows(card, labels),
        body=layout.type.body[0],
        gap=SPACING.gaps[-1],
        footer=_footer(card, labels, plan_id),
    )
    for face in _attempts(whole, layout):
        spare = layout.text_height - _height(face, layout)
        if spare >= 0:
            return replace(face, gap=_roomiest_gap(face, spare))
    longest = max((ask.partner.name for ask in card.asks), key=len, default="")
    raise CardsError(
        f"Card {card.id} has no room for the name {longest[:60]!r} ({len(longest)} characters) "
        f"and a question in layout {layout.id}. Shorten the name or choose a larger layout."
    )


def _roomiest_gap(face: Face, spare: float) -> int:
    least = SPACING.gaps[-1]
    return next(gap for gap in SPACING.gaps if (gap - least) * len(face.rows) <= spare)


def _attempts(face: Face, layout: Layout) -> Iterator[Face]:
    for names in _name_settings(face, layout):
        for dropped in _GIVES_WAY:
            rows = tuple(_kept(face.rows, dropped))
            if _words(rows, face.labels) > layout.type.words:
                continue
            for body in layout.type.body:
                yield replace(face, names=names, rows=rows, body=body)


def _kept(rows: Iterable[Row], dropped: frozenset[Part]) -> Iterator[Row]:
    for row in rows:
        if row.part is Part.WHY and Part.WHY_TAIL in dropped:
            row = replace(row, text=_first_half(row.text))
        if row.part not in dropped:
            yield row


def _first_half(sentences: str) -> str:
    return re.split(r"(?<=[.!?。؟।])\s+", sentences, maxsplit=1)[0]


def _words(rows: Iterable[Row], labels: Labels) -> int:
    texts = (f"{row.label} {row.lead} {row.text}" for row in rows)
    return sum(map(word_count, (*labels.turns, *texts)))


# --- names --------------------------------------------------------------------------------------


def _name_settings(face: Face, layout: Layout) -> Iterator[tuple[Name, ...]]:
    """Yield ways to set the names, the best first; later ones take less room."""
    if face.card.is_sit_out:
        yield (Name(face.labels.pause, layout.type.names[0]),)
        return
    partners = [ask.partner for ask in face.card.asks]
    yield tuple(_name(partner, layout) for partner in partners)
    yield tuple(_given_name_large(partner, layout) for partner in partners)
    yield tuple(Name(partner.name, layout.type.body[-1]) for partner in partners)


def _name(partner: Profile, layout: Layout) -> Name:
    """Shrink within the range, then two lines, then three, then the given name large."""
    sizes, room = layout.type.names, layout.text_width
    for size in sizes:
        if line_count(partner.name, room / size, BOLD) == 1:
            return Name(partner.name, size)
    if line_count(partner.name, room / sizes[-1], BOLD) <= 3:
        return Name(partner.name, sizes[-1])
    return _given_name_large(partner, layout)


def _given_name_large(partner: Profile, layout: Layout) -> Name:
    sizes, room = layout.type.names, layout.text_width
    if partner.short_name == partner.name:
        return Name(partner.name, sizes[-1])
    for size in sizes:
        if line_count(partner.short_name, room / size, BOLD) == 1:
            return Name(partner.short_name, size, partner.name)
    return Name(partner.short_name, sizes[-1], partner.name)


# --- rows ---------------------------------------------------------------------------------------


def _rows(card: Card, labels: Labels) -> tuple[Row, ...]:
    return tuple(_pause_rows(card, labels) if card.is_sit_out else _pair_rows(card, labels))


def _pair_rows(card: Card, labels: Labels) -> Iterator[Row]:
    first, *others = card.asks
    lead = _to(first.partner, labels) if others else ""
    if card.why:
        yield Row(Part.WHY, labels.why, card.why, lead)
    if card.introducer:
        yield Row(Part.INTRODUCER, "", labels.say(labels.introducer, name=card.introducer))
    if others:
        yield Row(Part.START, "", labels.say(labels.start_with, name=first.partner.short_name))
    yield Row(Part.ASK, labels.ask, first.open)
    if first.follow:
        yield Row(Part.FOLLOW, labels.follow, first.follow)
    if first.deeper:
        yield Row(Part.DEEPER, labels.deeper, first.deeper)
    for other in others:
        yield Row(Part.START, "", labels.say(labels.then_ask, name=other.partner.short_name))
        yield Row(Part.ASK, labels.ask, other.open)
    lead = _to(card.offer_to, labels) if others and card.offer_to else ""
    yield Row(Part.OFFER, labels.offer, card.offer or labels.no_offer, lead)


def _to(partner: Profile, labels: Labels) -> str:
    return labels.say(labels.to_partner, name=partner.short_name)


def _pause_rows(card: Card, labels: Labels) -> Iterator[Row]:
    yield Row(Part.PAUSE, labels.why, labels.alone if card.alone else labels.not_alone)
    yield Row(Part.PAUSE, labels.where, labels.where_to)
    yield Row(Part.PAUSE, labels.ask, labels.ask_host)
    yield Row(Part.PAUSE, labels.next, _next(card, labels))


def _next(card: Card, labels: Labels) -> str:
    stop = card.next_stop
    if stop is None:
        return labels.no_next
    names = f" {labels.and_word} ".join(f"\u2068{name}\u2069" for name in stop.names)
    sentence = labels.next_stop_timed if stop.time else labels.next_stop
    return sentence.format(time=stop.time, round=stop.round, table=stop.table, names=names)


def _footer(card: Card, labels: Labels, plan_id: str) -> tuple[str, str]:
    ids = labels.card.format(id=card.id), labels.plan.format(id=plan_id)
    return labels.say(labels.reader, name=card.reader.name), " · ".join(ids)


# --- room ---------------------------------------------------------------------------------------


def _height(face: Face, layout: Layout) -> float:
    head = SPACING.head + SPACING.below_head + SPACING.below_names
    names = sum(_name_height(name, layout) for name in face.names)
    rows = sum(_row_height(row, face.body, layout) + face.gap for row in face.rows)
    return head + names + rows + _closing_height(face, layout) + _footer_height(face, layout)


def _name_height(name: Name, layout: Layout) -> float:
    room, body = layout.text_width, layout.type.body[-1]
    large = line_count(name.text, room / name.size, BOLD) * name.size * SPACING.name_leading
    below = line_count(name.below, room / body, BOLD) * body * SPACING.leading if name.below else 0
    return large + below


def _row_height(row: Row, body: int, layout: Layout) -> float:
    room = layout.text_width - (SPACING.label if row.label else 0)
    widen = BOLD if row.part in (Part.START, Part.ASK) else 1.0
    lines = line_count(f"{row.lead} {row.text}", room / body, widen)
    return lines * body * SPACING.leading


def _closing_height(face: Face, layout: Layout) -> float:
    """Return the height of what follows the rows: turns and ticks, or lines to write on."""
    body, labels = layout.type.body[-1], face.labels
    lines = (labels.seeds,) if face.card.is_sit_out else labels.turns
    count = sum(line_count(line, layout.text_width / body) for line in lines)
    return count * body * SPACING.leading + SPACING.ticks


def _footer_height(face: Face, layout: Layout) -> float:
    reader, ids = face.footer
    small = layout.type.small
    lines = line_count(reader, layout.text_width / small - text_width(ids) - 1)
    return SPACING.footer_gap + lines * small * SPACING.leading
