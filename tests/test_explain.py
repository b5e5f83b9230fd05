"""Introductions in words: headlines, reasons, offers, trios, and what is never said."""

from dataclasses import replace

import pytest
from build_plans import help_, pair, plan, random_plan, shared
from build_profiles import profile
from writing import ANA, BEN, TWO, card, crowd, nothing_in_common, said, write

from matcher.errors import BankError
from matcher.explain import write_introductions
from matcher.fields import FIELDS, Visibility
from matcher.questions import Style, deny, load_bank
from matcher.questions.lint import word_count
from matcher.questions.template import visible
from matcher.settings import Settings

MATCH = Visibility.MATCH


# --- headline and reasons -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("holders", "others", "headline"),
    [
        (2, 46, "Of 48 people here, only you two say you have lived in Trieste."),
        (3, 46, "Of 48 people here, three say they have lived in Trieste. You are two of them."),
        (17, 46, "You and Ben have both lived in Trieste."),
        (2, 4, "You and Ben have both lived in Trieste."),
    ],
)
def test_a_shared_fact_is_counted_where_a_count_says_something(holders, others, headline):
    entry = card(shared("lived", "Trieste", holders=holders), others=others)
    assert visible(entry.headline) == headline


def test_a_count_knows_only_those_who_let_it_be_printed():
    trieste = replace(shared("lived", "Trieste", holders=3), holders=9)
    assert ", three say they" in card(trieste, others=46).headline


def test_different_words_are_both_quoted():
    entry = card(shared("school", "UCL", "University College London"), others=46)
    assert visible(entry.headline) == (
        "You and Ben share a place of study: “UCL”, and in Ben’s words “University College London”."
    )


def test_the_headline_has_most_points_and_reasons_keep_their_order():
    entry = card(shared("city", "Graz", points=10), shared("hobby", "bees", points=90))
    assert [visible(reason) for reason in entry.reasons] == [
        "You and Ben both spend free time on bees.",
        "You and Ben are both based in Graz.",
    ]
    assert entry.headline == entry.reasons[0]


def test_what_may_not_be_printed_gives_no_reason():
    entry = card(shared("lived", "Trieste", visibility=MATCH), shared("hobby", "bees", points=1))
    assert entry.reasons == (entry.headline,)
    assert "Trieste" not in said(entry)


def test_without_a_reason_the_headline_claims_nothing():
    entry = card()
    assert entry.reasons == ()
    assert entry.headline in load_bank("en").wording.no_reason


@pytest.mark.parametrize("kind", [field.name for field in FIELDS if field.is_shared])
def test_every_kind_of_shared_fact_has_its_words(kind):
    assert "tea" in card(shared(kind, "tea")).headline


def test_help_is_told_from_both_sides():
    meets = pair("ana", "ben", help_("ana", "sound design", "a voice for my film"))
    mine, theirs = write([ANA, BEN], TWO, meets).introductions
    assert visible(mine.headline) == (
        "Ben is looking for “a voice for my film”, and you offer “sound design”."
    )
    assert visible(theirs.headline) == (
        "You are looking for “a voice for my film”, and Ana offers “sound design”."
    )


def test_help_in_the_same_words_says_them_once():
    assert visible(card(help_("ana", "chess lessons", "Chess lessons")).headline) == (
        "Ben is looking for “Chess lessons”, and you offer just that."
    )


def test_help_that_is_not_sure_is_not_claimed():
    assert card(help_("ana", "wiring", "a home for cups", certainty=799_999)).reasons == ()
    assert len(card(help_("ana", "wiring", "a home for cups", certainty=800_000)).reasons) == 1


def test_people_are_exempt_from_the_deny_list():
    faith = replace(BEN, name="Faith Church", given_name="Faith")
    entry = card(shared("hobby", "bees"), people=(ANA, faith))
    assert visible(entry.headline) == "You and Faith both spend free time on bees."


def test_values_and_names_stand_in_isolates():
    layla = replace(BEN, name="ليلى", given_name="ليلى")
    headline = card(shared("hobby", "bees"), people=(ANA, layla)).headline
    assert headline == "You and \u2068ليلى\u2069 both spend free time on \u2068bees\u2069."


# --- offers ---------------------------------------------------------------------------------------


def offer(*contributions, people=(ANA, BEN)):
    entry = card(*contributions, people=people)
    return entry.offer and visible(entry.offer)


