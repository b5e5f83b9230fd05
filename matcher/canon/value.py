"""What an answer says, as values that can be equal: one, or several places in one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from matcher.canon.alias import alias_of
from matcher.canon.degree import without_degree
from matcher.canon.language import language_name
from matcher.canon.listed import LISTED, listed_as
from matcher.canon.organization import organization_name
from matcher.canon.place import places_in
from matcher.canon.text import fold

__all__ = ["ORGANIZATIONS", "PLACES", "How", "Value", "values_of"]

PLACES = ("city", "lived")
"""Kinds whose answers are places."""
ORGANIZATIONS = ("organization", "past_organization")
"""Kinds whose answers are organizations."""


def _school_name(text: str) -> str:
    return re.sub(r"\buniv\b\.?", "university", fold(text))


_CLEANED: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(ORGANIZATIONS, organization_name),
    "field": without_degree,
    "school": _school_name,
    "language": language_name,
}


class How(StrEnum):
    """How a value was found."""

    WORDS = "words"
    """Its own words, folded: typing, legal forms and degrees make no difference."""
    TABLE = "table"
    """A name that is known: a place, an alias of its kind, an entry of the shared list."""
    ACCEPTED = "accepted"
    """A person, or `--accept-proposals`, said what it equals."""
    APART = "apart"
    """A person said that its words do not mean what a table takes them for."""


@dataclass(frozen=True, kw_only=True)
class Value:
    """One value of an answer.

    Parameters
    ----------
    kind
        That of the answer; of a town where somebody lived, "lived" also beside the towns of today.
    id
        Canonical id: values of one kind are equal when their ids are.
    name
        What a person would call it, in the words of the table; the folded words without one.
    text
        The words of the answer that say it.
    elsewhere
        Of a place, ids of smaller ones that the words may name too.
    """

    kind: str
    id: str
    name: str
    text: str
    how: How
    elsewhere: tuple[str, ...] = ()


@lru_cache(maxsize=200_000)
def values_of(kind: str, text: str) -> tuple[Value, ...]:
    """Return the values of an answer; none when it says nothing (punctuation alone).

    Examples
    --------
    >>> [value.name for value in values_of("city", "NYC / Berlin")]
    ['New York City, New York, United States', 'Berlin, Germany']
    >>> [value.kind for value in values_of("city", "NYC-6 yrs, grew up in Nebraska")]
    ['city', 'lived']
    """
    if kind in PLACES:
        found = places_in(text)
        if found:
            return tuple(
                Value(
                    kind="lived" if place.past else kind,
                    id=place.id,
                    name=place.name,
                    text=words,
                    how=How.TABLE,
                    elsewhere=place.elsewhere,
                )
                for words, place in found
            )
    known = listed_as(text) if kind in LISTED else alias_of(kind, text)
    cleaned = _CLEANED.get(kind, fold)(text)
    if not known and cleaned:
        known = alias_of(kind, cleaned)
    if known:
        return (Value(kind=kind, id=known, name=known, text=text, how=How.TABLE),)
    if not cleaned:
        return ()
    return (Value(kind=kind, id=cleaned, name=cleaned, text=text, how=How.WORDS),)
