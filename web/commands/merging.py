"""The commands `seedbed same` and `seedbed split`: two entries one person, or one entry two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from events.errors import UnusableOption
from web.terminal import in_words, say

from .files import find_event, opened
from .options import FILE

if TYPE_CHECKING:
    from events.merging import Take
    from events.model import Event, StoredAttendee
    from events.store import Store

__all__ = ["same", "split"]


@click.command("same")
@click.argument("person")
@click.argument("other", required=False)
@click.option("--database", type=FILE, help="File that the app keeps all in; by default its own.")
@click.option("--event", "called", required=True, help="Title of the event, or its id.")
@click.option("--look", is_flag=True, help="Say what would become of each field, change nothing.")
@click.option(
    "--take",
    multiple=True,
    metavar="FIELD=WHOSE",
    help="Whose value stands where they differ: kept, other or both. Repeatable.",
)
@click.option("--undo", is_flag=True, help="Take the last merge into PERSON back.")
def same(
    person: str,
    other: str | None,
    database: Path | None,
    called: str,
    look: bool,
    take: Sequence[str],
    undo: bool,
) -> None:
    """Make OTHER the same person as PERSON, who stays; both by name, address or id."""
    with in_words(), opened(database) as store:
        event = find_event(store, called)
        if undo == (other is not None):
            raise UnusableOption("Name two people, or one with --undo.")
        lines = (
            _undone(store, event, person)
            if other is None
            else _merged(store, event, person, other, take, look)
        )
        for line in lines:
            say(line)


@click.command("split")
@click.argument("person")
@click.option("--database", type=FILE, help="File that the app keeps all in; by default its own.")
@click.option("--event", "called", required=True, help="Title of the event, or its id.")
@click.option("--row", type=int, multiple=True, help="Row of the second person. Repeatable.")
@click.option("--undo", is_flag=True, help="Take the last split of PERSON back.")
def split(person: str, database: Path | None, called: str, row: Sequence[int], undo: bool) -> None:
    """List the rows of the file behind PERSON, or make a second person of some."""
    with in_words(), opened(database) as store:
        event = find_event(store, called)
        if undo and row:
            raise UnusableOption("Name the rows of the second person, or --undo.")
        entry = _found(store, event, person)
        for line in _joined(store, event, entry) if undo else _split(store, event, entry, row):
            say(line)


def _split(store: Store, event: Event, entry: StoredAttendee, rows: Sequence[int]) -> Iterator[str]:
    from events import splitting
    from events.importer import read_people
    from events.records import options_from_json

    if rows:
        new = splitting.split(store, event.id, entry, rows)
        yield f"{new.attendee.name} ({new.attendee.id}) is a second person."
        return
    if entry.upload is None:
        raise UnusableOption(f"No file stands behind {entry.attendee.name}.")
    upload = store.upload(event.id, entry.upload)
    file = read_people(
        store.upload_content(upload), name=upload.name, options=options_from_json(upload.options)
    )
    behind = splitting.read_behind(file, entry)
    for number in behind.rows:
        cells = ", ".join(f"{header}: {cell!r}" for header, cell in behind.cells(number))
        yield f"row {number} of {behind.file}: {cells}"


def _joined(store: Store, event: Event, entry: StoredAttendee) -> Iterator[str]:
    from events.splitting import join_again, last_split

    second = last_split(store, event.id, entry.number)
    if second is None:
        raise UnusableOption(
            f"No split of {entry.attendee.name} can be taken back: there is none, or the second "
            "person was edited since. Then 'seedbed same' makes them one."
        )
    join_again(store, event.id, entry.number, second.number)
    yield f"{entry.attendee.name} ({entry.attendee.id}) is one person again."


def _merged(
    store: Store, event: Event, person: str, called: str, take: Sequence[str], look: bool
) -> Iterator[str]:
    from events.merging import choices, merge, together

    kept, other = _found(store, event, person), _found(store, event, called)
    takes = _takes(take)
    differing = choices(kept, other)
    if look:
        together(kept, other, takes)
    else:
        merge(store, event.id, kept, other, takes)
    for choice in differing:
        whose = takes.get(choice.field, choice.take)
        yield f"{choice.field}: {choice.kept!r} and {choice.other!r}, stands: {whose}"
    names = (
        f"{other.attendee.name} ({other.attendee.id}) is the same person as "
        f"{kept.attendee.name} ({kept.attendee.id})."
    )
    yield "Nothing was changed (--look)." if look else names


def _takes(said: Sequence[str]) -> dict[str, Take]:
    from events.importer.targets import target_called
    from events.merging import Take

    takes = {}
    for text in said:
        field, _, whose = (part.strip() for part in text.rpartition("="))
        if whose not in [*Take]:
            raise UnusableOption(f"--take {text}: write kept, other or both behind the =.")
        takes[target_called(field).name] = Take(whose)
    return takes


def _undone(store: Store, event: Event, person: str) -> Iterator[str]:
    from events.merging import last_merge, undo_merge

    kept = _found(store, event, person)
    other = last_merge(store, event.id, kept.number)
    if other is None:
        raise UnusableOption(f"No merge into {kept.attendee.name} can be taken back.")
    again = undo_merge(store, event.id, kept.number, other.number)
    yield f"{again.attendee.name} ({again.attendee.id}) is in the list again."


def _found(store: Store, event: Event, text: str) -> StoredAttendee:
    from events.rules import Register

    everybody = store.attendees(event.id)
    id = Register([entry.attendee for entry in everybody]).require(text)
    return next(entry for entry in everybody if entry.attendee.id == id)
