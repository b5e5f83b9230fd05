"""What counts in affinities, from the command line to the files and their check."""

import json

import pytest
from click.testing import CliRunner

from web.cli import seedbed

PEOPLE = """Name,Hobby,Looking for,Could offer
Ana,chess,piano tuning,
Ben,chess,,bread
Cleo,,bread,piano tuning
Dan,go,,
"""
HELP = ("--weights", "0", "100", "0", "0")


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return tmp_path


def run(*words, code=0):
    done = CliRunner().invoke(seedbed, [*words])
    assert done.exit_code == code, done.output
    return done.stdout if code == 0 else done.output


def match(out, *more):
    run("match", "people.csv", "--rounds", "1", "--meaning", "wording", "--out", out, *more)


def test_weights_change_a_plan_which_says_so_and_is_checked_with_them(here):
    match("usual")
    match("help", *HELP)
    plans = [json.loads((here / name / "plan.json").read_text()) for name in ("usual", "help")]
    assert [plan["settings"]["weights"] for plan in plans] == [[30, 45, 15, 10], [0, 100, 0, 0]]
    assert plans[0]["total"] != plans[1]["total"]
    assert "every promise holds" in run("check", "help", "--against", "people.csv")
    assert "Everybody may meet (0.020)." in run("why", "people.csv", "help", "Ana")


def test_the_usual_weights_named_are_the_same_files(here):
    match("usual")
    match("named", "--weights", "30", "45", "15", "10")
    for file in (here / "usual").iterdir():
        assert file.read_bytes() == (here / "named" / file.name).read_bytes()


def test_affinities_are_listed_with_the_same_weights():
    usual, helped = (
        run("affinities", "people.csv", "--meaning", "wording", *more) for more in ((), HELP)
    )
    assert usual != helped


def test_weights_that_cannot_be_are_refused():
    for command in (["match", "people.csv", "--out", "out"], ["affinities", "people.csv"]):
        assert "not all 0" in run(*command, "--weights", "0", "0", "0", "0", code=2)
    assert "0<=x<=100" in run("affinities", "people.csv", "--weights", "0", "0", "0", "101", code=2)


def test_a_plan_of_people_who_meet_again_is_checked_with_its_history(here):
    (here / "met.csv").write_text("a,b,date\nAna,Ben,2020-05-01\nCleo,Dan,2024-05-01\n")
    (here / "again.toml").write_text(
        'history = false\n[[pin]]\npeople = ["Ana", "Ben"]\n'
        '[[urgency]]\nperson = "Ana"\nurgency = 0.5\n'
    )
    files = ("--rules", "again.toml", "--history", "met.csv")
    match("again", *files)
    assert "every promise holds" in run("check", "again", "--against", "people.csv", *files)
    assert "score" in run("check", "again", "--against", "people.csv", *files[:2], code=1)
    assert "counts at 80%" in run("why", "people.csv", "again", "Ana", *files)
