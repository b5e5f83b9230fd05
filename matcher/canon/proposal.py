"""Proposals: values of one event that probably mean the same, for a person to decide.

Two signs count. A short form is the initials of exactly one longer value in the room ("ITB",
"Institut Teknologi Bandung"); a value that one person typed is a slip away from exactly one that
others typed, or that a table knows, and is itself known to none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

from matcher.canon.equals import Decision, Equals
from matcher.canon.text import key
from matcher.canon.value import How, values_of
from matcher.fields import FIELDS, Purpose

__all__ = ["Because", "Held", "Proposal", "held_values", "propose"]

_KINDS = frozenset(entry.name for entry in FIELDS if entry.purpose is Purpose.SHARED)
_SMALL = frozenset(
    "a an and at for in of on the to am der die das des für im und von zu zur de del der des di du"
    " e el en et la le les los y".split()
)
_SHORT = re.compile(r"[^\W\d_]{3,6}")
_SAME_START = 3
"""Signs at the start in which slips are not looked for: "microbiology" is not "macrobiology"."""
_ONE_SLIP, _TWO_SLIPS = 6, 12
"""Signs from which one slip, and two, are likelier than another word."""


class Because(StrEnum):
    """What makes two values look the same."""

    INITIALISM = "initialism"
    TYPO = "typo"


@dataclass(frozen=True, kw_only=True)
class Held:
    """A value as an event holds it.

    Parameters
    ----------
    id
        Canonical id, after earlier decisions.
    text
        How most people typed it.
    texts
        Every way it was typed, sorted.
    holders
        Who hold it, sorted.
    known
        Whether a table knows it.
    """

    kind: str
    id: str
    text: str
    texts: tuple[str, ...]
    holders: tuple[str, ...]
    known: bool

    @property
    def people(self) -> int:
        """How many hold it."""
        return len(self.holders)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """`value` may mean the same as `other`."""

    value: Held
    other: Held
    because: Because

    def decided(self, *, same: bool) -> Decision:
        """Return the decision that accepts this proposal, or rejects it for good."""
        return Decision(self.value.kind, self.value.id, self.other.id, same)


def held_values(
    answers: Iterable[tuple[str, str, str]], equals: Equals | None = None
) -> tuple[Held, ...]:
    """Return the values that people hold, by kind and id.

    Parameters
    ----------
    answers
        ``(person, kind, text)`` of every answer, in any order.
    """
    equals = equals or Equals()
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for person, kind, text in answers:
        if kind in _KINDS:
            said[kind, text].append(person)
    people: dict[tuple[str, str], set[str]] = defaultdict(set)
    texts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    known: set[tuple[str, str]] = set()
    for (kind, text), persons in said.items():
        for found in values_of(kind, text):
            value = equals.applied(kind, found)
            node = value.kind, value.id
            people[node].update(persons)
            texts[node][" ".join(value.text.split())] += len(persons)
            if found.how is value.how is How.TABLE:
                known.add(node)
    return tuple(
        Held(
            kind=node[0],
            id=node[1],
            text=min(texts[node], key=lambda text: (-texts[node][text], text)),
            texts=tuple(sorted(texts[node])),
            holders=tuple(sorted(people[node])),
            known=node in known,
        )
        for node in sorted(people)
    )


def propose(held: Iterable[Held], equals: Equals | None = None) -> tuple[Proposal, ...]:
    """Return what a person should decide, by kind and value; what was rejected does not return.

    Notes
    -----
    Slips are looked for among values with the same first letters, last letter, digits and nearly
    the same length, so the time grows with the squares of those groups and not of all values.
    """
    equals = equals or Equals()
    by_kind: dict[str, list[Held]] = defaultdict(list)
    for one in sorted(held, key=lambda one: (one.kind, one.id)):
        by_kind[one.kind].append(one)
    found = [
        proposal
        for values in by_kind.values()
        for proposal in (*_initialisms(values), *_slips(values))
        if not equals.apart(proposal.value.kind, proposal.value.id, proposal.other.id)
    ]
    return tuple(sorted(found, key=lambda one: (one.value.kind, one.value.id, one.other.id)))


def _initialisms(values: list[Held]) -> Iterator[Proposal]:
    longer: dict[str, list[Held]] = defaultdict(list)
    for value in values:
        for initials in {_initials(text) for text in value.texts} | {_initials(value.id)}:
            longer[initials].append(value)
    for value in values:
        short = key(value.id)
        others = [other for other in longer.get(short, ()) if other.id != value.id]
        if _SHORT.fullmatch(short) and not value.known and len(others) == 1:
            yield Proposal(value=value, other=others[0], because=Because.INITIALISM)


def _initials(text: str) -> str:
    words = [word for word in key(text).split() if word not in _SMALL]
    return "".join(word[0] for word in words) if len(words) > 2 else ""


def _slips(values: list[Held]) -> Iterator[Proposal]:
    near: dict[tuple[str, str, str, int], list[Held]] = defaultdict(list)
    for value in values:
        if value.people > 1 or value.known:  # what one person typed explains nobody's slip
            near[*_kept(value.id), len(value.id)].append(value)
    for value in values:
        length = len(value.id)
        if value.people != 1 or value.known or length < _ONE_SLIP:
            continue
        allowed = 1 + (length >= _TWO_SLIPS)
        kept = _kept(value.id)
        others = [
            other
            for at in range(length - allowed, length + allowed + 1)
            for other in near.get((*kept, at), ())
            if 0 < OSA.distance(value.id, other.id, score_cutoff=allowed) <= allowed
        ]
        if len(others) == 1:
            yield Proposal(value=value, other=others[0], because=Because.TYPO)


def _kept(text: str) -> tuple[str, str, str]:
    """Return what no slip changes: the first letters, the last one, and all digits.

    "journalism" is not a slip for "journalist".
    """
    return text[:_SAME_START], text[-1], "".join(filter(str.isdecimal, text))
