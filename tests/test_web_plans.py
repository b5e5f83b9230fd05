"""Plans in the browser: made, watched, stopped, read and taken away."""

import html
import io
import json
import re
import subprocess
import sys
import urllib.parse
import urllib.request
import zipfile

import pytest
from planning import CONFLICT
from waiting import wait_for
from web_site import Site, solve, text_of

from events import runs
from events.model import Answer, Attendee, RunStatus
from events.worker import work
from matcher.fields import Visibility
from matcher.plan import Infeasible
from matcher.settings import Settings


def person(name, **answers):
    given = tuple(
        Answer(field=field, texts=(text,), visibility=Visibility.PRINT)
        for field, text in answers.items()
    )
    return Attendee(id=name.lower(), name=name, given_name=name, answers=given)


PEOPLE = (
    person("Ana", hobby="chess", need="a flat"),
    person("Ben", hobby="chess", offer="a flat"),
    person("Cleo", hobby="pottery"),
    person("Dan", hobby="pottery"),
    person("Eve", city="Porto"),
    person("Fay", city="Porto"),
)
SETTINGS = {"rounds": "3", "minutes": "10", "gap": "2", "odd": "trio", "start": "18:30"}


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setattr("web.views.plans.launch", lambda path, run: None)
    return Site(tmp_path / "seedbed.db")


@pytest.fixture
def solved(site):
    """An event with one plan; returns the address of the plan."""
    event = site.event(*PEOPLE, title="Spring & co", settings=Settings(rounds=3))
    return f"/events/{event.id}/plans/{site.solved(event).number}"


def make(site, event, **changes):
    at = f"/events/{event.id}/plans/"
    return site.post(at, at, **{**SETTINGS, **changes})


def test_settings_are_kept_and_say_what_they_mean(site):
    event = site.event(*PEOPLE)
    made = make(site, event)
    assert made.location == f"/events/{event.id}/plans/1"
    said = text_of(site.get(f"/events/{event.id}/plans/"))
    assert "Everybody meets 3 people, one in each round." in said
    for row in (
        "People 6",
        "Meetings of each 3",
        "Breaks that nothing avoids none",
        "Different pairs 9 wanted, 15 possible",
        "Tables in use 3",
        "Time 18:30 to 19:04",
        "Can be planned yes",
    ):
        assert row in said
    assert "Plan 1 6 people, 3 rounds" in said


def test_the_second_tab_is_told_that_the_first_changed_the_settings(site):
    event = site.event(*PEOPLE)
    at = f"/events/{event.id}/plans/"
    make(site, event, version=event.version)
    second = make(site, event, rounds="2", version=event.version)
    assert "Somebody else changed this event" in text_of(second.text)
    assert re.search(r'name="rounds"[^>]* value="2"', second.text)
    with site.store() as store:
        assert store.event(event.id).settings.rounds == 3
        store.change("update runs set status = 'done'")
    (seen,) = re.findall(r'name="version"[^>]* value="(\d+)"', second.text)
    assert make(site, event, rounds="2", version=seen).location == f"{at}2"


def test_the_forecast_answers_while_typing_and_keeps_nothing(site):
    event = site.event(*PEOPLE)
    at = f"/events/{event.id}/plans/"
    asked = site.post(f"{at}forecast", at, **{**SETTINGS, "rounds": "1"})
    assert "Everybody meets 1 person" in asked.text
    assert "Meetings of each 1" in text_of(asked.text)
    assert site.post(f"{at}forecast", at, **{**SETTINGS, "rounds": "many"}).status_code == 204
    assert 'value="6"' in site.get(at)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("rounds", "0", "Use a number from 1 to 100."),
        ("rounds", "", "How many rounds?"),
        ("start", "25:00", "Use a time such as 18:30."),
        ("tables", "0", "Use a number from 1, or leave it empty."),
        ("odd", "duel", "Not a valid choice."),
        ("fairness", "0.3", "Not a valid choice."),
        ("weights", "1 2 3 4", "Not a valid choice."),
        ("weights", "much", "Invalid Choice: could not coerce."),
    ],
)
def test_settings_that_cannot_be_are_refused_in_words(site, field, value, words):
    event = site.event(*PEOPLE)
    refused = make(site, event, **{field: value})
    assert words in text_of(refused.text)
    with site.store() as store:
        assert runs.list_runs(store, event.id) == ()


