"""What the figures rest on, and what several of them share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from matcher.affinity.table import Affinities, Component, Contribution, PairAffinity
from matcher.coverage import NOTHING, Coverage
from matcher.fields import Visibility
from matcher.introduction import Introduction
from matcher.plan.plan import Plan
from matcher.profile import Profile
from matcher.relations import NO_RELATIONS, Relations
from matcher.rules import Cohorts, Rule

__all__ = ["Findings"]


@dataclass(frozen=True, kw_only=True)
class Findings:
    """All that is known of a finished plan.

    Parameters
    ----------
    profiles
        Everyone in the plan, in any order.
    explained
        Every pair that meets, by sorted pair of ids.
    affinities
        All pairs, for comparison with chance.
    rules
        What the plan had to respect.
    relations
        Who met whom at earlier events, and who knows whom.
    coverage
        Help that there is, and that the plan brings about.
    seed
        Of the random plans that this one is compared with.
    """

    plan: Plan
    profiles: Sequence[Profile]
    explained: Mapping[tuple[str, str], PairAffinity]
    affinities: Affinities
    introductions: Sequence[Introduction] = ()
    rules: Sequence[Rule] = ()
    relations: Relations = NO_RELATIONS
    coverage: Coverage = NOTHING
    seed: int = 0

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """Every pair that meets, as often as it meets."""
        return [pair for meeting in self.plan.meetings for pair in meeting.pairs]

    @cached_property
    def worth(self) -> list[Fraction]:
        """What each person gets in a meeting on average, rising; 0 for who has none."""
        total = dict.fromkeys(self.plan.ids, Fraction())
        for meeting in self.plan.meetings:
            share = Fraction(1, len(meeting.members) - 1)
            for pair in meeting.pairs:
                for person in pair:
                    total[person] += share * self.explained[pair].affinity
        counts = {person: len(self.plan.of_person[person]) for person in total}
        return sorted(total[person] / max(1, counts[person]) for person in total)

    @cached_property
    def help(self) -> list[tuple[str, str, Contribution]]:
        """(giver, receiver, contribution) of all help in the plan."""
        return [
            (said.giver, b if said.giver == a else a, said)
            for a, b in self.pairs
            for said in self.explained[a, b].contributions
            if said.component is Component.HELP and said.giver is not None
        ]

    @cached_property
    def headline_facts(self) -> list[Contribution]:
        """The strongest shared fact that may be printed, of each pair that has one."""
        found = (self._printable_fact(pair) for pair in self.pairs)
        return [fact for fact in found if fact is not None]

    def _printable_fact(self, pair: tuple[str, str]) -> Contribution | None:
        for said in self.explained[pair].contributions:
            if said.component is Component.SHARED and said.visibility is Visibility.PRINT:
                return said
        return None

    @cached_property
    def cohorts(self) -> Cohorts | None:
        """Who may meet whom by cohort; None where no rule says so."""
        return next((rule for rule in self.rules if isinstance(rule, Cohorts)), None)

    @property
    def has_sides(self) -> bool:
        """Whether people meet across cohorts only, as mentors meet mentees."""
        return self.cohorts is not None and all(a != b for a, b in self.cohorts.allowed)

    @cached_property
    def groups(self) -> dict[str, frozenset[str]]:
        """Id to cohorts where there are such, else to organizations; without who has neither."""
        if self.cohorts is not None:
            return dict(self.cohorts.members)
        named = {
            person.id: frozenset(trait.value for trait in person.of("organization"))
            for person in self.profiles
        }
        return {person: values for person, values in named.items() if values}
