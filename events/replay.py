"""A finished plan beside all that it was made from: what answers an organizer's questions.

For the organizer alone: it holds affinities, and answers that may stand on no card.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from events.errors import UnusableOption
from events.finished import FinishedPlan, Table
from events.model import Attendee
from events.pipeline import in_force
from events.profiles import to_profiles
from events.rules import RulesFound, read_rules
from matcher.affinity import FULL, AffinityModel, PairAffinity
from matcher.canon import Equals
from matcher.changes import Board
from matcher.counterfactual import Counterfactual
from matcher.counterfactual_told import told_why_not, told_why_these
from matcher.coverage import Coverage, cover
from matcher.introducers import Acquaintances
from matcher.meaning import LEXICAL, Meaning
from matcher.phrase import phrase
from matcher.plan import Meeting
from matcher.reasons_told import told_chain, told_change, told_reasons
from matcher.rules import Exclusions, Rule
from matcher.settings import Settings

__all__ = ["Replay", "replay"]

_UNDECIDED = Equals()


@dataclass(frozen=True, kw_only=True)
class Replay:
    """One plan, its people, and the rules in force.

    Parameters
    ----------
    names
        Id to name.
    known
        Who knows whom.
    """

    meetings: tuple[Meeting, ...]
    settings: Settings
    model: AffinityModel
    rules: tuple[Rule, ...]
    names: dict[str, str]
    known: Acquaintances

    @cached_property
    def question(self) -> Counterfactual:
        """What answers "why these?" and "why not those?"."""
        rounds = self.settings.rounds
        return Counterfactual(self.meetings, rounds, self.model, self.rules, self.names)

    @cached_property
    def board(self) -> Board:
        """What changes by hand are made on."""
        return Board(
            ids=self.model.ids,
            meetings=self.meetings,
            settings=self.settings,
            rules=self.rules,
            names=self.names,
            values=self.model.of_ids,
        )

    def why_these(self, person: str) -> tuple[str, ...]:
        """Return why a person meets whom they meet, in sentences for the organizer.

        Raises
        ------
        ProfileError
            If the person is not in the plan.
        """
        answer = self.question.why_these(person)
        first, *lines = told_why_these(answer, self.names)
        said = [first]
        reasons = self.reasons_of([(person, partner.id) for partner in answer.partners])
        for partner, line in zip(answer.partners, lines, strict=False):
            said += [line, *(f"  {reason}" for reason in reasons[person, partner.id])]
        return (*said, *lines[len(answer.partners) :])

    def why_not(self, one: str, other: str) -> tuple[str, ...]:
        """Return why two people do not meet, what connects them, and what would change it.

        Raises
        ------
        ProfileError
            If one of them is not in the plan, or both are the same.
        """
        answer = self.question.why_not(one, other)
        return (
            *told_why_not(answer, self.names),
            *told_change(answer, self._pair(one, other), self.model.weights),
            phrase("What connects them:"),
            *self.reasons(one, other),
            *told_chain(self.known.chain(one, other), self.names),
        )

    def reasons(self, one: str, other: str) -> tuple[str, ...]:
        """Return what the affinity of two people is made of, in sentences for the organizer."""
        return self.reasons_of([(one, other)])[one, other]

    def reasons_of(
        self, pairs: Collection[tuple[str, str]]
    ) -> dict[tuple[str, str], tuple[str, ...]]:
        """Return the same of several pairs, which takes hardly longer than of one."""
        found = self.model.explain(pairs)
        return {
            (one, other): told_reasons(found[min(one, other), max(one, other)], self.names)
            for one, other in pairs
        }

    def _pair(self, one: str, other: str) -> PairAffinity:
        (found,) = self.model.explain([(one, other)]).values()
        return found

    @cached_property
    def coverage(self) -> Coverage:
        """Needs and offers, and what becomes of them."""
        return cover(self.model, self.meetings, self.rules, self.settings.rounds)


def replay(
    plan: FinishedPlan,
    attendees: Sequence[Attendee],
    settings: Settings,
    rules: RulesFound | None = None,
    equals: Equals = _UNDECIDED,
    meaning: Meaning = LEXICAL,
) -> Replay:
    """Return a plan beside what it was made from.

    Parameters
    ----------
    rules, equals, meaning
        As in `introduce_attendees`, and the same as when the plan was made.

    Raises
    ------
    UnusableOption
        If the attendees are not those of the plan.
    """
    if {person.id for person in plan.people} != {attendee.id for attendee in attendees}:
        raise UnusableOption(
            phrase(
                "These are not the people the plan was made from. Make the plan again, then ask."
            )
        )
    found = rules or read_rules(attendees, settings)
    settings = replace(settings, **found.settings)
    profiles = to_profiles(attendees, found, equals)
    excluded = (rule.pairs for rule in found.rules if isinstance(rule, Exclusions))
    return Replay(
        meetings=tuple(map(_meeting, plan.tables)),
        settings=settings,
        model=AffinityModel(profiles, meaning, found.relations, settings.weights),
        rules=in_force(found.rules, profiles, settings),
        names={attendee.id: attendee.name for attendee in attendees},
        known=Acquaintances(found.ties, frozenset[tuple[str, str]]().union(*excluded)),
    )


def _meeting(table: Table) -> Meeting:
    return Meeting(
        round=table.round,
        table=table.table,
        members=tuple(sorted(person.id for person in table.people)),
        value=round(2 * FULL * table.affinity),
    )
