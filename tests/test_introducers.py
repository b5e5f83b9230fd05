"""Who could introduce two people: the graph of acquaintances, and the line on their cards."""

import csv
import io
import json

from click.testing import CliRunner
from web_site import Site, solve

from events import runs
from events.model import Attendee
from events.worker import work
from matcher.introducers import MOST, Acquaintances, with_introducers
from matcher.introduction import Introduction
from web.cards import render_html, sheet_from_files
from web.cli import seedbed


def known(*ties, apart=()):
    """Return acquaintances from texts such as ``"ana ben 2026-05-01"``."""
    split = [(*text.split(), "")[:3] for text in ties]
    return Acquaintances({tuple(sorted((a, b))): day for a, b, day in split}, apart)


def pair(number, table, a, b):
    return [
        Introduction(card=f"{number}-{table}-{x}", round=number, table=table, reader=x, partner=y)
        for x, y in ((a, b), (b, a))
    ]


def pause(number, person):
    return Introduction(
        card=f"{number}-P-{person}", round=number, table=None, reader=person, partner=None
    )


def named(introductions, acquaintances, met=()):
    found = with_introducers(introductions, acquaintances, met)
    return {(entry.reader, entry.partner): entry.introducer for entry in found if entry.introducer}


def test_the_shortest_chain_counts_then_the_most_recent_then_the_ids():
    longer = known("ana ben", "ben cyd", "cyd dee", "ana eli", "eli dee")
    assert longer.chain("ana", "dee") == ("ana", "eli", "dee")
    recent = known("ana ben 2019-01-01", "ben dee", "ana eli 2025-01-01", "eli dee 2025-01-01")
    assert recent.chain("dee", "ana") == ("dee", "eli", "ana")
    assert known("ana cyd", "cyd dee", "ana ben", "ben dee").chain("ana", "dee")[1] == "ben"


def test_cycles_end_and_strangers_have_no_chain():
    circle = known("ana ben", "ben cyd", "cyd ana", "dee eli")
    assert circle.chain("ana", "cyd") == ("ana", "cyd")
    assert circle.chain("ana", "dee") is None
    assert circle.chain("ana", "nobody") is None
    assert circle.between("ana", "nobody") == []


def test_nobody_is_introduced_by_somebody_they_never_meet():
    ties = ("ana ben", "ben cyd", "ana dee", "dee cyd")
    assert known(*ties).between("ana", "cyd") == ["ben", "dee"]
    assert known(*ties, apart=[("ana", "ben")]).between("ana", "cyd") == ["dee"]
    assert known(*ties, apart=[("ben", "cyd"), ("ana", "dee")]).chain("ana", "cyd") is None


def test_a_chain_goes_past_no_one_whom_its_ends_avoid():
    around = known("ana ben", "ben cyd", "cyd dee", apart=[("ana", "cyd")])
    assert around.chain("ana", "dee") is None


def test_a_tie_is_as_old_as_its_older_end():
    ties = known("ana ben 2026-01-01", "ben cyd", "ana dee 2020-01-01", "dee cyd 2020-01-01")
    assert ties.between("ana", "cyd") == ["dee", "ben"]


def test_both_cards_name_who_knows_both_and_is_there():
    table = [*pair(1, 1, "ana", "cyd"), *pair(1, 2, "ben", "eli")]
    ties = known("ana ben", "ben cyd")
    assert named(table, ties) == {("ana", "cyd"): "ben", ("cyd", "ana"): "ben"}
    assert named([*pair(1, 1, "ana", "cyd"), pause(1, "ben")], ties)["ana", "cyd"] == "ben"
    assert named([*pair(1, 1, "ana", "cyd"), *pair(2, 1, "ben", "eli")], ties) == {}


def test_who_know_each_other_already_need_nobody():
    table = [*pair(1, 1, "ana", "cyd"), pause(1, "ben")]
    ties = ("ana ben", "ben cyd")
    assert named(table, known(*ties, "ana cyd")) == {}
    assert named(table, known(*ties), met=[("cyd", "ana")]) == {}


