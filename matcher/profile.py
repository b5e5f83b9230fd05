"""Profiles: what the matcher knows of an attendee.

Made from stored or imported records by `events.profiles`; nothing here reads a file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from matcher.errors import ProfileError
from matcher.fields import Visibility, field

__all__ = ["Profile", "Trait", "sorted_as"]

_KIND = attrgetter("kind")


_ACCENT = re.compile("[\u0300-\u036f]")
_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th"})


def sorted_as(name: str) -> str:
    """Return a name without case and accents, as people look for it in a list.

    Examples
    --------
    >>> sorted(["Zhou", "Çelik", "Dahl", "Đặng"], key=sorted_as)
    ['Çelik', 'Dahl', 'Đặng', 'Zhou']
    """
    if name.isascii():
        return name.casefold()
    plain = _ACCENT.sub("", unicodedata.normalize("NFKD", name.casefold()))
    return plain.translate(_LETTERS)


@dataclass(frozen=True, kw_only=True)
class Trait:
    """One comparable answer.

    Parameters
    ----------
    kind
        Name of a field that people share, ask for or give.
    text
        The answer in the person's own words, trimmed, one line; what a card may quote.
    value
        Canonical id: two traits of one kind are equal when their values are.
    visibility
        Who may see it.
    elsewhere
        Of a place, ids of smaller ones that the words may name too.
    urgency
        Of a need, how much it counts: above 0, to 1.
    """

    kind: str
    text: str
    value: str
    visibility: Visibility
    elsewhere: tuple[str, ...] = ()
    urgency: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what cannot be compared."""
        if not field(self.kind).purpose.is_trait:
            raise ProfileError(f"{self.kind!r} identifies people; it cannot be a trait.")
        if not self.text.strip() or not self.value:
            raise ProfileError(f"A trait of kind {self.kind!r} needs a text and a value.")
        if not 0 < self.urgency <= 1:
            raise ProfileError(f"urgency is {self.urgency!r}; it must be above 0, to 1.")


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One attendee as the matcher sees them.

    Parameters
    ----------
    id
        Opaque, unique within the event.
    name
        The full name as it is displayed.
    given_name, family_name
        Its parts, for greetings and sorting; either may be empty.
    traits
        Answers in the order of the field table, then as given. `off` and `organizer` answers are
        left out before they come here: the matcher must not see what may have no influence.
    meets_rivals
        Whether the person agreed to meet competitors.
    newcomer, host
        Whether the person is new here, or welcomes those who are.
    """

    id: str
    name: str
    given_name: str = ""
    family_name: str = ""
    traits: tuple[Trait, ...] = ()
    meets_rivals: bool = False
    newcomer: bool = False
    host: bool = False

    def __post_init__(self) -> None:
        """Refuse a profile without id or name."""
        if not self.id or not self.name.strip():
            raise ProfileError("A profile needs an id and a name.")

    @property
    def short_name(self) -> str:
        """What to call the person in a sentence: the given name, or the whole name."""
        return self.given_name or self.name

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """Order of printed lists: surname, given name, id; Çelik stands where Celik would."""
        return sorted_as(self.family_name or self.name), sorted_as(self.given_name), self.id

    def keeping_off(self, kinds: Collection[str]) -> Profile:
        """Return the profile with no answer of these kinds to be shown: they only match."""
        if not kinds:
            return self
        hidden = Visibility.MATCH
        traits = tuple(
            replace(trait, visibility=trait.visibility.stricter(hidden))
            if trait.kind in kinds
            else trait
            for trait in self.traits
        )
        return replace(self, traits=traits)

    def of(self, kind: str) -> tuple[Trait, ...]:
        """Return the traits of one kind, in order."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Trait, ...]]:  # asked for every kind, very often
        kinds = groupby(sorted(self.traits, key=_KIND), _KIND)
        return {kind: tuple(traits) for kind, traits in kinds}
