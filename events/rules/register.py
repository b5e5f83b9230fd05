"""Finds attendees by what they are called."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from itertools import islice

from events.errors import UnusableOption
from events.model import Attendee
from matcher.phrase import listed, phrase

__all__ = ["Register", "place_of", "plain", "who_is"]


class Register:
    """Finds attendees by id, name or e-mail address."""

    def __init__(self, attendees: Sequence[Attendee]) -> None:
        self.attendees = list(attendees)
        self._by_id = {attendee.id: attendee for attendee in attendees}
        self._called: dict[str, list[Attendee]] = {}
        for attendee in attendees:
            for key in {plain(attendee.name), plain(attendee.typed_name), plain(attendee.email)}:
                if key:
                    self._called.setdefault(key, []).append(attendee)

    def called(self, text: str) -> list[Attendee]:
        """Return everybody who is called so, or has that address or id."""
        named = self._by_id.get(text.strip())
        return [named] if named else self._called.get(plain(text), [])

    def like(self, text: str, most: int) -> list[Attendee]:
        """Return the first people whose name, id or address has words that begin so; else alike."""
        wanted = plain(text).split()
        if not wanted:
            return self.attendees[:most]
        found = (each for each in self.attendees if _begins(wanted, each))
        return list(islice(found, most)) or [
            each
            for name in get_close_matches(plain(text), [*self._called], most)
            for each in self._called[name]
        ]

    def find(self, text: str) -> str | None:
        """Return the id of whoever is meant, None when nobody is.

        Raises
        ------
        UnusableOption
            If it could be two people.
        """
        found = self.called(text)
        if len(found) > 1:
            who = listed([f"{each.name} ({each.id})" for each in found])
            raise UnusableOption(
                phrase("'%(text)s' could be %(who)s. Write the id instead.", text=text, who=who)
            )
        return found[0].id if found else None

    def require(self, text: str) -> str:
        """Return the id of whoever is meant; raises `UnusableOption` if it is nobody, or two."""
        found = self.find(text)
        if found is None:
            raise UnusableOption(
                phrase("'%(text)s' is nobody here. Write an id or a whole name.", text=text)
            )
        return found

    def attendee(self, person: str) -> Attendee:
        """Return the attendee with an id."""
        return self._by_id[person]

    def who(self, person: str) -> str:
        """Return a person's name with the id, for messages."""
        return f"{self._by_id[person].name} ({person})"


def _begins(wanted: list[str], person: Attendee) -> bool:
    words = plain(f"{person.name} {person.id} {person.email}").split()
    return all(any(word.startswith(start) for word in words) for start in wanted)


def place_of(person: Attendee, column: str) -> str:
    """Return where something that was said of a person stands: their row in the list, or a form."""
    where = "form" if person.source_row is None else f"row {person.source_row}"
    return f"{column} of {person.id}, {where}"


def who_is(text: str, attendees: Sequence[Attendee]) -> str:
    """Return the id of the attendee who is meant by an id, a name or an e-mail address.

    Raises
    ------
    UnusableOption
        If it is nobody, or could be two people.
    """
    return Register(attendees).require(text)


def plain(text: str) -> str:
    """Return a name without what does not tell two names apart: case, width, white space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
