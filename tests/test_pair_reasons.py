"""What the organizer reads of a pair: the third person, and nothing that a card would not print."""

from dataclasses import replace

import pytest
from build_plans import help_, pair, plan, shared
from build_profiles import profile
from writing import ANA, BEN, crowd, write

from matcher.fields import Visibility
from matcher.questions import LANGUAGES
from matcher.questions.template import visible
from matcher.questions.wording import load_wording

MATCH = Visibility.MATCH


def reason(*contributions, others=0, people=(ANA, BEN), **chosen):
    """The reason of Ana and Ben; `others` more people are at the event."""
    tables = [f"p{at:03d} p{at + 1:03d}" for at in range(0, others, 2)]
    told = pair("ana", "ben", *contributions)
    written = write([*people, *crowd(others)], plan(["ana ben", *tables]), told, **chosen)
    return visible(written.pair_reasons["ana", "ben"])


@pytest.mark.parametrize(
    ("holders", "others", "sentence"),
    [
        (3, 46, "Ana and Ben have both lived in Trieste (3 of 48 say so)."),
        (2, 46, "Ana and Ben have both lived in Trieste (2 of 48 say so)."),
        (17, 46, "Ana and Ben have both lived in Trieste."),
        (2, 4, "Ana and Ben have both lived in Trieste."),
    ],
)
def test_a_shared_fact_is_counted_by_the_rule_of_the_cards(holders, others, sentence):
    assert reason(shared("lived", "Trieste", holders=holders), others=others) == sentence


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Ana and Ben have both lived in Trieste (3 of 48 say so)."),
        ("de", "Trieste: Dort haben Ana und Ben gelebt (3 von 48 Menschen hier)."),
        ("fr", "Trieste\u00a0: Ana et Ben y ont vécu (3 personnes sur 48)."),
        ("es", "Trieste: tanto Ana como Ben han vivido allí (3 de 48 personas)."),
    ],
)
def test_it_is_in_the_main_language(language, sentence):
    trieste = shared("lived", "Trieste", holders=3)
    assert reason(trieste, others=46, language=language) == sentence


def test_different_words_are_both_quoted_with_their_owner():
    assert reason(shared("school", "UCL", "University College London")) == (
        "Ana and Ben share a place of study: “UCL”, and in Ben’s words “University College London”."
    )


def test_whoever_seeks_is_named_first_whoever_reads():
    assert reason(help_("ana", "a bakery", "bread ovens")) == (
        "Ben is looking for “bread ovens”; Ana offers “a bakery”."
    )
    assert reason(help_("ben", "a bakery", "bread ovens")) == (
        "Ana is looking for “a bakery”; Ben offers “bread ovens”."
    )
    assert reason(help_("ben", "a bakery", "A bakery")) == (
        "Ana is looking for “a bakery”; Ben offers just that."
    )


def test_the_strongest_that_may_be_shown_is_taken():
    quiet = shared("lived", "Trieste", points=90, visibility=MATCH)
    listed = shared("hobby", "our church choir", points=80)
    assert reason(quiet, listed, shared("city", "Graz", points=10)) == (
        "Ana and Ben are both based in Graz."
    )
    assert reason(quiet, listed) == reason() == ""


def test_a_name_is_exempt_from_the_deny_list():
    faith = replace(ANA, given_name="Faith Church")
    assert reason(shared("city", "Graz"), people=(faith, BEN)) == (
        "Faith Church and Ben are both based in Graz."
    )


def test_at_a_table_of_three_the_sentence_says_which_two():
    told = pair("ana", "ben", shared("lived", "Trieste", holders=3))
    people = [ANA, BEN, profile("cleo"), *crowd(46)]
    tables = [f"p{at:03d} p{at + 1:03d}" for at in range(0, 46, 2)]
    reasons = write(people, plan(["ana ben cleo", *tables]), told).pair_reasons
    assert visible(reasons["ana", "ben"]) == "Ana and Ben have both lived in Trieste."
    assert reasons["ana", "cleo"] == reasons["ben", "cleo"] == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_for_the_organizer_names_both(language):
    wording = load_wording(language)
    for table in (wording.shared, wording.help):
        for variants in table.values():
            for variant, text in variants.items():
                names = {"{first}", "{second}"} if "pair" in variant else set()
                assert {name for name in ("{first}", "{second}") if name in text} == names, text
                assert not (names and "{name}" in text), text
