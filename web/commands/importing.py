"""The command `seedbed import`: a list into an event of the app, or the latest one taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from events.errors import UnusableOption
from web.terminal import in_words, say, say_notices

from .files import find_event, opened
from .options import FILE, import_options
from .taking import take_import_options

if TYPE_CHECKING:
    from events.importer import Import, Options
    from events.model import Event, Upload
    from events.reimport import Changes
    from events.store import Store

__all__ = ["import_list"]


@click.command("import")
@click.argument("people", type=FILE, required=False)
@click.option("--database", type=FILE, help="File that the app keeps all in; by default its own.")
@click.option("--event", "called", required=True, help="Title of the event, or its id.")
@click.option("--look", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--archive-gone", is_flag=True, help="Archive who is no longer in the file.")
@click.option(
    "--same",
    multiple=True,
    metavar="ROW=ID",
    help="Who somebody in doubt is: the id of somebody in the list, or ROW=new. Repeatable.",
)
@click.option(
    "--same-organization",
    is_flag=True,
    help="In doubt, the only one of the same name and organization is the same person.",
)
@click.option(
    "--overrule",
    multiple=True,
    metavar="ID=FIELD",
    help="Let the file win over what was typed by hand: of one person, or of all with "
    "FIELD alone; the field can be 'all'. Repeatable.",
)
@click.option(
    "--bring-back",
    multiple=True,
    metavar="ID",
    help="Add somebody of the file although they were erased from the event. Repeatable.",
)
@click.option(
    "--anew",
    is_flag=True,
    help="Find out how to read the file, whatever was chosen for an earlier one.",
)
@click.option("--undo", is_flag=True, help="Take the latest import of the event back.")
@import_options
def import_list(
    people: Path | None,
    database: Path | None,
    called: str,
    look: bool,
    archive_gone: bool,
    same: Sequence[str],
    same_organization: bool,
    overrule: Sequence[str],
    bring_back: Sequence[str],
    anew: bool,
    undo: bool,
    **options: Any,
) -> None:
    """Bring a list into an event of the app: new people added, known ones updated."""
    with in_words(), opened(database) as store:
        event = find_event(store, called)
        if undo == (people is not None):
            raise UnusableOption("Name a list of people to import, or --undo without one.")
        lines = (
            _undone(store, event)
            if people is None
            else _imported(
                *(store, event, people, look, archive_gone, same, same_organization),
                *(overrule, bring_back, anew, take_import_options(options)),
            )
        )
        for line in lines:
            say(line)


def _imported(
    store: Store,
    event: Event,
    path: Path,
    look: bool,
    archive_gone: bool,
    same: Sequence[str],
    same_organization: bool,
    overrule: Sequence[str],
    bring_back: Sequence[str],
    anew: bool,
    options: Options,
) -> Iterator[str]:
    from events.affected import affected_cards
    from events.erased import erased_from
    from events.model import Severity
    from events.reimport import compare, import_people

    content = path.read_bytes()
    found, like, how = _read(store, event, path, content, options, anew)
    yield from like
    notices = [notice for notice in found.notices if notice.severity is not Severity.INFO]
    say_notices(found.counts, notices, f"seedbed inspect {path}")
    with store.writing():
        stored = store.attendees(event.id, merged=True)
        changes = compare(stored, found.people, is_own=found.is_own)
        said: dict[str, Any] = {"is_own": found.is_own, "brought_back": bring_back}
        said["answers"] = _answers(changes, same, same_organization)
        said["overruled"] = _overruled(compare(stored, found.people, **said), overrule)
        changes = compare(stored, found.people, erased=erased_from(store, event.id), **said)
        affected = affected_cards(store, event.id, changes)
        if changes.doubts and not look:
            raise UnusableOption(_asked(changes))
        if not look:
            kept = store.add_upload(event.id, path.name, content)
            upload = replace(kept, headers=how.headers, options=how.options)
            changes = import_people(
                *(store, upload, found.people),
                archive_gone=archive_gone,
                **said,
            )
    named = dict.fromkeys((*affected.changed, *(affected.gone if archive_gone else ())))
    if named:
        yield f"printed cards that are no longer right, of the plan in use: {', '.join(named)}"
    yield from _told(changes, archive_gone)
    if look:
        yield "Nothing was changed (--look)."


def _read(
    store: Store, event: Event, path: Path, content: bytes, said: Options, anew: bool
) -> tuple[Import, Sequence[str], Upload]:
    """Return what was understood, the earlier file it is read like, and how it is read."""
    from events.importer import read_people
    from events.model import Upload
    from events.records import options_from_json, options_to_json
    from events.remembered import read_like_before

    @cache
    def understood(options: str) -> Import:
        return read_people(content, name=path.name, options=options_from_json(options))

    def understand(options: Options) -> Import:
        return understood(options_to_json(options))

    file = Upload(number=0, event_id=event.id, name=path.name, sha256="")
    how, earlier = read_like_before(store, file, content, understand, said, anew=anew)
    return understood(how.options), earlier.told if earlier else (), how


def _answers(
    changes: Changes, same: Sequence[str], same_organization: bool
) -> dict[str, int | None]:
    """Return who those in doubt are, as the options say: id in the file to number of the record."""
    doubts = {str(doubt.person.source_row): doubt for doubt in changes.doubts}
    answers: dict[str, int | None] = {
        doubt.person.id: doubt.choices[0].stored.number
        for doubt in changes.doubts
        if same_organization and doubt.is_likely
    }
    for text in same:
        row, _, who = text.partition("=")
        doubt = doubts.get(row.strip())
        if doubt is None:
            rows = ", ".join(doubts) or "none"
            raise UnusableOption(f"--same {text}: nobody in that row is in doubt. Rows: {rows}.")
        ids = {"new": None} | {c.stored.attendee.id: c.stored.number for c in doubt.choices}
        if who.strip() not in ids:
            raise UnusableOption(f"--same {text}: write one of {', '.join(ids)} behind the =.")
        answers[doubt.person.id] = ids[who.strip()]
    return answers


def _overruled(changes: Changes, said: Sequence[str]) -> frozenset[tuple[int, str]]:
    """Return where the file wins, as the options say: number of a record and name of a field."""
    from events.importer.targets import target_called

    kept = {
        (change.stored.number, one.field): f"{change.stored.attendee.id}={one.field}"
        for change in changes.changed
        for one in change.fields
        if one.kept and one.new
    }
    overruled: set[tuple[int, str]] = set()
    for text in said:
        who, _, field = (part.strip() for part in text.rpartition("="))
        wanted = "all" if field == "all" else target_called(field).name
        found = {
            place
            for place, listed in kept.items()
            if wanted in ("all", place[1]) and who in ("", listed.rpartition("=")[0])
        }
        if not found:
            there = ", ".join(kept.values()) or "nothing"
            raise UnusableOption(f"--overrule {text}: no such edit differs. There is: {there}.")
        overruled |= found
    return frozenset(overruled)


def _asked(changes: Changes) -> str:
    lines = [str(doubt.notice) for doubt in changes.doubts]
    return "\n".join(
        (
            *lines,
            "Nothing was imported. Answer with --same ROW=ID or --same ROW=new for each; "
            "--same-organization takes the only one of a name and organization for the same.",
        )
    )


def _told(changes: Changes, archive_gone: bool) -> Iterator[str]:
    for person in changes.added:
        yield f"new: {person.name} ({person.id})"
    for doubt in changes.doubts:
        yield f"in doubt: {doubt.notice}"
    for change in changes.changed:
        for field in change.fields:
            own = change.stored.attendee.id
            typed = f" (kept: edited by hand; --overrule {own}={field.field} takes the file's)"
            kept = "" if not field.kept else typed if field.new else " (kept: edited by hand)"
            who = f"{change.stored.attendee.name} ({own})"
            yield f"changed: {who}, {field.label}: {field.old!r} → {field.new!r}{kept}"
    for person in changes.erased:
        yield f"erased before, not added (--bring-back {person.id} adds them): {person.name}"
    for entry in changes.gone:
        what = "archived" if archive_gone else "not in this file"
        yield f"{what}: {entry.attendee.name} ({entry.attendee.id})"
    doubtful = f", {len(changes.doubts)} in doubt" if changes.doubts else ""
    yield (
        f"{len(changes.added)} new, {len(changes.changed)} changed, "
        f"{len(changes.unchanged)} unchanged, {len(changes.gone)} no longer in the file{doubtful}."
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
