"""Checks of introductions.json: every meeting introduces both ways, no question comes twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .export import Entry, Export
from .violation import Code, Violation

__all__ = ["INTRODUCTION_CHECKS"]

_MOST_INTRODUCED = 3
_Place = tuple[int, int | None]
_Direction = tuple[int, str, str | None]


def complete(export: Export) -> Iterator[Violation]:
    """Each meeting has an entry for each reader and partner, each sit-out has one."""
    if export.entries is None:
        return
    entries = {_direction(entry) for entry in export.entries}
    for direction in sorted(_expected(export).keys() - entries, key=str):
        number, reader, partner = direction
        about = f"{export.who(reader)} has no card in round {number}"
        if partner is None:
            yield _broken(Code.MISSING_INTRODUCTION, f"{about} to say that they sit out.")
        elif (number, partner, reader) in entries:
            says = f"{about} for {export.who(partner)}, who has one for them."
            yield _broken(Code.ONE_SIDED_INTRODUCTION, says)
        else:
            yield _broken(Code.MISSING_INTRODUCTION, f"{about} for {export.who(partner)}.")


def true(export: Export) -> Iterator[Violation]:
    """No entry is about people who do not meet, at another table, or given twice."""
    expected = _expected(export)
    seen: set[_Direction] = set()
    for entry in export.entries or ():
        direction = _direction(entry)
        about = f"The card of {_people(export, entry)} in round {entry.round}"
        if direction in seen:
            yield _broken(Code.REPEATED_INTRODUCTION, f"{about} is there twice.", entry)
        elif direction not in expected:
            says = f"{about} is for nothing that is planned."
            yield _broken(Code.STRAY_INTRODUCTION, says, entry)
        elif expected[direction] != entry.table:
            says = f"{about} says table {entry.table}, the plan {expected[direction]}."
            yield _broken(Code.WRONG_CARD, says, entry)
        seen.add(direction)


def cards(export: Export) -> Iterator[Violation]:
    """A card id belongs to one reader in one round, who has no other there."""
    owner: dict[str, tuple[int, str]] = {}
    card: dict[tuple[int, str], str] = {}
    for entry in export.entries or ():
        place = (entry.round, entry.reader)
        first_owner = owner.setdefault(entry.card, place)
        first_card = card.setdefault(place, entry.card)
        if (first_owner, first_card) != (place, entry.card):
            says = f"Card {entry.card} is not the one card of {_people(export, entry)}."
            yield _broken(Code.WRONG_CARD, says, entry)


def headlines(export: Export) -> Iterator[Violation]:
    """Every introduction says why these two."""
    for entry in export.entries or ():
        if entry.partner is not None and not entry.headline.strip():
            says = f"The card of {_people(export, entry)} gives no reason."
            yield _broken(Code.NO_HEADLINE, says, entry)


def introducers(export: Export) -> Iterator[Violation]:
    """Whoever knows both is there, no third person to be kept apart, and not asked too often."""
    there = {(entry.round, entry.reader) for entry in export.entries or ()}
    named = {_direction(entry): entry.introducer for entry in export.entries or ()}
    apart = [{*rule.ids} for rule in export.rules if rule.kind == "exclusion"]
    asked: dict[str, set[tuple[int, frozenset[str | None]]]] = {}
    for entry in export.entries or ():
        who = entry.introducer
        if who is None:
            continue
        pair = frozenset((entry.reader, entry.partner))
        asked.setdefault(who, set()).add((entry.round, pair))
        back = named.get((entry.round, entry.partner or "", entry.reader))
        about = f"{export.who(who)} cannot introduce {_people(export, entry)}"
        if (entry.round, who) not in there or who in pair:
            says = f"{about} in round {entry.round}: they must be a third person who is there."
            yield _broken(Code.WRONG_INTRODUCER, says, entry)
        elif back != who:
            says = f"{about}: the other card names somebody else."
            yield _broken(Code.WRONG_INTRODUCER, says, entry)
        elif any(who in group and group & pair for group in apart):
            says = f"{about}: an exclusion keeps them apart."
            yield _broken(Code.WRONG_INTRODUCER, says, entry)
    for who, pairs in sorted(asked.items()):
        if len(pairs) > _MOST_INTRODUCED:
            says = f"{export.who(who)} is asked to introduce {len(pairs)} pairs, more than three."
            yield _broken(Code.WRONG_INTRODUCER, says)


def asked_once(export: Export) -> Iterator[Violation]:
    """No reader asks a question twice."""
    return _repeats(export, Code.ASKED_TWICE, lambda entry: entry.reader, "asks")


def heard_once(export: Export) -> Iterator[Violation]:
    """No partner hears a question twice."""
    return _repeats(export, Code.HEARD_TWICE, lambda entry: entry.partner, "hears")


def _repeats(
    export: Export, code: Code, person: Callable[[Entry], str | None], verb: str
) -> Iterator[Violation]:
    seen: set[tuple[str, str]] = set()
    for entry in export.entries or ():
        if (who := person(entry)) is None:
            continue
        for template in entry.templates:
            if (who, template) in seen:
                says = f"{export.who(who)} {verb} question '{template}' twice."
                yield _broken(code, says, entry)
            seen.add((who, template))


def _expected(export: Export) -> dict[_Direction, int | None]:
    """Return the table of every reader, partner and round the plan asks a card for."""
    meetings: dict[_Direction, int | None] = {
        (meeting.round, reader, partner): meeting.table
        for meeting in export.meetings
        for pair in meeting.pairs
        for reader, partner in (pair, pair[::-1])
    }
    sit_outs = {
        (number, person.id, None): None for person in export.people for number in person.sit_outs
    }
    return meetings | sit_outs


def _direction(entry: Entry) -> _Direction:
    return entry.round, entry.reader, entry.partner


def _people(export: Export, entry: Entry) -> str:
    reader = export.who(entry.reader)
    return reader if entry.partner is None else f"{reader} for {export.who(entry.partner)}"


def _broken(code: Code, sentence: str, entry: Entry | None = None) -> Violation:
    row = entry.row if entry else None
    says = f"{sentence} Make the cards again."
    return Violation(code=code, file="introductions.json", row=row, sentence=says)


INTRODUCTION_CHECKS = (complete, true, cards, headlines, introducers, asked_once, heard_once)
"""In the order in which they are reported."""
