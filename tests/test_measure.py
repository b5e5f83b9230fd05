import json
from dataclasses import asdict, replace

import numpy as np
import pytest
from build_profiles import profile

from matcher.affinity import Affinities, Component, Contribution, PairAffinity
from matcher.coverage import Coverage, Said
from matcher.fields import Visibility
from matcher.introduction import Introduction, Question
from matcher.measure import MEASURES, Findings, Measure, measure
from matcher.plan import make_plan
from matcher.plan.plan import BoundCovers, Meeting, Plan, Status, StoppedBy
from matcher.relations import Relations
from matcher.rules import Cohorts, Exclusions
from matcher.settings import Settings

A, B, C, D = "abcd"
PEOPLE = (
    profile("a", need="a lathe", offer="a map", organization="Quay"),
    profile("b", need="a map", offer="a lathe", organization="Quay"),
    profile("c", challenge="learning Dutch", organization="Barge"),
    profile("d", experience="learning Dutch"),
)
WORTH = {(A, B): 400_000, (C, D): 200_000, (A, C): 300_000, (B, D): 100_000}
TABLE = Affinities(
    ids=(A, B, C, D),
    a=np.array([0, 0, 1, 2], dtype=np.int32),
    b=np.array([1, 2, 3, 3], dtype=np.int32),
    value=np.array([400_000, 300_000, 100_000, 200_000], dtype=np.int64),
    others=0,
)


def meeting(number: int, table: int, *members: str) -> Meeting:
    pairs = [(m, n) for m in members for n in members if m < n]
    value = sum(WORTH.get(pair, 0) for pair in pairs) * (2 if len(members) == 2 else 1)
    return Meeting(round=number, table=table, members=members, value=value)


def plan(*meetings: Meeting, sit_outs: tuple[tuple[int, str], ...] = ()) -> Plan:
    return Plan(
        ids=(A, B, C, D),
        rounds=2,
        meetings=meetings,
        sit_outs=sit_outs,
        bound=2_500_000,
        welfare=2_000_000,
        welfare_bound=2_500_000,
        bound_covers=BoundCovers.ALL,
        status=Status.FEASIBLE,
        stopped_by=StoppedBy.EFFORT,
        repeatable=True,
    )


FULL_PLAN = plan(meeting(1, 1, A, B), meeting(1, 2, C, D), meeting(2, 1, A, C), meeting(2, 2, B, D))


def helps(giver: str, kind: str, value: str, points: int, certainty: float) -> Contribution:
    return Contribution(
        component=Component.HELP,
        points=points,
        kind=kind,
        value=value,
        giver=giver,
        certainty=round(certainty * 1_000_000),
    )


def shares(holders: int, answered: int, visibility: Visibility) -> Contribution:
    return Contribution(
        component=Component.SHARED,
        points=1,
        holders=holders,
        answered=answered,
        visibility=visibility,
    )


def explained(**contributions: tuple[Contribution, ...]) -> dict[tuple[str, str], PairAffinity]:
    pairs = {**WORTH, (A, D): 0, (B, C): 0}
    return {
        (a, b): PairAffinity(
            a=a, b=b, affinity=pairs[a, b], contributions=contributions.get(a + b, ())
        )
        for a, b in pairs
    }


def card(reader: str, partner: str, *questions: tuple[str, str, str]) -> Introduction:
    asked = tuple(
        Question(stage=stage, area=area, template=template, text="", language="en")
        for stage, area, template in questions
    )
    return Introduction(card="", round=1, table=1, reader=reader, partner=partner, questions=asked)


def figures(
    plan: Plan = FULL_PLAN,
    evidence: dict[tuple[str, str], PairAffinity] | None = None,
    cards: tuple[Introduction, ...] = (),
    **more: object,
) -> dict[str, float | None]:
    return {figure.name: figure.value for figure in measured(plan, evidence, cards, **more)}


