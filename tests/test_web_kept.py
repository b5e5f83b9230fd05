"""Pages are kept while nothing changes, and never longer; stores go from request to request."""

import gc
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import _lru_cache_wrapper
from threading import Event
from types import SimpleNamespace

import pytest
from flask import template_rendered
from waiting import clock_on
from web_site import Site, text_of

from events import runs
from events.erase import erase_person
from events.jobs import STALE_SECONDS
from events.listing import find_people
from events.migrations import UNSEEN
from events.model import Answer, Attendee, RunStatus
from events.runs import RUNS
from events.store import Store
from events.worker import work
from matcher.fields import FIELDS
from web.database import _people_once, _read_once
from web.kept import kept
from web.lending import Stores

ANA, BEN = Attendee(id="ana", name="Ana"), Attendee(id="ben", name="Ben")


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "seedbed.db")


@pytest.fixture
def made(site):
    """Return the names of the templates that were really made into pages."""
    names = []

    def note(_, template, **__):
        names.append(template.name)

    with template_rendered.connected_to(note, site.app):
        yield names


@pytest.fixture
def held(monkeypatch):
    """Hold back the first list of people that is made, after its people were read."""
    asked, go_on = Event(), Event()

    def wait(*args, **options):
        asked.set()
        assert go_on.wait(10)
        return find_people(*args, **options)

    monkeypatch.setattr("web.views.people.find_people", wait)
    return SimpleNamespace(wait_until_asked=lambda: asked.wait(10), go_on=go_on.set)


def test_every_table_that_pages_show_renews_the_stamp():
    with Store.open(":memory:") as store:
        found = list(store.rows("select type, name, tbl_name from sqlite_master"))
    tables = {row["name"] for row in found if row["type"] == "table"}
    watched = {(row["tbl_name"], row["name"]) for row in found if row["type"] == "trigger"}
    assert {"attendees", "events", "runs", "run_files", "uses"} <= tables
    assert watched == {
        (table, f"stamp_{table}_{action}")
        for table in tables - {*UNSEEN}
        for action in ("insert", "update", "delete")
    }


def test_the_stamp_is_another_after_each_change_and_the_same_without_one():
    with Store.open(":memory:") as store:
        stamps = [store.stamp()]

        def renewed():
            stamps.append(store.stamp())
            return stamps[-1] not in stamps[:-1]

        event = store.add_event("Evening")
        assert renewed()
        store.add_attendee(event.id, ANA)
        assert renewed()
        store.save_event(replace(event, title="Morning"))
        assert renewed()
        store.delete_event(event.id)
        assert renewed()
        assert not renewed()


def test_live_progress_leaves_the_stamp_and_its_end_does_not(tmp_path):
    with Store.open(tmp_path / "seedbed.db") as store:
        event = store.add_event("Evening")
        for person in (ANA, BEN):
            store.add_attendee(event.id, person)
        taken = RUNS.claim(store, runs.start(store, event.id).id)
        RUNS.beat(store, taken, stage="Rounds", done=0.1)
        before = store.stamp()
        RUNS.beat(store, taken, stage="Rounds", done=0.5, best=3, bound=4)
        assert store.stamp() == before
        RUNS.finish(store, taken, RunStatus.DONE, {"plan.json": b"{}"})
        assert store.stamp() != before


def test_a_page_is_made_once_and_anew_after_a_change(site, made):
    event = site.event(ANA)
    at = f"/events/{event.id}/"
    first = text_of(site.get(at))
    assert text_of(site.get(at)) == first
    assert made == ["people.html"]
    with site.store() as store:
        store.add_attendee(event.id, BEN)
    assert "Ben" in site.get(at)
    assert made == ["people.html", "people.html"]
    assert "Ben" not in text_of(site.get(f"{at}?q=Ana"))


def test_a_save_leaves_the_pages_that_show_nothing_of_it(site, made):
    event, other = site.event(ANA, BEN), site.event(ANA, title="Other")
    ana, ben = (f"/events/{event.id}/people/{number}" for number in (1, 2))
    pages = ana, ben, f"/events/{other.id}/"
    for page in pages:
        site.get(page)
    with site.store() as store:
        stored = store.attendee(event.id, 1)
        store.save_attendee(event.id, replace(stored, attendee=replace(ANA, typed_name="Anna")))
    made.clear()
    for page in (*pages, ana):
        site.get(page)
    assert made == ["person.html"]


