"""Asking a plan why: on the command line and in the browser."""

import json
from itertools import combinations, product

import pytest
from click.testing import CliRunner
from test_web_plans import PEOPLE
from web_site import Site, text_of

from events.errors import UnreadableFile, UnusableOption
from events.finished import read_finished, settings_of
from events.importer import read_people
from events.replay import replay
from matcher.settings import Settings
from web.cli import seedbed
from web.database import forget_plans
from web.kept import forget_pages

FILE = """Name,Hobby,Do not pair with
Ana,chess,Fay
Ben,chess,
Cleo,pottery,
Dan,pottery,
Fay,go,
Gil,go,
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    here = tmp_path_factory.mktemp("why")
    (here / "people.csv").write_text(FILE, encoding="utf-8")
    run(here, "match", "people.csv", "--rounds", "2", "--out", "out")
    return here


def run(here, *arguments):
    names = [str(here / each) if each in ("people.csv", "out") else each for each in arguments]
    result = CliRunner().invoke(seedbed, names)
    return result.exit_code, result.output


def test_the_command_line_says_why_not(folder):
    code, said = run(folder, "why", "people.csv", "out", "Ana", "Fay")
    assert code == 0
    assert "Ana and Fay are never to be paired (exclusion)." in said


def test_the_command_line_lists_whom_somebody_meets(folder):
    code, said = run(folder, "why", "people.csv", "out", "ana")
    assert code == 0
    assert "Ana could meet 4 people." in said
    assert said.count("Round ") == 2
    assert "  Everybody may meet (0.020)." in said


def test_the_command_line_says_what_connects_two_and_who_knows_both(folder):
    history = folder / "history.csv"
    history.write_text("a,b\nGil,Cleo\nGil,Dan\n", encoding="utf-8")
    code, said = run(folder, "why", "people.csv", "out", "Cleo", "Dan", "--history", str(history))
    assert code == 0
    assert "Hobbies: “pottery” (" in said
    assert said.endswith("Gil knows them both.\n")


def test_nobody_is_a_mistake_in_words(folder):
    code, said = run(folder, "why", "people.csv", "out", "Zoe")
    assert (code, said) == (2, "'Zoe' is nobody here. Write an id or a whole name.\n")


def test_reasons_of_several_pairs_are_those_of_each_in_either_order(folder):
    files = {each.name: each.read_bytes() for each in (folder / "out").iterdir()}
    people = read_people((folder / "people.csv").read_bytes()).people
    replayed = replay(read_finished(files), people, settings_of(files))
    ids = [person.id for person in people]
    pairs = [pair for pair in product(ids, ids) if pair[0] != pair[1]]
    assert replayed.reasons_of(pairs) == {pair: replayed.reasons(*pair) for pair in pairs}
    assert any("chess" in reason for told in replayed.reasons_of(pairs).values() for reason in told)


def test_other_people_than_the_plans_are_refused(folder):
    files = {each.name: each.read_bytes() for each in (folder / "out").iterdir()}
    with pytest.raises(UnusableOption, match="not the people"):
        replay(read_finished(files), PEOPLE, settings_of(files))


def test_the_settings_of_a_plan_are_read_back(folder):
    files = {each.name: each.read_bytes() for each in (folder / "out").iterdir()}
    assert settings_of(files) == Settings(rounds=2)
    broken = json.loads(files["plan.json"])
    broken["settings"]["odd"] = "dance"
    with pytest.raises(UnreadableFile, match="what the plan was made with"):
        settings_of({"plan.json": json.dumps(broken).encode()})


def test_the_app_answers_on_a_page_of_its_own(tmp_path):
    site = Site(tmp_path / "seedbed.db")
    event = site.event(*PEOPLE)
    made = site.solved(event)
    page = f"/events/{event.id}/plans/{made.number}/people/1/why"
    assert "could be introduced to Ana" in text_of(site.get(page))
    assert "Everybody may meet (0.020)." in text_of(site.get(page))
    said = text_of(site.get(f"{page}?with=2"))
    assert "/people/1/change?do=pin&amp;other=2#price" in site.get(f"{page}?with=2")
    assert "Ana and Ben do meet" in said or "Ana and Ben would be worth" in said
    assert site.get(f"/events/{event.id}/plans/{made.number}/people/99/why", 404)


def test_what_answers_is_made_once_a_plan_and_forgotten_with_it(tmp_path, monkeypatch):
    made = []

    def counted(*given, **named):
        made.append(replay(*given, **named))
        return made[-1]

    monkeypatch.setattr("web.database.replay", counted)
    site = Site(tmp_path / "seedbed.db")
    event = site.event(*PEOPLE)
    plan = f"/events/{event.id}/plans/{site.solved(event).number}"
    for page in ("people/1/why", "people/2/why?with=1", "needs", "needs.csv"):
        site.get(f"{plan}/{page}")
    assert len(made) == 1
    with site.app.app_context():
        forget_plans()
        forget_pages()
    site.get(f"{plan}/needs")
    assert len(made) == 2


def test_pairs_are_worth_the_same_one_by_one_as_in_the_table_of_a_plan(folder):
    files = {each.name: each.read_bytes() for each in (folder / "out").iterdir()}
    people = read_people((folder / "people.csv").read_bytes()).people
    replayed = replay(read_finished(files), people, settings_of(files))
    table = replayed.model.table()
    pairs = list(combinations(table.ids, 2))
    assert replayed.model.of_ids(pairs) == table.of_ids(pairs)
