"""Erasing one person: every place they stand in, named before and gone after.

That they were erased is all that is remembered (`events.erased`).

Plans are made for everybody at once, and files hold everybody's rows; where a person stands in one,
the whole plan or file goes. What other people typed of them (never with, already met) goes too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .database import utc_now
from .erased import remember_erased
from .errors import EventsError
from .importer import rows_in
from .merging import forget_merges, records_behind
from .model import Attendee, Run, StoredAttendee, Upload
from .records import options_from_json
from .rules import Sentence, pin_of
from .runs import list_runs, people_of
from .sentences import about, forget
from .series import decided, take_back
from .splitting import forget_splits
from .store import Store
from .undo_import import forget_imports
from .vectors import forget_vectors

__all__ = ["Footprint", "Receipt", "erase_person", "footprint"]


@dataclass(frozen=True, kw_only=True)
class Footprint:
    """Where a person stands.

    Parameters
    ----------
    uploads
        Files with a row about them.
    plans
        Runs that planned for them.
    mentions
        People whose own entries name them.
    rules
        Rules of the app that name them, those taken out too.
    names
        Names and addresses they go by, folded.
    named
        What those entries may call them: names, addresses and ids, folded.
    behind
        Records that were merged into theirs.
    """

    person: StoredAttendee
    uploads: tuple[Upload, ...]
    plans: tuple[Run, ...]
    mentions: tuple[StoredAttendee, ...]
    rules: tuple[Sentence, ...]
    names: frozenset[str]
    named: frozenset[str]
    behind: tuple[StoredAttendee, ...]


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What was erased and when; holds nothing of the person but their id."""

    person_id: str
    erased: str
    uploads: int
    plans: int
    mentions: int


def footprint(store: Store, event_id: str, number: int) -> Footprint:
    """Find where a person stands; raises `NotFound`."""
    stored = store.attendee(event_id, number)
    records = (stored, *records_behind(store, event_id, number))
    ids = {record.attendee.id for record in records}
    names = frozenset(name for record in records for name in _called(record))
    named = names | {one.casefold() for one in ids}
    return Footprint(
        person=stored,
        uploads=tuple(
            upload
            for upload in store.uploads(event_id)
            if upload.number in {record.upload for record in records}
            or _stands_in(store, upload, names)
        ),
        plans=tuple(
            run
            for run in list_runs(store, event_id)
            if any(person.id in ids for person in people_of(store, run))
        ),
        mentions=tuple(
            other
            for other in store.attendees(event_id, merged=True)
            if other.attendee.id not in ids and _without(other, named) is not other
        ),
        rules=tuple(each for one in sorted(ids) for each in about(store, event_id, one)),
        named=named,
        names=names,
        behind=records[1:],
    )


def erase_person(store: Store, event_id: str, number: int) -> Receipt:
    """Erase a person and everything they stand in, and overwrite the places in the file."""
    with store.writing():
        found = footprint(store, event_id, number)
        for run in found.plans:
            store.delete_run(run.id)
        for other in found.mentions:
            store.save_attendee(event_id, _without(other, found.named))
        event = store.event(event_id)
        kept = _without_names(event.rules, found.named)
        if kept != event.rules:
            store.save_event(replace(event, rules=kept))
        for record in (found.person, *found.behind):
            forget(store, event_id, record.attendee.id)
            remember_erased(store, event_id, record)
        for said in decided(store, event_id):
            if _name_somebody("\n".join(said.texts), found.names):
                take_back(store, event_id, said.number)
        forget_merges(store, event_id)
        forget_splits(store, event_id)
        store.delete_attendee(number)  # and with it the records that were merged into it
        forget_imports(store, event_id)
        for upload in found.uploads:
            store.delete_upload(upload.number)
        forget_vectors(store)
    store.settle()
    return Receipt(
        person_id=found.person.attendee.id,
        erased=utc_now(),
        uploads=len(found.uploads),
        plans=len(found.plans),
        mentions=len(found.mentions),
    )


def _called(stored: StoredAttendee) -> frozenset[str]:
    """Return every name and address somebody goes by, folded."""
    texts = (
        text
        for known in (stored.attendee, stored.imported)
        if known
        for text in (known.name, known.typed_name, known.email)
    )
    return frozenset(text.casefold() for text in texts if text)


def _stands_in(store: Store, upload: Upload, names: frozenset[str]) -> bool:
    """Whether any row of a file holds all words of a name, in whichever cells and sheet."""
    content = store.upload_content(upload)
    try:
        rows: Iterable[tuple[str, ...]] = rows_in(content, options_from_json(upload.options))
    except EventsError:
        rows = [(content.decode("utf-8", "ignore"),)]
    return any(_name_somebody("\n".join(cells), names) for cells in rows)


def _name_somebody(text: str, names: frozenset[str]) -> bool:
    words = _words(text)
    return any(words >= _words(name) for name in names)


def _without_names(rules: str, names: frozenset[str]) -> str:
    """Return a RULES.toml with a name in quotes emptied, and comments that hold one taken out.

    The rule then names nobody, which the organizer is told before the next plan is made.
    """

    def emptied(quoted: re.Match[str]) -> str:
        return '""' if quoted[0][1:-1].strip().casefold() in names else quoted[0]

    def said(comment: re.Match[str]) -> str:
        return "" if any(name in comment[0].casefold() for name in names) else comment[0]

    return re.sub(r"#[^\n]*", said, re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", emptied, rules))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _without(other: StoredAttendee, names: frozenset[str]) -> StoredAttendee:
    """Return a person without what they say of somebody; the same one if they say nothing."""
    attendee = _silent(other.attendee, names)
    imported = _silent(other.imported, names) if other.imported else None
    if attendee is other.attendee and imported is other.imported:
        return other
    return replace(other, attendee=attendee, imported=imported)


def _silent(person: Attendee, names: frozenset[str]) -> Attendee:
    asked_for = (*person.wish, *(pin_of(text)[0] for text in person.pin))
    said = (*person.not_with, *person.already_met, *asked_for)
    if not any(text.casefold() in names for text in said):
        return person

    def kept(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(text for text in texts if text.casefold() not in names)

    return replace(
        person,
        name=_as_guest_of_nobody(person, names),
        not_with=kept(person.not_with),
        already_met=kept(person.already_met),
        wish=kept(person.wish),
        pin=tuple(text for text in person.pin if pin_of(text)[0].casefold() not in names),
    )


def _as_guest_of_nobody(person: Attendee, names: frozenset[str]) -> str:
    """Return somebody's name; of an unnamed guest ("Guest of Ana") without their host's."""
    words = person.name.split()
    brought = any(text.casefold() in names for text in person.already_met)
    for host in [name.split() for name in names] if brought else []:
        for at in range(1, len(words)):
            if [word.casefold() for word in words[at : at + len(host)]] == host:
                words[at : at + len(host)] = ["…"]
    return " ".join(words) if "…" in words else person.name