def measured(
    plan: Plan = FULL_PLAN,
    evidence: dict[tuple[str, str], PairAffinity] | None = None,
    cards: tuple[Introduction, ...] = (),
    **more: object,
) -> tuple[Measure, ...]:
    given = {"affinities": TABLE, **more}
    found = Findings(
        plan=plan,
        profiles=PEOPLE,
        explained=evidence or explained(),
        introductions=cards,
        **given,  # type: ignore[arg-type]
    )
    return measure(found)


def chosen(figures: dict[str, float | None], *names: str) -> tuple[float | None, ...]:
    return tuple(figures[name] for name in names)


def test_every_measure_is_read_in_order() -> None:
    assert list(figures()) == [gauge.name for gauge in MEASURES]


def test_optimality_is_welfare_by_its_bound() -> None:
    assert figures()["optimality"] == 0.8


def test_optimality_is_1_only_when_the_bound_is_met() -> None:
    found = figures(replace(FULL_PLAN, welfare_bound=FULL_PLAN.welfare))["optimality"]
    almost = figures(replace(FULL_PLAN, welfare_bound=FULL_PLAN.welfare + 1))["optimality"]
    assert (found, almost) == (1.0, 0.999999)


def test_lift_compares_with_random_plans() -> None:
    # Of the three ways to seat all, two are drawn for each plan: 2/3 on average, here 1.
    assert figures()["lift"] == pytest.approx(1.5, rel=0.1)
    assert figures()["lift"] == figures()["lift"] != figures(seed=1)["lift"]


def test_random_plans_keep_sit_outs_and_count_a_trio_half_three_times() -> None:
    trio = plan(meeting(1, 1, A, B, C), sit_outs=((1, D),))
    assert figures(trio)["lift"] == 1.0


def test_random_plans_seat_nobody_together_who_may_not_meet() -> None:
    # Without the pairs that are not listed, or with two forbidden, only one schedule is left.
    apart = Exclusions(pairs=frozenset({(A, D), (B, C)}))
    assert figures(affinities=replace(TABLE, others=None))["lift"] == 1.0
    assert figures(rules=[apart])["lift"] == 1.0


def test_random_plans_of_two_sides_fill_their_tables() -> None:
    ids = tuple(f"p{at:02}" for at in range(20))
    left, right = np.triu_indices(20, 1)
    table = Affinities(
        ids=ids,
        a=left.astype(np.int32),
        b=right.astype(np.int32),
        value=np.where((left < 10) == (right < 10), 1_000_000, 500_000),
    )
    sides = Cohorts(
        {person: frozenset("m" if at < 10 else "n") for at, person in enumerate(ids)},
        frozenset({("m", "n")}),
    )
    made = make_plan(table, Settings(rounds=3), rules=[sides])
    explained = {
        pair: PairAffinity(a=pair[0], b=pair[1], affinity=500_000)
        for each in made.meetings
        for pair in each.pairs
    }
    people = [profile(person) for person in ids]
    found = Findings(
        plan=made, profiles=people, explained=explained, affinities=table, rules=[sides]
    )
    assert {each.name: each.value for each in measure(found)}["lift"] == 1.0


def test_what_a_person_gets_counts_by_meeting() -> None:
    # a .35, b .25, c .25, d .15 a meeting
    assert chosen(figures(), "worst_off", "tenth", "inequality") == (0.6, 0.6, 0.15)


def test_somebody_without_a_meeting_is_worst_off() -> None:
    without = plan(meeting(1, 1, A, B), sit_outs=((1, C), (1, D), (2, D)))
    assert chosen(figures(without), "worst_off", "sit_out_spread") == (0.0, 2.0)


def test_sit_outs_are_spread_over_everybody() -> None:
    assert figures()["sit_out_spread"] == 0.0


def said(person: str, kind: str, other: str | None, *, met: bool) -> Said:
    return Said(person=person, kind=kind, text="x", other=other, met=met)


