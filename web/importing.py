"""The command `seedbed import`: a list into an event of the app, or the latest one taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from events.errors import UnusableOption
from web.options import FILE, import_options, take_import_options
from web.terminal import in_words, say, say_notices

if TYPE_CHECKING:
    from events.model import Event
    from events.reimport import Changes
    from events.store import Store

__all__ = ["import_list"]


@click.command("import")
@click.argument("people", type=FILE, required=False)
@click.option("--database", type=FILE, help="File that the app keeps all in; by default its own.")
@click.option("--event", "called", required=True, help="Title of the event, or its id.")
@click.option("--look", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--archive-gone", is_flag=True, help="Archive who is no longer in the file.")
@click.option("--undo", is_flag=True, help="Take the latest import of the event back.")
@import_options
def import_list(
    people: Path | None,
    database: Path | None,
    called: str,
    look: bool,
    archive_gone: bool,
    undo: bool,
    **options: Any,
) -> None:
    """Bring a list into an event of the app: new people added, known ones updated."""
    from events.store import Store

    with in_words(), Store.open(database or _usual_database()) as store:
        event = _event(store, called)
        if undo == (people is not None):
            raise UnusableOption("Name a list of people to import, or --undo without one.")
        lines = (
            _undone(store, event)
            if people is None
            else _imported(store, event, people, look, archive_gone, options)
        )
        for line in lines:
            say(line)


def _usual_database() -> Path:
    from web.server import default_database

    path = default_database()
    if not path.exists():
        raise UnusableOption(f"The app has no data in {path} yet. Name its file with --database.")
    return path


def _event(store: Store, called: str) -> Event:
    found = [event for event in store.events() if called in (event.id, event.title)]
    if len(found) != 1:
        listed = ", ".join(f"{event.title!r} ({event.id})" for event in store.events())
        problem = "is no event" if not found else "are several events; write the id"
        raise UnusableOption(f"--event {called!r}: {problem}. There are: {listed or 'none'}.")
    return found[0]


def _imported(
    store: Store, event: Event, path: Path, look: bool, archive_gone: bool, options: dict[str, Any]
) -> Iterator[str]:
    from events.importer import read_people
    from events.model import Severity
    from events.reimport import compare, import_people

    content = path.read_bytes()
    found = read_people(content, name=path.name, options=take_import_options(options))
    notices = [notice for notice in found.notices if notice.severity is not Severity.INFO]
    say_notices(found.counts, notices, f"seedbed inspect {path}")
    if look:
        stored = store.attendees(event.id)
        yield from _told(compare(stored, found.people, is_own=found.is_own), archive_gone)
        yield "Nothing was changed (--look)."
        return
    with store.writing():
        upload = store.add_upload(event.id, path.name, content)
        changes = import_people(
            store, upload, found.people, archive_gone=archive_gone, is_own=found.is_own
        )
    yield from _told(changes, archive_gone)


def _told(changes: Changes, archive_gone: bool) -> Iterator[str]:
    for person in changes.added:
        yield f"new: {person.name} ({person.id})"
    for change in changes.changed:
        for field in change.fields:
            kept = " (kept: edited by hand)" if field.kept else ""
            who = f"{change.stored.attendee.name} ({change.stored.attendee.id})"
            yield f"changed: {who}, {field.label}: {field.old!r} → {field.new!r}{kept}"
    for entry in changes.gone:
        what = "archived" if archive_gone else "not in this file"
        yield f"{what}: {entry.attendee.name} ({entry.attendee.id})"
    yield (
        f"{len(changes.added)} new, {len(changes.changed)} changed, "
        f"{len(changes.unchanged)} unchanged, {len(changes.gone)} no longer in the file."
    )


def _undone(store: Store, event: Event) -> Iterator[str]:
    from events.undo_import import undo_import

    undone = undo_import(store, event.id)
    for name in undone.kept:
        yield f"kept, edited since: {name}"
    yield (
        f"The import of {undone.upload.name} is taken back: {undone.removed} removed, "
        f"{undone.restored} as before, {len(undone.kept)} kept."
    )
