"""Figures of a finished plan, for the organizer to read before printing.

They describe; they steer nothing. Targets are meant for events of 40 people and more over 6 rounds
with rich profiles; elsewhere they are shown, not judged. Where the evidence a figure rests on does
not exist (affinities from elsewhere, no questions), the figure is None and not zero.

Two figures of the design need what a plan does not hold and are therefore only approached:
`needs_met` divides by all stated needs, not by those that anybody's offer could meet, and
`received` and `given` by all who ask or offer, not by those who could be helped or help.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from statistics import mean, median

from matcher.affinity.table import FULL, Affinities, Component, Contribution, PairAffinity
from matcher.fields import Purpose, Visibility, field
from matcher.graph import rarity
from matcher.introduction import Introduction, Question
from matcher.plan.plan import Plan
from matcher.profile import Profile

__all__ = ["MEASURES", "Gauge", "Measure", "measure"]

_LIKELY = FULL // 2
"""Certainty from which a need counts as met by an offer."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One figure of one plan.

    Parameters
    ----------
    value
        Rounded to six decimals; None where nothing it could rest on exists.
    least, most
        Target; None: no limit on that side.
    formula
        What was computed, in words.
    """

    name: str
    value: float | None
    least: float | None
    most: float | None
    formula: str


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """How one figure is computed and what it should be."""

    name: str
    formula: str
    least: float | None = None
    most: float | None = None
    compute: Callable[[_Findings], float | Fraction | None]


def measure(
    plan: Plan,
    profiles: Sequence[Profile],
    explained: Mapping[tuple[str, str], PairAffinity],
    affinities: Affinities,
    introductions: Sequence[Introduction],
) -> tuple[Measure, ...]:
    """Return every figure of a plan, in the order of `MEASURES`.

    Parameters
    ----------
    profiles
        Everyone in the plan, in any order.
    explained
        Every pair that meets, by sorted pair of ids.
    affinities
        All pairs, for comparison with chance.
    """
    findings = _Findings(plan, profiles, explained, affinities, introductions)
    return tuple(_reading(gauge, findings) for gauge in MEASURES)


def _reading(gauge: Gauge, findings: _Findings) -> Measure:
    value = gauge.compute(findings)
    return Measure(
        name=gauge.name,
        value=None if value is None else round(float(value), 6),
        least=gauge.least,
        most=gauge.most,
        formula=gauge.formula,
    )


@dataclass(frozen=True)
class _Findings:
    """What the figures rest on, and what several of them share."""

    plan: Plan
    profiles: Sequence[Profile]
    explained: Mapping[tuple[str, str], PairAffinity]
    affinities: Affinities
    introductions: Sequence[Introduction]

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
    def likely_help(self) -> list[tuple[str, str, Contribution]]:
        """Help that more likely than not is what was asked for."""
        return [found for found in self.help if found[2].certainty >= _LIKELY]

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

    def people_with(self, purpose: Purpose) -> set[str]:
        """Return the ids of those with an answer of a purpose."""
        return {
            person.id
            for person in self.profiles
            if any(field(trait.kind).purpose is purpose for trait in person.traits)
        }


# The certificate, and chance


def _optimality(found: _Findings) -> Fraction | None:
    """Round down: 1 must mean that the bound is met."""
    if not found.plan.welfare_bound:
        return None
    return Fraction(found.plan.welfare * 10**6 // found.plan.welfare_bound, 10**6)


def _lift(found: _Findings) -> Fraction | None:
    """Compare with the mean over all permitted pairs: exact where drawing plans would only guess.

    Handing a plan's seats to people at random gives each meeting a uniformly random pair.
    """
    table, n = found.affinities, len(found.affinities.ids)
    listed, every = len(table.value), n * (n - 1) // 2
    others = 0 if table.others is None else every - listed
    total = int(table.value.sum()) + others * (table.others or 0)
    seats = sum(
        Fraction(len(meeting.pairs), len(meeting.members) - 1) for meeting in found.plan.meetings
    )
    by_chance = 2 * seats * Fraction(total, max(1, listed + others))
    return found.plan.total / by_chance if by_chance else None


# Help


def _needs_met(found: _Findings) -> Fraction | None:
    stated = {(p.id, trait.value) for p in found.profiles for trait in p.of("need")}
    met = {(to, said.value) for _, to, said in found.likely_help if said.kind == "need"}
    return Fraction(len(met), len(stated)) if stated else None


def _received(found: _Findings) -> Fraction | None:
    asking = found.people_with(Purpose.NEED)
    return Fraction(len({to for _, to, _ in found.likely_help}), len(asking)) if asking else None


def _given(found: _Findings) -> Fraction | None:
    offering = found.people_with(Purpose.GIVE)
    helping = {giver for giver, _, _ in found.likely_help}
    return Fraction(len(helping), len(offering)) if offering else None


def _reciprocity(found: _Findings) -> Fraction | None:
    gave: Counter[str] = Counter()
    got: Counter[str] = Counter()
    for giver, receiver, said in found.help:
        gave[giver] += said.points
        got[receiver] += said.points
    balances = [
        1 - Fraction(abs(gave[person] - got[person]), gave[person] + got[person])
        for person in sorted(gave.keys() | got.keys())
        if gave[person] + got[person]
    ]
    return median(balances) if balances else None


# Fairness


def _worst_off(found: _Findings) -> Fraction | None:
    average = mean(found.worth)
    return found.worth[0] / average if average else None


def _tenth(found: _Findings) -> Fraction | None:
    average = mean(found.worth)
    return found.worth[math.ceil(len(found.worth) / 10) - 1] / average if average else None


def _gini(found: _Findings) -> Fraction | None:
    n, together = len(found.worth), sum(found.worth)
    ranked = sum((2 * rank - n - 1) * worth for rank, worth in enumerate(found.worth, start=1))
    return Fraction(ranked, n * together) if together else None


def _sit_out_spread(found: _Findings) -> int:
    counts = Counter(person for _, person in found.plan.sit_outs)
    each = [counts[person] for person in found.plan.ids]
    return max(each) - min(each)


# What stands on the cards


def _headline_rarity(found: _Findings) -> float | None:
    values = [rarity(fact.holders, fact.answered) for fact in found.headline_facts]
    return median(values) if values else None


def _rare_headlines(found: _Findings) -> Fraction | None:
    rare = sum(10 * fact.holders <= fact.answered for fact in found.headline_facts)
    return Fraction(rare, len(found.headline_facts)) if found.headline_facts else None


def _askability(found: _Findings) -> Fraction | None:
    openers = [question.area for _, question in _asked(found) if question.stage == "open"]
    specific = sum(area != "event" for area in openers)
    return Fraction(specific, len(openers)) if openers else None


def _question_repeats(found: _Findings) -> int | None:
    asked = list(_asked(found))
    readers = {(entry.reader, question.template) for entry, question in asked}
    partners = {(entry.partner, question.template) for entry, question in asked}
    return 2 * len(asked) - len(readers) - len(partners) if asked else None


def _rematches(found: _Findings) -> int:
    return len(found.pairs) - len(set(found.pairs))


def _bridging(found: _Findings) -> Fraction | None:
    """Compare pairs that cross organizations with pairs drawn from all who name one."""
    of = {
        person.id: {trait.value for trait in person.of("organization")} for person in found.profiles
    }
    known = [(a, b) for a, b in found.pairs if of[a] and of[b]]
    members = Counter(value for values in of.values() for value in values)
    n = sum(map(bool, of.values()))
    within = sum(math.comb(count, 2) for count in members.values())
    expected = 1 - Fraction(within, max(1, math.comb(n, 2)))
    if not known or expected <= 0:
        return None
    return Fraction(sum(of[a].isdisjoint(of[b]) for a, b in known), len(known)) / expected


def _asked(found: _Findings) -> Iterator[tuple[Introduction, Question]]:
    return ((entry, question) for entry in found.introductions for question in entry.questions)


MEASURES: tuple[Gauge, ...] = (
    Gauge(
        name="optimality",
        formula="welfare / its bound; without fairness, total / bound",
        least=0.999,
        compute=_optimality,
    ),
    Gauge(
        name="lift",
        formula="total / total to expect when partners are drawn from all permitted pairs",
        least=2.0,
        compute=_lift,
    ),
    Gauge(
        name="needs_met",
        formula="needs that meet an offer with certainty of at least .5 / needs stated",
        compute=_needs_met,
    ),
    Gauge(
        name="received",
        formula="people helped at least once / people with a need or challenge",
        compute=_received,
    ),
    Gauge(
        name="given",
        formula="people helping at least once / people with an offer or experience",
        compute=_given,
    ),
    Gauge(
        name="reciprocity",
        formula="median, of those with help, of 1 - abs(give - receive) / (give + receive)",
        least=0.7,
        compute=_reciprocity,
    ),
    Gauge(
        name="worst_off",
        formula="least / mean of what a person gets in a meeting",
        least=0.4,
        compute=_worst_off,
    ),
    Gauge(
        name="tenth",
        formula="10th percentile / mean of what a person gets in a meeting",
        least=0.65,
        compute=_tenth,
    ),
    Gauge(
        name="inequality",
        formula="Gini coefficient of what a person gets in a meeting",
        most=0.15,
        compute=_gini,
    ),
    Gauge(
        name="headline_rarity",
        formula="median rarity of the strongest printable shared fact of a pair",
        least=0.5,
        compute=_headline_rarity,
    ),
    Gauge(
        name="rare_headlines",
        formula="share of these facts held by at most 10 % of those who answered",
        least=0.6,
        compute=_rare_headlines,
    ),
    Gauge(
        name="askability",
        formula="opening questions that name something specific / opening questions",
        least=0.95,
        compute=_askability,
    ),
    Gauge(
        name="question_repeats",
        formula="questions that a reader asks again or a partner hears again",
        most=0,
        compute=_question_repeats,
    ),
    Gauge(name="rematches", formula="pairs meeting again", most=0, compute=_rematches),
    Gauge(
        name="sit_out_spread",
        formula="most sit-outs of a person - fewest sit-outs of a person",
        most=1,
        compute=_sit_out_spread,
    ),
    Gauge(
        name="bridging",
        formula="share of pairs across organizations / share when drawn at random",
        least=0.9,
        most=1.2,
        compute=_bridging,
    ),
)
"""Every figure, in the order in which it is shown."""