def test_what_nobody_could_meet_is_not_held_against_the_plan() -> None:
    coverage = Coverage(
        wishes=(
            said(A, "need", B, met=True),
            said(A, "need", C, met=False),
            said(B, "need", None, met=False),
            said(C, "challenge", D, met=False),
        ),
        gifts=(said(B, "offer", A, met=True), said(D, "experience", None, met=False)),
    )
    assert chosen(figures(coverage=coverage), "needs_met", "received", "given") == (0.5, 0.5, 1.0)


def test_help_across_cohorts_goes_one_way() -> None:
    evidence = explained(ab=(helps(A, "need", "a map", 30, 0.9),))
    sides = Cohorts({A: frozenset("m"), B: frozenset("n")}, frozenset({("m", "n")}))
    assert figures(evidence=evidence)["reciprocity"] == 0.0
    assert figures(evidence=evidence, rules=[sides])["reciprocity"] is None


def test_reciprocity_is_how_even_give_and_take_are() -> None:
    evidence = explained(
        ab=(helps(A, "need", "a map", 30, 0.9), helps(B, "need", "a lathe", 10, 0.9)),
        cd=(helps(D, "challenge", "learning dutch", 10, 1.0),),
    )
    # a and b .5 each, c and d 0
    assert figures(evidence=evidence)["reciprocity"] == 0.25


def test_only_printable_facts_make_headlines() -> None:
    evidence = explained(
        ab=(shares(2, 40, Visibility.MATCH), shares(4, 40, Visibility.PRINT)),
        cd=(shares(40, 40, Visibility.PRINT),),
        ac=(shares(2, 40, Visibility.PRINT), shares(40, 40, Visibility.PRINT)),
    )
    assert chosen(figures(evidence=evidence), "headline_rarity", "rare_headlines") == (
        0.768622,
        0.666667,
    )


def test_an_opener_of_the_event_area_names_nothing_specific() -> None:
    cards = (
        card(A, B, ("open", "lived", "q1"), ("follow", "any", "q2")),
        card(B, A, ("open", "event", "q3")),
    )
    assert chosen(figures(cards=cards), "askability", "question_repeats") == (0.5, 0.0)


def test_a_question_asked_again_or_heard_again_is_counted() -> None:
    cards = (
        card(A, B, ("open", "lived", "q1")),
        card(A, C, ("open", "lived", "q1")),
        card(D, C, ("open", "lived", "q1")),
    )
    assert figures(cards=cards)["question_repeats"] == 2.0


def test_a_rematch_is_counted() -> None:
    again = plan(meeting(1, 1, A, B), meeting(2, 1, A, B))
    assert figures(again)["rematches"] == 1.0
    assert figures(again, relations=Relations(met=frozenset({(A, B), (A, C)})))["rematches"] == 2.0


def test_a_broken_rule_is_counted() -> None:
    apart = Exclusions(pairs=frozenset({(A, B)}))
    assert (figures()["forbidden"], figures(rules=[apart])["forbidden"]) == (0.0, 1.0)


def test_bridging_compares_cohorts_where_there_are_some() -> None:
    everywhere = frozenset({("m", "m"), ("m", "n"), ("n", "n")})
    of = {A: frozenset("m"), B: frozenset("mn"), C: frozenset("n"), D: frozenset("n")}
    # Two of six pairs cross, and one of the four that meet.
    assert figures(rules=[Cohorts(of, everywhere)])["bridging"] == 0.75


def test_bridging_compares_with_pairs_of_all_who_name_an_organization() -> None:
    # Of a, b, c two thirds of all pairs cross; of the two pairs that meet, one does.
    assert figures()["bridging"] == 0.75


def test_without_evidence_figures_are_none() -> None:
    found = figures()
    unknown = [name for name, value in found.items() if value is None]
    assert unknown == [
        "needs_met",
        "received",
        "given",
        "reciprocity",
        "headline_rarity",
        "rare_headlines",
        "askability",
        "question_repeats",
    ]


def test_figures_are_ready_for_a_file() -> None:
    found = [asdict(figure) for figure in measured()]
    assert json.loads(json.dumps(found)) == found