def test_who_asks_for_a_page_that_is_being_made_waits_for_it(site, made, held):
    at = f"/events/{site.event(ANA).id}/"
    with ThreadPoolExecutor(4) as browsers:
        asked = [browsers.submit(site.app.test_client().get, at) for _ in range(4)]
        held.wait_until_asked()
        held.go_on()
        pages = {re.sub(r'value="[^"]+"', "", each.result().text) for each in asked}
    assert len(pages) == 1
    assert made == ["people.html"]


def test_who_saved_sees_it_though_an_older_page_is_being_made(site, held):
    event = site.event(ANA)
    at = f"/events/{event.id}/"
    with ThreadPoolExecutor(2) as browsers:
        first = browsers.submit(site.app.test_client().get, at)
        held.wait_until_asked()
        with site.store() as store:
            store.add_attendee(event.id, BEN)
        second = browsers.submit(site.app.test_client().get, at)
        held.go_on()
        assert "Ben" not in first.result().text
        assert "Ben" in second.result().text
    assert "Ben" in site.get(at)


def test_a_kept_view_may_call_another(site):
    event = site.event(ANA)
    inner = site.app.view_functions["people.index"]
    site.app.view_functions["people.index"] = kept(lambda event_id: inner(event_id=event_id))
    assert "Ana" in site.get(f"/events/{event.id}/")
    with site.store() as store:
        store.add_attendee(event.id, BEN)
    assert "Ben" in site.get(f"/events/{event.id}/")


def test_a_page_made_while_somebody_erases_is_not_kept(site, held):
    event = site.event(Attendee(id="x", name="Xantippe"), ANA)
    with ThreadPoolExecutor(1) as browsers:
        made = browsers.submit(site.app.test_client().get, f"/events/{event.id}/")
        held.wait_until_asked()
        with site.store() as store:
            erase_person(store, event.id, 1)
        site.get("/")
        held.go_on()
        assert "Xantippe" in made.result().text
    memory = site.app.extensions["kept"]
    assert not any(b"Xantippe" in page.content for page in memory._pages.values())


def test_what_another_program_erases_leaves_pages_and_plans(site):
    event = site.event(Attendee(id="x", name="Xantippe"), ANA, BEN)
    page = f"/events/{event.id}/plans/{site.solved(event).number}"
    assert "Xantippe" in site.get(page)
    with site.store() as store:
        erase_person(store, event.id, 1)
    site.get("/")
    assert [*site.app.extensions["kept"]._pages] == [("/?", "en", date.today())]
    assert not any(read.cache_info().currsize for read in (_read_once, _people_once))


def test_what_is_said_once_is_not_kept(site):
    event = site.event(ANA)
    at = f"/events/{event.id}/people/1"
    site.post(f"{at}/archive", at)
    assert "Ana is archived" in site.get(f"/events/{event.id}/")
    assert "Ana is archived" not in site.get(f"/events/{event.id}/")


def test_each_browser_gets_its_own_token_in_the_same_page(site, made):
    def token(client):
        page = client.get("/events/new").text
        return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]

    one, other = site.app.test_client(), site.app.test_client()
    tokens = [token(one), token(other)]
    assert made == ["event_form.html"]
    assert tokens[0] != tokens[1]
    for client, mine in zip((one, other), tokens, strict=True):
        made = client.post("/events/new", data={"title": "Mine", "csrf_token": mine})
        assert made.status_code == 302
    assert one.post("/events/new", data={"csrf_token": tokens[1]}).status_code == 400


def test_a_run_under_way_is_shown_live_and_a_silent_one_is_noticed(site, monkeypatch):
    event = site.event(ANA, BEN)
    at = f"/events/{event.id}/plans/"
    with site.store() as store:
        run = runs.start(store, event.id)
        taken = RUNS.claim(store, run.id)
        for stage in ("Counting", "Colouring"):
            RUNS.beat(store, taken, stage=stage, done=0.1)
            assert stage in site.get(f"{at}1")
    assert "being made" in site.get("/")
    clock_on(monkeypatch, STALE_SECONDS + 1)
    assert "interrupted" in text_of(site.get("/"))


