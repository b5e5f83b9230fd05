"""Two sides and an odd number: one of the smaller side may have two of the larger."""

from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning import crowd, meeting, planned, rank

from events.exporter import export
from matcher.check import Code, check
from matcher.introduce import introduce_scored
from matcher.plan import Status
from matcher.preflight import preflight
from matcher.profile import Profile
from matcher.rules import Cohorts, Exclusions, FrozenRounds, sharing, violations
from matcher.settings import Odd, Settings


def two_sides(mentors, mentees, seed=0, *, share=1.0, trios=True):
    """Return affinities of all and the rule that mentors meet mentees."""
    affinities = crowd(mentors + mentees, seed, share=share)
    side = {who: "mentor" if i < mentors else "mentee" for i, who in enumerate(affinities.ids)}
    cohorts = {who: frozenset({name}) for who, name in side.items()}
    return affinities, Cohorts(cohorts, frozenset({("mentee", "mentor")}), trios)


def trios_of(plan):
    return [each for each in plan.meetings if len(each.members) == 3]


def outcome_of(affinities, rules, choice):
    people = [Profile(id=person, name=person) for person in affinities.ids]
    return introduce_scored(people, affinities, choice, rules=rules)


@pytest.mark.parametrize(("mentors", "mentees"), [(1, 2), (4, 5), (6, 5), (20, 21), (60, 61)])
def test_nobody_sits_out_where_one_is_too_many(mentors, mentees):
    affinities, rule = two_sides(mentors, mentees)
    rounds = min(mentors, 4)
    plan = planned(affinities, [rule], rounds=rounds)
    assert (plan.sit_outs, len(trios_of(plan))) == ((), rounds)
    larger = affinities.ids[:mentors] if mentors > mentees else affinities.ids[mentors:]
    assert all(sum(who in larger for who in each.members) == 2 for each in trios_of(plan))


def test_without_the_choice_somebody_sits_out():
    affinities, rule = two_sides(4, 5, trios=False)
    plan = planned(affinities, [rule], rounds=3)
    assert (len(plan.sit_outs), trios_of(plan)) == (3, [])


def test_further_people_of_the_larger_side_share_what_sit_outs_are_left():
    affinities, rule = two_sides(5, 8)
    plan = planned(affinities, [rule], rounds=4)
    counts = [sum(who == sitter for _, sitter in plan.sit_outs) for who in plan.ids]
    assert counts == [0] * 5 + [1] * 8


def test_an_even_number_has_no_trio():
    affinities, rule = two_sides(4, 6)
    assert trios_of(planned(affinities, [rule], rounds=3)) == []


def test_the_two_permitted_pairs_count_half_each():
    affinities, rule = two_sides(1, 2)
    (only,) = planned(affinities, [rule], rounds=1).meetings
    assert only.value == sum(affinities.of_ids([("p0000", "p0001"), ("p0000", "p0002")]))


def test_other_rules_keep_two_apart_who_could_share_a_partner():
    affinities, rule = two_sides(2, 3)
    apart = Exclusions(frozenset(combinations(affinities.ids[2:], 2)))
    assert trios_of(planned(affinities, [rule, apart], rounds=2)) == []


def test_nobody_shares_a_partner_with_the_same_person_twice():
    affinities, rule = two_sides(3, 4)
    plan = planned(affinities, [rule], rounds=3)
    pairs = [pair for each in plan.meetings for pair in each.pairs]
    assert len(trios_of(plan)) == 3
    assert len(pairs) == len(set(pairs))


SIZES = [(1, 2, 1), (1, 2, 2), (2, 3, 1), (2, 3, 2), (3, 2, 2), (3, 4, 1), (1, 4, 2), (2, 5, 1)]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("mentors", "mentees", "rounds"), SIZES)
def test_no_schedule_is_better(mentors, mentees, rounds, seed):
    affinities, rule = two_sides(mentors, mentees, seed, share=(1.0, 1.0, 0.7)[seed])
    if len(affinities.a):
        plan = planned(affinities, [rule], rounds=rounds)
        assert plan.status is Status.OPTIMAL
        assert rank(plan) == best_of_all(affinities, rule, rounds)


def best_of_all(affinities, rule, rounds):
    """Return the rank of the best of all schedules, by looking at every one."""
    single = list(seatings(affinities.ids, affinities, rule))
    ranks = []
    for choice in product(single, repeat=rounds):
        met = [pair for meetings in choice for each in meetings for pair in each.pairs]
        if len(met) == len(set(met)):
            idle = {
                who: rounds - sum(who in each.members for meetings in choice for each in meetings)
                for who in affinities.ids
            }.values()
            total = sum(each.value for meetings in choice for each in meetings)
            ranks.append((-sum(idle), -max(idle), -sum(i * i for i in idle), total))
    return max(ranks)


