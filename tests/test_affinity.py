import itertools
from dataclasses import replace

import numpy as np
import pytest
from build_profiles import profile
from hypothesis import given
from hypothesis import strategies as st

from matcher.affinity import BASE, FULL, Affinities, AffinityModel, Component
from matcher.errors import ProfileError
from matcher.fields import Visibility
from matcher.relations import NO_RELATIONS, Relations

ROOM = [
    profile("ana", school="MIT", city="Graz", need="leak detection", offer="sailing lessons"),
    profile("ben", school="EPFL", city="Graz", offer="leak detection", need="a first pilot"),
    profile("cyd", school="MIT", city="Graz", interest="bees", need="sailing lessons"),
    profile("dee", city="Graz", interest="Bees", organization="Acme", role="Baker"),
    profile("eli", city="Linz", interest="bees", organization="Beta", role="Baker"),
    profile("fay", city="Graz"),
]


def wish(*pair):
    return Relations(wishes=frozenset({pair}))


def scores(people, met=()):
    table = AffinityModel(people, relations=Relations(met=frozenset(met))).table()
    pairs = list(itertools.combinations(table.ids, 2))
    return dict(zip(pairs, table.of_ids(pairs), strict=True))


def explain(people, a, b):
    return AffinityModel(people).explain([(a, b)])[a, b]


def ranks(found):
    return sorted(found, key=lambda pair: (-found[pair], pair))


def test_strangers_are_worth_the_base():
    assert scores(ROOM)["eli", "fay"] == round(BASE * FULL)


def test_a_rarer_shared_fact_is_worth_more():
    found = explain(ROOM, "ana", "cyd")
    points = {said.kind: said.points for said in found.contributions}
    assert points["school"] > points["city"] > 0


def test_contributions_carry_both_peoples_words():
    bees = next(said for said in explain(ROOM, "dee", "eli").contributions if said.value == "bees")
    assert (bees.texts, bees.holders, bees.answered) == (("Bees", "bees"), 3, 3)
    assert (bees.visibility, bees.printed_holders) == (Visibility.PRINT, 3)


def test_help_names_its_giver_and_keeps_the_order_of_the_pair():
    found = explain(ROOM, "ana", "ben")
    helped = [said for said in found.contributions if said.component is Component.HELP]
    assert [(said.giver, said.texts, said.certainty) for said in helped] == [
        ("ben", ("leak detection", "leak detection"), FULL)
    ]


def test_help_in_both_directions_is_worth_more_than_twice_one():
    one_way = [profile("ana", need="cellos"), profile("ben", offer="cellos")]
    both = [
        profile("ana", need="cellos", offer="bread"),
        profile("ben", offer="cellos", need="bread"),
    ]
    base = round(BASE * FULL)
    assert scores(both)["ana", "ben"] - base > 2 * (scores(one_way)["ana", "ben"] - base)


def test_need_and_offer_of_one_person_do_not_meet():
    people = [profile("ana", need="cellos", offer="cellos"), profile("ben", city="Graz")]
    assert scores(people)["ana", "ben"] == round(BASE * FULL)


def test_a_challenge_meets_what_somebody_went_through():
    people = [profile("ana", challenge="moving abroad"), profile("ben", experience="moving abroad")]
    (helped, _) = explain(people, "ana", "ben").contributions
    assert (helped.component, helped.kind, helped.giver) == (Component.HELP, "challenge", "ben")


def test_a_bridge_counts_only_beside_something_in_common():
    apart = {"organization": "Acme", "role": "Baker"}, {"organization": "Beta", "role": "Pilot"}
    strangers = [profile("ana", **apart[0]), profile("ben", **apart[1])]
    linked = [profile("ana", school="ETH", **apart[0]), profile("ben", school="ETH", **apart[1])]
    found = {said.component for said in explain(linked, "ana", "ben").contributions}
    assert scores(strangers)["ana", "ben"] == round(BASE * FULL)
    assert found == {Component.SHARED, Component.BRIDGE, Component.BASE}


def test_people_who_met_before_are_worth_less_and_only_they():
    before, after = scores(ROOM), scores(ROOM, met=[("cyd", "ana")])
    assert after["ana", "cyd"] < before["ana", "cyd"]
    assert {pair for pair in before if after[pair] != before[pair]} == {("ana", "cyd")}


def test_rivals_are_worth_less_than_the_same_people_in_different_trades():
    def pair(industry):
        return [
            profile("ana", school="ETH", role="Baker", industry="bread", organization="Acme"),
            profile("ben", school="ETH", role="Baker", industry=industry, organization="Beta"),
        ]

    gates = [explain(pair(industry), "ana", "ben").gate for industry in ("bread", "ships")]
    assert gates == [600_000, FULL]


def test_rivals_who_both_agreed_to_meet_are_not_held_back():
    def gate(*agreed):
        people = [
            profile(name, role="Baker", industry="bread", organization=name)
            for name in ("ana", "ben")
        ]
        people = [replace(each, meets_rivals=each.id in agreed) for each in people]
        return explain(people, "ana", "ben").gate

    assert [gate(), gate("ana"), gate("ana", "ben")] == [600_000, 600_000, FULL]


