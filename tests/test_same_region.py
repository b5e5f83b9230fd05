"""Places that lie in the same region or country: worth less than the same town, said truthfully."""

from itertools import combinations

import numpy as np
import pytest
from build_plans import pair, plan, shared
from build_profiles import profile
from hypothesis import given
from hypothesis import strategies as st
from writing import ANA, BEN, crowd, write

from events.affinity_file import write_affinities
from events.model import Answer, Attendee
from events.pipeline import affinity_model
from events.profiles import to_profile
from matcher.affinity import AffinityModel, Component
from matcher.affinity.table import SAME_COUNTRY, SAME_REGION
from matcher.canon import PLACES
from matcher.fields import Visibility
from matcher.graph import ProfileGraph
from matcher.questions import LANGUAGES
from matcher.questions.template import visible
from matcher.questions.wording import load_wording

PRINT = Visibility.PRINT
TOWNS = {
    "ana": "Bilbao; Sevilla",
    "ben": "Bilbao; Sevilla; Lyon",
    "cyd": "Vitoria-Gasteiz",
    "dee": "Madrid",
}
ROOM = [profile(each, lived=towns) for each, towns in TOWNS.items()]
ROOM += [profile(f"p{at}", lived="Osaka") for at in range(9)]


def facts(one, other):
    """What two people share: value, how, points; with their affinity and what it sums to."""
    found = AffinityModel(ROOM).explain([(one, other)])[one, other]
    said = [each for each in found.contributions if each.component is Component.SHARED]
    assert sum(each.points for each in found.contributions) == found.affinity
    return [(each.value, each.how) for each in said], sum(each.points for each in said)


def test_how_two_places_match_is_told_for_each():
    assert facts("ana", "cyd")[0] == [("geo:ES.59", SAME_REGION)]
    assert facts("ana", "dee")[0] == [("geo:ES", SAME_COUNTRY)]
    assert [how for _, how in facts("ana", "ben")[0]] == ["same words", "same words"]


def test_affinities_are_as_great_as_their_reasons():
    model = AffinityModel(ROOM)
    for one, other in (("ana", "ben"), ("ana", "cyd"), ("ben", "dee")):
        explained = model.explain([(one, other)])[one, other].affinity
        assert model.table().of_ids([(one, other)]) == [explained]
    worth = [facts("ana", other)[1] for other in ("ben", "cyd", "dee")]
    assert worth == sorted(set(worth), reverse=True)


def test_the_file_of_affinities_names_the_place():
    people = [
        Attendee(
            id=each, name=each, answers=(Answer(field="city", texts=(town,), visibility=PRINT),)
        )
        for each, town in (("ana", "Bilbao"), ("ben", "Vitoria-Gasteiz"), ("cyd", "Osaka"))
    ]
    written = write_affinities(affinity_model(people)).decode()
    assert "city: Bilbao / Vitoria-Gasteiz (same region: País Vasco)" in written


def living(**towns):
    """Profiles of people who live there, as they come from their answers."""
    return [
        to_profile(Attendee(id=each, name=each, answers=(city(town),)))
        for each, town in towns.items()
    ]


def city(town):
    return Answer(field="city", texts=(town,), visibility=PRINT)


def test_a_name_that_may_be_elsewhere_says_where_if_nobody_named_that_country():
    italy = living(a="Naples", b="Verona", c="Osaka", d="Kyoto", e="Graz")
    ((node, _, _),) = ProfileGraph(italy).shared("a", "b")
    assert node.value == "geo:IT"
    florida = living(a="Naples", b="Verona", c="Fort Myers, FL", d="Tampa", e="Graz")
    assert ProfileGraph(florida).shared("a", "b") == []


def test_whoever_says_where_does_not_decide_for_those_who_do_not():
    people = living(a="Naples", b="Naples, Italy", c="Verona, Italy", d="Tampa, FL", e="Graz")
    graph = ProfileGraph(people)
    ((node, _, _),) = graph.shared("a", "b")
    assert graph.shared("b", "c") == []
    product = graph.biadjacency() @ graph.biadjacency().T
    assert np.isclose(product[0, 1], graph.strength(node))


AMBIGUOUS = (
    "Naples|Naples, FL|Rome|Tampa|Florida|Italy|New York|NYC|Portland|London|Ontario|Toronto"
)


@given(
    st.lists(
        st.lists(
            st.sampled_from([*AMBIGUOUS.split("|"), "London, Ontario", "Paris", "Lyon", "Texas"]),
            min_size=1,
            max_size=3,
        ),
        min_size=2,
        max_size=7,
    )
)
def test_any_places_are_worth_what_their_reasons_are_worth(lived):
    people = [
        to_profile(
            Attendee(
                id=f"p{at}",
                name="P",
                answers=(Answer(field="lived", texts=tuple(towns), visibility=PRINT),),
            )
        )
        for at, towns in enumerate(lived)
    ]
    graph = ProfileGraph(people)
    product = (graph.biadjacency() @ graph.biadjacency().T).toarray()
    for one, other in combinations(range(len(people)), 2):
        common = graph.common(f"p{one}", f"p{other}")
        added = [graph.added_strength(node) for node in common]
        assert all(each >= 0 for each in added)
        assert np.isclose(product[one, other], sum(added))
        narrowest = [graph.strength(fact[0]) for fact in graph.shared(f"p{one}", f"p{other}")]
        assert sum(added) <= sum(narrowest) + 1e-9


def reasons(how, value, **chosen):
    """What Ana's card and the organizer read of a place that both of theirs lie in."""
    place = shared("city", value, how=how, texts=("Bilbao", "Vitoria"))
    told = pair("ana", "ben", place)
    written = write([ANA, BEN, *crowd(8)], plan(["ana ben"]), told, **chosen)
    first = next(each for each in written.introductions if each.reader == "ana")
    return visible(first.reasons[0]), visible(written.pair_reasons["ana", "ben"])


def test_a_card_names_the_region_and_quotes_both():
    assert reasons(SAME_REGION, "Basque Country") == (
        "You and Ben are based in the same region (País Vasco): you in “Bilbao”, Ben in “Vitoria”.",
        "Ana and Ben are based in the same region (País Vasco): Ana in “Bilbao”, Ben in “Vitoria”.",
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Sie und Ben wohnen im selben Land, Spanien: „Bilbao“ und „Vitoria“."),
        ("fr", "Ben et vous habitez dans le même pays, Espagne : « Bilbao » et « Vitoria »."),
        ("es", "Ben vive en el mismo país, España: «Bilbao», «Vitoria»."),
    ],
)
def test_countries_are_named_in_the_language_of_the_card(language, sentence):
    assert reasons(SAME_COUNTRY, "Spain", language=language)[0].replace("\u00a0", " ") == sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_sentence_for_each_kind_of_place(language):
    for kind in PLACES:
        variants = load_wording(language).shared[kind]
        for name in ("region", "country"):
            assert "{value}" in variants[name]
            assert "{name}" in variants[name]
            assert "{value}" in variants[f"pair_{name}"]
