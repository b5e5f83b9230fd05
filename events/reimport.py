"""What a file changes in a list of people: who is new, who changed, who is gone; and doing it.

Importing the same file twice changes nothing. What was edited by hand since the last import wins
over the file, field by field. Nobody is removed: people missing from the file stay until the
organizer archives them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from matcher.fields import FIELDS

from .model import RULE_COLUMNS, Answer, Attendee, StoredAttendee, Upload
from .people import free_id
from .store import Store, utc_now
from .undo_import import remember_import

__all__ = ["Change", "Changes", "FieldChange", "compare", "import_people"]

_Thing = TypeVar("_Thing")
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
        The person as the file has them, under the id of the list.
    fields
        What differs, to be shown; empty when nothing does.
    """

    stored: StoredAttendee
    attendee: Attendee
    incoming: Attendee
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What an import would do.

    Parameters
    ----------
    gone
        People of earlier files whom this one does not mention; archived ones left out.
    """

    added: tuple[Attendee, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Change, ...]
    gone: tuple[StoredAttendee, ...]


def compare(
    stored: Sequence[StoredAttendee],
    incoming: Iterable[Attendee],
    *,
    is_own: bool = False,
    overruled: Collection[tuple[int, str]] = (),
) -> Changes:
    """Find each incoming person in the list and what would change for them.

    Somebody is the same person by id together with name or e-mail, else by e-mail and name, else
    by an e-mail that occurs once on both sides. Equal ids alone prove nothing: two ticket shops
    both number their guests from 1. The exception is Seedbed's own list (`is_own`), where a person
    stays the same under another name and address, unless it is plainly the list of another event.

    Parameters
    ----------
    overruled
        Number of a record and name of a field: here the file wins over what was edited by hand.
    """
    people = tuple(incoming)
    found = _same_people(stored, people, is_own and _is_of_this_list(stored, people))
    taken = {entry.attendee.id for entry in stored}
    added, known = [], []
    for at, person in enumerate(people):
        if at in found:
            known.append(_change(found[at], person, overruled))
        else:
            fresh = free_id(person.id, taken)
            taken.add(fresh)
            added.append(replace(person, id=fresh))
    spoken_of = {entry.number for entry in found.values()}
    return Changes(
        added=tuple(added),
        changed=tuple(change for change in known if change.fields),
        unchanged=tuple(change for change in known if not change.fields),
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
) -> Changes:
    """Bring the people of a file into an event, all or none, and return what was done.

    `events.undo_import` takes it back.

    Parameters
    ----------
    archive_gone
        Whether people who are not in the file any more go to the archive.
    is_own, overruled
        As in `compare`.
    """
    with store.writing():
        before = store.attendees(upload.event_id)
        changes = compare(before, people, is_own=is_own, overruled=overruled)
        store.add_attendees(upload.event_id, changes.added, upload=upload.number)
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


def _is_of_this_list(stored: Sequence[StoredAttendee], people: Sequence[Attendee]) -> bool:
    """Whether at least half of those with an id of the list have their name or address too."""
    known = {entry.attendee.id: entry.attendee for entry in stored}
    both = [(known[person.id], person) for person in people if person.id in known]
    agree = sum(
        _plain(one.name) == _plain(other.name)
        or (bool(one.email) and _plain(one.email) == _plain(other.email))
        for one, other in both
    )
    return 2 * agree >= len(both)


def _same_people(
    stored: Sequence[StoredAttendee], people: Sequence[Attendee], by_id: bool
) -> dict[int, StoredAttendee]:
    """Return who in the list each position of `people` is; nobody is two people."""
    found: dict[int, StoredAttendee] = {}
    keys: tuple[Callable[[Attendee], Hashable], ...] = (
        *((lambda person: person.id,) if by_id else ()),
        lambda person: (person.id, _plain(person.name)),
        lambda person: (person.id, _plain(person.email)) if person.email else None,
        lambda person: (_plain(person.email), _plain(person.name)) if person.email else None,
        lambda person: _plain(person.email) or None,
    )
    for key in keys:
        used = {entry.number for entry in found.values()}
        theirs = _unique((key(e.attendee), e) for e in stored if e.number not in used)
        ours = _unique((key(person), at) for at, person in enumerate(people) if at not in found)
        found |= {at: theirs[same] for same, at in ours.items() if same in theirs}
    return found


def _unique(pairs: Iterable[tuple[Hashable, _Thing]]) -> dict[Hashable, _Thing]:
    listed = [(key, thing) for key, thing in pairs if key is not None]
    often = Counter(key for key, _ in listed)
    return {key: thing for key, thing in listed if often[key] == 1}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _change(
    stored: StoredAttendee, person: Attendee, overruled: Collection[tuple[int, str]]
) -> Change:
    incoming = replace(person, id=stored.attendee.id)
    base = None if stored.imported is None else _parts(stored.imported)
    mine, theirs = _parts(stored.attendee), _parts(incoming)
    merged = {
        name: theirs.get(name)
        if (stored.number, name) in overruled and theirs.get(name)
        else _decide(None if base is None else base.get(name, ()), mine.get(name), theirs.get(name))
        for name in _LABELS
    }
    return Change(
        stored=stored,
        attendee=_whole(incoming, merged),
        incoming=incoming,
        fields=tuple(
            FieldChange(
                field=name,
                label=label,
                **_shown(mine.get(name), theirs.get(name)),
                kept=merged[name] == mine.get(name),
            )
            for name, label in _LABELS.items()
            if mine.get(name) != theirs.get(name)
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
