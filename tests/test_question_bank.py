"""The shipped templates, the loader, the lint and the deny-lists."""

import re
from collections import Counter
from pathlib import Path

import pytest

from matcher.errors import BankError
from matcher.fields import AREAS, FIELDS
from matcher.questions import LANGUAGES, Formality, lint, load_bank, load_deny_list, read_templates
from matcher.questions.alike import clusters
from matcher.questions.deny import FOLDER
from matcher.questions.lint import RULES
from matcher.questions.template import Template
from matcher.questions.wording import load_wording

DENY = load_deny_list(LANGUAGES)
ENGLISH = load_wording("en")


def found(text, area="city", stage="open", slots=("city",), **more):
    """Codes of the rules that one template breaks."""
    entry = Template(id="x", area=area, stage=stage, text=text, slots=slots, line=1, **more)
    return [finding.code for finding in lint([entry], ENGLISH, DENY) if finding.line]


TONES = [(language, tone) for language in LANGUAGES for tone in ("informal", "formal")]


@pytest.mark.parametrize(("language", "tone"), TONES)
def test_shipped_templates_pass_the_lint(language, tone):
    bank = load_bank(language, Formality(tone))
    assert lint(bank.templates, bank.wording, DENY) == ()


@pytest.mark.parametrize(("language", "tone"), TONES)
def test_every_language_has_enough_in_either_tone(language, tone):
    counts = Counter(
        (entry.area, entry.stage) for entry in load_bank(language, Formality(tone)).templates
    )
    wanted = {(area, stage): 3 for area in AREAS for stage in ("open", "follow", "deeper")}
    wanted |= {("any", "follow"): 12, ("any", "deeper"): 12, ("need", "offer"): 3}
    assert {key: counts[key] for key, least in wanted.items() if counts[key] < least} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_id_is_the_same_kind_of_question_in_every_language(language):
    english = {entry.id: entry for entry in load_bank("en").templates}
    for entry in load_bank(language).templates:
        original = english[entry.id]
        assert (entry.area, entry.stage) == (original.area, original.stage)
        if entry.stage != "offer":
            assert (entry.slots, entry.needs) == (original.slots, original.needs), entry.id


@pytest.mark.parametrize("tone", [Formality.INFORMAL, Formality.FORMAL])
@pytest.mark.parametrize("language", LANGUAGES)
def test_wording_is_whole_and_clean(language, tone):
    wording = load_wording(language, tone)
    sentences = [*wording.no_reason]
    for table in (wording.shared, wording.help):
        sentences += [text for variants in table.values() for text in variants.values()]
    for text in sentences:
        assert text.endswith("."), text
        assert DENY.hit(text) is None, text
        assert not {"!", "?"} & {*text}, text


@pytest.mark.parametrize(
    ("language", "informal", "formal"),
    [
        ("de", r"\b([Dd]u|[Ii]hr beide)\b", r"\bSie\b"),
        ("fr", r"\b([Tt]u|toi|t’occupe)\b", r"\b(Vous|et vous|que vous|vous occupe)\b"),
        ("es", r"\btú\b", r"\b[Uu]sted\b"),
    ],
)
def test_a_sentence_that_speaks_to_its_reader_keeps_the_tone(language, informal, formal):
    close = load_wording(language, Formality.INFORMAL)
    distant = load_wording(language, Formality.FORMAL)
    for kind, variants in {**close.shared, **close.help}.items():
        others = {**distant.shared, **distant.help}[kind]
        for name, said in variants.items():
            assert not re.search(formal, said), said
            assert not re.search(informal, others[name]), others[name]
            assert said == others[name] or re.search(formal, others[name]), others[name]


def test_a_wording_that_lacks_a_tone_is_refused(tmp_path):
    text = Path("matcher/questions/wording/de.toml").read_text("utf-8")
    (tmp_path / "de.toml").write_text(text.replace(", formal = ", ", other = ", 1), "utf-8")
    with pytest.raises(BankError, match=r"nothing under shared\.organization\.some\."):
        load_wording("de", None, tmp_path)


def test_english_has_enough_of_everything():
    bank = load_bank("en")
    counts = Counter((entry.area, entry.stage) for entry in bank.templates)
    assert len(bank.templates) >= 400
    assert {key: n for key, n in counts.items() if n < 8 and key[1] != "offer"} == {}
    assert {(area, stage) for area in AREAS for stage in ("open", "follow", "deeper")} <= {*counts}
    openers = [entry for entry in bank.templates if entry.stage == "open"]
    bare = [entry for entry in openers if entry.area == "event" and not entry.slots]
    assert len(bare) >= 24
    assert counts["any", "follow"] >= 24
    assert counts["any", "deeper"] >= 24