def test_a_table_of_three_has_no_such_line():
    trio = [*pair(1, 1, "ana", "cyd"), *pair(1, 1, "ana", "eli"), *pair(1, 1, "cyd", "eli")]
    assert named([*trio, pause(1, "ben")], known("ana ben", "ben cyd")) == {}


def test_nobody_is_asked_too_often_and_work_is_shared():
    others = [f"p{at}" for at in range(10)]
    ties = known(*(f"ana {who}" for who in others))
    rounds = [
        entry
        for at in range(0, 10, 2)
        for entry in (*pair(at + 1, 1, others[at], others[at + 1]), pause(at + 1, "ana"))
    ]
    assert len(named(rounds, ties)) == 2 * MOST
    both = known(*(f"ana {who}" for who in others), *(f"ben {who}" for who in others))
    more = [*rounds, *(pause(at + 1, "ben") for at in range(0, 10, 2))]
    asked = list(named(more, both).values())
    assert (asked.count("ana"), asked.count("ben")) == (2 * 3, 2 * 2)


PEOPLE = """Name,Who do you know here?,Interests
ليلى نصّار,أمير حدّاد; Cleo,cellos
أمير حدّاد,ليلى نصّار; Cleo; somebody,boats
Cleo,أمير حدّاد,boats
Dan,Cleo,boats
"""


def planned(folder, *options, history=""):
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (folder / "history.csv").write_text(history or "a,b\n", encoding="utf-8")
    words = ["match", str(folder / "people.csv"), "--rounds", "2", "--meaning", "wording"]
    words += ["--history", str(folder / "history.csv"), "--out", str(folder / "out"), *options]
    result = CliRunner().invoke(seedbed, words)
    assert result.exit_code == 0, result.output
    files = {each.name: each.read_bytes() for each in (folder / "out").iterdir()}
    names = {row["id"]: row["name"] for row in _people(files)}
    entries = json.loads(files["introductions.json"])
    said = {
        (names[entry["reader"]], names.get(entry["partner"])): names.get(entry["introducer"])
        for entry in entries
        if entry["introducer"]
    }
    return said, render_html(sheet_from_files(files)), result.output


def _people(files):
    return csv.DictReader(io.StringIO(files["people.csv"].decode()))


def test_only_ties_that_both_confirm_count_and_only_where_people_agreed(tmp_path):
    # Laila names Cleo, who does not name her; Amir and Cleo name each other.
    said, _, output = planned(tmp_path, "--introducers")
    assert said == {}
    assert "1 name of somebody whom a person knows fits nobody here" in output


def test_who_knows_both_stands_on_their_cards_in_any_script(tmp_path):
    history = "a,b,date\nDan,Cleo,2026-03-01\n"
    said, page, _ = planned(tmp_path, "--introducers", history=history)
    assert said == {("Dan", "أمير حدّاد"): "Cleo", ("أمير حدّاد", "Dan"): "Cleo"}
    assert "Cleo" in page and "knows you both" in page
    assert planned(tmp_path, history=history)[0] == {}


def test_the_app_names_them_once_the_organizer_ticks_it(tmp_path, monkeypatch):
    monkeypatch.setattr("web.views.plans.launch", lambda *_: None)
    site = Site(tmp_path / "seedbed.db")
    names = ("Ana", "Ben", "Cleo", "Dan")
    event = site.event(*(Attendee(id=name.casefold(), name=name) for name in names))
    rules = '[[history]]\npeople = ["Ana", "Cleo"]\n[[history]]\npeople = ["Ana", "Ben"]\n'
    at = f"/events/{event.id}/plans/"
    site.write_rules(event, rules)
    chosen = {"rounds": "3", "minutes": "10", "gap": "2", "odd": "trio"}
    site.post(at, at, **chosen, introducers="y")
    with site.store() as store:
        kept = store.event(event.id)
        made = runs.list_runs(store, event.id)[-1]
        work(site.path, made.id, solve)
        entries = json.loads(runs.result_files(store, made)["introductions.json"])
    assert kept.settings.introducers
    named = {(each["reader"], each["partner"]) for each in entries if each["introducer"] == "ana"}
    assert named == {("ben", "cleo"), ("cleo", "ben")}