def test_a_button_says_what_settings_mean_where_there_is_no_script(site):
    event = site.event(*PEOPLE, date="2027-03-01")
    asked = make(site, event, rounds="5", tables="2", look="yes")
    said = text_of(asked.text)
    assert "Breaks that nothing avoids 10" in said
    assert "Time 18:30 to 19:28" in said
    assert 'value="5"' in asked.text
    with site.store() as store:
        assert store.event(event.id) == event
        assert runs.list_runs(store, event.id) == ()


def test_the_date_is_asked_for_and_remembered(site):
    event = site.event(*PEOPLE)
    make(site, event, date="2027-03-01")
    with site.store() as store:
        assert store.event(event.id).date == "2027-03-01"
    assert 'value="2027-03-01"' in site.get(f"/events/{event.id}/plans/")


def test_every_choice_says_its_effect(site):
    page = text_of(site.get(f"/events/{site.event(*PEOPLE).id}/plans/"))
    assert "Help above all In the demo, of 100 needs that could be met about 100 are;" in page
    assert "about 86 percent; about 9 of 1,000 parts of the total are given up for it." in page


def chosen(site, event, name):
    page = site.get(f"/events/{event.id}/plans/")
    return re.search(rf'<input [^>]*checked[^>]* name="{name}"[^>]* value="([^"]+)"', page)[1]


def test_a_fair_plan_is_asked_for_and_remembered(site):
    event = site.event(*PEOPLE)
    make(site, event, fairness="0.75")
    with site.store() as store:
        assert store.event(event.id).settings.fairness == 0.75
    assert chosen(site, event, "fairness") == "0.75"


def test_what_makes_a_good_introduction_is_asked_for_and_remembered(site):
    event = site.event(*PEOPLE)
    assert chosen(site, event, "weights") == "30 45 15 10"
    make(site, event, weights="15 65 10 10")
    with site.store() as store:
        (run,) = runs.list_runs(store, event.id)
        assert run.settings.weights == store.event(event.id).settings.weights == (15, 65, 10, 10)
    assert chosen(site, event, "weights") == "15 65 10 10"


def test_a_fair_plan_says_what_it_is_worth(site):
    event = site.event(*PEOPLE, settings=Settings(rounds=3, fairness=0.5))
    said = text_of(site.get(f"/events/{event.id}/plans/{site.solved(event).number}"))
    assert "Shared fairly: worth as much as" in said
    plain = site.event(*PEOPLE, settings=Settings(rounds=3))
    told = text_of(site.get(f"/events/{plain.id}/plans/{site.solved(plain).number}"))
    assert "Shared fairly" not in told


def test_a_second_plan_waits_for_the_first(site):
    event = site.event(*PEOPLE)
    make(site, event)
    assert "Plan 1 is being made. Stop it first" in text_of(make(site, event).text)


def test_a_run_is_watched_with_and_without_script(site):
    event = site.event(*PEOPLE)
    at = make(site, event).location
    with site.store() as store:
        claim = runs.RUNS.claim(store, 1)
        runs.RUNS.beat(
            store, claim, stage="Filling rounds", done=0.4, best=40_000_000, bound=80_000_000
        )
    page = site.get(at)
    assert "Filling rounds" in text_of(page)
    assert '<noscript><meta http-equiv="refresh"' in page
    assert site.client.get(f"{at}/progress").json == {
        "over": False,
        "stage": "Filling rounds",
        "done": 0.4,
        "figures": "Best plan so far: 20.00 of at most 40.00 (50 %).",
    }
    site.post(f"{at}/stop", at)
    stage = site.client.get(f"{at}/progress").json["stage"]
    assert stage == "Stopping; the best plan so far is kept"


def test_a_stopped_run_that_had_no_plan_can_be_run_again(site):
    event = site.event(*PEOPLE)
    at = make(site, event).location
    with site.store() as store:
        runs.RUNS.interrupt(store, 1)
    said = text_of(site.get(at))
    assert "Plan 1 was interrupted" in said
    assert "Your people and your other plans are untouched." in said
    again = site.post(f"{at}/again", at)
    assert again.location == f"/events/{event.id}/plans/2"
    work(site.path, 2, solve)
    assert "Best possible" in text_of(site.get(again.location))