def test_every_answer_can_be_asked_about_in_more_ways_than_there_are_rounds():
    openers = [entry for entry in load_bank("en").templates if entry.stage == "open"]
    by_slot = Counter(entry.slots for entry in openers)
    slots = {field.slot for field in FIELDS if field.purpose.is_trait} - {""}
    assert {slot: by_slot[slot,] for slot in slots if by_slot[slot,] < 12} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_name_for_the_same_languages(language):
    names = load_wording(language).languages
    assert set(names) == set(load_wording("en").languages)
    assert len(set(names.values())) == len(names)


def test_french_signs_never_begin_a_line():
    texts = [template.text for stage in load_bank("fr").stages.values() for template in stage]
    assert [text for text in texts if re.search("« | [»:?]", text)] == []


def test_near_duplicates_are_rare():
    bank = load_bank("en")
    doubled = [entry for entry, first in bank.cluster.items() if entry != first]
    assert len(doubled) <= 0.01 * len(bank.templates)


def test_near_duplicates_share_a_cluster():
    texts = ["Where would you go first?", "Where, first, would you go?", "Who was there?"]
    assert clusters(texts, {"would", "you"}) == [0, 0, 2]


FORBIDDEN = [
    ("Q1", "What is {city} like? And the food?", {}),
    ("Q1", "What is {city} like", {}),
    ("Q2", "What of all that there is to see and to do in {city} would you show us all today?", {}),
    ("Q3", "Do you like {city}?", {}),
    ("Q3", "Tell, what is {city} like?", {}),
    ("Q4", "What should we see in {city}?", {}),
    ("Q5", "What is your place like?", {"slots": ()}),
    ("Q5", "What is {city} to {city}?", {"slots": ("city", "city")}),
    ("Q6", "What of it, why did you leave {city}?", {}),
    ("Q7", "What do you regret about {city}?", {}),
    ("Q8", "What does your boss think of {city}?", {}),
    ("Q9", "What is the best of {city}?", {}),
    ("Q10", "Which church in {city} do you like?", {}),
    ("Q11", "What is {town} like?", {"slots": ("town",)}),
    ("Q11", "What is {city} like?", {"slots": ()}),
    ("Q11", "What is {city} like?", {"needs": ("partner.shoe:print",)}),
    ("Q11", "What is {city} like?", {"needs": ("always",)}),
    ("Q11", "What is {city} like?", {"area": "shoes"}),
    ("Q11", "What is {city} like?", {"stage": "later"}),
]


@pytest.mark.parametrize(("code", "text", "more"), FORBIDDEN)
def test_each_rule_finds_what_it_forbids(code, text, more):
    assert code in found(text, **more)


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("What is {city} like?", {}),
        ("What is {city} like?", {"needs": ("partner.city:print", "round>=2", "group=pair")}),
        ("What do you regret about {city}?", {"approved": ("Q7",)}),
        (
            "Which toppings did you try?",
            {"area": "any", "stage": "follow", "slots": ()},
        ),
        (
            "If “{need}” comes up, you could share this: {offer}.",
            {"area": "need", "stage": "offer", "slots": ("need", "offer")},
        ),
    ],
)
def test_near_misses_pass(text, more):
    assert found(text, **more) == []


def test_every_rule_is_tried_above():
    assert {code for code, *_ in FORBIDDEN} == {code for code, _ in RULES}


OWN = """language = "en"
[[template]]
id = "own-1"
area = "event"
stage = "open"
text = "What made you walk over the bridge?"

[[template]]
id = "own-2"
area = "event"
stage = "open"
text = "Did you like the bridge?"
"""


def test_an_organizers_file_is_refused_with_line_numbers():
    with pytest.raises(BankError) as refused:
        load_bank("en", own=OWN)
    assert str(refused.value) == (
        "your questions, line 9, own-2: Q3: an opener begins with one of how, what, when, where, "
        "which, who, whose; not with 'did'."
    )


