"""Needs that stay open and offers that help nobody: in a file, at the terminal, in the browser."""

import csv
import io
import json

import pytest
from click.testing import CliRunner
from web_site import Site, text_of

from events.model import Answer, Attendee
from matcher.fields import Visibility
from web.cli import seedbed

FILE = """Name,Looking for,Could offer,Do not pair with
Ana,a lathe; a balloon,sourdough starter,Ben
Ben,,a lathe,
Cleo,sourdough starter,cello lessons,
Dan,,,
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    here = tmp_path_factory.mktemp("needs")
    (here / "people.csv").write_text(FILE, encoding="utf-8")
    _, said = run(
        here, "match", "people.csv", "--rounds", "1", "--meaning", "wording", "--out", "out"
    )
    (here / "said").write_text(said, encoding="utf-8")
    return here


def run(here, *arguments):
    names = [str(here / each) if each in ("people.csv", "out") else each for each in arguments]
    result = CliRunner().invoke(seedbed, names)
    return result.exit_code, result.output


def rows(text):
    return [
        (row["name"], row["text"], row["state"], row["fits_name"])
        for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
        if row["field"]
    ]


def test_the_command_lists_what_becomes_of_each_answer(folder):
    code, said = run(folder, "needs", "people.csv", "out", "--out", str(folder / "needs.csv"))
    assert (code, said.count("\n")) == (0, 1)
    assert rows((folder / "needs.csv").read_text(encoding="utf-8")) == [
        ("Ana", "a lathe", "nobody", ""),  # Ben has one, and a rule keeps them apart
        ("Ana", "a balloon", "nobody", ""),
        ("Cleo", "sourdough starter", "met", "Ana"),
        ("Ana", "sourdough starter", "met", "Cleo"),
        ("Ben", "a lathe", "nobody", ""),
        ("Cleo", "cello lessons", "nobody", ""),
    ]


def test_planning_says_how_many_and_the_figures(folder):
    said = (folder / "said").read_text(encoding="utf-8")
    assert "Needs: 1 met, 0 not met although somebody could, 2 that nobody here could meet." in said
    assert "Offers: 1 of 3 meet a need. `seedbed needs` lists them." in said
    assert "- Needs that meet an offer, of those that could: 100 % (at least 80 %)" in said


def test_a_plan_counts_needs_and_tells_none(folder):
    written = (folder / "out" / "plan.json").read_text(encoding="utf-8")
    assert json.loads(written)["help"] == {
        "needs": {"stated": 3, "could": 1, "met": 1},
        "offers": {"stated": 3, "could": 1, "met": 1},
    }
    files = [each.read_bytes() for each in (folder / "out").iterdir()]
    assert not any(b"balloon" in content for content in files)  # a need is for matching only


def test_the_app_lists_them_on_a_page_and_as_a_file(tmp_path):
    site = Site(tmp_path / "seedbed.db")
    event = site.event(
        person("Ana", need="a lathe", offer="a boat"),
        person("Ben", offer="a lathe"),
        person("Cleo", need="a balloon"),
        person("Dan", need="a boat"),
    )
    made = site.solved(event)
    plan = f"/events/{event.id}/plans/{made.number}"
    assert "Needs that stay open, offers that help nobody" in text_of(site.get(plan))
    said = text_of(site.get(f"{plan}/needs"))
    assert "2 of 3 needs meet somebody who may help" in said
    assert "Nobody here could help" in said
    found = rows(site.get(f"{plan}/needs.csv"))
    assert ("Cleo", "a balloon", "nobody", "") in found
    assert ("Ana", "a lathe", "met", "Ben") in found
    site.get(f"/events/{event.id}/plans/99/needs", 404)


def test_long_lists_of_needs_are_shown_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr("web.views.why._AT_FIRST", 1)
    monkeypatch.setattr("web.views.why._ON_A_PAGE", 2)
    site = Site(tmp_path / "seedbed.db")
    wishes = ["a balloon", "a lathe", "a choir"]
    event = site.event(
        *(person(f"P{at}", need=wish, offer=f"kite {at}") for at, wish in enumerate(wishes))
    )
    at = f"/events/{event.id}/plans/{site.solved(event).number}/needs"
    said = text_of(site.get(at))
    assert "Nobody here could help (3)" in said and "Offers that nobody asked for (3)" in said
    assert sum(wish in said for wish in wishes) == 1
    assert "All 3 of them : Nobody here could help" in said
    parts = [text_of(site.get(f"{at}?show=nobody&page={page}")) for page in (1, 2)]
    assert [sum(wish in part for wish in wishes) for part in parts] == [2, 1]
    assert all("kite" not in part for part in parts)


def person(name, **answers):
    return Attendee(
        id=name.casefold(),
        name=name,
        answers=tuple(
            Answer(field=field, texts=(text,), visibility=Visibility.MATCH)
            for field, text in answers.items()
        ),
    )
