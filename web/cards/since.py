"""What differs from a plan whose cards are handed out already: what to print, what to take back.

A card stays in hand if it leads its reader to the same table at the same time, to the same people,
with the same questions. Why two people meet may be worded anew (it counts who is in the room); that
alone makes no card wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from web.cards.errors import UnknownChoice
from web.cards.sheet import Card, CardSheet, Change

__all__ = ["changed_since"]


def changed_since(sheet: CardSheet, before: CardSheet) -> CardSheet:
    """Return a plan's cards with what changes for those who hold the cards of an earlier plan.

    Raises
    ------
    UnknownChoice
        If nobody is in both plans.
    """
    if {person.id for person in sheet.people}.isdisjoint(person.id for person in before.people):
        raise UnknownChoice(
            f"Nobody of plan {before.short_id} is in plan {sheet.short_id}: they are plans of "
            "different events. Choose the earlier plan of this event."
        )
    return replace(sheet, changes=tuple(sorted(_changes(sheet, before), key=_place)))


def _changes(sheet: CardSheet, before: CardSheet) -> Iterator[Change]:
    held = {(card.reader.id, card.round): card for card in before.cards}
    for card in sheet.cards:
        old = held.pop((card.reader.id, card.round), None)
        if old is None or _said(card) != _said(old):
            new = replace(card, replaces=old is not None)
            yield Change(round=card.round, reader=card.reader, old=old, new=new)
    yield from (Change(round=old.round, reader=old.reader, old=old) for old in held.values())


def _said(card: Card) -> tuple[object, ...]:
    return card.id, card.time, card.table, card.reader.name, card.asks, card.next_stop


def _place(change: Change) -> tuple[object, ...]:
    return change.round, change.reader.sort_key
