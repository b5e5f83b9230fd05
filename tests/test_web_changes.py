"""A plan changed by hand in the browser: asked about, confirmed, overtaken, read back."""

import io
import re
from dataclasses import replace

import pytest
from test_web_plans import PEOPLE
from web_site import Site, text_of

from events import runs
from events.changes import OBSTACLES, PROMISES
from events.corrected import REMEDIES
from events.finished import read_finished
from events.sentences import sentences
from matcher.rules import RULES
from matcher.settings import Settings


@pytest.fixture
def site(tmp_path, monkeypatch):
    return Site(tmp_path / "seedbed.db").work_at_once(monkeypatch)


@pytest.fixture
def plan(site):
    event = site.event(*PEOPLE, settings=Settings(rounds=1))
    return f"/events/{event.id}/plans/{site.solved(event).number}"


def finished(site, plan, number=1):
    with site.store() as store:
        run = runs.find(store, plan.split("/")[2], number)
        return read_finished(runs.result_files(store, run))


def partner(found, person):
    """Return whom somebody meets in a plan of one round."""
    (table,) = (each for each in found.tables if person.id in {g.id for g in each.people})
    (other,) = (each for each in table.people if each.id != person.id)
    return other


def exchange(found):
    """Return the first person, and somebody from another table."""
    first = found.people[0]
    other = next(each for each in found.people[1:] if each != partner(found, first))
    return first, other


def ask(plan, person, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{plan}/people/{person.position}/change?{query}"


def confirm(site, page):
    """Press the button of a page that tells a price."""
    form = re.search(r'(?s)<form method="post" class="mt-3">(.*?)</form>', site.get(page))[1]
    data = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    data.pop("csrf_token")
    return lambda: site.post(page.partition("?")[0], page, **data)


def test_a_person_and_a_table_lead_to_their_change(site, plan):
    assert f"{plan}/people/1/change" in site.get(f"{plan}/people/1")
    assert re.search(rf"{plan}/people/\d+/change\?round=1", site.get(f"{plan}/rooms"))
    said = text_of(site.get(f"{plan}/people/1/change"))
    assert "What shall be different?" in said and "What would it cost?" in said
    assert "The total" not in said
    assert site.get(f"{plan}/people/99/change", 404)


def test_the_price_is_told_before_anything_is_made(site, plan):
    first, other = exchange(finished(site, plan))
    page = site.get(ask(plan, first, do="swap", round=1, other=other.position))
    said = text_of(page)
    assert f"{first.name} and {other.name} change places in round 1." in said
    assert re.search(r"The total (falls|rises) by \d\.\d{3}\.|The total stays", said)
    assert "Who gains and who loses" in said and "Everybody may meet (0.020)." in said
    assert "Make the changed plan" in said
    with site.store() as store:
        assert len(runs.list_runs(store, plan.split("/")[2])) == 1


def test_a_confirmed_change_is_a_plan_of_its_own(site, plan):
    before = finished(site, plan)
    first, other = exchange(before)
    answer = confirm(site, ask(plan, first, do="swap", round=1, other=other.position))()
    assert answer.location.endswith("/plans/2")
    after = finished(site, plan, 2)
    assert partner(after, first).name == partner(before, other).name
    assert finished(site, plan).tables == before.tables
    said = text_of(site.get(answer.location))
    assert f"Made from plan 1: {first.name} and {other.name} change places in round 1." in said
    for page in ("", f"/people/{first.position}/change", "/keep", "/corrected"):
        assert "It was changed by hand: plan 2" in text_of(site.get(plan + page))
    listed = text_of(site.get(f"{plan.rpartition('/')[0]}/"))
    assert f"Plan 1: {first.name} and {other.name} change places" in listed


def test_whose_cards_change_is_told_from_the_plan_before(site, plan):
    first, other = exchange(finished(site, plan))
    confirm(site, ask(plan, first, do="swap", round=1, other=other.position))()
    said = text_of(site.get(f"{plan.rpartition('/')[0]}/2/compare/1"))
    assert "4 cards change for 4 people" in said


def test_a_second_tab_is_told_what_was_changed_meanwhile_and_loses_nothing(site, plan, monkeypatch):
    first, other = exchange(finished(site, plan))
    page = ask(plan, first, do="swap", round=1, other=other.position)
    one, two = confirm(site, page), confirm(site, ask(plan, first, do="remove", round=1))
    assert one().status_code == 302
    late = two()
    assert late.status_code == 409
    said = text_of(late.text)
    assert "Plan 1 was changed meanwhile" in said
    assert f"Your change was not made: “{first.name} meets nobody in round 1.”" in said
    assert "It differs in 4 cards:" in said
    assert "whose cards differ" not in said
    data = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', late.text))
    data.pop("csrf_token")
    monkeypatch.setattr("web.views.changes._TOLD", 1)
    summary = two()
    assert summary.text.count('class="is-note"') == 1
    assert "All 4 people whose cards differ" in text_of(summary.text)
    assert f"{plan.rpartition('/')[0]}/2/compare/1" in summary.text
    again = site.post(page.partition("?")[0], page, **data)
    assert again.status_code == 302
    assert finished(site, plan, 3).people[0].meetings == 0


def test_what_breaks_a_rule_is_named_and_has_no_button(site):
    event = site.event(*PEOPLE, settings=Settings(rounds=1))
    with site.store() as store:
        rules = '[[exclusion]]\npeople = ["Ana", "Ben"]\n'
        store.save_event(replace(store.event(event.id), rules=rules))
    plan = f"/events/{event.id}/plans/{site.solved(event).number}"
    found = finished(site, plan)
    ana, ben = (next(g for g in found.people if g.name == name) for name in ("Ana", "Ben"))
    page = site.get(ask(plan, ana, do="pin", round=1, other=ben.position))
    assert "This cannot be done: Ana and Ben are never to meet. Change the rule first" in text_of(
        page
    )
    assert "Make the changed plan" not in page
    sent = site.post(
        f"{plan}/people/{ana.position}/change",
        plan,
        do="pin",
        round="1",
        other=str(ben.position),
        table="",
        seen="0",
    )
    assert "never to meet" in text_of(sent.text)
    with site.store() as store:
        assert len(runs.list_runs(store, event.id)) == 1


def test_all_that_can_be_broken_has_words_and_a_remedy_in_files():
    kinds = {rule.kind for rule in RULES} - {"minimum"}
    assert set(REMEDIES) == kinds | set(PROMISES)
    assert set(OBSTACLES) == set(REMEDIES) - {"seat", "trio"}, "whose texts are phrases"


def test_a_change_is_told_in_the_language_of_the_pages_there_and_in_its_plan(
    site, plan, monkeypatch
):
    monkeypatch.setattr("web.views.changes.translated", lambda said: f"{said.values['who']}: frei")
    first = finished(site, plan).people[0]
    page = ask(plan, first, do="remove", round=1)
    assert f"{first.name}: frei" in text_of(site.get(page))
    confirm(site, page)()
    assert finished(site, plan, 2).certificate.by_hand == (f"{first.name}: frei",)


def test_a_ban_holds_for_further_plans_too(site, plan):
    found = finished(site, plan)
    first = found.people[0]
    other = partner(found, first)
    confirm(site, ask(plan, first, do="forbid", round=0, other=other.position))()
    with site.store() as store:
        (kept,) = sentences(store, plan.split("/")[2])
    assert (kept.kind, kept.people) == ("apart", tuple(sorted((first.id, other.id))))
    assert partner(finished(site, plan, 2), first).id != other.id


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"do": "swap"}, "Choose a round."),
        ({"do": "swap", "round": 1}, "Choose somebody."),
        ({"do": "move", "round": 1}, "Type the number of a table."),
        ({"do": "move", "round": 1, "table": 99}, "Nobody sits at table 99 in round 1."),
        ({"do": "dance"}, "Not a valid choice"),
        ({"do": "pin", "other": 99999}, "Not a valid choice"),
    ],
)
def test_a_mistake_is_said_where_it_is(site, plan, asked, says):
    page = site.get(ask(plan, finished(site, plan).people[0], **asked))
    assert says in text_of(page) and "Make the changed plan" not in page


