"""What a file changes in a list of people: who is new, who changed, who is gone; and doing it.

Importing the same file twice changes nothing. What was edited by hand since the last import wins
over the file, field by field. Rows of somebody who was merged into another one (`events.merging`)
change that person where these still say what the rows said. Nobody is removed: people missing from
the file stay until the organizer archives them. Nobody who was erased comes back unless the
organizer says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from matcher.phrase import phrase

from .bulk import uncollected
from .database import utc_now
from .differences import (
    Change,
    Said,
    change_known,
    change_one,
    changed_records,
    listed_records,
)
from .erased import Erased, erased_from, forget_erased
from .errors import UnusableOption
from .identity import recognize
from .model import Attendee, Notice, StoredAttendee, Upload
from .people import free_id
from .store import Store
from .undo_import import remember_import

__all__ = ["Changes", "Doubt", "compare", "import_people"]

_NOBODY = Erased()


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Somebody in the file who may be in the list; nobody is imported before it is said.

    Parameters
    ----------
    person
        As the file has them.
    choices
        What would change for each whom they may be, in the order of the list.
    is_likely
        Whether the one choice has the same name and organization and is nobody else's choice.
    """

    person: Attendee
    choices: tuple[Change, ...]
    is_likely: bool

    @property
    def notice(self) -> Notice:
        """Where it stands, and what to say."""
        known = " or ".join(_described(change.stored.attendee) for change in self.choices)
        return Notice(
            row=self.person.source_row,
            value=self.person.name,
            problem=phrase("may be somebody in the list: %(people)s.", people=known),
            remedy=phrase("Say who it is, or that it is somebody new."),
        )


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What an import would do.

    Parameters
    ----------
    known
        Who is in the list. Several may be of one person; then the last one has what becomes of
        them.
    written
        Those added, under the ids of the file: the list gives another where one is taken.
    gone
        People of earlier files whom this one does not mention; archived ones left out.
    doubts
        Who may be in the list already; they are neither added nor changed.
    erased
        Who was erased from the event, and the guests that such people bring; they are not added.
    """

    added: tuple[Attendee, ...]
    known: tuple[Change, ...]
    gone: tuple[StoredAttendee, ...]
    written: tuple[Attendee, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    erased: tuple[Attendee, ...] = ()

    @property
    def changed(self) -> tuple[Change, ...]:
        """Those of whom the file says something else than before."""
        return tuple(change for change in self.known if change.fields)

    @property
    def unchanged(self) -> tuple[Change, ...]:
        """Those of whom the file says nothing new."""
        return tuple(change for change in self.known if not change.fields)


def compare(
    stored: Sequence[StoredAttendee],
    incoming: Iterable[Attendee],
    *,
    is_own: bool = False,
    overruled: Collection[tuple[int, str]] = (),
    answers: Mapping[str, int | None] | None = None,
    erased: Erased = _NOBODY,
    brought_back: Collection[str] = (),
) -> Changes:
    """Find each incoming person in the list and what would change for them.

    Parameters
    ----------
    stored
        The list, with the records that were merged into others.
    overruled
        Number of a record and name of a field: here the file wins over what was edited by hand.
    is_own, answers
        As in `events.identity.recognize`, which says who is who.
    erased
        Who was erased from the event (`events.erased`).
    brought_back
        Ids of people of the file who are added although they were erased.

    Raises
    ------
    UnusableOption
        If an answer does not fit.
    """
    people = tuple(incoming)
    found = recognize(stored, people, is_own=is_own, answers=answers)
    listed = listed_records(stored)
    said = Said(stored, listed)
    known = change_known(people, found.known, listed, said, overruled, answers or {})
    doubts = tuple(
        Doubt(
            person=people[at],
            choices=tuple(
                change_one(
                    entry, listed[entry.number], people[at], keeps_email=True, others=said(entry)
                )
                for entry in entries
            ),
            is_likely=at in found.likely,
        )
        for at, entries in sorted(found.doubtful.items())
    )
    new = [
        person
        for at, person in enumerate(people)
        if at not in found.known and at not in found.doubtful
    ]
    written, gone_for_good = _without_erased(new, erased, brought_back)
    spoken_of = {change.listed.number for change in known}
    spoken_of |= {change.listed.number for doubt in doubts for change in doubt.choices}
    return Changes(
        added=_with_free_ids(written, {entry.attendee.id for entry in stored}),
        written=written,
        known=tuple(known),
        doubts=doubts,
        erased=gone_for_good,
        gone=tuple(
            entry
            for entry in stored
            if listed[entry.number] is entry
            and entry.imported
            and not entry.archived
            and entry.number not in spoken_of
        ),
    )


def _without_erased(
    people: Iterable[Attendee], erased: Erased, brought_back: Collection[str]
) -> tuple[tuple[Attendee, ...], tuple[Attendee, ...]]:
    """Part people of a file from those who were erased, and from the guests of these."""
    left: list[Attendee] = []
    gone: dict[str, Attendee] = {}
    for person in people:
        if person.id not in brought_back and (person in erased or _came_with(person, gone)):
            gone[person.id] = person
        else:
            left.append(person)
    return tuple(left), tuple(gone.values())


def _with_free_ids(people: Iterable[Attendee], taken: set[str]) -> tuple[Attendee, ...]:
    """Return people under ids that nobody has, and add these to the ones that are taken."""
    free = []
    for person in people:
        free.append(replace(person, id=free_id(person.id, taken)))
        taken.add(free[-1].id)
    return tuple(free)


@uncollected()
def import_people(
    store: Store,
    upload: Upload,
    people: Iterable[Attendee],
    *,
    archive_gone: bool = False,
    is_own: bool = False,
    overruled: Collection[tuple[int, str]] = (),
    answers: Mapping[str, int | None] | None = None,
    brought_back: Collection[str] = (),
) -> Changes:
    """Bring the people of a file into an event, all or none, and return what was done.

    `events.undo_import` takes it back.

    Parameters
    ----------
    archive_gone
        Whether people who are not in the file any more go to the archive.
    is_own, overruled, answers, brought_back
        As in `compare`.

    Raises
    ------
    UnusableOption
        If somebody may be in the list and `answers` do not say whether they are, or do not fit.
    """
    with store.writing():
        before = store.attendees(upload.event_id, merged=True)
        changes = compare(
            *(before, people),
            is_own=is_own,
            overruled=overruled,
            answers=answers,
            erased=erased_from(store, upload.event_id),
            brought_back=brought_back,
        )
        if changes.doubts:
            asked = [phrase("Nothing was imported."), *(doubt.notice for doubt in changes.doubts)]
            raise UnusableOption("\n".join(map(str, asked)))
        store.add_attendees(
            upload.event_id, changes.added, written=changes.written, upload=upload.number
        )
        forget_erased(store, upload.event_id, changes.written)
        for entry in changed_records(before, changes.known, upload):
            store.save_attendee(upload.event_id, entry)
        if archive_gone:
            for entry in changes.gone:
                store.save_attendee(upload.event_id, replace(entry, archived=True))
        store.save_upload(replace(upload, imported=utc_now()))
        remember_import(store, upload, before)
    return changes


def _came_with(guest: Attendee, hosts: Collection[str]) -> bool:
    """Whether somebody without a name of their own is brought by one of these people."""
    return not guest.typed_name and any(host in hosts for host in guest.already_met)


def _described(person: Attendee) -> str:
    """Return what tells somebody from others of the name."""
    known = (person.id, person.email, *person.answer("organization"))
    return f"{person.name} ({', '.join(filter(None, known))})"
