"""Everything that is kept, in one SQLite file.

What goes in and comes out are the values of `events.model`, never rows.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Sequence

from matcher.phrase import phrase
from matcher.settings import Settings

from .database import Database, utc_now
from .errors import Conflict
from .model import Attendee, Event, StoredAttendee, Upload
from .people import by_surname
from .records import (
    PERSON_COLUMNS,
    attendee_from_row,
    attendee_to_row,
    event_from_row,
    event_to_row,
    person_from_row,
)

__all__ = ["NO_PERSON", "Store"]

_UPLOAD = "number, event_id, name, sha256, options, headers, uploaded, imported"
_NO_EVENT = phrase("There is no such event here. It may have been removed.")
_NO_UPLOAD = phrase("There is no such file here. It may have been removed.")
NO_PERSON = phrase("There is no such person here. They may have been removed.")


class Store(Database):
    """The database of one installation; use as a context manager.

    Examples
    --------
    >>> with Store.open(":memory:") as store:
    ...     event = store.add_event("Spring evening")
    ...     store.event(event.id).title
    'Spring evening'
    """

    def secret(self, name: str) -> str:
        """Return a random text that stays the same for the life of the database."""
        self.change(
            "insert or ignore into secrets (name, value) values (?, ?)",
            (name, secrets.token_hex(32)),
        )
        return str(next(self.rows("select value from secrets where name = ?", (name,)))["value"])

    def preference(self, name: str) -> str:
        """Return what the organizer prefers of the app itself; "" if nothing was chosen."""
        found = self.rows("select value from preferences where name = ?", (name,))
        return next((str(row["value"]) for row in found), "")

    def prefer(self, name: str, value: str) -> None:
        """Keep a preference."""
        self.change(
            "insert into preferences (name, value) values (?, ?)"
            " on conflict (name) do update set value = excluded.value",
            (name, value),
        )

    def stamp(self) -> bytes:
        """Return what is another after each change that a page can show, but for live progress."""
        return bytes(next(self.rows("select stamp from changes"))["stamp"])

    def erasures(self) -> bytes:
        """Return what is another after anything was erased, by whichever program."""
        return bytes(next(self.rows("select erasures from changes"))["erasures"])

    # Events

    def add_event(
        self,
        title: str,
        *,
        date: str = "",
        erase_on: str = "",
        series: str = "",
        settings: Settings | None = None,
        is_demo: bool = False,
    ) -> Event:
        """Add an event without people."""
        event = Event(
            id=secrets.token_urlsafe(6),
            title=title,
            date=date,
            erase_on=erase_on,
            series=series,
            settings=settings or Settings(),
            is_demo=is_demo,
        )
        self.insert("events", {**event_to_row(event), "created": utc_now()})
        return event

    def event(self, event_id: str) -> Event:
        """Return one event; raises `NotFound`."""
        return event_from_row(self.row("select * from events where id = ?", (event_id,), _NO_EVENT))

    def events(self) -> tuple[Event, ...]:
        """Return all events, the newest first."""
        return tuple(
            map(event_from_row, self.rows("select * from events order by created desc, id"))
        )

    def save_event(self, event: Event) -> Event:
        """Save an event that was read before; raises `Conflict` if it changed since."""
        row = event_to_row(event)
        row["version"] = event.version + 1
        with self.writing():
            self.save("events", row, key="id", version=event.version)
        return self.event(event.id)

    def delete_event(self, event_id: str) -> None:
        """Erase an event with its people, files, runs and plans.

        What was decided in it about equal answers goes to another event of its series.
        """
        with self.writing():
            series = self.event(event_id).series
            heir = "select min(id) from events where series = ? and series <> '' and id <> ?"
            self.change(
                f"update decisions set event_id = coalesce(({heir}), event_id)"  # noqa: S608
                " where event_id = ?",
                (series, event_id, event_id),
            )
            for run in list(self.rows("select id from runs where event_id = ?", (event_id,))):
                self.delete_run(run["id"])
            for table in ("attendees", "uploads", "decisions", "sentences"):
                self.change(f"delete from {table} where event_id = ?", (event_id,))  # noqa: S608
            self.change("delete from vectors")  # of the texts too; others are made again
            self.change("delete from events where id = ?", (event_id,))
        self.settle()

    # Attendees

    def attendees(self, event_id: str, *, merged: bool = False) -> tuple[StoredAttendee, ...]:
        """Return everybody at an event, archived ones too, by surname, given name and id.

        Parameters
        ----------
        merged
            Whether also records that were merged into another one: files still speak of them.
        """
        sql = "select * from attendees where event_id = ? and (? or merged_into is null)"
        found = self.rows(sql, (event_id, merged))
        people = map(attendee_from_row, found)
        return tuple(sorted(people, key=lambda stored: by_surname(stored.attendee)))

    def coming(self, event_id: str) -> tuple[Attendee, ...]:
        """Return everybody who is not archived, in the same order; not what files said of them."""
        columns = ", ".join(f'"{name}"' for name in PERSON_COLUMNS)
        sql = f"select {columns} from attendees where event_id = ? and archived = 0"  # noqa: S608
        people = map(person_from_row, self.rows(sql, (event_id,)))
        return tuple(sorted(people, key=by_surname))

    def attendee(self, event_id: str, number: int) -> StoredAttendee:
        """Return one attendee; raises `NotFound`, also when they are at another event."""
        sql = "select * from attendees where event_id = ? and number = ?"
        return attendee_from_row(self.row(sql, (event_id, number), NO_PERSON))

    def add_attendee(
        self, event_id: str, attendee: Attendee, *, upload: int | None = None
    ) -> StoredAttendee:
        """Add one attendee; raises `Conflict` when the id is taken.

        Parameters
        ----------
        upload
            Number of the upload they come from; None for a form.
        """
        stored = StoredAttendee(
            number=0,
            attendee=attendee,
            imported=None if upload is None else attendee,
            upload=upload,
        )
        row = {**attendee_to_row(stored), "event_id": event_id}
        try:
            number = self.insert("attendees", row)
        except sqlite3.IntegrityError as error:
            raise Conflict(
                f"Somebody with the id {attendee.id!r} is in the list already."
            ) from error
        return self.attendee(event_id, number)

    def add_attendees(
        self,
        event_id: str,
        attendees: Sequence[Attendee],
        *,
        upload: int,
        written: Sequence[Attendee] | None = None,
    ) -> None:
        """Add the people of an upload at once; raises `Conflict` when an id is taken.

        Parameters
        ----------
        written
            The same people as the file has them, where it gives them other ids.
        """
        rows = (
            {
                **attendee_to_row(
                    StoredAttendee(number=0, attendee=one, imported=as_written, upload=upload)
                ),
                "event_id": event_id,
            }
            for one, as_written in zip(attendees, written or attendees, strict=True)
        )
        try:
            with self.writing():
                self.insert_all("attendees", rows)
        except sqlite3.IntegrityError as error:
            raise Conflict(
                phrase("Somebody with an id of this file is in the list already.")
            ) from error

    def save_attendee(self, event_id: str, stored: StoredAttendee) -> StoredAttendee:
        """Save an attendee who was read before; raises `Conflict` if they changed since."""
        row = {
            **attendee_to_row(stored),
            "number": stored.number,
            "version": stored.version + 1,
        }
        with self.writing():
            self.attendee(event_id, stored.number)
            self.save("attendees", row, key="number", version=stored.version)
        return self.attendee(event_id, stored.number)

    def delete_attendee(self, number: int) -> None:
        """Erase one attendee; what they stand in elsewhere is `events.erase`'s to find."""
        self.change("delete from attendees where number = ?", (number,))

    def head_counts(self) -> dict[str, int]:
        """Return how many people each event has, archived ones left out."""
        sql = (
            "select event_id, count(*) as n from attendees"
            " where not archived and merged_into is null group by event_id"
        )
        return {row["event_id"]: row["n"] for row in self.rows(sql)}

    # Uploads

    def add_upload(self, event_id: str, name: str, content: bytes) -> Upload:
        """Keep an uploaded file as it is; nothing is imported yet."""
        row = {
            "event_id": event_id,
            "name": name,
            "sha256": hashlib.sha256(content).hexdigest(),
            "content": content,
            "options": "",
            "uploaded": utc_now(),
            "imported": "",
        }
        return self.upload(event_id, self.insert("uploads", row))

    def upload(self, event_id: str, number: int) -> Upload:
        """Return what is known of one upload; raises `NotFound`."""
        sql = f"select {_UPLOAD} from uploads where event_id = ? and number = ?"  # noqa: S608
        return Upload(**self.row(sql, (event_id, number), _NO_UPLOAD))

    def uploads(self, event_id: str) -> tuple[Upload, ...]:
        """Return the uploads of an event, the newest first."""
        sql = f"select {_UPLOAD} from uploads where event_id = ? order by number desc"  # noqa: S608
        return tuple(Upload(**row) for row in self.rows(sql, (event_id,)))

    def uploads_with_choices(self) -> tuple[Upload, ...]:
        """Return the uploads of all events that were read as somebody chose, newest first."""
        sql = f"select {_UPLOAD} from uploads where options <> '' order by number desc"  # noqa: S608
        return tuple(Upload(**row) for row in self.rows(sql))

    def upload_content(self, upload: Upload) -> bytes:
        """Return the bytes of an upload."""
        sql = "select content from uploads where number = ?"
        return bytes(self.row(sql, (upload.number,), _NO_UPLOAD)["content"])

    def save_upload(self, upload: Upload) -> None:
        """Remember how an upload is to be read, and whether it was imported."""
        self.change(
            "update uploads set options = ?, headers = ?, imported = ? where number = ?",
            (upload.options, upload.headers, upload.imported, upload.number),
        )

    def replace_content(self, upload: Upload, content: bytes) -> None:
        """Keep another content of an upload, with its digest and how it is to be read."""
        self.change(
            "update uploads set content = ?, sha256 = ?, options = ? where number = ?",
            (content, upload.sha256, upload.options, upload.number),
        )

    def discard_upload(self, event_id: str, number: int) -> None:
        """Forget a file whose people were never imported."""
        self.change(
            "delete from uploads where event_id = ? and number = ? and imported = ''",
            (event_id, number),
        )

    def delete_upload(self, number: int) -> None:
        """Erase a file, imported or not; the people that came from it stay."""
        with self.writing():
            self.change("update attendees set upload = null where upload = ?", (number,))
            self.change("delete from uploads where number = ?", (number,))

    def delete_run(self, run_id: int) -> None:
        """Erase a run with its files, also when it is in use."""
        with self.writing():
            for table in ("uses", "run_files", "matches"):
                self.change(f"delete from {table} where run_id = ?", (run_id,))  # noqa: S608
            self.change("delete from prints where run_id = ? or since = ?", (run_id, run_id))
            self.change("delete from runs where id = ?", (run_id,))

    def settle(self) -> None:
        """Tell whoever remembers that something was erased; leave nothing of it in the log."""
        self.change("update changes set erasures = randomblob(16)")
        next(self.rows("pragma wal_checkpoint(truncate)"), None)
