"""What a file changes in a list of people: who is new, who changed, who is gone; and doing it.

Importing the same file twice changes nothing. What was edited by hand since the last import wins
over the file, field by field. Nobody is removed: people missing from the file stay until the
organizer archives them. Nobody who was erased comes back unless the organizer says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matcher.fields import FIELDS
from matcher.phrase import phrase

from .erased import Erased, erased_from, forget_erased
from .errors import UnusableOption
from .identity import recognize
from .model import RULE_COLUMNS, Answer, Attendee, Notice, StoredAttendee, Upload
from .people import free_id
from .store import Store, utc_now
from .undo_import import remember_import

__all__ = ["Change", "Changes", "Doubt", "FieldChange", "compare", "import_people"]

_NOBODY = Erased()
_NAMES = ("name", "given_name", "family_name", "typed_name", "credentials")
_LABELS = {
    "name": "Name",
    "email": "E-mail",
    **{entry.name: entry.label for entry in FIELDS},
    **RULE_COLUMNS,
}
"""Everything that is compared, in the order in which it is shown."""


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field that becomes another value.

    Parameters
    ----------
    field
        Its name; with the number of the record it says what to overrule.
    label
        As forms call it.
    kept
        Whether the value stays because it was edited by hand; `new` is what the file says.
    """

    field: str
    label: str
    old: str
    new: str
    kept: bool = False


