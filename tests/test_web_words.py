"""The organizer's own words in the app: kept with the event, refused in words, seen on cards."""

from __future__ import annotations

from functools import partial

import pytest
from test_web_plans import PEOPLE, person
from web_site import Site, text_of

from events import runs
from events.model import RunStatus, Words
from events.worker import solve_here, work
from web.card_forms import WordsForm

TYPED = {
    "language": "en",
    "tone": "",
    "welcome": "Good that you are here.",
    "questions": "What did you notice on your way along the harbour?\n",
    "banned": "synergy*\nchess",
    "address": "https://harbour.example.org",
    "named": ["organization", "hobby", "city", "offer"],
    "version": "1",
}


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setattr("web.views.plans.launch", lambda path, run: None)
    return Site(tmp_path / "seedbed.db")


@pytest.fixture
def event(site):
    return site.event(*PEOPLE, person("Gus"))


def saved(site, event):
    with site.store() as store:
        return store.event(event.id)


def send(site, event, **changes):
    address = f"/events/{event.id}/words/"
    return site.post(address, address, **{**TYPED, **changes})


def test_words_are_kept_with_the_event(site, event):
    assert send(site, event, language="de", questions="").status_code == 302
    kept = saved(site, event)
    assert kept.settings.language == "de"
    assert kept.words.banned == ("synergy*", "chess")
    assert kept.words.welcome == "Good that you are here."
    assert "hobby" not in kept.words.kept_off
    assert "school" in kept.words.kept_off
    page = site.get(f"/events/{event.id}/words/")
    assert "synergy*" in page
    assert 'value="https://harbour.example.org"' in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"questions": "\nWhy did you come?"}, "line 2, Why did you come?: Q6"),
        ({"questions": 'language = "tlh"'}, "in 'tlh'"),
        ({"address": "http://localhost/"}, "attendees cannot reach"),
    ],
)
def test_what_cannot_stand_on_cards_is_refused_in_words(site, event, typed, said):
    answer = send(site, event, **typed)
    assert answer.status_code == 200
    assert said in text_of(answer.text)
    assert saved(site, event).words == Words()


def test_what_somebody_else_saved_is_not_overwritten(site, event):
    send(site, event)
    assert "Somebody else changed this event" in text_of(send(site, event, welcome="Hm").text)
    assert saved(site, event).words.welcome == "Good that you are here."


def test_two_people_are_looked_at_before_there_is_a_plan(site, event):
    with site.store() as store:
        one, other = (entry.attendee.id for entry in store.attendees(event.id)[:2])
    query = f"one={one}&other={other}"
    address = f"/events/{event.id}/words"
    picture = site.client.get(f"{address}/preview.png?{query}")
    assert (picture.mimetype, picture.data[:4]) == ("image/png", b"\x89PNG")
    assert site.get(f"{address}/preview?{query}").count("<article") == 2
    assert "choose somebody else" in text_of(site.get(f"{address}/?one={one}&other={one}"))
    assert "choose somebody else" in text_of(
        site.get(f"{address}/preview?one={one}&other={one}", 400)
    )


def test_a_plan_changes_nothing_of_how_two_people_look(tmp_path):
    site = Site(tmp_path / "seedbed.db")
    event = site.event(*PEOPLE)
    address = f"/events/{event.id}/words/preview?one=ana&other=ben"
    before = site.get(address)
    assert "a flat" in text_of(before)
    with site.store() as store:
        run = runs.start(store, event.id)
    solve = partial(solve_here, site.path, run.id)
    assert work(site.path, run.id, solve) is RunStatus.DONE
    with site.store() as store:
        assert next(store.rows("select count(*) as many from matches"))["many"]
    assert site.get(address) == before


def test_the_next_plan_and_its_print_speak_so(site, event):
    send(site, event)
    run = site.solved(saved(site, event))
    base = f"/events/{event.id}/plans/{run.number}/print"
    with site.store() as store:
        cards = runs.result_file(store, run, "introductions.json").decode()
    assert "along the harbour?" in cards
    assert "https://harbour.example.org" in site.get(f"{base}/page")
    assert "https://harbour.example.org" not in site.get(f"{base}/page?address=")
    assert "Good that you are here." in site.get(f"{base}/page?layout=welcome")


def test_a_printer_that_is_off_is_remembered(site, event):
    number = site.solved(event).number
    base = f"/events/{event.id}/plans/{number}/print"
    chosen = {"layout": "welcome", "paper": "letter", "right": "1.5", "down": "-0.5"}
    site.post(f"{base}/sheets.pdf", base, **chosen)
    page = site.get(base)
    assert 'value="1.5"' in page
    assert 'value="-0.5"' in page
    assert 'selected value="letter"' in page


def test_an_event_without_people_has_words_too(site):
    event = site.event()
    assert "It takes two people." in text_of(site.get(f"/events/{event.id}/words/"))


def test_everything_a_card_can_name_can_be_kept_off(site):
    with site.app.test_request_context():
        choices = {name for name, *_ in WordsForm(meta={"csrf": False}).named.choices}
    assert {"organization", "school", "city", "offer", "experience", "goal"} <= choices
    assert not choices & {"name", "email", "knows"}