def seatings(free, affinities, rule, trio=True):
    """Yield every set of meetings that one round could hold, each with its value."""
    if not free:
        yield ()
        return
    first, rest = free[0], free[1:]
    yield from seatings(rest, affinities, rule, trio)
    for size in (1, 2) if trio and len(affinities.ids) % 2 else (1,):
        for others in combinations(rest, size):
            here = valued(meeting(1, first, *others), affinities, rule)
            left = tuple(who for who in rest if who not in others)
            if here:
                for more in seatings(left, affinities, rule, trio and size == 1):
                    yield (here, *more)


def valued(table, affinities, rule):
    values = dict(zip(table.pairs, affinities.of_ids(table.pairs), strict=True))
    across = [pair for pair in table.pairs if rule.members[pair[0]] != rule.members[pair[1]]]
    if len(across) < len(table.members) - 1 or min(values[pair] for pair in across) < 0:
        return None
    each = 2 if len(table.members) == 2 else 1
    return replace(table, value=each * sum(values[pair] for pair in across))


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 9), st.integers(1, 9), st.integers(1, 4), st.integers(0, 99),
    st.sampled_from([0.0, 0.5]), st.sampled_from([None, 2]),
)  # fmt: skip
def test_every_plan_passes_both_checks(mentors, mentees, rounds, seed, fairness, tables):
    affinities, rule = two_sides(mentors, mentees, seed)
    choice = Settings(rounds=rounds, fairness=fairness, tables=tables)
    outcome = outcome_of(affinities, [rule], choice)
    plan = outcome.plan
    files = {name: data.decode() for name, data in export(outcome).items()}
    assert check(files) == ()
    assert plan.welfare <= plan.welfare_bound
    assert plan.total <= plan.bound
    assert outcome.preflight.sit_outs <= len(plan.sit_outs)


def test_only_one_pair_of_a_trio_may_be_of_one_side():
    _, rule = two_sides(2, 3)
    three, two = meeting(1, "p0002", "p0003", "p0004"), meeting(1, "p0000", "p0002", "p0003")
    assert violations([two], [rule]) == []
    assert sharing([two], [rule], 1) == {("p0002", "p0003")}
    assert len(violations([three], [rule])) == 3
    assert len(violations([two], [replace(rule, trios=False)])) == 1


def test_a_score_for_two_who_only_share_a_partner_is_refused():
    affinities, rule = two_sides(1, 2)
    outcome = outcome_of(affinities, [rule], Settings(rounds=1))
    files = {name: data.decode() for name, data in export(outcome).items()}
    assert '"p0001","p0002",0.0000000' in files["scores.csv"]
    files["scores.csv"] = files["scores.csv"].replace("0.0000000", "0.5000000")
    assert Code.WRONG_SCORE in {each.code for each in check(files)}


def test_a_frozen_trio_of_two_sides_stays_as_printed():
    affinities, rule = two_sides(3, 4)
    first = planned(affinities, [rule], rounds=1)
    kept = tuple((m.round, m.table, m.members) for m in first.meetings)
    again = planned(affinities, [rule, FrozenRounds(frozenset({1}), kept)], rounds=2)
    assert [m for m in again.meetings if m.round == 1] == list(first.meetings)
    assert len(trios_of(again)) == 2


def test_before_planning_a_trio_is_counted_in():
    affinities, rule = two_sides(4, 5)
    one, other = (
        preflight(affinities.ids, Settings(rounds=3), rules=[each])
        for each in (rule, replace(rule, trios=False))
    )
    assert (one.sit_outs, one.troubles) == (0, ())
    assert other.sit_outs == 3
    assert other.troubles[0].text.endswith("in a trio: [cohorts] trios = true.")


def test_a_choice_of_sit_outs_stands_before_trios():
    affinities, rule = two_sides(4, 5)
    assert len(planned(affinities, [rule], rounds=3, odd=Odd.SIT_OUT).sit_outs) == 3


def test_a_rule_about_a_round_after_the_last_trio_is_no_obstacle():
    _, rule = two_sides(2, 3)
    later = FrozenRounds(rounds=frozenset({4}), meetings=((4, 1, ("p0000", "p0002")),))
    two = meeting(1, "p0000", "p0002", "p0003")
    assert sharing([two], [rule, later], 4) == {("p0002", "p0003")}