def test_those_who_met_long_ago_are_worth_more_than_lately_and_less_than_new():
    met, newer = ("ana", "cyd"), {("ana", "ben"): "2026-05-01"}
    gates = [
        AffinityModel(ROOM, relations=Relations(met=frozenset({met}), ties=newer | {met: day}))
        .explain([met])[met]
        .gate
        for day in ("2025-05-01", "2021-05-01")
    ]
    assert gates == [600_000, 800_000] and explain(ROOM, "ana", "cyd").gate == FULL


def test_colleagues_are_gated_where_the_rule_is_off():
    people = [profile(name, organization="Acme", school="ETH") for name in ("ana", "ben")]
    assert explain(people, "ana", "ben").gate == 150_000


@pytest.mark.parametrize("pair", list(itertools.combinations("ana ben cyd dee eli fay".split(), 2)))
def test_contributions_sum_exactly_and_agree_with_the_table(pair):
    found = explain(ROOM, *pair)
    assert sum(said.points for said in found.contributions) == found.affinity == scores(ROOM)[pair]
    assert all(said.points >= 0 for said in found.contributions)


@pytest.mark.parametrize("weights", [(60, 20, 10, 10), (0, 100, 0, 0), (0, 0, 0, 1)])
@pytest.mark.parametrize("pair", [("ana", "ben"), ("ana", "cyd"), ("dee", "eli")])
def test_contributions_sum_exactly_whatever_the_organizer_weighs(weights, pair):
    model, plain = AffinityModel(ROOM, weights=weights), explain(ROOM, *pair)
    found = model.explain([pair])[pair]
    assert sum(said.points for said in found.contributions) == found.affinity
    assert [found.affinity] == model.table().of_ids([pair]) != [plain.affinity]
    said = {(each.component, each.value, each.giver) for each in plain.contributions}
    assert {(each.component, each.value, each.giver) for each in found.contributions} == said


def test_only_the_relations_of_weights_matter():
    usual, same, other = (
        AffinityModel(ROOM, weights=weights).table().value.tolist()
        for weights in ((30, 45, 15, 10), (60, 90, 30, 20), (20, 55, 15, 10))
    )
    assert usual == same == AffinityModel(ROOM).table().value.tolist() != other


def test_a_component_is_worth_its_weight_at_most():
    wished = AffinityModel(ROOM, relations=wish("eli", "fay"), weights=(30, 30, 0, 40))
    assert wished.explain([("eli", "fay")])["eli", "fay"].affinity == 20_000 + 392_000


# Metamorphic tests: what a change of the input must and must not change.


def test_order_of_people_changes_nothing():
    assert scores(ROOM) == scores(ROOM[::-1])


def test_adding_an_offer_that_meets_a_need_raises_that_pair():
    people = [profile("ana", need="cellos"), profile("ben", city="Graz"), profile("cyd")]
    helpful = [people[0], profile("ben", city="Graz", offer="cellos"), people[2]]
    before, after = scores(people), scores(helpful)
    assert after["ana", "ben"] > before["ana", "ben"]
    assert {pair for pair in before if after[pair] != before[pair]} == {("ana", "ben")}


def test_renaming_a_value_everywhere_changes_nothing():
    renamed = [
        replace(
            person,
            traits=tuple(
                replace(trait, text="Wasps", value="wasps") if trait.value == "bees" else trait
                for trait in person.traits
            ),
        )
        for person in ROOM
    ]
    assert scores(renamed) == scores(ROOM)


def test_a_value_that_everybody_holds_changes_no_rank():
    room = [
        replace(person, traits=person.traits + profile("x", language="German").traits)
        for person in ROOM
    ]
    assert ranks(scores(room)) == ranks(scores(ROOM))


