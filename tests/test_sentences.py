"""Rules in sentences: each says what RULES.toml says, and all rules are told in words."""

import re
from pathlib import Path

import pytest

from events.errors import NotFound
from events.model import Answer, Attendee
from events.rules import (
    SENTENCES,
    RuleMistakes,
    Sentence,
    kind_of,
    read_rules,
    tell,
    write_toml,
)
from events.rules.toml import KEYS
from events.sentences import Refused, forget, put_back, say, sentences, take_out, taken_out
from events.store import Store
from matcher.fields import Visibility
from matcher.rules import RULES, SameOrganization
from matcher.settings import Settings

REFERENCE = Path(__file__).parent.parent / "docs" / "reference.md"
NEED = Answer(field="need", texts=("a pilot",), visibility=Visibility.MATCH)
PEOPLE = (
    Attendee(id="a", name="Ana", answers=(NEED,)),
    Attendee(id="b", name="Ben"),
    Attendee(id="c", name="Cleo", cohort=("mentor",)),
    Attendee(id="d", name="Dan", cohort=("mentee",)),
)
NAMES = {person.id: person.name for person in PEOPLE}
EARLIER = "round,table,a,b\n1,2,c,d\n"
SAYS = {
    "apart": (("a", "b"), '[[exclusion]]\npeople = ["Ana", "Ben"]'),
    "together": (("a", "b"), '[[pin]]\npeople = ["Ana", "Ben"]'),
    "round": (("a", "b", "2"), '[[pin]]\npeople = ["Ana", "Ben"]\nround = 2'),
    "wish": (("b", "a"), '[[wish]]\npeople = ["Ben", "Ana"]'),
    "known": (("a", "b"), '[[history]]\npeople = ["Ana", "Ben"]'),
    "there": (("a", "1-2;4"), '[[availability]]\nperson = "Ana"\nrounds = "1-2;4"'),
    "away": (("a", "3"), '[[availability]]\nperson = "Ana"\nabsent = [3]'),
    "most": (("a", "2"), '[[quota]]\nperson = "Ana"\nmost = 2'),
    "fewest": (("a", "2"), '[[minimum]]\nperson = "Ana"\nfewest = 2'),
    "table": (("a", "3;4"), '[[table]]\nperson = "Ana"\ntables = [3, 4]'),
    "member": (("a", "Mentor"), '[cohorts]\nmembers = { mentor = ["Ana"] }'),
    "cohorts": (("Mentor", "mentee"), '[cohorts]\nallowed = [["mentor", "mentee"]]'),
    "trios": ((), "[cohorts]\ntrios = true"),
    "welcome": (("mentee", "mentor"), '[welcome]\nnewcomers = "mentee"\nhosts = "mentor"'),
    "tables": (("3; 2", ), "tables = [3, 2]"),
    "called": (("quiet", "1;2"), "[tables]\nfeatures = { quiet = [1, 2] }"),
    "frozen": (("1",), "[frozen]\nrounds = [1]"),
    "needs": (("a", "50 %"), '[[urgency]]\nperson = "Ana"\nurgency = 0.5'),
    "need": (
        ("a", "a pilot", "30"),
        '[[urgency]]\nperson = "Ana"\nneed = "a pilot"\nurgency = 0.3',
    ),
    "rival": (("a",), 'rivals = ["Ana"]'),
}  # fmt: skip


def sentence(name, *texts, number=1):
    blanks = dict(zip(kind_of(name).blanks, texts, strict=True))
    return Sentence(kind=name, blanks=blanks, number=number)


def found(toml="", said=(), people=PEOPLE):
    return read_rules(people, Settings(rounds=4), toml=toml, sentences=said, since=EARLIER)


def without_sources(rules):
    kept = {name: value for name, value in vars(rules).items() if name != "sources"}
    return kept | {"places": sorted(rules.sources, key=str)}


@pytest.mark.parametrize("kind", SENTENCES, ids=lambda kind: kind.name)
def test_a_sentence_says_what_the_file_says(kind):
    texts, toml = SAYS[kind.name]
    assert without_sources(found(said=[sentence(kind.name, *texts)])) == without_sources(
        found(toml)
    )


