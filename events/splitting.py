"""Two people whose rows an import took for one, made two by hand, and one again.

The kept entry goes on following the file: what the file says of the one that it took them for stays
what it was, so the same file changes neither.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from matcher.phrase import phrase

from .errors import Conflict, NotFound, UnusableOption
from .importer import Import, read_apart
from .model import Attendee, StoredAttendee
from .parts import LABELS, parts_of, whole
from .people import free_id
from .records import (
    attendee_from_json,
    attendee_from_row,
    attendee_to_json,
    attendee_to_row,
    options_from_json,
)
from .store import Store
from .undo_import import as_before

__all__ = ["Behind", "forget_splits", "join_again", "last_split", "read_behind", "split"]


@dataclass(frozen=True, kw_only=True)
class Behind:
    """The rows of a file that stand behind an entry.

    Parameters
    ----------
    file
        Name of the file.
    headers
        Its columns.
    rows
        Number of each row, as the spreadsheet numbers it, to its cells; the decisive one last.
    """

    file: str
    headers: tuple[str, ...]
    rows: dict[int, tuple[str, ...]]

    def cells(self, row: int) -> list[tuple[str, str]]:
        """Return header and cell of everything that stands in a row."""
        return [(h, c) for h, c in zip(self.headers, self.rows[row], strict=False) if c]


def read_behind(file: Import, entry: StoredAttendee) -> Behind:
    """Return the rows of the file that an entry came from last; none for a guest without a row."""
    numbers = file.sources.get(entry.imported.id, ()) if entry.imported else ()
    return Behind(
        file=file.name,
        headers=tuple(column.header for column in file.columns),
        rows={number: file.rows[number] for number in numbers},
    )


def split(
    store: Store, event_id: str, entry: StoredAttendee, rows: Collection[int]
) -> StoredAttendee:
    """Make somebody of some of the rows behind an entry, and return them.

    The entry keeps its id, its rules elsewhere and what was typed by hand; every other part becomes
    what the rows that stay say.

    Parameters
    ----------
    entry
        As the organizer saw it.
    rows
        Rows of the new person: at least one, not all.

    Raises
    ------
    Conflict
        If somebody changed the entry since.
    UnusableOption
        If the rows are not some of several behind the entry.
    """
    with store.writing():
        if store.attendee(event_id, entry.number).version != entry.version:
            raise Conflict(
                phrase("Somebody else changed this in the meantime. Nothing was overwritten.")
            )
        rest, gone = _two(store, event_id, entry, frozenset(rows))
        taken = {each.attendee.id for each in store.attendees(event_id, merged=True)}
        new = replace(gone, id=free_id(entry.attendee.id, taken))
        mine, said, left = (parts_of(p) for p in (entry.attendee, _imported(entry), rest))
        parts = {
            name: left.get(name) if mine.get(name) == said.get(name) else mine.get(name)
            for name in LABELS
        }
        person = whole(replace(entry.attendee, source_row=rest.source_row), parts)
        store.save_attendee(event_id, replace(entry, attendee=person))
        added = store.add_attendee(event_id, new)
        store.insert(
            "splits",
            {
                "event_id": event_id,
                "kept": entry.number,
                "other": added.number,
                "before": json.dumps(attendee_to_row(entry), ensure_ascii=False),
                "after": attendee_to_json(person),
                "version": added.version,
            },
        )
    return added


def last_split(store: Store, event_id: str, number: int) -> StoredAttendee | None:
    """Return whom was split off from somebody last and can go again: nobody edited them since."""
    row = _last(store, event_id, number)
    other = store.attendee(event_id, row["other"]) if row else None
    return other if row and other and other.version == row["version"] else None


def join_again(store: Store, event_id: str, number: int, other: int) -> StoredAttendee:
    """Take the last split of somebody back and return them; what was typed since stays.

    Raises
    ------
    NotFound
        If there is no such split to take back, or the new person was edited since.
    """
    with store.writing():
        row, again = _last(store, event_id, number), last_split(store, event_id, number)
        if row is None or again is None or again.number != other or again.merged_into:
            raise NotFound(phrase("There is no such split to take back here."))
        kept = store.attendee(event_id, number)
        before = attendee_from_row({**json.loads(row["before"]), "number": number})
        now, left, mine = (
            parts_of(one)
            for one in (kept.attendee, attendee_from_json(row["after"]), before.attendee)
        )
        parts = {
            name: mine.get(name) if now.get(name) == left.get(name) else now.get(name)
            for name in LABELS
        }
        row_before = replace(kept.attendee, source_row=before.attendee.source_row)
        saved = store.save_attendee(event_id, replace(kept, attendee=whole(row_before, parts)))
        if replace(saved, version=before.version) == before:
            as_before(store, saved, before.version)
        store.change("delete from splits where number = ?", (row["number"],))
        store.delete_attendee(other)
    return saved


def forget_splits(store: Store, event_id: str) -> None:
    """Forget what entries said before splits: none can be taken back any more."""
    store.change("delete from splits where event_id = ?", (event_id,))


def _two(
    store: Store, event_id: str, entry: StoredAttendee, rows: frozenset[int]
) -> tuple[Attendee, Attendee]:
    """Return the people of the rows that stay, and of those that go."""
    wrong = UnusableOption(
        phrase("Choose one or more of the rows behind this person, and leave at least one.")
    )
    if entry.upload is None:
        raise wrong
    upload = store.upload(event_id, entry.upload)
    content, options = store.upload_content(upload), options_from_json(upload.options)
    made = read_apart(content, name=upload.name, options=options)
    behind = set(read_behind(made(()), entry).rows)
    if not rows or not rows < behind:
        raise wrong
    apart = made(rows)
    people = {person.id: person for person in apart.people}
    found = {frozenset(numbers): people[id] for id, numbers in apart.sources.items()}
    if not {rows, frozenset(behind - rows)} <= set(found):
        raise wrong  # among themselves they are several people
    return found[frozenset(behind - rows)], found[rows]


def _imported(entry: StoredAttendee) -> Attendee:
    return entry.imported or entry.attendee


def _last(store: Store, event_id: str, number: int) -> dict[str, Any] | None:
    sql = "select * from splits where event_id = ? and kept = ? order by number desc limit 1"
    return next(store.rows(sql, (event_id, number)), None)
