"""What of a card is printed in a layout, and in which sizes: content gives way, type does not.

Room is estimated (see `room`), always towards too little, so that nothing overflows or overlaps
in any font. Body type shrinks to its smallest size first; then the last questions go, then the
offer, at first for a short sentence that is always true, and the introducer, then the second half
of the reason, then the reason for the next one that has room, then all reasons. The names and the
opening question stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from matcher.profile import Profile
from web.cards.errors import CardsError, UnknownChoice
from web.cards.labels import Labels, labels_of
from web.cards.layout import Layout
from web.cards.measure import word_count
from web.cards.room import Name, Room
from web.cards.rows import Part, Row, rows_of
from web.cards.sheet import Card

__all__ = ["Face", "faces_of"]


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
    tick_lines
        Lines that the boxes to tick take.
    """

    card: Card
    labels: Labels
    place: str
    names: tuple[Name, ...]
    rows: tuple[Row, ...]
    body: int
    gap: int
    footer: tuple[str, str]
    tick_lines: int = 1


_STEPS = (
    {Part.DEEPER, Part.ASK_HOST},
    {Part.FOLLOW, Part.WHERE},
    {Part.OWN_OFFER},
    {Part.OFFER},
    {Part.INTRODUCER},
    {Part.WHY_TAIL},
    {Part.WHY, Part.PAUSE},
    {Part.LEAD},
)

_GIVES_WAY = tuple(frozenset[Part]().union(*_STEPS[:steps]) for steps in range(len(_STEPS) + 1))
"""What is left out, step by step, until the rest fits."""


def faces_of(
    cards: Sequence[Card], layout: Layout, plan_id: str, address: str = ""
) -> tuple[Face, ...]:
    """Return what of each card is printed in a layout, in the same order.

    All cards of a reader get the type size of their fullest one: they are looked at side by side.

    Parameters
    ----------
    plan_id
        The plan's short hash, for the footer.
    address
        What every card carries as a QR code, "" for nothing.

    Raises
    ------
    CardsError
        If not even the names and the opening question have room; the message names the card.
    UnknownChoice
        If cards cannot be printed in the card's language.
    """
    if address and layout.type.compact:
        raise UnknownChoice(
            f"A card of layout {layout.id} has no room for a QR code. Choose a larger one, or "
            "print without the code."
        )
    rooms = [Room(layout, card, labels_of(card.language), address) for card in cards]
    faces = [_face(room, plan_id) for room in rooms]
    body: dict[str, int] = {}
    for face in faces:
        reader = face.card.reader.id
        body[reader] = min(face.body, body.get(reader, face.body))
    return tuple(
        _spaced(face, body[face.card.reader.id], room)
        for face, room in zip(faces, rooms, strict=True)
    )


def _spaced(face: Face, body: int, room: Room) -> Face:
    """Return a face in another type size, its rows as far apart as there is room for."""
    if body == face.body:
        return face
    left = room.for_rows(face.names, face.footer)
    return replace(face, body=body, gap=_widest_gap(room, face.rows, body, left))


def _face(room: Room, plan_id: str) -> Face:
    card, labels, footer = room.card, room.labels, _footer(room.card, room.labels, plan_id)
    settings = tuple(_name_settings(room))
    for names in settings:
        left = room.for_rows(names, footer)
        for rows, body in _attempts(room, anonymous=names is settings[-1]):
            if gap := _widest_gap(room, rows, body, left):
                return Face(
                    card=card,
                    labels=labels,
                    place=" · ".join(filter(None, (labels.in_round(card.round), card.time))),
                    names=names,
                    rows=rows,
                    body=body,
                    gap=gap,
                    footer=footer,
                    tick_lines=room.tick_lines,
                )
    people = (card.reader, *(ask.partner for ask in card.asks))
    longest = max((person.name for person in people), key=len)
    raise CardsError(
        f"Card {card.id} has no room for {longest[:60]!r} ({len(longest)} characters) and a "
        f"question in layout {room.layout.id}. Shorten the name or choose a larger layout."
    )


