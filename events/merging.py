"""Two records of one person made one by hand, and taken apart again.

The record that goes stays in the store, out of every list: its rows lead to the kept person when
the file comes again, and taking the merge back puts it where it was. Plans that were made stay as
they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from matcher.fields import FIELDS
from matcher.phrase import phrase

from .errors import Conflict, NotFound, UnusableOption
from .following import Following, follow, unfollow
from .model import NAMING_COLUMNS, Answer, Attendee, StoredAttendee
from .parts import LABELS, decide, in_words, parts_of, whole
from .records import attendee_from_json, attendee_from_row, attendee_to_json, attendee_to_row
from .rules import Register, pin_of
from .store import NO_PERSON, Store
from .undo_import import as_before

__all__ = [
    "Choice",
    "Take",
    "choices",
    "forget_merges",
    "keeper_of",
    "last_merge",
    "merge",
    "merged_into",
    "records_behind",
    "together",
    "undo_merge",
]

_BOTH = {*NAMING_COLUMNS, "cohort"} | {line.name for line in FIELDS if line.many}
"""What two records can say together."""


class Take(StrEnum):
    """Whose value stands after a merge."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A part in which two records differ.

    Parameters
    ----------
    field, label
        Its name, and what forms call it.
    kept, other
        What each says; "" for nothing.
    take
        What stands unless the organizer chooses otherwise.
    can_both
        Whether the two can stand together.
    """

    field: str
    label: str
    kept: str
    other: str
    take: Take
    can_both: bool


def choices(kept: StoredAttendee, other: StoredAttendee) -> tuple[Choice, ...]:
    """Return every part in which two records differ, in the order of forms.

    The kept name and address stay. Of two answers the one typed by hand stands, else the later
    one; nobody loses a rule, so rules that name people stand together.
    """
    mine, theirs = parts_of(kept.attendee), parts_of(other.attendee)
    return tuple(
        Choice(
            field=name,
            label=label,
            kept=in_words(mine.get(name)),
            other=in_words(theirs.get(name)),
            take=_usual(name, kept, other),
            can_both=name in _BOTH and name in mine and name in theirs,
        )
        for name, label in LABELS.items()
        if mine.get(name) != theirs.get(name)
    )


def together(
    kept: StoredAttendee, other: StoredAttendee, takes: Mapping[str, Take] | None = None
) -> Attendee:
    """Return the one person that two records become.

    Parameters
    ----------
    takes
        Name of a part to whose value stands; where nothing is said, as `choices` has it.

    Raises
    ------
    UnusableOption
        If it names a part in which the two do not differ, or both of what can be only one.
    """
    takes = takes or {}
    parts, theirs = parts_of(kept.attendee), parts_of(other.attendee)
    differing = {choice.field: choice for choice in choices(kept, other)}
    wrong = [
        phrase("“%(field)s” is the same in both records, or no field.", field=name)
        for name in takes
        if name not in differing
    ]
    wrong += [
        phrase("Of “%(field)s” only one value can stand.", field=name)
        for name, take in takes.items()
        if take is Take.BOTH and name in differing and not differing[name].can_both
    ]
    if wrong:
        raise UnusableOption("\n".join(wrong))
    for name, choice in differing.items():
        match takes.get(name, choice.take):
            case Take.OTHER:
                parts[name] = theirs.get(name)
            case Take.BOTH:
                parts[name] = _both(parts[name], theirs[name])
    return _without_themselves(whole(kept.attendee, parts), kept.attendee, other.attendee)


def merge(
    store: Store,
    event_id: str,
    kept: StoredAttendee,
    other: StoredAttendee,
    takes: Mapping[str, Take] | None = None,
) -> StoredAttendee:
    """Make two records one person and return it, all or nothing.

    Rules of the app and of RULES.toml, and what other people say, name the kept person from then
    on. A rule of the app between the two is taken out.

    Parameters
    ----------
    kept, other
        As the organizer saw them.
    takes
        As in `together`.

    Raises
    ------
    Conflict
        If somebody changed one of them since.
    NotFound
        If one of them is not in the list any more.
    UnusableOption
        If it is one record, or as in `together`.
    """
    if kept.number == other.number:
        raise UnusableOption(phrase("That is the same record. Choose somebody else of the list."))
    with store.writing():
        for seen in (kept, other):
            now = store.attendee(event_id, seen.number)
            if now.merged_into is not None:
                raise NotFound(NO_PERSON)
            if now.version != seen.version:
                raise Conflict(
                    phrase("Somebody else changed this in the meantime. Nothing was overwritten.")
                )
        person = together(kept, other, takes)
        archived = kept.archived and other.archived
        steps = follow(store, event_id, kept.attendee, other.attendee, person)
        saved = store.save_attendee(event_id, replace(kept, attendee=person, archived=archived))
        store.change(
            "update attendees set merged_into = ? where number = ?", (kept.number, other.number)
        )
        store.insert(
            "merges",
            {
                "event_id": event_id,
                "kept": kept.number,
                "other": other.number,
                "before": json.dumps(attendee_to_row(kept), ensure_ascii=False),
                "after": attendee_to_json(person),
                "steps": steps.to_json(),
            },
        )
    return saved


def merged_into(store: Store, event_id: str, number: int) -> tuple[StoredAttendee, ...]:
    """Return the records that were merged into one, the latest last."""
    sql = (
        "select attendees.* from attendees left join merges on merges.other = attendees.number"
        " where attendees.event_id = ? and merged_into = ? order by merges.number"
    )
    return tuple(map(attendee_from_row, store.rows(sql, (event_id, number))))


def records_behind(store: Store, event_id: str, number: int) -> Iterator[StoredAttendee]:
    """Yield every record that was merged into one, those merged into such records too."""
    for record in merged_into(store, event_id, number):
        yield record
        yield from records_behind(store, event_id, record.number)


def keeper_of(store: Store, event_id: str, entry: StoredAttendee) -> StoredAttendee:
    """Return the record that stands in the list for this one, itself unless it was merged."""
    while entry.merged_into is not None:
        entry = store.attendee(event_id, entry.merged_into)
    return entry


def last_merge(store: Store, event_id: str, number: int) -> StoredAttendee | None:
    """Return the record merged into this one last, if that can be taken back."""
    row = _last(store, event_id, number)
    return store.attendee(event_id, row["other"]) if row else None


def undo_merge(store: Store, event_id: str, number: int, other: int) -> StoredAttendee:
    """Take the last merge into a record back, and return who is in the list again.

    What was edited since stays with the kept person. What a file said since of either is theirs.

    Parameters
    ----------
    number, other
        Numbers of the record that was kept and of the one that was merged into it.

    Raises
    ------
    NotFound
        If there is no such merge to take back: another one was made since, or it was taken back.
    """
    with store.writing():
        row = _last(store, event_id, number)
        if row is None or row["other"] != other:
            raise NotFound(phrase("There is no such merge to take back here."))
        kept, again = (store.attendee(event_id, which) for which in (number, other))
        before = attendee_from_row({**json.loads(row["before"]), "number": number})
        after = attendee_from_json(row["after"])
        person = _apart(kept, again, before, after)
        archived = kept.archived if before.archived == again.archived else before.archived
        saved = store.save_attendee(event_id, replace(kept, attendee=person, archived=archived))
        if replace(saved, version=before.version) == before:
            as_before(store, saved, before.version)
        store.change("update attendees set merged_into = null where number = ?", (other,))
        store.change("delete from merges where number = ?", (row["number"],))
        unfollow(store, event_id, Following.from_json(row["steps"]))
    return again


def forget_merges(store: Store, event_id: str) -> None:
    """Forget what records said before merges: none can be taken back any more."""
    store.change("delete from merges where event_id = ?", (event_id,))


def _usual(name: str, kept: StoredAttendee, other: StoredAttendee) -> Take:
    mine, theirs = parts_of(kept.attendee).get(name), parts_of(other.attendee).get(name)
    if not mine or not theirs:
        return Take.KEPT if mine else Take.OTHER
    if name in ("name", "email"):
        return Take.KEPT
    if name in NAMING_COLUMNS or name == "cohort":
        return Take.BOTH
    rank = [(_is_typed(name, entry), _age(entry)) for entry in (kept, other)]
    return Take.KEPT if rank[0] > rank[1] else Take.OTHER


def _is_typed(name: str, entry: StoredAttendee) -> bool:
    """Whether a part was typed by hand."""
    base = parts_of(entry.imported) if entry.imported else {}
    return base.get(name) != parts_of(entry.attendee).get(name)


def _age(entry: StoredAttendee) -> tuple[int, int, int]:
    """Return what is larger the later somebody answered: file, row, record."""
    return entry.upload or 0, entry.attendee.source_row or 0, entry.number


def _both(mine: Any, theirs: Any) -> Any:
    if isinstance(mine, Answer):
        return replace(
            mine,
            texts=tuple(dict.fromkeys((*mine.texts, *theirs.texts))),
            visibility=mine.visibility.stricter(theirs.visibility),
        )
    return tuple(dict.fromkeys((*mine, *theirs)))


def _without_themselves(person: Attendee, *records: Attendee) -> Attendee:
    """Return a person without what the two records say of each other."""
    register = Register(records)
    kept: dict[str, Any] = {
        name: tuple(
            text
            for text in getattr(person, name)
            if not register.called(pin_of(text)[0] if name == "pin" else text)
        )
        for name in NAMING_COLUMNS
    }
    return replace(person, **kept)


def _apart(
    kept: StoredAttendee, again: StoredAttendee, before: StoredAttendee, after: Attendee
) -> Attendee:
    """Return the kept person without what the merge gave them.

    A part is the merge's while it says what the merge put there, or what the other record says by
    now. It becomes what it would be if the files since had come to the record of before.
    """
    now, left, theirs = (parts_of(one) for one in (kept.attendee, after, again.attendee))
    mine, base = parts_of(before.attendee), parts_of(before.imported) if before.imported else None
    said = parts_of(kept.imported) if kept.imported else {}
    parts = dict(now)
    for name in LABELS:
        is_given = left.get(name) != mine.get(name) and now.get(name) == left.get(name)
        is_theirs = now.get(name) == theirs.get(name) and (name in now or name in left)
        if is_given or is_theirs:
            old = None if base is None else base.get(name, ())
            parts[name] = decide(old, mine.get(name), said.get(name))
    return whole(kept.attendee, parts)


def _last(store: Store, event_id: str, number: int) -> dict[str, Any] | None:
    sql = "select * from merges where event_id = ? and kept = ? order by number desc limit 1"
    return next(store.rows(sql, (event_id, number)), None)