def test_nothing_of_an_erased_person_stays_in_memory_or_in_the_file(site):
    event = site.event(Attendee(id="x", name="Xantippe"), ANA)
    at = f"/events/{event.id}/people/1"
    site.get(f"/events/{event.id}/")
    site.get(at)
    site.post(f"{at}/erase", f"{at}/erase")
    for part in site.path.parent.glob("seedbed.db*"):
        assert b"Xantippe" not in part.read_bytes(), part.name
    memory = site.app.extensions["kept"]
    assert not any(b"Xantippe" in page.content for page in memory._pages.values())


def remembering(word):
    """Return the names of the functions that remember a text with this word in it."""
    remember = [one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper)]
    return {
        one.__qualname__
        for one in remember
        for known in gc.get_referents(one)
        if isinstance(known, dict) and word in repr([*known])
    }


def test_no_answer_of_an_erased_person_is_remembered(site):
    """Words of their own in every field, which lists, reviews, plans and cards have read."""
    own = tuple(
        Answer(field=field.name, texts=(f"Xantippes {field.name}",), visibility=field.visibility)
        for field in FIELDS
        if field.purpose.is_trait
    )
    event = site.event(Attendee(id="x", name="Xantippe", answers=own), ANA, BEN)
    site.solved(event)
    at = f"/events/{event.id}"
    for page in ("/", "/people/1", "/values/", "/plans/1", "/plans/1/print/preview.png"):
        site.client.get(at + page)
    assert {"values_of", "meant_as", "tidy", "line_count"} <= remembering("Xantippes")
    site.post(f"{at}/people/1/erase", f"{at}/people/1/erase")
    assert remembering("Xantippes") == set()


def test_pages_beyond_the_limit_go_and_come_back(site, monkeypatch):
    monkeypatch.setattr("web.kept._LIMIT", 10_000)
    event = site.event(ANA)
    for query in range(20):
        assert "Ana" in site.get(f"/events/{event.id}/?show=all&sort={query}")
    memory = site.app.extensions["kept"]
    pages = memory._pages.values()
    assert pages
    assert sum(len(page.content) for page in pages) == memory._bytes <= 10_000


def test_a_store_that_was_left_in_the_middle_of_a_change_is_not_lent_again(site):
    site.event(ANA, title="Before")
    stores = site.app.extensions["stores"]
    lent = stores.lend()
    lent._db.conn.execute("begin immediate")
    lent.change("delete from attendees")
    stores.take_back(lent)
    assert stores.lend() is not lent
    assert "1 person" in text_of(site.get("/"))


def test_a_store_is_lent_again_and_to_one_at_a_time(site):
    stores = site.app.extensions["stores"]
    one, other = stores.lend(), stores.lend()
    assert one is not other
    stores.take_back(one)
    assert stores.lend() is one
    stores.take_back(other)


def test_a_store_of_an_earlier_file_is_not_lent_again(tmp_path):
    path, other = tmp_path / "seedbed.db", tmp_path / "other.db"
    Store.open(other).close()
    stores = Stores(path)
    before = stores.lend()
    other.replace(path)
    stores.take_back(stores.lend())
    stores.take_back(before)  # it was lent while the file changed
    assert stores.lend() is not before
    assert stores.lend() is not before
    stores.close()


def test_another_file_in_its_place_is_noticed(site, tmp_path):
    site.event(title="Before")
    assert "Before" in site.get("/")
    other = Site(tmp_path / "other.db")
    other.event(title="After")
    for end in ("-wal", "-shm"):
        other.path.with_name(f"other.db{end}").unlink(missing_ok=True)
        site.path.with_name(f"seedbed.db{end}").unlink(missing_ok=True)
    other.path.replace(site.path)
    assert "After" in site.get("/")


def test_a_run_that_ends_shows_on_the_pages_of_other_plans(site):
    event = site.event(ANA, BEN)
    run = site.solved(event)
    page = f"/events/{event.id}/plans/{run.number}"
    assert "Best possible" in site.get(page)
    with site.store() as store:
        again = runs.start(store, event.id)
    work(site.path, again.id, lambda *_, **__: {"plan.json": b"{}"})
    assert "plan 2" in text_of(site.get(page)).lower()