def upload(site, plan, content):
    file = (io.BytesIO(content), "pairings.csv")
    return site.post(f"{plan}/corrected", f"{plan}/corrected", file=file).text


def test_a_file_that_comes_back_unchanged_changes_nothing(site, plan):
    content = site.client.get(f"{plan}/files/pairings.csv").data
    page = upload(site, plan, content)
    assert "Nothing changes: everybody meets the same people" in text_of(page)
    assert "Make the changed plan" not in page


def test_a_corrected_file_is_told_with_its_price_and_made(site, plan):
    header, one, two, *more = site.client.get(f"{plan}/files/pairings.csv").text.splitlines()
    a, b = one.split(","), two.split(",")
    for at in (3, 6):
        a[at], b[at] = b[at], a[at]
    page = upload(site, plan, "\n".join([header, ",".join(a), ",".join(b), *more]).encode())
    assert "Meetings that come" in text_of(page)
    data = dict(re.findall(r'type="hidden" name="(seats|seen)" value="([^"]*)"', page))
    data["seats"] = data["seats"].replace("&#34;", '"')
    answer = site.post(f"{plan}/corrected/make", plan, **data)
    assert answer.location.endswith("/plans/2")
    assert {g.id for t in finished(site, plan, 2).tables[:1] for g in t.people} == {
        a[2].strip('"'),
        a[3].strip('"'),
    }


@pytest.mark.parametrize(
    "sent", [{}, {"seats": "x"}, {"seats": '"round","table","a","b"\n1,1,"ana","zoe"\n'}]
)
def test_seats_that_no_page_sent_change_nothing(site, plan, sent):
    assert site.post(f"{plan}/corrected/make", plan, **sent).status_code == 400
    with site.store() as store:
        assert len(runs.list_runs(store, plan.split("/")[2])) == 1


def test_every_problem_of_a_file_is_told_at_once(site, plan):
    page = upload(site, plan, b"round,table,a,b\nx,1,zoe,ana\n9,2,ana,ben\n")
    said = text_of(page)
    assert "'x' is not a number from 1" in said and "'zoe' is nobody in this plan" in said
    assert "the last one is 1" in said and "Make the changed plan" not in said


def test_a_file_of_another_kind_is_refused_in_words(site, plan):
    assert "no table with the columns round" in text_of(upload(site, plan, b"a,b\n1,2\n"))
    assert "Choose a file." in text_of(site.post(f"{plan}/corrected", f"{plan}/corrected").text)
