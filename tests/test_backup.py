"""A backup is all there is; bringing it back loses nothing either."""

import io
import sqlite3
from contextlib import closing

import pytest
from web_site import Site, text_of

from events import runs
from events.backup import back_up, restore
from events.errors import StoreError, UnreadableFile
from events.model import Attendee
from events.store import Store
from events.worker import work


@pytest.fixture
def path(tmp_path):
    return tmp_path / "seedbed.db"


def titles(path):
    with Store.open(path) as store:
        return sorted(event.title for event in store.events())


def filled(path, title):
    with Store.open(path) as store:
        event = store.add_event(title)
        store.add_attendee(event.id, Attendee(id="ana", name="Ana"))
        store.secret("session")
        return event


def test_a_backup_brings_everything_back_and_keeps_what_it_replaces(path):
    event = filled(path, "Spring")
    run = None
    with Store.open(path) as store:
        run = runs.start(store, event.id)
    work(path, run.id, lambda *_, **__: {"plan.json": b"{}"})
    kept = back_up(path)
    filled(path, "Summer")
    saved = restore(path, kept)
    assert titles(path) == ["Spring"]
    assert titles(saved) == ["Spring", "Summer"]
    with Store.open(path) as store:
        assert runs.result_files(store, runs.find(store, event.id, 1)) == {"plan.json": b"{}"}


def test_two_restores_in_one_second_save_two_files(path):
    filled(path, "Spring")
    kept = back_up(path)
    assert restore(path, kept) != restore(path, kept)


def test_a_backup_holds_no_secret_and_a_restore_keeps_todays(path, tmp_path):
    filled(path, "Spring")
    with Store.open(path) as store:
        secret = store.secret("session")
    kept = back_up(path)
    assert secret.encode() not in kept
    restore(path, kept)
    with Store.open(path) as store:
        assert store.secret("session") == secret


def test_a_backup_made_while_somebody_writes_is_consistent(path):
    filled(path, "Spring")
    with Store.open(path) as store, store.writing():
        store.add_event("Unfinished")
        kept = back_up(path)
    restore(path, kept)
    assert titles(path) == ["Spring"]


def foreign():
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("create table bookmarks (url)")
        return db.serialize()


@pytest.mark.parametrize(
    "content",
    [b"", b"Name\nAna\n", b"SQLite format 3\x00" + b"\xff" * 2000, foreign()],
    ids=["empty", "list", "damaged", "foreign"],
)
def test_what_is_no_backup_changes_nothing(path, content):
    filled(path, "Spring")
    with pytest.raises(UnreadableFile, match="not a whole backup"):
        restore(path, content)
    assert titles(path) == ["Spring"]


def test_nothing_is_restored_under_a_worker(path):
    event = filled(path, "Spring")
    kept = back_up(path)
    with Store.open(path) as store:
        runs.start(store, event.id)
    with pytest.raises(StoreError, match="A plan is being made"):
        restore(path, kept)


def test_a_backup_goes_out_and_in_through_the_browser(tmp_path):
    site = Site(tmp_path / "seedbed.db")
    event = site.event(Attendee(id="ana", name="Ana"), title="Spring")
    shown = text_of(site.get("/data/"))
    assert "1 event with 1 person" in shown
    assert str(site.path) in shown
    kept = site.client.get("/data/backup")
    assert "seedbed-backup-" in kept.headers["Content-Disposition"]
    site.post(f"/events/{event.id}/erase", f"/events/{event.id}/erase")
    refused = site.post("/data/", "/data/", file=(io.BytesIO(b"Name\n"), "a.csv"))
    assert "not a whole backup" in refused.text
    site.post("/data/", "/data/", file=(io.BytesIO(kept.data), "backup.db"))
    assert "What was there before is kept in" in text_of(site.get("/"))
    assert "Ana" in site.get(f"/events/{event.id}/")