def test_an_organizers_questions_come_first():
    bank = load_bank("en", own=OWN.split("\n\n")[0])
    assert bank.templates[0].id == "own-1"
    assert bank.templates[1:] == load_bank("en").templates


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("language = ", "own is not a TOML file: "),
        ('language = "xx"', "own says 'xx'. Begin it with: language = \"en\""),
        ('language = "en"', "own has no templates. Add at least one [[template]]."),
        (
            OWN.replace('id = "own-1"', "id = 1"),
            "own, line 3: a template needs id, area, stage, text, each a text.",
        ),
        (
            OWN.replace('id = "own-1"', 'number = "1"'),
            "own, template 1: a template needs id, area, stage, text, each a text.",
        ),
        (
            OWN + 'slot = ["city"]',
            "own, line 9: unknown entry slot. Known: approved, area, formality, id, needs, slots, ",
        ),
        (OWN + 'slots = "city"', "own, line 9: slots must be a list of texts."),
        (
            OWN + 'formality = "rude"',
            "own, line 9: unknown formality. Known: neutral, informal, formal.",
        ),
    ],
)
def test_a_file_of_the_wrong_shape_is_refused(text, says):
    with pytest.raises(BankError) as refused:
        read_templates(text, "own", "en")
    assert str(refused.value).startswith(says)


def test_ids_and_texts_are_unique():
    twice = [
        Template(
            id="x", area="city", stage="open", text="What is {city} like?", slots=("city",), line=n
        )
        for n in (1, 2)
    ]
    assert [str(f) for f in lint(twice, ENGLISH, DENY) if f.line == 2] == [
        "line 2, x: Q11: the id is there twice. Give one a new number.",
        "line 2, x: Q11: the same text is there twice. Remove one.",
    ]


def test_unknown_languages_are_refused_with_the_known_ones():
    with pytest.raises(BankError, match=r"Cards cannot be written in 'xx'\. Known languages: en"):
        load_bank("xx")


@pytest.mark.parametrize(
    "text",
    [
        "our church choir",
        "MOSQUE",
        "ＧＡＹ choir",
        "a Clinic",
        "job hunting",
        "Looking for a job!",
        "Kirchenchor",
        "eglise",
        "búsqueda de empleo",
        "Schwangerschaft",
        "H.I.V. fundraiser",
        "L G B T choir",
        "c h u r c h",
        "A.A. meetings",
        "12-step group",
        "Krebsselbsthilfe",
        "Freikirche",
        "franc-maçonnerie",
        "kerkkoor",
        "sindacato",
        "kościół",
        "fängelse",
        "iş arıyorum",
    ],
)
def test_listed_words_are_found(text):
    assert DENY.hit(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "credit union",
        "hospitality",
        "a Churchill quote",
        "a rabbit",
        "trumpet",
        "technical debt",
        "Athens",
        "Islamabad",
        "Mönchengladbach",
        "Marie Curie",
        "sourdough",
        "nonnegative matrices",
        "sin embargo",
        "deportes",
        "Temple University",
        "R & D",
        "C, C++, D",
        "naturalist walks",
        "paraffin candles",
        "Paganini",
        "Bosanska Krupa",
        "Sektempfang",
        "surrogate keys",
        "familiar tunes",
        "Aniversario",
        "conservation",
    ],
)
def test_near_misses_of_listed_words_pass(text):
    assert DENY.hit(text) is None


def test_a_permitted_phrase_excuses_only_itself():
    assert DENY.hit("credit union of our church") == "religion"


def test_only_scripts_with_a_list_are_covered():
    assert DENY.covers("Zażółć gęślą jaźń, naïve")
    assert not DENY.covers("сhess")  # the first letter is Cyrillic
    assert not DENY.covers("東京")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "The deny-list en.toml is missing."),
        ("", "The deny-list en.toml has nothing under scripts, permitted, pitch, never.health"),
        ("never = ", "The deny-list en.toml cannot be read: Invalid value"),
        ("\xff", "The deny-list en.toml cannot be read: 'utf-8' codec"),
    ],
)
def test_without_a_deny_list_nothing_is_made(tmp_path, content, says):
    if content is not None:
        (tmp_path / "en.toml").write_bytes(content.encode("latin-1"))
    with pytest.raises(BankError) as refused:
        load_deny_list(("en",), tmp_path)
    assert str(refused.value).startswith(says)
    assert "No cards are made without it." in str(refused.value)


def test_without_the_list_of_other_languages_nothing_is_made_either(tmp_path):
    (tmp_path / "en.toml").write_bytes(FOLDER.joinpath("en.toml").read_bytes())
    with pytest.raises(BankError, match=r"The deny-list other\.toml is missing"):
        load_deny_list(("en",), tmp_path)
