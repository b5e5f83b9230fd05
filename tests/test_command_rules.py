"""Rules from the command line: people file and RULES.toml in, a checked plan out."""

import csv
import re

import pytest
from click.testing import CliRunner

from events.model import Attendee
from events.store import Store
from matcher.rules import RULES
from web.cli import seedbed

PEOPLE = """Name,Cohort,Available,Quota,Min meetings,Table,Pin,Who would you like to meet?,Interests
Ana,mentor,1-3,3,,quiet,Eve@2,Fay,bees
Ben,mentor,,,2,,,,bees
Cy,mentor,,,,3,,,chess
Dee,mentor,,,,,,,go
Eve,mentee,,,,,,,bees
Fay,mentee,,,,,,,chess
Gus,mentee,,,,,,,bees
Hal,mentee,2-4,,,,,,go
"""
TOML = """[cohorts]
allowed = [["mentor", "mentee"]]
[tables]
rounds = [4, 3]
features = { quiet = [1, 2] }
[[exclusion]]
people = ["Ana", "Gus"]
[[wish]]
people = ["Dee", "Gus"]
"""
FROZEN = "[frozen]\nrounds = [1, 2]\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "rules.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "frozen.toml").write_text(TOML + FROZEN, encoding="utf-8")
    return tmp_path


def run(*words, code=0):
    done = CliRunner().invoke(seedbed, [*words])
    assert done.exit_code == code, done.output
    return done.output


def match(out, rules, *more, code=0):
    words = ("people.csv", "--rounds", "4", "--rules", rules, "--out", out, *more)
    return run("match", *words, code=code)


def rows(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def test_rules_of_every_kind_hold_in_a_plan_and_its_check(folder):
    match("first", "rules.toml")
    match("second", "frozen.toml", "--since", "first")
    for out, rules in (("first", "rules.toml"), ("second", "frozen.toml")):
        said = run("check", out, "--against", "people.csv", "--rules", rules)
        assert "every promise holds" in said
    first, second = (rows(folder / out, "pairings.csv") for out in ("first", "second"))
    assert [row for row in first if row[0] in "12"] == [row for row in second if row[0] in "12"]
    kinds = {row[0] for row in rows(folder / "second", "rules.csv")}
    assert kinds == {rule.kind for rule in RULES} - {"organization", "history"} | {"cohorts"}


def test_the_check_misses_wishes_that_stand_in_another_file(folder):
    match("out", "rules.toml")
    assert "wrong-score" in run("check", "out", "--against", "people.csv", code=1)


def test_an_earlier_plan_of_which_nothing_is_kept_is_refused(folder):
    match("first", "rules.toml")
    assert "no round of that plan is kept" in match(
        "second", "rules.toml", "--since", "first", code=2
    )


def test_mistakes_of_the_rules_file_are_all_said_and_nothing_is_written(folder):
    text = 'colour = 1\n[[pin]]\npeople = ["Ana", "Zoe"]\n'
    (folder / "wrong.toml").write_text(text, encoding="utf-8")
    said = match("out", "wrong.toml", code=2)
    assert "Line 1: there is no rule 'colour'." in said
    assert "Line 3: 'Zoe' is nobody at this event." in said
    assert not (folder / "out").exists()


def test_rules_of_files_are_told_with_where_they_stand(folder):
    said = run("rules", "people.csv", "--rules", "rules.toml", "--rounds", "4").splitlines()
    ana, gus = (re.search(rf"{name} \((\w+)\)", " ".join(said)) for name in ("Ana", "Gus"))
    assert said[0] == "Nobody meets somebody of their own organization.  [settings]"
    assert f"{ana[0]} and {gus[0]} never meet.  [RULES.toml, line 6]" in said
    table = f"{ana[0]} sits at one of these tables: 1; 2."
    assert f"{table}  [table of {ana[1]}, row 2]" in said


@pytest.fixture
def database(folder):
    with Store.open(folder / "app.db") as store:
        event = store.add_event("Evening")
        for person in ("Ana", "Ben", "Cy"):
            store.add_attendee(event.id, Attendee(id=person.lower(), name=person))
    return "--event", "Evening", "--database", "app.db"


def test_rules_of_the_app_are_said_taken_out_and_put_back(database):
    said = run("rules", *database, "--say", "apart | Ana | Ben", "--say", "most | Cy | 2")
    assert "Ana (ana) and Ben (ben) never meet.  [app, rule 1]" in said
    assert "never meet" not in run("rules", *database, "--take-out", "1")
    again = run("rules", *database, "--say", "most | Cy | 3", "--put-back", "1")
    assert "taken out: Meetings of Cy: at most 2." in again
    assert "never meet" in again


def test_rules_of_the_app_are_written_as_a_file(database):
    run("rules", *database, "--say", "apart | Ana | Ben")
    assert run("rules", *database, "--toml", "--say", "rival | Cy") == (
        'rivals = ["cy"]\n\n[[exclusion]]\npeople = ["ana", "ben"]\n'
    )


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("apart | Ana", "write apart | one | other"),
        ("beside | Ana | Ben", "no kind of rule 'beside'. Known: apart, together,"),
        ("apart | Ana | Zoe", "'Zoe' is nobody here."),
        ("round | Ana | Ben | never", "'never' is no list of rounds."),
    ],
)
def test_a_rule_that_cannot_be_said_changes_nothing(database, said, why):
    assert why in run("rules", *database, "--say", "apart | Ana | Cy", "--say", said, code=2)
    assert "never meet" not in run("rules", *database)


def test_rules_are_said_to_an_event_not_to_a_file(folder):
    assert "name it with --event" in run("rules", "people.csv", "--say", "apart | A | B", code=2)
    assert "Name a list of people, or an event" in run("rules", code=2)


def test_wishes_beside_given_affinities_are_said_to_change_nothing(folder):
    (folder / "given.csv").write_text("a,b,affinity\nana,ben,0.5\n", encoding="utf-8")
    (folder / "wish.toml").write_text('[[wish]]\npeople = ["ana", "ben"]', encoding="utf-8")
    words = ("given.csv", "--rounds", "1", "--rules", "wish.toml", "--out", "out")
    assert "wish: nothing changes, as affinities are given" in run("plan", *words)
