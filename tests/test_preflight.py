"""What settings and rules mean, by counting: compared with what plans then are."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning import crowd, planned, table
from quickness import quickly

from matcher import permitted
from matcher.errors import NoPlan
from matcher.permitted import count_permitted
from matcher.preflight import Severity, preflight
from matcher.rules import (
    AlreadyMet,
    Availability,
    Cohorts,
    Exclusions,
    Quota,
    SameOrganization,
    Tables,
)
from matcher.settings import Odd, Settings


def room(people):
    return [f"p{at:05}" for at in range(people)]


def said(people, rules=(), affinities=None, **choice):
    found = preflight(room(people), Settings(**choice), rules=rules, affinities=affinities)
    return [finding.text for finding in found.findings]


def severities(people, **choice):
    return [each.severity for each in preflight(room(people), Settings(**choice)).findings]


def test_an_even_number_without_limits():
    assert said(48, rounds=6, start="18:30") == [
        "Everybody meets 6 people, one in each round.",
        "From 18:30 to 19:40, at 24 tables.",
    ]
    assert severities(48) == [Severity.GOOD, Severity.NOTE]


def test_a_trio_is_not_promised_where_pairs_are_too_few_for_one():
    assert (
        said(3, rounds=1, odd=Odd.TRIO)[1]
        == "3 is an odd number: one table seats three in each round."
    )
    assert not any("seats three" in text for text in said(3, rounds=6, odd=Odd.TRIO))


def test_an_odd_number_makes_a_trio_a_break_or_takes_a_host():
    assert said(5, rounds=2, odd=Odd.TRIO) == [
        "Everybody meets 2 people, one in each round.",
        "5 is an odd number: one table seats three in each round.",
        "It takes 22 minutes, at 2 tables.",
    ]
    assert said(5, rounds=2, odd=Odd.SIT_OUT) == [
        "5 is an odd number: one person has a break in each round.",
        "2 of 5 people have one break, the others none.",
        "It takes 22 minutes, at 2 tables.",
    ]
    assert said(5, rounds=2, odd=Odd.HOST)[1:] == [
        "5 is an odd number: a host meets the one who is left in each round.",
        "It takes 22 minutes, at 3 tables.",
    ]


def test_too_few_tables_mean_breaks():
    assert said(10, rounds=6, tables=3)[:2] == [
        "3 tables seat 6 of 10 people at a time: 4 have a break in each round. "
        "5 tables would seat everybody.",
        "Over the event everybody has 2 or 3 breaks.",
    ]
    assert said(10, rounds=1, tables=1)[0].startswith("1 table seats 2 of 10 people")


def test_more_rounds_than_partners_are_announced():
    assert said(4, rounds=5)[0] == (
        "4 people make 6 different pairs, and 5 rounds would need 10. Nobody meets twice, "
        "so some will have breaks; 3 rounds are possible without."
    )
    assert said(4, rounds=3)[0] == "Everybody meets 3 people, one in each round."
    assert "4 people make 6 different pairs" in said(4, rounds=5, meet_again=True)[0]


def test_a_meeting_with_the_host_uses_up_no_pair():
    assert "different pairs" not in " ".join(said(5, rounds=5, odd=Odd.HOST))
    assert "different pairs" in " ".join(said(5, rounds=6, odd=Odd.HOST))


def test_trios_use_up_pairs_faster():
    assert "5 people make 10 different pairs, and 3 rounds would need 12." in said(5, rounds=3)[0]
    assert "different pairs" not in " ".join(said(5, rounds=2))


def test_nobody_and_one_alone_are_told_whom_to_add():
    assert said(0) == ["An introduction takes two: add two people first."]
    assert said(1) == ["An introduction takes two: add one more person first."]
    assert severities(1) == [Severity.BAD]


def test_a_round_over_midnight_ends_the_next_day():
    assert "From 23:55 to 00:27" in said(4, rounds=3, start="23:55", minutes=10, gap=1)[-1]


def test_people_with_fewer_partners_than_rounds_are_named():
    enemies = frozenset(("p00000", f"p{at:05}") for at in range(1, 9))
    found = preflight(
        room(10), Settings(rounds=3), rules=[Exclusions(enemies)], names={"p00000": "Ana"}
    )
    (short,) = [each for each in found.findings if each.code == "partners"]
    assert short.text.startswith("Only 1 permitted partner for Ana: fewer than rounds.")
    assert (short.severity, short.ids) == (Severity.BAD, ("p00000",))
    assert (found.possible, found.sit_outs) == (45 - 8, 2)


def test_many_names_are_counted_and_kept_as_data():
    pairs = table({f"a z{at:02}": 5 for at in range(20)} | {"z00 z01": 5, "z00 z02": 5})
    found = preflight(pairs.ids, Settings(rounds=3), affinities=pairs)
    (short, _) = [each for each in found.findings if each.code == "partners"]
    assert " and 9 more: fewer than rounds" in short.text
    assert len(short.ids) == 17


def test_cohorts_out_of_balance_say_who_is_too_many():
    ids = room(10)
    rule = Cohorts(
        {who: frozenset({"mentor" if at < 3 else "mentee"}) for at, who in enumerate(ids)},
        frozenset({("mentee", "mentor")}),
    )
    found = preflight(ids, Settings(rounds=2), rules=[rule])
    assert [each.text for each in found.findings if each.code == "balance"] == [
        "7 in mentee can only meet 3 in mentor: 4 of them have a break in a round. "
        "Let further cohorts meet, or balance the numbers."
    ]
    assert found.sit_outs == 8


def test_cohorts_that_balance_are_no_finding():
    ids = room(10)
    rule = Cohorts(
        {who: frozenset({"mentor" if at < 3 else "mentee"}) for at, who in enumerate(ids)},
        frozenset({("mentee", "mentee"), ("mentee", "mentor")}),
    )
    assert preflight(ids, Settings(rounds=2), rules=[rule]).sit_outs == 0


def test_two_sides_of_given_pairs_are_found():
    sides = table({f"a{i} b{j}": 1 for i in range(2) for j in range(5)})
    found = preflight(sides.ids, Settings(rounds=2), affinities=sides)
    assert found.sit_outs == 6
    assert "5 people can only meet 2 on the other side: 3 of them" in " ".join(
        each.text for each in found.findings
    )


def test_absences_are_counted_round_by_round():
    rules = [Availability({"p00000": frozenset({2})})]
    assert said(6, rules, rounds=2, odd=Odd.SIT_OUT) == [
        "5 is an odd number: one person has a break in round 2.",
        "1 person misses some rounds and is planned around.",
        "It takes 22 minutes, at 3 tables.",
    ]


def test_tables_may_differ_from_round_to_round():
    assert "have a break in round 1. 5 tables" in said(10, [Tables((3, 5))], rounds=2)[0]


def test_a_quota_is_no_shortage():
    found = preflight(room(4), Settings(rounds=3), rules=[Quota({"p00000": 1})])
    assert found.troubles == ()


@st.composite
def events(draw):
    """Draw affinities, rules and settings of a small event."""
    affinities = crowd(
        draw(st.integers(2, 11)), draw(st.integers(0, 99)), share=draw(st.sampled_from([0.4, 1.0]))
    )
    affinities = replace(affinities, others=draw(st.sampled_from([None, 0])))
    ids = affinities.ids
    pair = st.tuples(st.sampled_from(ids), st.sampled_from(ids)).filter(lambda p: p[0] < p[1])
    rounds = draw(st.integers(1, 4))
    people = st.sampled_from(ids)
    names = st.frozensets(st.sampled_from("ab"), min_size=1)
    rules = (
        Exclusions(frozenset(draw(st.sets(pair, max_size=4)))),
        Availability(draw(st.dictionaries(people, st.frozensets(st.integers(1, rounds))))),
        Cohorts(
            draw(st.dictionaries(people, names)),
            draw(st.sampled_from([frozenset({("a", "b")}), frozenset({("a", "b"), ("b", "b")})])),
        ),
        Tables(tuple(draw(st.lists(st.integers(1, 6), min_size=1, max_size=3)))),
        Quota(draw(st.dictionaries(people, st.integers(0, 3)))),
    )
    odd = draw(st.sampled_from([Odd.TRIO, Odd.SIT_OUT]))
    return affinities, rules, Settings(rounds=rounds, odd=odd)


@settings(max_examples=60, deadline=None)
@given(events())
def test_no_plan_has_fewer_sit_outs_or_more_pairs_than_announced(event):
    affinities, rules, choice = event
    found = preflight(affinities.ids, choice, rules=rules, affinities=affinities)
    try:
        plan = planned(affinities, rules, **vars(choice))
    except NoPlan:
        return
    assert len({pair for each in plan.meetings for pair in each.pairs}) <= found.possible
    assert len(plan.sit_outs) >= found.sit_outs


@pytest.mark.parametrize(("size", "rounds"), [(60, 6), (61, 20), (60, 59)])
def test_probing_finds_whom_counting_finds(monkeypatch, size, rounds):
    ids = room(size)
    random = np.random.default_rng(size)
    a, b = np.triu_indices(size, 1)
    out = random.random(len(a)) < np.where(a < 5, 0.97, 0.1)
    pairs = frozenset((ids[i], ids[j]) for i, j in zip(a[out], b[out], strict=True))
    bound = [Exclusions(pairs).restrict(ids, rounds)]
    present = np.ones((size, rounds), dtype=np.bool_)
    every = count_permitted(bound, None, present)
    monkeypatch.setattr(permitted, "EVERY_PAIR_UP_TO", 1)
    probed = count_permitted(bound, None, present)
    assert probed.pairs in (None, every.pairs)
    short = every.partners < rounds
    assert (probed.partners[short] == every.partners[short]).all()
    assert (probed.partners[~short] >= rounds).all()


def test_ten_thousand_people_are_counted_at_once():
    ids = room(10_000)
    rules = [
        SameOrganization({who: frozenset({str(at // 50)}) for at, who in enumerate(ids)}),
        AlreadyMet(frozenset((ids[at], ids[at + 1]) for at in range(0, 9_000, 2))),
        Availability({who: frozenset({2}) for who in ids[:2_000]}),
    ]
    # Half a second on an idle machine.
    found = quickly(2, lambda: preflight(ids, Settings(rounds=6), rules=rules))
    assert (found.possible, found.sit_outs, found.troubles) == (None, 0, ())


def test_the_same_company_of_nearly_everybody_is_seen_at_size(monkeypatch):
    monkeypatch.setattr(permitted, "EVERY_PAIR_UP_TO", 1)
    ids = room(40)
    rule = SameOrganization({who: frozenset({"acme"}) for who in ids[3:]})
    found = preflight(ids, Settings(rounds=6), rules=[rule])
    assert found.possible == 3 + 3 * 37
    assert "Only 3 permitted partners for p00003" in " ".join(f.text for f in found.troubles)
