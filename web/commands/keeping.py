"""What the app keeps and for how long: `events`, `erase`, `drop`, `backup`, `restore`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from events.errors import UnusableOption
from matcher.phrase import phrases
from web.terminal import in_words, say

from .files import find_event, opened
from .options import FILE

if TYPE_CHECKING:
    from events.drop_columns import Drop
    from events.erase_event import EventContents
    from events.model import Event

__all__ = ["backup", "drop", "erase", "events", "restore"]

_database = click.option(
    "--database", type=FILE, help="File that the app keeps all in; by default its own."
)
_event = click.option("--event", "called", required=True, help="Title of the event, or its id.")
_for_good = click.option(
    "--for-good", is_flag=True, help="Do it. Without this, only say what would go."
)


@click.command()
@_database
def events(database: Path | None) -> None:
    """List the events of the app: id, day, people, the day they are to be erased, title."""
    with in_words(), opened(database) as store:
        people = store.head_counts()
        for event in store.events():
            count = phrases("%(num)s person", "%(num)s people", people.get(event.id, 0))
            say(f"{event.id}  {event.date or 'no day yet':10}  {count}{_to_go(event)}")
            say(f"    {event.title}")


@click.command()
@_event
@_database
@click.option("--on", "day", metavar="DATE", help="Only set the day to be asked, or 'never'.")
@_for_good
def erase(called: str, database: Path | None, day: str | None, for_good: bool) -> None:
    """Erase an event of the app with its people, files, plans and cards, or say when to ask."""
    from events.erase_event import contents_of, erase_event

    with in_words(), opened(database) as store:
        event = find_event(store, called)
        if day is not None:
            store.save_event(replace(event, erase_on=_delete_day(event, day, for_good)))
            say(f"{event.title}: to be erased {f'on {day}' if day != 'never' else day}.")
            return
        if not for_good:
            say(f"{event.title}: {_in_words(contents_of(store, event.id))} would be erased.")
            say("Nothing was changed. Add --for-good to erase them; that cannot be taken back.")
            return
        receipt = erase_event(store, event.id)
        say(f"{receipt.title}: {_in_words(receipt.contents)} erased, {receipt.erased} UTC;")
        say("the places in the database file were overwritten.")
        say("Not covered: printed cards, downloaded files, backups.")


@click.command()
@click.argument("out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@_database
def backup(out: Path, database: Path | None) -> None:
    """Write everything the app keeps into a new FILE, also while the app is running."""
    from events.backup import back_up
    from web.server import default_database

    with in_words():
        if out.exists():
            raise UnusableOption(f"{out} is there already. Choose another name.")
        with opened(database):
            content = back_up(database or default_database())
        with tempfile.TemporaryDirectory(dir=out.parent) as folder:
            copy = Path(folder) / out.name
            copy.touch(mode=0o600)  # people's answers are nobody else's business
            copy.write_bytes(content)
            copy.replace(out)
        say(f"{out}: {len(content) / 1e6:.1f} MB. It holds people's answers: keep it safe.")


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File that the app keeps all in; by default its own.",
)
def restore(file: Path, database: Path | None) -> None:
    """Put the backup FILE in the place of everything the app has; that is saved beside it first."""
    from events.backup import restore as bring_back
    from web.server import default_database

    with in_words():
        path = database or default_database()
        path.parent.mkdir(parents=True, exist_ok=True)
        saved = bring_back(path, file.read_bytes())
        say(f"The backup is back in {path}.")
        if saved:
            say(f"What was there before is kept in {saved}.")


@click.command()
@_event
@_database
@click.option(
    "--column",
    "headers",
    multiple=True,
    metavar="HEADER",
    help="Column to drop; without any, list what is kept. Repeatable.",
)
@click.option("--answers", is_flag=True, help="Also empty what people answered through them.")
@_for_good
def drop(
    called: str, database: Path | None, headers: Sequence[str], answers: bool, for_good: bool
) -> None:
    """Drop columns of an event's files, or list what is kept of these."""
    from events.drop_columns import drop_columns, kept_columns, what_goes

    with in_words(), opened(database) as store:
        event = find_event(store, called)
        if not headers:
            columns, unread = kept_columns(store, event.id)
            for column in columns:
                read_as = ", ".join(column.fields) or "no answers"
                say(f"{column.header} ({read_as}; {', '.join(column.files)}): {column.samples[0]}")
            for upload in unread:
                say(f"{upload.name} cannot be read: look at it or put it away in the app.")
            return
        act = drop_columns if for_good else what_goes
        for line in _going(act(store, event.id, headers, answers=answers)):
            say(line)
        if not for_good:
            say("Nothing was changed. Add --for-good to drop it; that cannot be taken back.")
            return
        say("All this is gone for good. Not covered: printed cards, downloaded files, backups.")


def _going(drop: Drop) -> Iterator[str]:
    files = ", ".join(upload.name for upload, _ in drop.files)
    yield f"columns: {', '.join(drop.headers)}, in {files}"
    for name in drop.workbooks:
        yield f"of {name}: everything but the table that was read, which is kept as text"
    for name in drop.otherwise:
        yield f"{name} is read otherwise without them: do not import what is left of it again"
    if drop.fields:
        people = phrases("%(num)s person", "%(num)s people", len(drop.people))
        yield f"answers of {people}, wherever they came from: {', '.join(drop.fields)}"
    if drop.plans:
        yield f"plans made from these answers: {', '.join(str(run.number) for run in drop.plans)}"
    if drop.decisions:
        yield f"decisions about equal answers: {len(drop.decisions)}"
    if drop.loses_undo:
        yield "what people were before imports and merges: neither can be taken back any more"


def _delete_day(event: Event, said: str, for_good: bool) -> str:
    """Return the day to keep for an event, "" for none."""
    if for_good:
        raise UnusableOption("--on sets the day and --for-good erases now. Leave one of them out.")
    if said == "never":
        return ""
    try:
        day = date.fromisoformat(said).isoformat()
    except ValueError:
        raise UnusableOption(f"--on {said}: write a day such as 2027-03-01, or never.") from None
    if day < event.date:
        raise UnusableOption(f"--on {said}: that is before the event on {event.date}.")
    return day


def _to_go(event: Event) -> str:
    from events.delete_date import is_due

    if not event.erase_on:
        return ""
    due = "; that day has come" if is_due(event, date.today()) else ""
    return f", to be erased on {event.erase_on}{due}"


def _in_words(contents: EventContents) -> str:
    return ", ".join(
        (
            phrases("%(num)s person", "%(num)s people", contents.people),
            phrases("%(num)s uploaded file", "%(num)s uploaded files", contents.uploads),
            phrases("%(num)s plan with all cards", "%(num)s plans with all cards", contents.plans),
            phrases(
                "%(num)s decision about equal answers",
                "%(num)s decisions about equal answers",
                contents.decisions,
            ),
        )
    )