def test_rules_in_conflict_are_an_answer_and_no_plan_to_print(site):
    def infeasible(*_, **__):
        raise Infeasible(CONFLICT)

    event = site.event(*PEOPLE)
    with site.store() as store:
        work(site.path, runs.start(store, event.id).id, infeasible)
    at = f"/events/{event.id}/plans/"
    said = text_of(site.get(f"{at}1"))
    assert "These cannot all hold" in said
    assert "Ana and Ben must meet. Ben is absent. Drop or change any one of them" in said
    assert "rules in conflict" in text_of(site.get(at))
    site.get(f"{at}1/print", 404)


def test_what_is_not_possible_is_told_in_words(site):
    event = site.event(PEOPLE[0])
    run = site.solved(event)
    assert run.status is RunStatus.FAILED
    said = text_of(site.get(f"/events/{event.id}/plans/1"))
    assert "There is no plan 1 An introduction needs two people" in said
    assert "Technical details" not in said


def test_a_plan_shows_its_certificate_and_leads_on(site, solved):
    said = text_of(site.get(solved))
    assert "Best possible" in said
    assert "6 people in 3 rounds: 9 meetings." in said
    assert "Nobody has to sit out a round." in said
    assert "Needs and offers were compared by their wording alone." in said
    assert "Who gets least" in said
    assert "Review the people The room, round by round" in said


def test_everybody_has_a_page_with_reasons_questions_and_offers(site, solved):
    everybody = text_of(site.get(f"{solved}/people?sort=name"))
    assert everybody.index("Ana") < everybody.index("Fay")
    assert "Nobody of that name" in text_of(site.get(f"{solved}/people?q=zoe"))
    said = text_of(site.get(f"{solved}/people/2"))
    assert "Ben 3 meetings" in said
    assert "Why you two" in said
    assert "you could" in said
    assert "Not here" in site.get(f"{solved}/people/7", 404)
    assert "Not here" in site.get(f"{solved}/people/0", 404)


def test_a_plan_says_when_the_people_changed(site, solved):
    assert "changed since" not in site.get(solved)
    at = solved.partition("/plans")[0] + "/people/1"
    site.post(f"{at}/archive", at)
    assert "1 person has changed since this plan was made." in text_of(site.get(solved))


def test_the_cards_are_printed_under_a_policy_of_their_own(site, solved):
    answer = site.client.get(f"{solved}/print/page")
    assert answer.text.count("<article") >= 18
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script" not in policy
    assert "letter" in site.get(f"{solved}/print/page?layout=letterx4").lower()
    assert "Not a valid choice" in site.get(f"{solved}/print/page?layout=a0", 400)


def test_a_file_opens_in_a_spreadsheet_and_the_archive_holds_it_as_made(site, solved):
    table = site.client.get(f"{solved}/files/pairings.csv")
    assert table.headers["Content-Disposition"] == 'attachment; filename="pairings.csv"'
    assert table.data.startswith(b'\xef\xbb\xbf"round","table"')
    first, second = (site.client.get(f"{solved}/plan.zip").data for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == sorted(archive.namelist())
        assert archive.read("pairings.csv") == table.data[3:]
        assert json.loads(archive.read("plan.json"))["people"] == 6
    assert "Not here" in site.get(f"{solved}/files/secret.csv", 404)


def test_the_demo_is_made_once_and_marked(site):
    first = site.post("/demo")
    work(site.path, 1, solve)
    assert site.post("/demo").location == first.location
    assert "demo, invented people" in text_of(site.get(first.location))
    assert text_of(site.get("/")).count("The Long Table") == 1


def test_two_servers_on_one_database_show_the_same(site, solved):
    other = Site(site.path)
    assert text_of(other.get(solved)) == text_of(site.get(solved))


def test_rounds_in_which_nobody_could_meet_are_taken_off_by_a_button(site):
    event = site.event(*PEOPLE[:2])
    at = f"/events/{event.id}/plans/"
    page = site.get(at)
    assert re.search(r'<button[^>]* form="settings" name="few" value="1"', page)
    again = site.post(at, at, **{**SETTINGS, "rounds": "6"}, few="1").text
    assert 'name="rounds"' in again and "Everybody meets 1 person" in text_of(again)
    assert "instead" not in text_of(again)
    assert "Plans so far" not in again


def test_a_long_list_of_people_is_shown_page_by_page(site, solved, monkeypatch):
    monkeypatch.setattr("web.views.plans._ON_A_PAGE", 4)
    seen, address = [], f"{solved}/people?sort=name"
    while address:
        page = site.get(html.unescape(address))
        seen += re.findall(r'<a class="name"[^>]*><bdi>(\w+)</bdi>', page)
        further = re.search(r'href="([^"]+)" rel="next"', page)
        address = further and further[1]
    assert seen == sorted(person.name for person in PEOPLE)
    found = site.get(f"{solved}/people?q={seen[-1]}")
    assert 'rel="next"' not in found and seen[-1] in found


SERVER = """
import sys
from waitress.server import create_server
from web.app import create_app
server = create_server(create_app(sys.argv[1]), host="127.0.0.1", port=0)
print(server.effective_port, flush=True)
server.run()
"""


def test_a_plan_is_made_although_the_server_is_killed(tmp_path):
    site = Site(tmp_path / "seedbed.db")
    event = site.event(*PEOPLE)
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, site.path], stdout=subprocess.PIPE, text=True
    )
    base = f"http://127.0.0.1:{server.stdout.readline().strip()}/events/{event.id}/plans/"
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = browser.open(base, timeout=300).read().decode()
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    browser.open(base, urllib.parse.urlencode({**SETTINGS, "csrf_token": token}).encode()).close()
    server.kill()
    server.communicate()
    wait_for(lambda: "Best possible" in site.get(f"/events/{event.id}/plans/1"))