def test_sentences_written_as_a_file_say_the_same():
    said = [sentence(name, *texts) for name, (texts, _) in SAYS.items()]
    said.append(sentence("called", 'by the "door"\x7f', "3"))
    said.append(sentence("cohorts", "mentor", "mentor"))
    said.append(sentence("member", "b", "Gäste, neu"))
    assert without_sources(found(write_toml(said))) == without_sources(found(said=said))
    assert write_toml([]) == ""


def test_every_sentence_is_documented_as_it_reads():
    gaps = [re.sub(r"%[(]([a-z]+)[)]s", r"{\1}", kind.says) % () for kind in SENTENCES]
    rows = [
        f"| `{kind.name}` | {says} | `{kind.key}` |"
        for kind, says in zip(SENTENCES, gaps, strict=True)
    ]
    assert "\n".join(rows) in REFERENCE.read_text(encoding="utf-8")


def test_every_key_of_the_file_can_be_said():
    assert {kind.key for kind in SENTENCES} == set(KEYS) - {"organization"}


TOLD = {
    "wish": "Ana and Ben would like to meet, or one of them would.",
    "there": "Ana is not there in these rounds: 3.",
    "table": "Ana sits at one of these tables: 3; 4.",
    "cohorts": "Of the cohorts, “mentee” and “mentor” may meet.",
    "needs": "The needs of Ana count 50 %.",
}
SILENT = ("member", "trios", "called")
"""What decides nothing alone."""


@pytest.mark.parametrize(
    "kind", [k for k in SENTENCES if k.name not in SILENT], ids=lambda k: k.name
)
def test_a_rule_is_told_in_the_words_of_its_sentence_with_its_source(kind):
    said = sentence(kind.name, *SAYS[kind.name][0], number=7)
    told = {each.words(NAMES): each.source for each in tell(found(said=[said]))}
    assert told[TOLD.get(kind.name, said.words(NAMES))] == "app, rule 7"


def test_cohorts_are_told_with_their_members():
    said = [sentence(name, *SAYS[name][0]) for name in ("cohorts", "trios", "member")]
    assert [each.words(NAMES) for each in tell(found(said=said))] == [
        "The cohort “mentee”: Dan.",
        "The cohort “mentor”: Ana, Cleo.",
        "Of the cohorts, “mentee” and “mentor” may meet.",
        "Two whose cohorts do not meet may share a partner in a trio.",
    ]


def test_every_kind_of_rule_is_told():
    said = [sentence(name, *SAYS[name][0]) for name in SAYS]
    rules = found(said=said).rules
    assert {type(rule) for rule in rules} == {*RULES} - {SameOrganization}
    assert len(tell(found(said=said))) >= len(rules)


def test_a_later_sentence_stands_before_an_earlier_one_the_file_and_the_column():
    people = (Attendee(id="a", name="Ana", quota=("1",)), *PEOPLE[1:])
    toml = '[[quota]]\nperson = "Ana"\nmost = 2'
    said = [sentence("most", "a", "3"), sentence("most", "a", "4", number=2)]
    told = [each for each in tell(found(toml, said, people)) if "at most" in each.says]
    assert [(each.words(NAMES), each.source) for each in told] == [
        ("Meetings of Ana: at most 4.", "app, rule 2")
    ]


def test_a_name_of_tables_given_in_the_app_counts_in_the_file():
    said = [sentence("called", "quiet", "1;2")]
    toml = '[[table]]\nperson = "Ana"\ntables = "quiet"'
    assert "Ana sits at one of these tables: 1; 2." in [
        each.words(NAMES) for each in tell(found(toml, said))
    ]


def test_a_sentence_about_somebody_who_is_not_coming_rests():
    got = found(said=[sentence("apart", "a", "zoe", number=3)])
    assert got.rules == ()
    assert [str(each) for each in got.notices] == [
        "Rule 3 of the app rests: somebody it names is not coming. "
        "Nothing to do; it holds again when they come."
    ]


