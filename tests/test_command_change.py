"""`seedbed change`: a plan changed by hand on the command line."""

import csv
import io
import json

import pytest
from click.testing import CliRunner
from planning import meeting

from events.affinity_file import read_affinities
from events.files import read_folder
from matcher.check import check
from matcher.plan import Arrangement, BoundCovers, arrange_plan
from matcher.settings import Settings
from web.cards import changed_since, sheet_from_files
from web.cli import seedbed

PEOPLE = """Id,Name,Company,Hobby
ana,Ana,Alpha,chess
ben,Ben,Beta,chess
cleo,Cleo,Gamma,pottery
dan,Dan,Delta,pottery
eve,Eve,Alpha,go
fay,Fay,Zeta,go
gil,Gil,Eta,chess
hal,Hal,Theta,go
"""


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    here = tmp_path_factory.mktemp("change")
    (here / "people.csv").write_text(PEOPLE, encoding="utf-8")
    assert run(here, "match", "people.csv", "--rounds", "2", "--out", str(here / "plan"))[0] == 0
    return here


def run(here, *arguments):
    names = [str(here / each) if (here / each).exists() else each for each in arguments]
    result = CliRunner().invoke(seedbed, names)
    return result.exit_code, result.output


def files(folder):
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def rows(here, folder="plan"):
    text = (here / folder / "pairings.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def swap(here):
    """Return two people whose exchange in round 1 lets nobody meet twice or a colleague."""
    met = {frozenset((row["a"], row["b"])) for row in rows(here)} | {frozenset(("ana", "eve"))}
    first = [row for row in rows(here) if row["round"] == "1"]
    return next(
        (one["b"], two["b"])
        for one in first
        for two in first
        if one is not two
        and not {frozenset((one["a"], two["b"])), frozenset((two["a"], one["b"]))} & met
    )


def test_the_price_is_told_and_nothing_is_written_without_out(here):
    one, other = swap(here)
    before = files(here / "plan")
    code, said = run(here, "change", "people.csv", "plan", "--swap", one, other, "--round", "1")
    assert code == 0
    assert said.startswith(f"{one.capitalize()} and {other.capitalize()} change places in round 1.")
    assert "\nThe total " in said and "Everybody may meet (0.020)." in said
    assert files(here / "plan") == before


def test_a_changed_plan_is_another_one_that_the_check_accepts(here):
    one, other = swap(here)
    out = str(here / "swapped")
    run(here, "change", "people.csv", "plan", "--swap", one, other, "--round", "1", "--out", out)
    code, said = run(here, "check", "swapped", "--against", "people.csv")
    assert (code, said) == (0, f"{out}: every promise holds.\n")
    told = json.loads((here / "swapped" / "plan.json").read_bytes())
    assert (told["stopped_by"], told["repeatable"], told["status"]) == ("hand", False, "feasible")
    assert len(told["by_hand"]) == 1
    assert told["bound"] == json.loads((here / "plan" / "plan.json").read_bytes())["bound"]


def test_only_cards_of_the_four_people_concerned_change(here):
    one, other = swap(here)
    out = here / "four"
    arguments = ("--swap", one, other, "--round", "1", "--out", str(out))
    run(here, "change", "people.csv", "plan", *arguments)
    before, after = (sheet_from_files(files(each)) for each in (here / "plan", out))
    changed = {(each.round, each.reader) for each in changed_since(after, before).changes}
    assert {number for number, _ in changed} == {1} and len(changed) == 4


def test_a_second_change_is_told_after_the_first(here):
    one, other = swap(here)
    for folder, out in (("plan", "once"), ("once", "twice")):
        arguments = ("--swap", one, other, "--round", "1", "--out", str(here / out))
        run(here, "change", "people.csv", folder, *arguments)
    told = json.loads((here / "twice" / "plan.json").read_bytes())
    assert len(told["by_hand"]) == 2
    assert rows(here, "twice") == rows(here)


@pytest.mark.parametrize("fairness", ["0.5", "1"])
def test_the_welfare_of_a_changed_plan_is_right(here, fairness):
    fair = here / f"fair{fairness}"
    run(here, "match", "people.csv", "--rounds", "2", "--fairness", fairness, "--out", str(fair))
    out = here / f"changed{fairness}"
    run(
        here,
        "change",
        "people.csv",
        fair.name,
        "--remove",
        "ana",
        "--round",
        "1",
        "--out",
        str(out),
    )
    assert check({name: data.decode() for name, data in read_folder(out).items()}) == ()


def test_a_ban_says_what_to_add_to_the_rules_and_holds_in_the_files(here):
    row = rows(here)[0]
    out = here / "banned"
    code, said = run(
        here, "change", "people.csv", "plan", "--forbid", row["a"], row["b"], "--out", str(out)
    )
    assert code == 0 and f'[[exclusion]]\npeople = ["{row["a"]}", "{row["b"]}"]' in said
    assert check({name: data.decode() for name, data in read_folder(out).items()}) == ()
    rules = (out / "rules.csv").read_text(encoding="utf-8")
    assert f'"exclusion","{row["a"]}; {row["b"]}"' in rules


def test_what_breaks_a_rule_is_told_and_not_written(here):
    out = here / "broken"
    arguments = ("--pin", "Ana", "Eve", "--round", "1", "--out", str(out))
    code, said = run(here, "change", "people.csv", "plan", *arguments)
    assert code == 1 and not out.exists()
    assert "Ana and Eve belong to the same organization.\nChange the rule first" in said


def test_more_breaks_let_a_plan_exceed_a_bound_that_speaks_of_few():
    table = read_affinities(b"a,b,affinity\nx,y,0.01\ny,z,0.01\nx,z,1\n")
    arranged = Arrangement(
        meetings=(meeting(1, "x", "z"),),
        bound=20_000,
        welfare_bound=20_000,
        bound_covers=BoundCovers.ALL,
    )
    plan = arrange_plan(arranged, table, table.of_ids, Settings(rounds=1))
    assert plan.total == 2_000_000
    assert plan.bound == 2_010_000 == plan.welfare_bound


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Name one change: --swap"),
        (("--swap", "ana", "ben"), "--swap needs a round"),
        (("--remove", "ana", "--forbid", "ana", "ben"), "Name one change"),
        (("--move", "ana", "x", "--round", "1"), "number of a table, not 'x'"),
        (("--remove", "zoe", "--round", "1"), "'zoe' is nobody here"),
        (("--remove", "ana", "--round", "9"), "There is no round 9. Name one from 1 to 2."),
    ],
)
def test_a_mistake_is_said_in_words(here, arguments, says):
    code, said = run(here, "change", "people.csv", "plan", *arguments)
    assert code == 2 and says in said