def test_an_offer_is_conditional_short_and_in_the_givers_words():
    text = offer(help_("ana", "sound design", "a voice over"))
    assert text.startswith("If ")
    assert text.endswith(".")
    assert "“sound design”" in text
    assert word_count(text) <= 20


def test_a_challenge_meets_experience():
    text = offer(help_("ana", "a flood in the shop", "a flood", kind="challenge"))
    assert text.startswith("If ")
    assert "flood" in text


@pytest.mark.parametrize(
    "contribution",
    [
        help_("ben", "a voice over", "sound design"),
        help_("ana", "sound design", "a voice over", visibility=MATCH),
        help_("ana", "sound design", "a voice over", certainty=799_999),
        shared("hobby", "bees"),
    ],
)
def test_nothing_else_is_offered(contribution):
    assert offer(contribution) is None


def test_a_pitch_is_shown_to_the_organizer_and_not_printed():
    pitch = pair("ana", "ben", help_("ana", "free demo of a robot", "a robot"))
    written = write([ANA, profile("ben", city="Graz")], TWO, pitch)
    assert [entry.offer for entry in written.introductions] == [None, None]
    assert written.notices[-1] == (
        "Ana: the offer “free demo of a robot” stays off the cards, because “demo” reads like a "
        "pitch. A milder wording: a look at how it works."
    )


def test_an_offer_does_not_advertise_the_givers_organization():
    working = profile("ana", organization="Robotix")
    assert offer(help_("ana", "a Robotix robot", "a robot"), people=(working, BEN)) is None


# --- trios, sit-outs, order -----------------------------------------------------------------------


def test_in_a_trio_each_starts_with_one_and_is_started_with_once():
    written = write(crowd(3), plan(["p000 p001 p002"]))
    blocks = {
        (entry.reader, entry.partner): len(entry.questions) for entry in written.introductions
    }
    assert blocks == {
        ("p000", "p001"): 3,
        ("p000", "p002"): 1,
        ("p001", "p000"): 1,
        ("p001", "p002"): 3,
        ("p002", "p000"): 3,
        ("p002", "p001"): 1,
    }


def test_the_reader_of_a_trio_has_one_card_and_at_most_one_offer():
    people = [profile("ana"), profile("ben"), profile("cem")]
    helps = [
        pair("ana", other, help_("ana", "sound design", "a voice over")) for other in ("ben", "cem")
    ]
    entries = write(people, plan(["ana ben cem"]), *helps).introductions
    assert [entry.card for entry in entries] == ["1-01-A"] * 2 + ["1-01-B"] * 2 + ["1-01-C"] * 2
    assert [entry.offer is not None for entry in entries[:2]] == [True, False]


def test_in_a_trio_the_reason_names_whom_it_is_about():
    planned = plan(["ana ben cem"], *[[f"p{at:03d} p{at + 1:03d}"] for at in range(0, 20, 2)])
    people = [ANA, BEN, profile("cem"), *crowd(20)]
    written = write(people, planned, pair("ana", "ben", shared("lived", "Trieste")))
    assert visible(written.introductions[0].headline) == "You and Ben have both lived in Trieste."


def test_a_sit_out_is_a_card_of_its_own_after_the_tables():
    planned = plan(["ana ben"], ["ben cem"], sit_outs=[(1, "cem"), (2, "ana")])
    entries = write([ANA, BEN, profile("cem")], planned).introductions
    assert [(entry.card, entry.reader, entry.partner) for entry in entries] == [
        ("1-01-A", "ana", "ben"),
        ("1-01-B", "ben", "ana"),
        ("1-P01", "cem", None),
        ("2-01-A", "ben", "cem"),
        ("2-01-B", "cem", "ben"),
        ("2-P01", "ana", None),
    ]
    pause = entries[2]
    assert (pause.table, pause.headline, pause.questions, pause.offer) == (None, None, (), None)


def test_the_same_input_gives_the_same_words_in_any_order():
    people = crowd(9, hobby="bees; chess", city="Graz", need="a kite")
    planned = random_plan(9, 6, 5)
    assert write(people, planned) == write(people[::-1], planned)
    assert write(people, planned) != write(people, planned, seed=1)


# --- the organizer's own words --------------------------------------------------------------------


