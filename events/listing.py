"""Finding people in a list: who fits a search, a filter and a cohort, and in which order."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.fields import FIELDS, Purpose

from .model import Attendee, StoredAttendee
from .people import thin
from .rules import cohorts_of

__all__ = ["FILTERS", "ORDERS", "Listing", "find_people"]


_ASKING, _GIVING = (
    frozenset(entry.name for entry in FIELDS if entry.purpose is purpose)
    for purpose in (Purpose.NEED, Purpose.GIVE)
)


def _coming_without(fields: frozenset[str], entry: StoredAttendee) -> bool:
    """Whether somebody comes who answers none of these fields."""
    said = entry.attendee.answers
    return not entry.archived and all(answer.field not in fields for answer in said)


FILTERS: Mapping[str, Callable[[StoredAttendee], bool]] = {
    "all": lambda entry: not entry.archived,
    "thin": lambda entry: not entry.archived and thin(entry.attendee),
    "asks": lambda entry: _coming_without(_ASKING, entry),
    "offers": lambda entry: _coming_without(_GIVING, entry),
    "archived": lambda entry: entry.archived,
}
"""Whom each filter lets through: everybody who comes, who told little, who asks for nothing, who
offers nothing, and who does not come."""

ORDERS: Mapping[str, Callable[[StoredAttendee], Any]] = {
    "name": lambda entry: 0,  # the list comes by surname
    "organization": lambda entry: _last_if_empty(entry.attendee.answer("organization")),
    "least": lambda entry: len(entry.attendee.answers),
    "newest": lambda entry: -entry.number,
}
"""What each order sorts by; among equals it is by surname."""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What a list of people shows.

    Parameters
    ----------
    found
        Who fits, in order.
    counts
        People by filter, whatever is searched for.
    cohorts
        Folded names of cohorts to the number of people in each, archived ones apart.
    """

    found: tuple[StoredAttendee, ...]
    counts: Mapping[str, int]
    cohorts: Mapping[str, int]


def find_people(
    everybody: Sequence[StoredAttendee],
    *,
    show: str = "all",
    cohort: str = "",
    query: str = "",
    order: str = "name",
) -> Listing:
    """Return the people who fit.

    Parameters
    ----------
    everybody
        By surname.
    show, order
        One of `FILTERS`, one of `ORDERS`.
    cohort
        Folded name of a cohort, "" for all.
    query
        Words that must all stand in a name, address, id or answer; accents and case do not matter.
    """
    groups = {name: [*filter(fits, everybody)] for name, fits in FILTERS.items()}
    cohorts = Counter(name for entry in groups["all"] for name in _cohorts(entry.attendee))
    words = _plain(query).split()
    found = [
        entry
        for entry in groups[show]
        if (not cohort or cohort in _cohorts(entry.attendee))
        and (not words or _has(entry.attendee, words))
    ]
    found.sort(key=ORDERS[order])
    return Listing(
        found=tuple(found),
        counts={name: len(group) for name, group in groups.items()},
        cohorts=dict(sorted(cohorts.items())),
    )


def _cohorts(person: Attendee) -> frozenset[str]:
    return frozenset[str]().union(*map(cohorts_of, person.cohort))


def _has(person: Attendee, words: Sequence[str]) -> bool:
    texts = [text for answer in person.answers for text in answer.texts]
    said = _plain("\n".join((person.name, person.email, person.id, *texts)))
    return all(word in said for word in words)


def _plain(text: str) -> str:
    """Return a text without case and accents."""
    if text.isascii():
        return text.casefold()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _last_if_empty(texts: Sequence[str]) -> tuple[bool, str]:
    said = _plain(texts[0]) if texts else ""
    return not said, said
