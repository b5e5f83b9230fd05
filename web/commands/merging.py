"""The command `seedbed same`: two entries of an event of the app are one person, or two again."""

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

__all__ = ["same"]


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