def test_plans_are_compared_put_to_use_and_taken_back(site, solved):
    at = solved.partition("/plans")[0]
    site.post(f"{at}/people/1/archive", f"{at}/people/1")
    with site.store() as store:
        run = runs.start(store, at.split("/")[-1])
    work(site.path, run.id, solve)
    site.post(f"{solved}/use", solved)
    assert "Plan 1 in use" in text_of(site.get(solved))
    second = f"{at}/plans/2"
    assert "Plan 1 is in use. Whose cards would change?" in text_of(site.get(second))
    said = text_of(site.get(f"{second}/compare/1"))
    assert "From plan 1 to plan 2" in said
    assert "Ana 3 cards" in said
    assert "becomes not in the plan" in said
    site.post(f"{second}/use", second)
    site.post(f"{second}/take-back", second)
    assert "Plan 1 6 people" in text_of(site.get(f"{at}/plans/"))
    assert "Plan 1 in use" in text_of(site.get(solved))
    assert "Not here" in site.get(f"{second}/compare/9", 404)


def test_a_long_comparison_is_told_page_by_page(site, solved, monkeypatch):
    monkeypatch.setattr("web.views.plans._ON_A_PAGE", 2)
    at = solved.partition("/plans")[0]
    site.post(f"{at}/people/1/archive", f"{at}/people/1")
    with site.store() as store:
        work(site.path, runs.start(store, at.split("/")[-1]).id, solve)
    address, seen = f"{at}/plans/2/compare/1", []
    while address:
        page = site.get(address)
        names = re.findall(r"<summary><bdi>(\w+)</bdi>", page)
        assert 1 <= len(names) <= 2
        seen += names
        further = re.search(r'href="([^"]+)" rel="next"', page)
        address = further and further[1]
    said = text_of(page)
    assert f"for {len(seen)} people" in said and len({*seen}) == len(seen) > 2


def test_any_two_plans_can_be_compared_and_only_what_changes_printed(site, solved):
    at = solved.partition("/plans")[0]
    for _ in range(2):
        with site.store() as store:
            work(site.path, runs.start(store, at.split("/")[-1]).id, solve)
    page = site.get(f"{at}/plans/3")
    assert re.findall(r'<option value="(\d)"', page) == ["2", "1"]
    assert f'action="{at}/plans/3/compare"' in page
    same = site.get(f"{at}/plans/3/compare?other=1")
    assert "Not one card changes" in text_of(same)
    assert re.search(r'<option value="1" selected', same)
    assert "Not here" in site.get(f"{at}/plans/3/compare", 404)
    site.post(f"{at}/people/1/archive", f"{at}/people/1")
    with site.store() as store:
        work(site.path, runs.start(store, at.split("/")[-1]).id, solve)
    page = site.get(f"{at}/plans/4/compare?other=1")
    print_at = re.search(r'href="([^"]+print[^"]*since=1)"', page)[1]
    assert re.search(r'<option selected value="1">', site.get(print_at))


def test_the_figures_of_a_plan_are_told_in_words(site, solved):
    said = text_of(site.get(solved))
    assert "figures of this plan" in said
    assert "Pairs who meet again 0 at most 0" in said