@dataclass(frozen=True, kw_only=True)
class Change:
    """One person in the list whom the file speaks of.

    Parameters
    ----------
    attendee
        The person as they will be.
    incoming
        The person as the file has them.
    fields
        What differs, to be shown; empty when nothing does.
    """

    stored: StoredAttendee
    attendee: Attendee
    incoming: Attendee
    fields: tuple[FieldChange, ...]


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
    changed: tuple[Change, ...]
    unchanged: tuple[Change, ...]
    gone: tuple[StoredAttendee, ...]
    written: tuple[Attendee, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    erased: tuple[Attendee, ...] = ()


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
    taken = {entry.attendee.id for entry in stored}
    added, written, known, doubts, gone_for_good = [], [], [], [], []
    away: set[str] = set()
    for at, person in enumerate(people):
        if at in found.known:
            is_said = person.id in (answers or {})
            known.append(_change(found.known[at], person, overruled, keeps_email=is_said))
        elif at in found.doubtful:
            choices = [_change(e, person, keeps_email=True) for e in found.doubtful[at]]
            doubts.append(
                Doubt(person=person, choices=tuple(choices), is_likely=at in found.likely)
            )
        elif person.id not in brought_back and (person in erased or _came_with(person, away)):
            away.add(person.id)
            gone_for_good.append(person)
        else:
            fresh = free_id(person.id, taken)
            taken.add(fresh)
            added.append(replace(person, id=fresh))
            written.append(person)
    spoken_of = {entry.number for entry in found.known.values()}
    spoken_of |= {change.stored.number for doubt in doubts for change in doubt.choices}
    return Changes(
        added=tuple(added),
        written=tuple(written),
        changed=tuple(change for change in known if change.fields),
        unchanged=tuple(change for change in known if not change.fields),
        doubts=tuple(doubts),
        erased=tuple(gone_for_good),
        gone=tuple(
            entry
            for entry in stored
            if entry.imported and not entry.archived and entry.number not in spoken_of
        ),
    )


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
        before = store.attendees(upload.event_id)
        changes = compare(
            *(before, people),
            is_own=is_own,
            overruled=overruled,
            answers=answers,
            erased=erased_from(store, upload.event_id),
            brought_back=brought_back,
        )
        if changes.doubts:
            asked = "\n".join(str(doubt.notice) for doubt in changes.doubts)
            raise UnusableOption(f"Nothing was imported.\n{asked}")
        store.add_attendees(
            upload.event_id, changes.added, written=changes.written, upload=upload.number
        )
        forget_erased(store, upload.event_id, changes.written)
        for change in (*changes.changed, *changes.unchanged):
            new = replace(
                change.stored,
                attendee=change.attendee,
                imported=change.incoming,
                upload=upload.number,
            )
            if new.attendee != change.stored.attendee or new.imported != change.stored.imported:
                store.save_attendee(upload.event_id, new)
        if archive_gone:
            for entry in changes.gone:
                store.save_attendee(upload.event_id, replace(entry, archived=True))
        store.save_upload(replace(upload, imported=utc_now()))
        remember_import(store, upload, before)
    return changes


def _came_with(guest: Attendee, hosts: Collection[str]) -> bool:
    """Whether somebody without a name of their own is brought by one of these people."""
    return not guest.typed_name and any(host in hosts for host in guest.already_met)


def _change(
    stored: StoredAttendee,
    person: Attendee,
    overruled: Collection[tuple[int, str]] = (),
    *,
    keeps_email: bool = False,
) -> Change:
    """Return what becomes of somebody.

    Parameters
    ----------
    keeps_email
        Whether the address stays where the file has none: somebody whom the organizer recognized
        without it has not lost it.
    """
    mine = _parts(stored.attendee)
    if stored.imported == person and not overruled:  # the file says what it said: all stays
        same = {name: mine.get(name) for name in _LABELS}
        now = _whole(replace(person, id=stored.attendee.id), same)
        return Change(stored=stored, attendee=now, incoming=person, fields=())
    base = None if stored.imported is None else _parts(stored.imported)
    theirs = _parts(person)
    kept = {"email"} if keeps_email and not person.email else set()
    merged = {
        name: mine.get(name)
        if name in kept
        else theirs.get(name)
        if (stored.number, name) in overruled and theirs.get(name)
        else _decide(None if base is None else base.get(name, ()), mine.get(name), theirs.get(name))
        for name in _LABELS
    }
    return Change(
        stored=stored,
        attendee=_whole(replace(person, id=stored.attendee.id), merged),
        incoming=person,
        fields=tuple(
            FieldChange(
                field=name,
                label=label,
                **_shown(mine.get(name), theirs.get(name)),
                kept=merged[name] == mine.get(name),
            )
            for name, label in _LABELS.items()
            if name not in kept
            and mine.get(name) != theirs.get(name)
            and (base is None or theirs.get(name) != base.get(name))
        ),
    )


def _parts(person: Attendee) -> dict[str, Any]:
    """Return what can change on its own; what is empty is left out."""
    parts: dict[str, Any] = {answer.field: answer for answer in person.answers}
    parts["name"] = tuple(getattr(person, name) for name in _NAMES)
    parts["email"] = person.email
    parts |= {name: getattr(person, name) for name in RULE_COLUMNS}
    return {name: part for name, part in parts.items() if part}


def _decide(base: object, mine: object, theirs: object) -> object:
    """Return the file's value unless somebody typed another one since the last import.

    Without a last import (`base` None) everything there is was typed by hand.
    """
    if base is None:
        return mine or theirs
    return theirs if mine == (base or None) else mine


def _whole(incoming: Attendee, parts: dict[str, Any]) -> Attendee:
    rules: dict[str, Any] = {name: parts[name] or () for name in RULE_COLUMNS}
    return replace(
        incoming,
        **rules,
        **dict(zip(_NAMES, parts["name"], strict=True)),
        email=parts["email"] or "",
        answers=tuple(part for part in parts.values() if isinstance(part, Answer)),
    )


def _shown(old: object, new: object) -> dict[str, str]:
    """Return both sides in words; who may see an answer is told only if nothing else differs."""
    before, after = _in_words(old), _in_words(new)
    if before == after and isinstance(old, Answer) and isinstance(new, Answer):
        before, after = f"{before} ({old.visibility})", f"{after} ({new.visibility})"
    return {"old": before, "new": after}


def _in_words(part: object) -> str:
    match part:
        case Answer():
            return "; ".join(part.texts)
        case (str(name), _, _, _, _):
            return name
        case tuple():
            return "; ".join(map(str, part))
    return str(part or "")


def _described(person: Attendee) -> str:
    """Return what tells somebody from others of the name."""
    known = (person.id, person.email, *person.answer("organization"))
    return f"{person.name} ({', '.join(filter(None, known))})"