def test_a_banned_word_stands_on_no_card():
    people = crowd(8, hobby="bees; Blockchain games")
    planned = random_plan(8, 6, 8)
    pairs = nothing_in_common(planned)
    written = write_introductions(
        planned, people, pairs, Settings(), Style(banned=("blockchain*", "would you"))
    )
    texts = " ".join(said(entry).casefold() for entry in written.introductions)
    assert "bees" in texts
    assert "blockchain" not in texts
    assert "would you" not in texts
    assert "8 answers stay off the cards for a word you banned" in written.notices[-1]


def test_own_questions_are_preferred_where_they_fit():
    own = """language = "en"
[[template]]
id = "own-1"
area = "hobby"
stage = "open"
slots = ["hobby"]
text = "What would the old mill look like with {hobby} in it?"
"""
    ben = profile("ben", hobby="bees")
    entry = write_introductions(
        TWO, [ANA, ben], nothing_in_common(TWO), Settings(), Style(own={"en": own})
    ).introductions[0]
    assert visible(entry.questions[0].text) == "What would the old mill look like with bees in it?"


# --- what must never be printed -------------------------------------------------------------------


def test_match_only_answers_leave_no_trace():
    kinds = [field.name for field in FIELDS if field.purpose.is_trait]
    hidden = {kind: f"secret{kind.replace('_', '')}" for kind in kinds}
    people = [profile(f"p{at:03d}", MATCH, **hidden) for at in range(10)]
    planned = random_plan(10, 6, 6)
    pairs = [
        pair(
            *key,
            *(shared(kind, text, visibility=MATCH) for kind, text in hidden.items()),
            help_(key[0], "secretoffer", "secretneed", visibility=MATCH),
        )
        for meeting in planned.meetings
        for key in meeting.pairs
    ]
    written = write(people, planned, *pairs)
    bare = write(crowd(10), planned)
    assert written == bare


NEVER = (
    *("church", "Moschee", "sindicato", "Green Party", "racism", "gay", "burnout", "Diabetes"),
    *("divorced", "enceinte", "visa", "veteran", "bankrupt", "prison", "a new job", "chômage"),
    *(
        "H.I.V.",
        "c h u r c h",
        "kerkkoor",
        "kościół",
        "12-step",
        "Freikirche",
        "ver.di",
        "onlyfans",
    ),
    *("class of 2009", "ana@example.org", "+43 316 123456", "9/10", "www.example.org"),
)


def flooded(text: str):
    """What is written for people who answered everything with `text`, and nothing with less."""
    kinds = [field for field in FIELDS if field.purpose.is_trait]
    facts = [field.name for field in kinds if field.is_shared]
    people = [profile(f"p{at:03d}", **{field.name: text for field in kinds}) for at in range(6)]
    planned = random_plan(6, 3, 7)
    pairs = [
        pair(
            *key,
            *(shared(kind, text) for kind in facts),
            help_(key[0], text, text),
            help_(key[1], text, text, kind="challenge"),
        )
        for meeting in planned.meetings
        for key in meeting.pairs
    ]
    return write(people, planned, *pairs, title=text)


@pytest.mark.parametrize("item", NEVER)
def test_what_never_is_printed_reaches_no_card_from_any_field(item):
    written = flooded(f"the {item} circle")
    assert not any(item in said(entry) for entry in written.introductions)
    assert not any(item in notice for notice in written.notices)


def test_answers_kept_off_are_counted_by_field_and_subject():
    notices = flooded("the burnout circle").notices
    assert (
        "6 answers stay off the cards for a word about health, in “Looking for”. If the answer "
        "means something else, have it reworded."
    ) in notices


def test_without_a_deny_list_no_card_is_written(monkeypatch, tmp_path):
    monkeypatch.setattr(deny, "FOLDER", tmp_path)
    with pytest.raises(BankError, match=r"en\.toml is missing"):
        write([ANA, BEN])


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        ("en", "You and Ben both speak Dutch."),
        ("de", "Niederländisch: Das spricht auch Ben."),
        ("fr", "Néerlandais\u00a0: Ben parle aussi cette langue."),
        ("es", "Neerlandés: Ben también habla ese idioma."),
    ],
)
def test_a_language_is_called_what_the_card_calls_it(language, headline):
    dutch = replace(shared("language", "Nederlands (C1)", "Niederländisch"), value="dutch")
    entry = card(dutch, language=language)
    assert visible(entry.headline) == headline
