"""Small questions about one person in a list: a fresh id, and whether we know enough of them."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection

from matcher.fields import Visibility
from matcher.profile import sorted_as

from .model import Attendee

__all__ = ["by_surname", "free_id", "new_id", "thin"]

_ENOUGH = 2


def by_surname(person: Attendee) -> tuple[str, str, str]:
    """Return what lists of people are sorted by: surname, given name, id."""
    surname = person.family_name or person.name
    return sorted_as(surname), sorted_as(person.given_name), person.id


def new_id(person: Attendee, taken: Collection[str]) -> str:
    """Return a stable id for somebody who came without one: from name and e-mail, not yet taken."""
    plain = unicodedata.normalize("NFKC", f"{person.name}\n{person.email}").casefold()
    return free_id(hashlib.sha256(plain.encode()).hexdigest()[:10], taken)


def free_id(wanted: str, taken: Collection[str]) -> str:
    """Return `wanted`, or with a number behind it when it is taken.

    Examples
    --------
    >>> free_id("ana", {"ana", "ana-2"})
    'ana-3'
    """
    if wanted not in taken:
        return wanted
    at = 2
    while f"{wanted}-{at}" in taken:
        at += 1
    return f"{wanted}-{at}"


def thin(person: Attendee) -> bool:
    """Whether their partners' cards will have little to ask about: under two printable answers."""
    printable = [answer for answer in person.answers if answer.visibility is Visibility.PRINT]
    return len(printable) < _ENOUGH