def test_mistakes_name_line_and_rule_all_at_once():
    said = [sentence("table", "a", "loud", number=4), sentence("cohorts", "x", "mentor", number=5)]
    with pytest.raises(RuleMistakes) as refused:
        found("colour = 1", said)
    assert [line.partition(":")[0] for line in str(refused.value).splitlines()] == [
        "Line 1", "Rule 4", "Rule 5"
    ]  # fmt: skip
    assert list(refused.value.rules) == [4, 5]


@pytest.fixture
def store():
    with Store.open(":memory:") as store:
        yield store


@pytest.fixture
def event(store):
    event = store.add_event("Evening")
    for person in PEOPLE:
        store.add_attendee(event.id, person)
    return event.id


def kept(store, event):
    return [(each.number, each.words(NAMES)) for each in sentences(store, event)]


def test_a_sentence_is_kept_taken_out_and_put_back(store, event):
    said, replaced = say(store, event, sentence("apart", "a", "b"))
    assert (said.number, replaced) == (1, ())
    take_out(store, event, 1)
    assert (kept(store, event), taken_out(store, event)) == ([], (said,))
    put_back(store, event, 1)
    assert kept(store, event) == [(1, "Ana and Ben never meet.")]


def test_a_later_sentence_replaces_one_of_the_same(store, event):
    say(store, event, sentence("round", "a", "b", "2"))
    say(store, event, sentence("most", "a", "2"))
    _, replaced = say(store, event, sentence("together", "b", "a"))
    assert [each.words(NAMES) for each in replaced] == ["Ana and Ben meet in round 2."]
    put_back(store, event, 1)
    assert [number for number, _ in kept(store, event)] == [1, 2]
    assert [each.number for each in taken_out(store, event)] == [3]


@pytest.mark.parametrize(
    ("name", "texts", "gap", "says"),
    [
        ("apart", ("a", "a"), "", "two or more different people"),
        ("round", ("a", "b", "0"), "round", "'0' is no list of rounds"),
        ("round", ("a", "b", "1-2"), "round", "several rounds"),
        ("most", ("a", "lots"), "count", "no number of meetings"),
        ("tables", ("many",), "counts", "no numbers of tables"),
        ("called", ("2nd", "2"), "name", "begins like a number"),
        ("called", ("quiet", "near"), "tables", "are no tables"),
        ("table", ("a", "loud"), "", "no tables are called 'loud'"),
        ("cohorts", ("x", "mentor"), "", "nobody is in a cohort 'x'"),
        ("member", ("a", "x;y"), "cohort", "more than one cohort"),
        ("need", ("a", "a boat", "50"), "", "has no need 'a boat'"),
        ("needs", ("a", "0"), "share", "is no share"),
        ("needs", ("a", " "), "share", "This gap is empty"),
        ("frozen", ("1",), "", "no earlier plan"),
    ],
)
def test_what_cannot_hold_is_refused_in_words_and_not_kept(store, event, name, texts, gap, says):
    with pytest.raises(Refused) as refused:
        say(store, event, sentence(name, *texts))
    assert list(refused.value.gaps) == [gap] if gap else refused.value.problems
    assert says in str(refused.value)
    assert kept(store, event) == []


def test_mistakes_of_other_rules_do_not_keep_a_sentence_out(store, event):
    say(store, event, sentence("member", "a", "guest"))
    say(store, event, sentence("cohorts", "guest", "mentor"))
    take_out(store, event, 1)
    said, _ = say(store, event, sentence("apart", "a", "b"))
    assert said.number == 3


def test_nobody_erased_stays_in_a_sentence(store, event):
    say(store, event, sentence("apart", "a", "b"))
    say(store, event, sentence("most", "a", "1"))
    say(store, event, sentence("most", "b", "1"))
    take_out(store, event, 2)
    forget(store, event, "a")
    assert (kept(store, event), taken_out(store, event)) == (
        [(3, "Meetings of Ben: at most 1.")],
        (),
    )


def test_a_rule_that_is_not_there_cannot_be_taken_out(store, event):
    with pytest.raises(NotFound):
        take_out(store, event, 5)
