"""Tiny events with random rules of every kind, against all schedules that keep the rules."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st
from planning import crowd, meeting, planned

from matcher.errors import NoPlan
from matcher.plan import Status
from matcher.rules import (
    AlreadyMet,
    Availability,
    Cohorts,
    Exclusions,
    Minimum,
    Quota,
    SameOrganization,
    Tables,
    sharing,
    violations,
)
from matcher.settings import Odd, Settings


@st.composite
def events(draw):
    """Draw affinities, rules that only forbid, and settings of a tiny event."""
    people, rounds = draw(st.sampled_from([(2, 3), (3, 3), (4, 3), (5, 2), (6, 2), (7, 1)]))
    affinities = crowd(people, draw(st.integers(0, 999)), share=draw(st.sampled_from([1.0, 0.7])))
    ids = affinities.ids
    person, pair = st.sampled_from(ids), st.sampled_from(list(combinations(ids, 2)))
    number, side = st.integers(1, rounds), st.frozensets(st.sampled_from("ab"), min_size=1)
    counts = st.dictionaries(person, st.integers(0, rounds), max_size=2)
    rules = [
        Exclusions(frozenset(draw(st.lists(pair, max_size=2)))),
        AlreadyMet(frozenset(draw(st.lists(pair, max_size=1)))),
        SameOrganization(draw(st.dictionaries(person, side, max_size=2))),
        Cohorts(
            {who: frozenset({draw(st.sampled_from("ab"))}) for who in ids},
            draw(st.sampled_from([frozenset({("a", "b")}), frozenset({("a", "a"), ("a", "b")})])),
            draw(st.booleans()),
        ),
        Availability(draw(st.dictionaries(person, st.frozensets(number, min_size=1), max_size=2))),
        Quota(draw(counts)),
        Minimum(draw(counts)),
        Tables(tuple(draw(st.lists(st.integers(1, 3), min_size=1, max_size=2)))),
    ]
    choice = Settings(rounds=rounds, odd=draw(st.sampled_from([Odd.TRIO, Odd.SIT_OUT])))
    return affinities, [rule for rule in rules if draw(st.booleans())], choice


@settings(max_examples=150, deadline=None)
@given(events())
def test_no_schedule_that_keeps_the_rules_is_better(event):
    affinities, rules, choice = event
    try:
        plan = planned(affinities, rules, **vars(choice))
    except NoPlan:
        return
    aims = _Aims(affinities, rules, choice)
    rounds = [list(aims.seatings(number)) for number in range(1, choice.rounds + 1)]
    ranks = [aims.rank(schedule) for schedule in product(*rounds) if aims.holds(schedule)]
    mine = aims.rank([plan.meetings])
    assert mine[-1] == plan.total
    assert mine[:-1] == max(ranks)[:-1]
    assert plan.bound >= max(ranks)[-1]
    assert plan.status is not Status.OPTIMAL or mine == max(ranks)


class _Aims:
    """The order of aims under some rules, and every seating that they let a round have."""

    def __init__(self, affinities, rules, choice):
        self.affinities, self.rules, self.choice = affinities, rules, choice
        self.ids = affinities.ids
        away = next((rule.absent for rule in rules if isinstance(rule, Availability)), {})
        quota = next((rule.most for rule in rules if isinstance(rule, Quota)), {})
        self.fewest = next((rule.fewest for rule in rules if isinstance(rule, Minimum)), {})
        self.here = {
            number: [who for who in self.ids if number not in away.get(who, ())]
            for number in range(1, choice.rounds + 1)
        }
        self.most = {
            who: min(quota.get(who, 9), sum(who in here for here in self.here.values()))
            for who in self.ids
        }

    def seatings(self, number) -> Iterator[list]:
        """Yield every set of meetings that the rules let the round have."""
        odd = len(self.here[number]) % 2 == 1 and self.choice.odd is Odd.TRIO
        for tables in _tables(tuple(self.here[number]), trio=odd):
            meetings = [self.valued(meeting(number, *members)) for members in tables]
            if all(meetings) and not violations(meetings, self.rules):
                yield meetings

    def valued(self, table):
        """Return the meeting with its value; None if one of its pairs is not permitted."""
        values = dict(zip(table.pairs, self.affinities.of_ids(table.pairs), strict=True))
        shared = sharing([table], self.rules, self.choice.rounds)
        counted = [value for pair, value in values.items() if pair not in shared]
        if min(counted, default=0) < 0:
            return None
        return replace(table, value=sum(counted) * (2 if len(table.members) == 2 else 1))

    def holds(self, schedule) -> bool:
        """Return whether nobody meets twice, or more often than they may."""
        tables = [each for meetings in schedule for each in meetings]
        met = [pair for each in tables for pair in each.pairs]
        times = [who for each in tables for who in each.members]
        return len(met) == len(set(met)) and all(
            times.count(who) <= most for who, most in self.most.items()
        )

    def rank(self, schedule) -> tuple[int, ...]:
        """Return what the aims say of a schedule, greater is better."""
        tables = [each for meetings in schedule for each in meetings]
        times = [who for each in tables for who in each.members]
        idle = [most - times.count(who) for who, most in self.most.items()]
        wanted = {who: min(least, self.most[who]) for who, least in self.fewest.items()}
        below = sum(max(0, least - times.count(who)) for who, least in wanted.items())
        total = sum(each.value for each in tables)
        return -sum(idle), -below, -max(idle), -sum(i * i for i in idle), total


def _tables(free: tuple[str, ...], *, trio: bool) -> Iterator[list[tuple[str, ...]]]:
    if not free:
        yield []
        return
    first, rest = free[0], free[1:]
    yield from _tables(rest, trio=trio)
    for size in (1, 2) if trio else (1,):
        for others in combinations(rest, size):
            left = tuple(who for who in rest if who not in others)
            for more in _tables(left, trio=trio and size == 1):
                yield [(first, *others), *more]
