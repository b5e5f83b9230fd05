"""The two readings of every rule, and the checker that shares no code with them, agree."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning import meeting

from matcher.check import export as files
from matcher.check.rules import RULE_KINDS
from matcher.rules import (
    RULES,
    AlreadyMet,
    Availability,
    Cohorts,
    Exclusions,
    FixedTables,
    FrozenRounds,
    Minimum,
    Pins,
    Quota,
    SameOrganization,
    Tables,
    violations,
)

IDS, ROUNDS = ("ana", "ben", "cy", "dee", "eve"), 3
PERSON, NUMBER, TABLE = st.sampled_from(IDS), st.integers(1, ROUNDS), st.integers(1, 3)
PAIR = st.sampled_from(list(combinations(IDS, 2)))
NAMES = st.frozensets(st.sampled_from(["a", "b", "c"]), min_size=1)
COHORT_PAIR = st.tuples(st.sampled_from("abc"), st.sampled_from("abc")).map(
    lambda pair: (min(pair), max(pair))
)
ROOM = st.lists(st.permutations(IDS), min_size=ROUNDS, max_size=ROUNDS)
"""In each round the first two meet, and the next two or three; some of these meetings are held."""


def held(room, tables, kept):
    found = [
        meeting(number, *members, at=table)
        for number, (people, at) in enumerate(zip(room, tables, strict=True), start=1)
        for members, table in ((people[:2], at), (people[2 : 4 + at % 2], at % 3 + 1))
    ]
    return [each for place, each in enumerate(found) if place in kept]


def frozen(drawn):
    rounds, plan = drawn
    kept = tuple((m.round, m.table, m.members) for m in plan if m.round in rounds)
    return FrozenRounds(rounds, kept)


TABLES = st.lists(TABLE, min_size=ROUNDS, max_size=ROUNDS)
PLAN = st.builds(held, ROOM, TABLES, st.frozensets(st.integers(0, 2 * ROUNDS - 1)))
RULE = {
    Exclusions: st.builds(Exclusions, st.frozensets(PAIR)),
    SameOrganization: st.builds(SameOrganization, st.dictionaries(PERSON, NAMES)),
    AlreadyMet: st.builds(AlreadyMet, st.frozensets(PAIR)),
    Cohorts: st.builds(
        Cohorts, st.dictionaries(PERSON, NAMES), st.frozensets(COHORT_PAIR), st.booleans()
    ),
    Availability: st.builds(
        Availability, st.dictionaries(PERSON, st.frozensets(NUMBER, min_size=1))
    ),
    Quota: st.builds(Quota, st.dictionaries(PERSON, st.integers(0, 3))),
    Minimum: st.builds(Minimum, st.dictionaries(PERSON, st.integers(0, 3))),
    Tables: st.builds(Tables, st.lists(st.integers(0, 3), min_size=1, max_size=3).map(tuple)),
    FixedTables: st.builds(FixedTables, st.dictionaries(PERSON, st.frozensets(TABLE, min_size=1))),
    Pins: st.builds(
        Pins,
        st.frozensets(st.tuples(PAIR, st.none() | NUMBER).map(lambda pin: (*pin[0], pin[1]))),
    ),
    FrozenRounds: st.tuples(st.frozensets(NUMBER), PLAN).map(frozen),
}


def exported(plan, rule):
    """Return the plan and the rule as the independent checker reads them."""
    zero = Decimal(0)
    figures = files.Figures(
        status="feasible", total=0, bound=0, gap=zero, welfare=0, welfare_bound=0,
        welfare_gap=zero, bound_covers=files.BOUND_COVERS[0],
        people=len(IDS), rounds=ROUNDS, pairings=len(plan), sit_outs=0, trios=0,
        worst_off=(frozenset(), 0), odd="trio", tables=None, fairness=zero, measures={},
    )  # fmt: skip
    meetings = tuple(
        files.Meeting(row=row, round=m.round, table=m.table, members=m.members, names=m.members,
                      affinity=0)
        for row, m in enumerate(plan, start=2)
    )  # fmt: skip
    people = tuple(
        files.Person(row=row, id=who, name=who, given_name="", family_name="", rounds=(),
                     partners=(), sit_outs=(), total=0)
        for row, who in enumerate(IDS, start=2)
    )  # fmt: skip
    rows = tuple(
        files.Rule(row=row, kind=kind, ids=ids, round=number, value=value)
        for row, (kind, ids, number, value) in enumerate(rule.rows(), start=2)
    )
    return files.Export(
        figures=figures, meetings=meetings, people=people, rules=rows, scores=(), entries=None
    )


@pytest.mark.parametrize("kind", RULES)
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_rules_and_checker_find_the_same_plans_broken(kind, data):
    plan, rule = data.draw(PLAN), data.draw(RULE[kind])
    found = violations(plan, [rule], ids=IDS, rounds=ROUNDS)
    own = [each for each in found if each.kind == rule.kind]
    export = exported(plan, rule)
    assert all(RULE_KINDS[row.kind].fits(row) for row in export.rules)
    checked = [bad for row in export.rules for bad in RULE_KINDS[row.kind].check(export, row)]
    assert bool(own) == bool(checked)


@given(rule=st.one_of(*RULE.values()), plan=PLAN)
def test_a_pair_that_a_rule_forbids_is_broken_wherever_it_meets(rule, plan):
    bound = rule.restrict(IDS, ROUNDS)
    if bound.pair is None or bound.shares:
        return
    a, b = np.triu_indices(len(IDS), 1)
    forbidden = {(IDS[i], IDS[j]) for i, j, no in zip(a, b, bound.pair(a, b), strict=True) if no}
    for each in plan:
        broken = bool(violations([each], [rule]))
        assert broken or not forbidden.intersection(each.pairs)


def test_every_rule_is_drawn():
    assert set(RULE) == set(RULES)


def test_who_shared_a_partner_may_still_not_meet():
    rule = Cohorts({"cy": frozenset("a"), "dee": frozenset("a")}, frozenset(), trios=True)
    plan = [meeting(1, "cy", "dee", "eve", at=1), meeting(2, "cy", "dee", at=1)]
    export = exported(plan, rule)
    checked = [bad for row in export.rules for bad in RULE_KINDS[row.kind].check(export, row)]
    assert [bad.round for bad in violations(plan, [rule]) if bad.kind == "cohort"] == [2]
    assert [bad.row for bad in checked] == [3]
