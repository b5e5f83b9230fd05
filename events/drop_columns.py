"""Dropping columns of an event's files for good: what would go is named before, and then gone.

A column of the same header goes from all files of the event. Whoever wants it also empties what
people answered through it. Then plans made from such answers go too, for they hold them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from matcher.phrase import phrase

from .errors import EventsError, UnusableOption
from .importer import Column, Import, read_people
from .importer.emptied import Emptied, emptied
from .importer.targets import target_called
from .merging import forget_merges
from .model import RULE_COLUMNS, Attendee, Run, StoredAttendee, Upload
from .records import options_from_json, options_to_json
from .runs import list_runs, people_of
from .series import Kept, decided, take_back
from .splitting import forget_splits
from .store import Store
from .undo_import import forget_imports
from .vectors import forget_vectors

__all__ = ["Drop", "KeptColumn", "drop_columns", "kept_columns", "what_goes"]


@dataclass(frozen=True, kw_only=True)
class KeptColumn:
    """A column in which something stands, of all files of an event that have it.

    Parameters
    ----------
    files
        Names of the files, the newest first.
    fields
        Targets that it feeds, those of `emptiable` alone; empty when its answers are not used.
    samples
        Up to three distinct values.
    """

    header: str
    files: tuple[str, ...]
    fields: tuple[str, ...]
    samples: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Drop:
    """What goes with some columns.

    Parameters
    ----------
    headers
        The columns, in the order in which they are shown.
    files
        The files as they will be kept, with their contents.
    otherwise
        Names of files from which other people are read then, such as those who declined.
    workbooks
        Names of files of which only the sheet that was read is left, as text.
    fields
        Answers that are emptied, whichever file or form they come from.
    people
        As they will be, those alone who lose an answer.
    plans
        Runs made from such answers.
    decisions
        About equal answers, in words that are emptied.
    loses_undo
        Whether there is an import or a merge that can no longer be taken back.
    """

    headers: tuple[str, ...]
    files: tuple[tuple[Upload, bytes], ...]
    otherwise: tuple[str, ...]
    workbooks: tuple[str, ...]
    fields: tuple[str, ...]
    people: tuple[StoredAttendee, ...]
    plans: tuple[Run, ...]
    decisions: tuple[Kept, ...]
    loses_undo: bool


def kept_columns(store: Store, event_id: str) -> tuple[tuple[KeptColumn, ...], tuple[Upload, ...]]:
    """Return the columns in which something stands, and the files that cannot be read."""
    found, unread = _readings(store, event_id)
    return _columns_of(found), unread


def _columns_of(found: Mapping[Upload, Import]) -> tuple[KeptColumn, ...]:
    columns: dict[str, list[tuple[Upload, Column]]] = {}
    for upload, understood in found.items():
        for column in understood.columns:
            if column.samples:
                columns.setdefault(column.header, []).append((upload, column))
    return tuple(_kept(header, here) for header, here in columns.items())


def what_goes(
    store: Store,
    event_id: str,
    headers: Collection[str],
    *,
    answers: bool = False,
) -> Drop:
    """Find what goes with some columns, and change nothing.

    Parameters
    ----------
    answers
        Whether what people answered through the columns goes as well.

    Raises
    ------
    UnusableOption
        If no file has such a column, or a file names nobody without them.
    """
    found, _ = _readings(store, event_id)
    columns = _columns_of(found)
    chosen = tuple(column for column in columns if column.header in headers)
    unknown = sorted(set(headers) - {column.header for column in chosen})
    if unknown or not chosen:
        raise UnusableOption(_not_there(unknown, columns))
    touched = {
        upload: understood
        for upload, understood in found.items()
        if any(column.header in headers and column.samples for column in understood.columns)
    }
    left = {
        upload: emptied(
            *(store.upload_content(upload), understood),
            *(options_from_json(upload.options), headers),
        )
        for upload, understood in touched.items()
    }
    fields = {field for column in chosen for field in column.fields} if answers else set()
    everybody = store.attendees(event_id, merged=True)
    before = [entry for entry in everybody if _has(_sides(entry), fields)]
    texts = {text.casefold() for entry in before for text in _texts(_sides(entry), fields)}
    return Drop(
        headers=tuple(column.header for column in chosen),
        files=tuple((_kept_as(upload, file), file.content) for upload, file in left.items()),
        otherwise=tuple(u.name for u, file in left.items() if not file.same_people),
        workbooks=tuple(u.name for u, read in touched.items() if read.kind != "csv"),
        fields=tuple(sorted(fields)),
        people=tuple(_silent(entry, fields) for entry in before),
        plans=tuple(r for r in list_runs(store, event_id) if _has(people_of(store, r), fields)),
        decisions=tuple(
            said
            for said in decided(store, event_id)
            if any(text.casefold() in texts for text in said.texts)
        ),
        loses_undo=_can_undo(store, event_id),
    )


def _can_undo(store: Store, event_id: str) -> bool:
    either = "select event_id from imports union select event_id from merges"
    sql = f"select 1 from ({either}) where event_id = ?"  # noqa: S608
    return next(store.rows(sql, (event_id,)), None) is not None


def drop_columns(
    store: Store,
    event_id: str,
    headers: Collection[str],
    *,
    answers: bool = False,
) -> Drop:
    """Drop columns, all or none, and overwrite their places; parameters as for `what_goes`."""
    with store.writing():
        drop = what_goes(store, event_id, headers, answers=answers)
        for upload, content in drop.files:
            store.replace_content(upload, content)
        for run in drop.plans:
            store.delete_run(run.id)
        for entry in drop.people:
            store.save_attendee(event_id, entry)
        for said in drop.decisions:
            take_back(store, event_id, said.number)
        forget_merges(store, event_id)
        forget_splits(store, event_id)
        forget_imports(store, event_id)  # all hold earlier answers, read through any column
        if drop.fields:
            forget_vectors(store)
    store.settle()
    return drop


def _readings(store: Store, event_id: str) -> tuple[dict[Upload, Import], tuple[Upload, ...]]:
    found: dict[Upload, Import] = {}
    unread = []
    for upload in store.uploads(event_id):
        try:
            found[upload] = read_people(
                store.upload_content(upload),
                name=upload.name,
                options=options_from_json(upload.options),
            )
        except EventsError:
            unread.append(upload)
    return found, tuple(unread)


def _kept(header: str, here: Iterable[tuple[Upload, Column]]) -> KeptColumn:
    found = tuple(here)
    return KeptColumn(
        header=header,
        files=tuple(dict.fromkeys(upload.name for upload, _ in found)),
        fields=tuple(dict.fromkeys(c.field for _, c in found if _can_be_emptied(c.field))),
        samples=tuple(dict.fromkeys(s for _, c in found for s in c.samples))[:3],
    )


def _can_be_emptied(field: str) -> bool:
    """Whether people keep something under this target, other than who they are."""
    return field in ("email", "credentials", *RULE_COLUMNS) or (
        bool(field) and target_called(field).answer
    )


def _not_there(unknown: Iterable[str], columns: Iterable[KeptColumn]) -> str:
    named = ", ".join(f"“{header}”" for header in unknown)
    listed = ", ".join(f"“{column.header}”" for column in columns)
    if not named:
        return phrase("Choose at least one column.")
    return phrase(
        "No file of this event has anything in a column %(unknown)s. There are: %(columns)s.",
        unknown=named,
        columns=listed or "–",
    )


def _kept_as(upload: Upload, file: Emptied) -> Upload:
    # A file that nobody chose anything for stays one, unless it has to be said now.
    chosen = file.options != options_from_json(upload.options)
    return replace(
        upload,
        options=options_to_json(file.options) if chosen else upload.options,
        sha256=hashlib.sha256(file.content).hexdigest(),
    )


def _sides(entry: StoredAttendee) -> tuple[Attendee, ...]:
    return (entry.attendee, *([entry.imported] if entry.imported else []))


def _has(people: Iterable[Attendee], fields: Collection[str]) -> bool:
    return any(True for _ in _texts(people, fields))


def _texts(people: Iterable[Attendee], fields: Collection[str]) -> Iterable[str]:
    for person in people if fields else ():
        for answer in person.answers:
            if answer.field in fields:
                yield from answer.texts
        for name in fields:
            said = getattr(person, name, ())
            yield from (said,) if isinstance(said, str) and said else tuple(said)


def _silent(entry: StoredAttendee, fields: Collection[str]) -> StoredAttendee:
    """Return somebody without their answers in these fields."""
    attendee, *imported = (_without(person, fields) for person in _sides(entry))
    return replace(entry, attendee=attendee, imported=imported[0] if imported else None)


def _without(person: Attendee, fields: Collection[str]) -> Attendee:
    blank: Mapping[str, object] = dict.fromkeys(RULE_COLUMNS, ()) | {"email": "", "credentials": ""}
    return replace(
        person,
        answers=tuple(answer for answer in person.answers if answer.field not in fields),
        **{name: value for name, value in blank.items() if name in fields},  # type: ignore[arg-type]
    )
