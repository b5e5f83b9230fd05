"""`rules.csv` names where each rule was written down."""

import csv
import io
import json

import pytest

from events.exporter import export
from events.model import Answer, Attendee
from events.pipeline import introduce_attendees
from events.rules import Sentence, read_rules
from matcher.check import check
from matcher.fields import Visibility
from matcher.settings import Settings

TOML = """\
tables = [4, 4, 4]

[[exclusion]]
people = ["ana", "ben", "cyd"]

[[pin]]
people = ["ana", "dee"]
round = 2

[[availability]]
person = "eve"
absent = "3"

[[quota]]
person = "fay"
most = 2

[cohorts]
allowed = [["old", "new"], ["old", "old"], ["new", "new"]]
members = { new = ["fay"], old = ["gus"] }
"""
NAMES = ("ana", "ben", "cyd", "dee", "eve", "fay", "gus", "hal")


def guests(**more):
    works = (Answer(field="organization", texts=("Acme",), visibility=Visibility.PRINT),)
    return [
        Attendee(
            id=name,
            name=name.title(),
            answers=works if name in ("gus", "hal") else (),
            **({"source_row": row} | more.get(name, {})),
        )
        for row, name in enumerate(NAMES, start=2)
    ]


def files(people, **given):
    settings = Settings(rounds=3)
    found = read_rules(people, settings, **given)
    made = export(introduce_attendees(people, settings, rules=found))
    return {name: data.decode() for name, data in made.items()}


def sources(people, **given):
    rows = csv.DictReader(io.StringIO(files(people, **given)["rules.csv"]))
    return {(row["kind"], row["ids"] or row["value"]): row["source"] for row in rows}


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        (("tables", "4"), 1),
        (("exclusion", "ana; ben"), 3),
        (("exclusion", "ben; cyd"), 3),
        (("pin", "ana; dee"), 6),
        (("availability", "eve"), 10),
        (("quota", "fay"), 14),
        (("cohorts", "new; old"), 18),
        (("cohort", "fay"), 20),
    ],
    ids=str,
)
def test_a_rule_of_a_file_stands_at_a_line(rule, line):
    assert sources(guests(), toml=TOML)[rule] == f"RULES.toml, line {line}"


@pytest.mark.parametrize(
    ("column", "text", "rule"),
    [
        ("not_with", "ben", ("exclusion", "ana; ben")),
        ("already_met", "ben", ("history", "ana; ben")),
        ("pin", "ben@2", ("pin", "ana; ben")),
        ("available", "1-2", ("availability", "ana")),
        ("quota", "2", ("quota", "ana")),
        ("min_meetings", "1", ("minimum", "ana")),
        ("table", "1", ("table", "ana")),
    ],
)
@pytest.mark.parametrize(("row", "where"), [(2, "row 2"), (None, "form")])
def test_a_rule_of_a_column_stands_in_a_row_or_the_form(column, text, rule, row, where):
    people = guests(ana={column: (text,), "source_row": row})
    assert sources(people)[rule] == f"{column} of ana, {where}"


def test_every_place_of_a_rule_is_named():
    people = guests(ben={"not_with": ("ana",)})
    said = sources(people, toml=TOML)["exclusion", "ana; ben"]
    assert said == "RULES.toml, line 3; not_with of ben, row 3"


def test_what_counts_no_more_is_not_named():
    people = guests(fay={"quota": ("1",)})
    twice = TOML + '[[quota]]\nperson = "fay"\nmost = 1\n'
    assert sources(people, toml=twice)["quota", "fay"] == "RULES.toml, line 21"


def test_earlier_meetings_and_colleagues_have_a_source():
    found = sources(guests(), histories=["a,b\nana,eve\nben,fay\n"])
    assert found["history", "ben; fay"] == "earlier meetings, file 1, row 3"
    assert found["organization", "gus; hal"] == "organization of each person"


def test_what_counts_and_is_no_rule_stands_in_the_plan():
    toml = 'rivals = ["ana"]\n[[wish]]\npeople = ["ana", "dee"]\n'
    said = [Sentence(kind="wish", blanks={"one": "ben", "other": "ana"}, number=4)]
    plan = json.loads(files(guests(), toml=toml, sentences=said)["plan.json"])
    assert plan["influences"] == [
        {"kind": "rivals", "ids": ["ana"], "source": "RULES.toml, line 1"},
        {"kind": "wish", "ids": ["ana", "ben"], "source": "app, rule 4"},
        {"kind": "wish", "ids": ["ana", "dee"], "source": "RULES.toml, line 2"},
    ]


def test_the_checker_accepts_a_plan_with_sources_and_each_rule_has_one():
    people = guests(gus={"pin": ("eve",)})
    made = files(people, toml=TOML, histories=["a,b\nana,eve\n"])
    assert check(made) == ()
    assert all(row["source"] for row in csv.DictReader(io.StringIO(made["rules.csv"])))