@given(
    st.lists(
        st.lists(st.sampled_from(["a", "b", "c d", "d e"]), min_size=1, max_size=3),
        min_size=2,
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_any_room_sums_exactly(values, rng):
    kinds = ("school", "hobby", "need", "offer", "challenge", "experience", "role")
    people = [
        profile(f"p{at}", **{rng.choice(kinds): "; ".join(sorted(set(mine)))})
        for at, mine in enumerate(values)
    ]
    model = AffinityModel(people)
    table, pairs = model.table(), list(itertools.combinations(model.graph.ids, 2))
    found = model.explain(pairs)
    assert [found[pair].affinity for pair in pairs] == table.of_ids(pairs)
    assert all(
        sum(s.points for s in said.contributions) == said.affinity for said in found.values()
    )


@pytest.mark.parametrize(
    ("a", "b", "value", "says"),
    [
        ([1], [0], [5], "0 <= a < b"),
        ([0, 0], [1, 1], [5, 5], "unique"),
        ([0], [2], [5], "len"),
        ([0], [1], [-1], "between"),
        ([0], [1], [FULL + 1], "between"),
        ([0], [1], [], "one entry"),
    ],
)
def test_a_table_that_later_stages_would_misread_is_refused(a, b, value, says):
    with pytest.raises(ProfileError, match=says):
        Affinities(ids=("x", "y"), a=np.array(a), b=np.array(b), value=np.array(value))


def test_a_wish_is_worth_its_weight_and_contributions_still_sum():
    plain, wished = (
        AffinityModel(ROOM, relations=wishes).explain([("eli", "fay")])["eli", "fay"]
        for wishes in (NO_RELATIONS, wish("eli", "fay"))
    )
    share = {said.component: said.points for said in wished.contributions}
    assert plain.affinity == round(BASE * FULL)
    assert wished.affinity == round((BASE + (1 - BASE) * 0.10) * FULL)
    assert share == {Component.BASE: plain.affinity, Component.ORGANIZER: 98_000}


def test_a_wish_raises_that_pair_alone_and_lists_it():
    before, table = scores(ROOM), AffinityModel(ROOM, relations=wish("eli", "fay")).table()
    after = dict(zip(before, table.of_ids(before), strict=True))
    assert {pair for pair in before if before[pair] != after[pair]} == {("eli", "fay")}
    assert (4, 5) in set(zip(table.a.tolist(), table.b.tolist(), strict=True))


def test_a_newcomer_and_a_host_are_worth_six_tenths_of_a_wish():
    room = [replace(each, newcomer=each.id == "eli", host=each.id == "fay") for each in ROOM]
    before, table = scores(ROOM), AffinityModel(room).table()
    after = dict(zip(before, table.of_ids(before), strict=True))
    assert {pair for pair in before if before[pair] != after[pair]} == {("eli", "fay")}
    assert after["eli", "fay"] - before["eli", "fay"] == 58_800
    assert sum(said.points for said in explain(room, "eli", "fay").contributions) == 78_800
    wished = AffinityModel(room, relations=wish("eli", "fay")).explain([("eli", "fay")])
    assert wished["eli", "fay"].affinity == 20_000 + 98_000


def test_who_is_newcomer_and_host_welcomes_others_alone():
    both = [profile(name, city=name) for name in ("ana", "ben")]
    both = [replace(both[0], newcomer=True, host=True), both[1]]
    assert scores(both)["ana", "ben"] == round(BASE * FULL)


def test_in_a_crowd_hosts_take_turns_and_nothing_differs_from_its_explanation(monkeypatch):
    monkeypatch.setattr("matcher.affinity.model.EXACT_UP_TO", 10)
    monkeypatch.setattr("matcher.affinity.model.HOSTS", 2)
    people = [
        replace(profile(f"p{at:02}", city=f"x{at}"), newcomer=at < 6, host=at >= 6)
        for at in range(12)
    ]
    model = AffinityModel(people)
    table = model.table()
    welcomed = np.concatenate([table.a, table.b])
    counts = np.bincount(welcomed, minlength=12).tolist()
    assert counts == [2] * 12
    pairs = list(itertools.combinations(model.graph.ids, 2))
    found = model.explain(pairs)
    assert [found[pair].affinity for pair in pairs] == table.of_ids(pairs)


def urgent(person, urgency, **answers):
    made = profile(person, **answers)
    return replace(made, traits=tuple(replace(each, urgency=urgency) for each in made.traits))


def test_a_less_urgent_need_counts_less_and_is_no_less_sure():
    offer = profile("ben", offer="cellos")
    usual, half = (
        explain([urgent("ana", urgency, need="cellos"), offer], "ana", "ben")
        for urgency in (1, 0.5)
    )
    base = round(BASE * FULL)
    assert 2 * (half.affinity - base) == usual.affinity - base
    assert [each.certainty for each in half.contributions] == [FULL, FULL]


def test_of_two_needs_that_are_met_the_urgent_one_counts_first():
    ana = replace(
        profile("ana"),
        traits=(*urgent("x", 0.2, need="bread").traits, *profile("x", need="cellos").traits),
    )
    found = explain([ana, profile("ben", offer="bread; cellos")], "ana", "ben")
    helped = [each.value for each in found.contributions if each.component is Component.HELP]
    plain = explain([profile("ana", need="cellos"), profile("ben", offer="cellos")], "ana", "ben")
    assert helped == ["cellos", "bread"]
    assert sum(each.points for each in found.contributions) == found.affinity == plain.affinity


@pytest.mark.parametrize("urgency", [0, -0.5, 1.1])
def test_urgency_is_above_0_and_1_at_most(urgency):
    with pytest.raises(ProfileError, match="above 0, to 1"):
        urgent("ana", urgency, need="cellos")


def test_wishes_of_people_who_are_not_there_change_nothing():
    table = AffinityModel(
        ROOM, relations=Relations(wishes=frozenset({("ana", "zoe"), ("ana", "ana")}))
    ).table()
    assert (table.value == AffinityModel(ROOM).table().value).all()
