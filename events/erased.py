"""Who was erased from an event, remembered by marks from which nobody can be read back.

A mark is a keyed hash of id and name, or of address and name. Whoever holds a list can ask whether
somebody in it was erased, and that is what it is for; nothing else of the person is kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from .model import Attendee, StoredAttendee
from .store import Store

__all__ = ["Erased", "erased_from", "forget_erased", "remember_erased"]

_KEY_BYTES = 16
_MARK_BYTES = 8


@dataclass(frozen=True)
class Erased:
    """The people erased from one event.

    Examples
    --------
    >>> Attendee(id="ana", name="Ana") in Erased()
    False
    """

    key: bytes = b""
    marks: frozenset[bytes] = frozenset()

    def __contains__(self, person: Attendee) -> bool:
        """Whether somebody of this name, with the same id or address, was erased."""
        return bool(self.marks) and not self.marks.isdisjoint(_marks(person, self.key))


def erased_from(store: Store, event_id: str) -> Erased:
    """Return who was erased from an event."""
    rows = list(store.rows("select key, mark from erased where event_id = ?", (event_id,)))
    if not rows:
        return Erased()
    return Erased(rows[0]["key"], frozenset(row["mark"] for row in rows))


def remember_erased(store: Store, event_id: str, person: StoredAttendee) -> None:
    """Remember that somebody is erased, inside the transaction that does it."""
    before = erased_from(store, event_id)
    key = before.key or secrets.token_bytes(_KEY_BYTES)
    known = filter(None, (person.attendee, person.imported))
    marks = {mark for one in known for mark in _marks(one, key)} - before.marks
    rows = [{"event_id": event_id, "key": key, "mark": mark} for mark in sorted(marks)]
    store.insert_all("erased", rows)


def forget_erased(store: Store, event_id: str, people: Iterable[Attendee]) -> None:
    """Forget that people were erased: they are back in the list."""
    erased = erased_from(store, event_id)
    for person in people:
        for mark in _marks(person, erased.key) if person in erased else ():
            store.change("delete from erased where event_id = ? and mark = ?", (event_id, mark))


def _marks(person: Attendee, key: bytes) -> Iterator[bytes]:
    """Yield what tells a person: neither a name alone nor an id alone, which others may have."""
    name = " ".join(person.name.casefold().split())
    address = person.email.strip().casefold()
    for what, value in (("id", person.id), ("email", address)):
        if value:
            said = "\n".join((what, value, name)).encode()
            yield blake2b(said, key=key, digest_size=_MARK_BYTES).digest()
