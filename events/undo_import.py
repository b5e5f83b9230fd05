"""Taking an import back: people as they were before it, once per import, the latest first.

Whoever was edited since stays as they are and is named. What a person was before an import is kept
for this alone; erasing anybody forgets it for the whole event.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from matcher.phrase import phrase

from .errors import NotFound
from .model import StoredAttendee, Upload
from .records import attendee_from_row, attendee_to_row
from .store import Store

__all__ = ["Undone", "as_before", "forget_imports", "last_import", "remember_import", "undo_import"]


@dataclass(frozen=True, kw_only=True)
class Undone:
    """What taking an import back did.

    Parameters
    ----------
    removed, restored
        How many people it had added, and changed.
    kept
        Names of people who were edited since and stay as they are.
    """

    upload: Upload
    removed: int
    restored: int
    kept: tuple[str, ...]


def remember_import(store: Store, upload: Upload, before: Iterable[StoredAttendee]) -> None:
    """Keep what an import changed; inside its transaction, after it.

    Parameters
    ----------
    upload
        As it was before the import.
    before
        Everybody in the list before the import. Nothing is kept when nothing changed.
    """
    known = {entry.number: entry for entry in before}
    number = store.insert(
        "imports",
        {"event_id": upload.event_id, "upload": upload.number, "imported": upload.imported},
    )
    sql = "select number, version from attendees where event_id = ?"
    steps = [
        {"import": number, "attendee": who, "before": _before(known.get(who)), "after": version}
        for row in store.rows(sql, (upload.event_id,))
        for who, version in [(row["number"], row["version"])]
        if who not in known or known[who].version != version
    ]
    if steps:
        store.insert_all("import_steps", steps)
    else:
        store.change("delete from imports where number = ?", (number,))


def last_import(store: Store, event_id: str) -> Upload | None:
    """Return the file whose import can be taken back, None when there is none."""
    row = _last(store, event_id)
    return store.upload(event_id, row["upload"]) if row else None


def undo_import(store: Store, event_id: str) -> Undone:
    """Take the latest import back, all of it or nothing.

    Raises
    ------
    NotFound
        If there is none to take back.
    """
    with store.writing():
        last = _last(store, event_id)
        if last is None:
            raise NotFound(phrase("There is no import to take back here."))
        removed, restored, kept = 0, 0, []
        current = {entry.number: entry for entry in store.attendees(event_id, merged=True)}
        sql = "select attendee, before, after from import_steps where import = ? order by attendee"
        for step in list(store.rows(sql, (last["number"],))):
            now = current.get(step["attendee"])
            if now is None or (now.merged_into and not step["before"]):
                continue  # who was merged since stays within whoever they are the same as
            if now.version != step["after"]:
                kept.append(now.attendee.name)
            elif not step["before"]:
                store.delete_attendee(now.number)
                removed += 1
            else:
                _restore(store, event_id, now, json.loads(step["before"]))
                restored += 1
        upload = replace(store.upload(event_id, last["upload"]), imported=last["imported"])
        store.save_upload(upload)
        store.change("delete from imports where number = ?", (last["number"],))
    return Undone(upload=upload, removed=removed, restored=restored, kept=tuple(kept))


def as_before(store: Store, saved: StoredAttendee, version: int) -> None:
    """Say that somebody is again as they were in an earlier version: as an import left them."""
    store.change(
        "update import_steps set after = ? where attendee = ? and after = ?",
        (saved.version, saved.number, version),
    )


def forget_imports(store: Store, event_id: str) -> None:
    """Forget what people of an event were before imports: none can be taken back any more."""
    store.change("delete from imports where event_id = ?", (event_id,))


def _restore(store: Store, event_id: str, now: StoredAttendee, row: dict[str, Any]) -> None:
    before = attendee_from_row({**row, "number": now.number})
    saved = store.save_attendee(event_id, replace(before, version=now.version))
    as_before(store, saved, before.version)


def _before(entry: StoredAttendee | None) -> str:
    return json.dumps(attendee_to_row(entry), ensure_ascii=False) if entry else ""


def _last(store: Store, event_id: str) -> dict[str, Any] | None:
    sql = "select * from imports where event_id = ? order by number desc limit 1"
    return next(store.rows(sql, (event_id,)), None)
