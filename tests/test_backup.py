"""A backup is all there is; bringing it back loses nothing either."""

import io
import sqlite3
from contextlib import closing

import pytest
from sqlite_utils import Migrations
from web_site import Site, text_of

from events import migrations, runs
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


HOSTILE = {
    "trigger": "create trigger t after insert on events begin delete from attendees; end",
    "trigger of a name of ours": "drop trigger stamp_events_insert;"
    " create trigger stamp_events_insert after insert on events begin delete from attendees; end",
    "view that never ends": "drop table _sqlite_migrations; create view _sqlite_migrations as"
    " with recursive n(x) as (select 1 union all select x from n)"
    " select 'seedbed' migration_set, x name from n where x < 0",
    "virtual table": "create virtual table t using fts5(x)",
    "table of somebody else": "create table bookmarks (url)",
    "column more": "alter table events add column note text",
    "column of another name": "alter table events rename column erase_on to note",
    "settings that are none": "update events set settings = '[]'",
    "answers that are no answers": "update attendees set answers = '{'",
}


@pytest.mark.parametrize("statement", HOSTILE.values(), ids=HOSTILE)
def test_a_backup_that_somebody_tampered_with_is_refused(path, tmp_path, statement):
    filled(path, "Spring")
    tampered = tmp_path / "tampered.db"
    tampered.write_bytes(back_up(path))
    with closing(sqlite3.connect(tampered)) as db:
        db.executescript(statement)
        db.commit()
    with pytest.raises(UnreadableFile, match="not a whole backup"):
        restore(path, tampered.read_bytes())
    assert titles(path) == ["Spring"]
    assert not [*path.parent.glob("*before-restore*")]


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(path, tmp_path, monkeypatch):
    early = tmp_path / "early.db"
    with monkeypatch.context() as then:
        steps = Migrations("seedbed")
        for step in migrations.STEPS[:-1]:
            steps()(step)
        then.setattr(migrations, "_MIGRATIONS", steps)
        filled(early, "Spring")
        kept = back_up(early)
    filled(path, "Summer")
    restore(path, kept)
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
