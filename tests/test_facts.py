"""Which answers may stand in a printed sentence."""

import pytest
from build_profiles import profile

from matcher.fields import AREAS, FIELDS, Visibility
from matcher.questions import LANGUAGES, load_deny_list, load_wording
from matcher.questions.facts import NAMED, QUOTED, SLOT, WARMTH, Facts, tidy

FACTS = Facts(load_wording("en"), load_deny_list(LANGUAGES))


def facts(visibility=Visibility.PRINT, **answers):
    return [(fact.slot, fact.text) for fact in FACTS.of(profile("ana", visibility, **answers))]


def test_warmest_areas_come_first():
    ana = {"city": "Graz", "hobby": "bees; chess", "organization": "Haddad & Ruiz"}
    assert facts(**ana) == [
        ("hobby", "bees"),
        ("hobby", "chess"),
        ("city", "Graz"),
        ("org", "Haddad & Ruiz"),
    ]


def test_every_area_has_its_warmth():
    assert sorted(WARMTH) == sorted(AREAS)


@pytest.mark.parametrize("visibility", [Visibility.MATCH, Visibility.ORGANIZER, Visibility.OFF])
def test_what_is_not_to_be_printed_is_no_fact(visibility):
    assert facts(visibility, city="Graz") == []


def test_the_language_of_the_card_is_nothing_to_ask_about():
    assert facts(language="English; Dutch") == [("language", "Dutch")]
    assert facts(language="English (native)") == []
    german = Facts(load_wording("de"), load_deny_list(LANGUAGES))
    ana = profile("ana", language="Deutsch; Englisch")
    assert [fact.text for fact in german.of(ana)] == ["Englisch"]


def test_a_level_of_a_language_is_left_out():
    assert facts(language="German (B2)") == [("language", "German")]
    assert facts(city="Halle (Saale)") == [("city", "Halle (Saale)")]


def test_offers_fill_no_question():
    assert facts(offer="sound design") == []


@pytest.mark.parametrize(
    "text",
    [
        "Sr. Firmware Engineer",
        "AI & Advanced Analytics",
        "Urban planning",
        "a game about tides",
        "San Jose, CA",
        "C++",
        ".NET",
        "R",
        "200k homes",
        "Français",
        "Universität Zürich",
        "x" * 32,
        "one two three four five",
    ],
)
def test_real_answers_fit(text):
    assert FACTS.problem(text, SLOT) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * 33, "long"),
        ("one two three four five six", "long"),
        ("why not?", "signs"),
        ("tea {city}", "signs"),
        ('maps, "anything GIS"', "signs"),
        ("Founders; co-investors", "signs"),
        ("ops 🍏", "signs"),
        ("chu\u200brch", "signs"),
        ("\u202edaolps", "signs"),
        ("www.seedbed.example", "contact"),
        ("seedbed.org", "contact"),
        ("ana@example.org", "contact"),
        ("+43 316 123456", "contact"),
        ("class of 2009", "year"),
        ("２００９", "year"),
        ("95 %", "score"),
        ("9/10", "score"),
        ("東京", "script"),
        ("сhess", "script"),
        ("12", "no fact"),
        ("N/A", "no fact"),
        ("None.", "no fact"),
        ("my garden", "first person"),
        ("I like bees", "first person"),
        ("Pride network", "sexuality"),
        ("Church choir", "religion"),
        ("a new job", "quiet"),
    ],
)
def test_other_answers_do_not(text, code):
    assert FACTS.problem(text, SLOT) == code


def test_freelance_is_no_organization_but_may_be_a_topic():
    assert FACTS.problem("Freelance", SLOT, "org") == "no fact"
    assert FACTS.problem("Freelance", SLOT, "topic") is None


def test_reasons_have_more_room_than_questions_and_quotes_may_say_i():
    long = "University of California, San Diego"
    assert (FACTS.problem(long, SLOT), FACTS.problem(long, NAMED)) == ("long", None)
    spoken = "I can teach cooking"
    assert (FACTS.problem(spoken, NAMED), FACTS.problem(spoken, QUOTED)) == ("first person", None)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("  sound\n design ", "sound design"),
        ("- bees,", "bees"),
        ("Leak detection from acoustic data.", "Leak detection from acoustic data"),
        ("Acme Inc.", "Acme Inc."),
        (".NET", ".NET"),
        ("C++", "C++"),
    ],
)
def test_tidy(typed, printed):
    assert tidy(typed) == printed


def test_every_slot_of_the_field_table_can_be_filled():
    for field in FIELDS:
        if field.slot:
            assert facts(**{field.name: "tea"}) == [(field.slot, "tea")]


def test_a_language_is_called_as_the_card_calls_it():
    ana = profile("ana", language="Nederlands (B2); Klingon")
    for language, name in (("de", "Niederländisch"), ("fr", "néerlandais"), ("es", "neerlandés")):
        found = Facts(load_wording(language), load_deny_list(LANGUAGES)).of(ana)
        assert [fact.text for fact in found] == [name, "Klingon"]
