"""Colleagues meet at work: two members of one organization are not introduced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from matcher.profile import Profile

from .rule import Indices, Mask, Restriction, Row, Rule

__all__ = ["SameOrganization"]


@dataclass(frozen=True)
class SameOrganization(Rule):
    """Attendees who share an organization or team.

    Parameters
    ----------
    members
        Id to the canonical values of that person's organizations; people without are free.
    """

    kind: ClassVar[str] = "organization"
    says: ClassVar[str] = "belong to the same organization"

    members: Mapping[str, frozenset[str]]

    @classmethod
    def among(cls, profiles: Iterable[Profile]) -> SameOrganization:
        """Return the rule for these profiles' organizations."""
        values = {
            person.id: frozenset(trait.value for trait in person.of("organization"))
            for person in profiles
        }
        return cls({person: found for person, found in values.items() if found})

    def restrict(self, ids: Sequence[str], rounds: int) -> Restriction:
        """Forbid every pair with an organization in common."""
        codes = self._codes(ids)

        def forbids(a: Indices, b: Indices) -> Mask:
            found = np.zeros(len(a), dtype=np.bool_)
            for mine in codes:
                for theirs in codes:
                    found |= (mine[a] == theirs[b]) & (mine[a] >= 0)
            return found

        return Restriction(pair=forbids)

    def _codes(self, ids: Sequence[str]) -> tuple[NDArray[np.int32], ...]:
        """Return one array over people per organization someone may have, -1 where no more."""
        number = {value: i for i, value in enumerate(sorted(set().union(*self.members.values())))}
        held = [sorted(number[value] for value in self.members.get(i, ())) for i in ids]
        columns = np.full((max(map(len, held), default=0), len(held)), -1, dtype=np.int32)
        for person, values in enumerate(held):
            columns[: len(values), person] = values
        return tuple(columns)

    def rows(self) -> Iterable[Row]:
        """One line an organization that two or more people share."""
        shared: dict[str, list[str]] = {}
        for person, values in self.members.items():
            for value in values:
                shared.setdefault(value, []).append(person)
        return [
            (self.kind, tuple(sorted(people)), None, value)
            for value, people in sorted(shared.items())
            if len(people) > 1
        ]
