"""What one row of a file changes in whoever it speaks of, part by part.

A person may have several records (`events.merging`): each follows its own rows, and the one in the
list follows those that still say what it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .model import Answer, Attendee, StoredAttendee, Upload
from .parts import LABELS, decide, in_words, parts_of, whole

__all__ = [
    "Change",
    "FieldChange",
    "Said",
    "change_known",
    "change_one",
    "changed_records",
    "listed_records",
]


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field that becomes another value.

    Parameters
    ----------
    field
        Its name; with the number of the record it says what to overrule.
    label
        As forms call it.
    kept
        Whether the value stays because it was edited by hand; `new` is what the file says.
    """

    field: str
    label: str
    old: str
    new: str
    kept: bool = False


@dataclass(frozen=True, kw_only=True)
class Change:
    """One person in the list whom the file speaks of.

    Parameters
    ----------
    stored
        The record that the file speaks of.
    listed
        The record that stands in the list: the same one, unless it was merged into another.
    attendee
        The person as they will be.
    incoming
        The person as the file has them.
    fields
        What differs, to be shown; empty when nothing does.
    """

    stored: StoredAttendee
    listed: StoredAttendee
    attendee: Attendee
    incoming: Attendee
    fields: tuple[FieldChange, ...]


def listed_records(stored: Sequence[StoredAttendee]) -> dict[int, StoredAttendee]:
    """Return by number of each record the one that stands for that person in the list."""
    by_number = {entry.number: entry for entry in stored}

    def last(entry: StoredAttendee) -> StoredAttendee:
        return entry if entry.merged_into is None else last(by_number[entry.merged_into])

    return {number: last(entry) for number, entry in by_number.items()}


class Said:
    """What the files say of each record, and so of the person that several of them are."""

    def __init__(
        self, stored: Sequence[StoredAttendee], listed: Mapping[int, StoredAttendee]
    ) -> None:
        self._listed = listed
        self._said: dict[int, dict[int, Attendee]] = defaultdict(dict)
        for entry in stored:
            if entry.imported:
                self.hear(entry, entry.imported)

    def hear(self, entry: StoredAttendee, person: Attendee) -> None:
        """Take note of what a file says of a record."""
        self._said[self._listed[entry.number].number][entry.number] = person

    def __call__(self, entry: StoredAttendee) -> list[Attendee]:
        """Return what is said of the other records of the same person."""
        records = self._said[self._listed[entry.number].number]
        return [person for number, person in records.items() if number != entry.number]


def change_known(
    people: Sequence[Attendee],
    found: Mapping[int, StoredAttendee],
    listed: Mapping[int, StoredAttendee],
    said: Said,
    overruled: Collection[tuple[int, str]],
    answers: Mapping[str, int | None],
) -> list[Change]:
    """Return what becomes of those who are in the list.

    A record that was merged into another one comes after that, and decides on what it left.
    """
    standing: dict[int, StoredAttendee] = {}
    changes = []
    for at in sorted(found, key=lambda at: (found[at].merged_into is not None, at)):
        entry, person = found[at], people[at]
        own = listed[entry.number].number
        now = standing.get(own, listed[entry.number])
        change = change_one(
            *(entry, now, person, overruled),
            keeps_email=person.id in answers,
            others=said(entry),
        )
        said.hear(entry, person)
        standing[own] = replace(now, attendee=change.attendee)
        changes.append(replace(change, listed=listed[entry.number]))
    return changes


def changed_records(
    before: Sequence[StoredAttendee], known: Iterable[Change], upload: Upload
) -> list[StoredAttendee]:
    """Return every record that an import changes, as it will be."""
    standing = {entry.number: entry for entry in before}
    for change in known:
        own, seen = change.listed.number, change.stored.number
        if own != seen:  # a merged record follows its rows as if it still stood in the list
            alone = change_one(change.stored, change.stored, change.incoming, keeps_email=True)
            standing[seen] = replace(standing[seen], attendee=alone.attendee)
        standing[own] = replace(standing[own], attendee=change.attendee)
        standing[seen] = replace(standing[seen], imported=change.incoming, upload=upload.number)
    return [
        standing[entry.number]
        for entry in before
        if (standing[entry.number].attendee, standing[entry.number].imported)
        != (entry.attendee, entry.imported)
    ]


def change_one(
    stored: StoredAttendee,
    listed: StoredAttendee,
    person: Attendee,
    overruled: Collection[tuple[int, str]] = (),
    *,
    keeps_email: bool = False,
    others: Iterable[Attendee] = (),
) -> Change:
    """Return what becomes of somebody.

    Parameters
    ----------
    keeps_email
        Whether the address stays where the file has none: somebody whom the organizer recognized
        without it has not lost it.
    others
        What files say of other records of the same person: what one of them says stays, and
        stands in for what this one says no longer.
    """
    is_own = stored.number == listed.number
    mine = parts_of(listed.attendee)
    named = replace(person, id=listed.attendee.id) if is_own else listed.attendee
    if stored.imported == person and not overruled:  # the file says what it said: all stays
        now = whole(named, {name: mine.get(name) for name in LABELS})
        return Change(stored=stored, listed=listed, attendee=now, incoming=person, fields=())
    base = None if stored.imported is None else parts_of(stored.imported)
    theirs = parts_of(person)
    kept = {"email"} if keeps_email and not person.email else set()
    instead: dict[str, Any] = {}
    for other in map(parts_of, others):
        kept |= {name for name in mine if mine[name] == other.get(name)}
        instead |= {name: part for name, part in other.items() if name in mine}
    merged = {
        name: theirs.get(name)
        if (stored.number, name) in overruled and theirs.get(name)
        else mine.get(name)
        if name in kept
        else decide(None if base is None else base.get(name, ()), mine.get(name), theirs.get(name))
        or instead.get(name)
        for name in LABELS
    }
    return Change(
        stored=stored,
        listed=listed,
        attendee=whole(named, merged),
        incoming=person,
        fields=tuple(
            FieldChange(
                field=name,
                label=LABELS[name],
                **_shown(mine.get(name), theirs.get(name)),
                kept=merged[name] == mine.get(name),
            )
            for name in _differing(mine, theirs, base)
            if name in theirs or name not in kept
        ),
    )


def _differing(
    mine: Mapping[str, Any], theirs: Mapping[str, Any], base: Mapping[str, Any] | None
) -> Iterator[str]:
    """Yield the names of parts of which the file says something else, and not what it said."""
    for name in LABELS:
        said = theirs.get(name)
        if said != mine.get(name) and (base is None or said != base.get(name)):
            yield name


def _shown(old: object, new: object) -> dict[str, str]:
    """Return both sides in words; who may see an answer is told only if nothing else differs."""
    before, after = in_words(old), in_words(new)
    if before == after and isinstance(old, Answer) and isinstance(new, Answer):
        before, after = f"{before} ({old.visibility})", f"{after} ({new.visibility})"
    return {"old": before, "new": after}