def _attempts(room: Room, *, anonymous: bool) -> Iterator[tuple[tuple[Row, ...], int]]:
    """Yield which rows to print in which type size, the best first.

    Parameters
    ----------
    anonymous
        Whether a trio's rows may leave open whom they are about: smaller names are better.
    """
    sizes = room.layout.type
    for card, dropped in _versions(room.card):
        if Part.LEAD in dropped and not anonymous:
            return
        whole = rows_of(card, room.labels, compact=sizes.compact)
        rows = tuple(_kept(whole, dropped | sizes.never, room.labels))
        if _words(room, rows) <= sizes.words:
            for body in sizes.body:
                yield rows, body


def _versions(card: Card) -> Iterator[tuple[Card, frozenset[Part]]]:
    """Yield a card with what of it is dropped; before its reason goes, with each other reason."""
    for before, dropped in zip(_GIVES_WAY[:1] + _GIVES_WAY, _GIVES_WAY, strict=False):
        if Part.WHY in dropped - before:
            yield from ((replace(card, why=reason), before) for reason in card.also)
        yield card, dropped


def _widest_gap(room: Room, rows: Sequence[Row], body: int, left: float) -> int:
    """Return the largest gap below every row that fits, 0 when none does."""
    spare = left - sum(room.row_height(row, body) for row in rows)
    gaps = room.layout.type.spacing.gaps
    return next((gap for gap in gaps if gap * len(rows) <= spare), 0)


def _kept(rows: Iterable[Row], dropped: frozenset[Part], labels: Labels) -> Iterator[Row]:
    for row in rows:
        if row.part is Part.WHY and Part.WHY_TAIL in dropped:
            row = replace(row, text=_first_half(row.text))
        if row.part is Part.OFFER and Part.OWN_OFFER in dropped:
            row = replace(row, text=labels.short_no_offer, lead="")
        if Part.LEAD in dropped:
            row = replace(row, lead="")
        if row.part not in dropped:
            yield row


def _first_half(sentences: str) -> str:
    return re.split(r"(?<=[.!?。؟।])\s+", sentences, maxsplit=1)[0]


def _words(room: Room, rows: Iterable[Row]) -> int:
    shown = [f"{row.lead} {row.text}" for row in rows if row.part is not Part.REPLACES]
    if not room.layout.type.compact and not room.card.is_sit_out:
        shown += room.labels.turns
    return sum(map(word_count, shown))


def _name_settings(room: Room) -> Iterator[tuple[Name, ...]]:
    """Yield ways to set the names, the best first; later ones take less room."""
    sizes = room.layout.type
    if room.card.is_sit_out:
        yield (Name(room.labels.pause, sizes.names[0]),)
        return
    partners = [ask.partner for ask in room.card.asks]
    yield tuple(_name(partner, room) for partner in partners)
    yield tuple(_given_name_large(partner, room) for partner in partners)
    yield tuple(room.named(partner.name, sizes.body[-1]) for partner in partners)


def _name(partner: Profile, room: Room) -> Name:
    """Shrink within the range, then two lines, then three, then the given name large."""
    sizes = _name_sizes(room)
    for size in sizes:
        if room.name_lines(partner.name, size) == 1:
            return room.named(partner.name, size)
    if room.name_lines(partner.name, sizes[-1]) <= 3:
        return room.named(partner.name, sizes[-1])
    return _given_name_large(partner, room)


def _given_name_large(partner: Profile, room: Room) -> Name:
    sizes = _name_sizes(room)
    if partner.short_name == partner.name:
        return room.named(partner.name, sizes[-1])
    for size in sizes:
        if room.name_lines(partner.short_name, size) == 1:
            return room.named(partner.short_name, size, partner.name)
    return room.named(partner.short_name, sizes[-1], partner.name)


def _name_sizes(room: Room) -> tuple[int, ...]:
    """Return the sizes for a name: only the smallest where two names stand on a card."""
    sizes = room.layout.type.names
    return sizes[-1:] if room.card.is_trio else sizes


def _footer(card: Card, labels: Labels, plan_id: str) -> tuple[str, str]:
    ids = labels.card.format(id=card.id), labels.plan.format(id=plan_id)
    return labels.say(labels.reader, name=card.reader.name), " · ".join(ids)
