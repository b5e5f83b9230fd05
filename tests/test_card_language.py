"""In which language the people at a table get their cards."""

import pytest
from build_plans import pair, plan, shared
from build_profiles import profile

from matcher.explain import write_introductions
from matcher.fields import Visibility
from matcher.questions import LANGUAGES, Formality, Style, common_language, spoken
from matcher.settings import Settings
from web.cards.labels import labels_of


@pytest.mark.parametrize(
    ("listed", "codes"),
    [
        ("English", ("en",)),
        ("Dutch; English (B2)", ("en",)),
        ("Klingon", ()),
        ("Deutsch (C1); inglés", ("de", "en")),
        ("French & Spanish", ("fr", "es")),
        ("anglais et un peu de russe", ("en",)),
        ("de; EN", ("de", "en")),
    ],
)
def test_languages_are_read_from_peoples_own_words(listed, codes):
    assert spoken(profile("ana", language=listed)) == codes


def test_a_language_that_is_not_to_be_printed_does_not_decide():
    assert spoken(profile("ana", Visibility.MATCH, language="English")) == ()


@pytest.mark.parametrize(
    ("lists", "main", "chosen"),
    [
        ([["en", "de"], ["de", "en"]], "en", "en"),
        ([["fr", "de"], ["de", "fr"]], "en", "de"),
        ([["fr", "de"], ["fr", "de"]], "en", "fr"),
        ([["es", "fr", "de"], ["de", "es", "fr"], ["es", "de", "fr"]], "en", "es"),
        ([["fr"], ["de"]], "en", None),
        ([[], ["de"]], "en", None),
    ],
)
def test_the_main_language_or_the_one_with_the_best_worst_rank(lists, main, chosen):
    assert common_language(lists, main) == chosen


def test_a_tie_goes_to_the_language_that_stands_first():
    assert common_language([["fr", "de"], ["de", "fr"]], "en") == "de"


def test_every_language_of_questions_has_the_labels_of_cards():
    assert [labels_of(code).language for code in LANGUAGES] == list(LANGUAGES)


ANA = profile("ana", language="German; English", hobby="Schach")
BEN = profile("ben", language="Deutsch", hobby="Schach")


def write(people, tables, style=None, **chosen):
    planned = plan(*tables)
    found = {
        key: pair(*key, shared("hobby", "Schach"))
        for meeting in planned.meetings
        for key in meeting.pairs
    }
    return write_introductions(planned, people, found, Settings(**chosen), style or Style())


def test_both_cards_of_a_pair_are_in_the_language_they_share():
    ana, ben = write([ANA, BEN], [["ana ben"]]).introductions
    assert {ask.language for ask in (*ana.questions, *ben.questions)} == {"de"}
    assert (
        ana.headline.replace("\u2068", "").replace("\u2069", "")
        == "Schach: Damit verbringt auch Ben gern Zeit."
    )


@pytest.mark.parametrize(
    ("tone", "words"),
    [
        ("informal", "du dich dir dein deine deinen deinem"),
        ("formal", "Sie Ihnen Ihr Ihre Ihren Ihrem"),
    ],
)
def test_a_card_keeps_to_one_tone(tone, words):
    people = [
        profile(f"p{at}", language="Deutsch", hobby="Schach", city="Graz", need="Rat")
        for at in range(8)
    ]
    rounds = [[f"p{at} p{(at + turn) % 4 + 4}" for at in range(4)] for turn in range(4)]
    style = Style(formality={"de": Formality(tone)})
    written = write(people, rounds, style)
    asked = " ".join(ask.text for entry in written.introductions for ask in entry.questions)
    other = {"du", "dich", "dir"} if tone == "formal" else {"Sie", "Ihnen", "Ihr"}
    found = set(asked.replace("?", " ").replace(",", " ").split())
    assert found & set(words.split())
    assert not found & other


def test_one_person_may_hold_cards_in_several_languages_and_asks_nothing_twice():
    cem = profile("cem", language="English", hobby="Schach")
    entries = write([ANA, BEN, cem], [["ana ben"], ["ana cem"]]).introductions
    mine = [entry for entry in entries if entry.reader == "ana"]
    assert [entry.questions[0].language for entry in mine] == ["de", "en"]
    asked = [ask.template for entry in mine for ask in entry.questions]
    assert len(asked) == len(set(asked))


def test_people_without_a_common_language_get_the_main_one_and_the_organizer_hears_of_it():
    cem = profile("cem", language="Spanish", hobby="Schach")
    written = write([BEN, cem], [["ben cem"]], language="fr")
    assert {ask.language for entry in written.introductions for ask in entry.questions} == {"fr"}
    assert written.notices[0].startswith("1 pair lists no language in common")
    assert "Ben and Cem" in written.notices[0]
