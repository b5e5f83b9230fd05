"""Who may meet whom by cohort: mentors meet mentees, or any table of allowed pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from matcher.errors import ProfileError

from .rule import Classes, Restriction, Row, Rule

__all__ = ["Cohorts"]


@dataclass(frozen=True)
class Cohorts(Rule):
    """Cohorts and which of them may meet.

    Parameters
    ----------
    members
        Id to the person's cohorts, one at least; people without a cohort may meet anybody.
    allowed
        Sorted pairs of cohorts that may meet, such as ``("mentee", "mentor")``; a cohort beside
        itself may meet among its own. Two people may meet when any of their cohorts may.
    trios
        Whether two who may not meet can share a partner in a trio: one mentor with two mentees.
        Their own pair counts nothing then.
    """

    kind: ClassVar[str] = "cohort"
    says: ClassVar[str] = "are of cohorts that do not meet"

    members: Mapping[str, frozenset[str]]
    allowed: frozenset[tuple[str, str]]
    trios: bool = False

    def __post_init__(self) -> None:
        """Refuse what could never be found again."""
        for a, b in sorted(self.allowed):
            if a > b:
                raise ProfileError(f"cohort: ({a!r}, {b!r}) is not a sorted pair of cohorts.")
        for name in sorted({*chain(*self.members.values()), *chain(*self.allowed)}):
            if not name.strip() or ";" in name:
                raise ProfileError(f"{name!r} is no name of a cohort: it is empty, or holds a ';'.")

    def restrict(self, ids: Sequence[str], rounds: int) -> Restriction:
        """Forbid the pairs none of whose cohorts may meet."""

        def apart(one: frozenset[str], other: frozenset[str]) -> bool:
            pairs = ((min(a, b), max(a, b)) for a in one for b in other)
            return self.allowed.isdisjoint(pairs)

        sets = [self.members.get(who) for who in ids]
        classes = Classes.by_set(sets, apart)
        return Restriction(pair=classes.forbids, classes=classes, shares=self.trios)

    def rows(self) -> Iterable[Row]:
        """One line a cohort with its members, one a pair of cohorts, and one if trios may share."""
        names = sorted({name for found in self.members.values() for name in found})
        of = {
            name: [who for who in sorted(self.members) if name in self.members[who]]
            for name in names
        }
        return [
            *((self.kind, tuple(of[name]), None, name) for name in names),
            *((f"{self.kind}s", (), None, f"{a}; {b}") for a, b in sorted(self.allowed)),
            *(((f"{self.kind}_trios", (), None, ""),) if self.trios else ()),
        ]
