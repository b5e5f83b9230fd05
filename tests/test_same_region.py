"""Places that lie in the same region or country: worth less than the same town, said truthfully."""

import pytest
from build_plans import pair, plan, shared
from build_profiles import profile
from writing import ANA, BEN, crowd, write

from events.affinity_file import write_affinities
from events.model import Answer, Attendee
from matcher.affinity import AffinityModel, Component
from matcher.affinity.table import SAME_COUNTRY, SAME_REGION
from matcher.canon import PLACES
from matcher.fields import Visibility
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
    written = write_affinities(people).decode()
    assert "city: Bilbao / Vitoria-Gasteiz (same region: País Vasco)" in written


def reasons(how, value, **chosen):
    """What Ana's card and the organizer read of a place that both of theirs lie in."""
    place = shared("city", value, how=how, texts=("Bilbao", "Vitoria"))
    told = pair("ana", "ben", place)
    written = write([ANA, BEN, *crowd(8)], plan(["ana ben"]), told, **chosen)
    first = next(each for each in written.introductions if each.reader == "ana")
    return visible(first.reasons[0]), visible(written.pair_reasons["ana", "ben"])


def test_a_card_names_the_region_and_quotes_both():
    assert reasons(SAME_REGION, "Basque Country") == (
        "You and Ben are based in the same region, País Vasco: “Bilbao”, and in Ben’s words "
        "“Vitoria”.",
        "Ana and Ben are based in the same region, País Vasco: “Bilbao”, and in Ben’s words "
        "“Vitoria”.",
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Auch Ben nennt einen Wohnort in demselben Land, Spanien: „Bilbao“ und „Vitoria“."),
        ("fr", "Ben cite aussi une ville dans le même pays, Espagne : « Bilbao » et « Vitoria »."),
        ("es", "Ben también nombra una ciudad en el mismo país, España: «Bilbao» y «Vitoria»."),
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
