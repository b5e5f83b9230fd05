"""After every kind of change, each page is what it would be if nothing had been kept."""

import re
from dataclasses import replace

import pytest
from web_site import Site, solve

from events import prints, runs, series, versions
from events.drop_columns import drop_columns
from events.erase import erase_person
from events.erase_event import erase_event
from events.importer import read_people
from events.merging import merge, undo_merge
from events.model import RunStatus, Words
from events.reimport import import_people
from events.rules import Sentence
from events.sentences import say, take_out
from events.undo_import import undo_import
from events.worker import work
from matcher.canon import Decision
from web.app import create_app
from web.cards import PrintJob
from web.database import forget_plans
from web.kept import forget_pages

PEOPLE = b"Name,Company,Need\nAna,Rot AG,pricing\nBen,Rot,design\nCleo,Blau,law\nDan,Gelb,pricing\n"
LATER = b"Name,Company\nAna,Gelb\nDina,Blau\n"


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "seedbed.db")


@pytest.fixture
def event(site):
    """An event with a file, a finished plan and a print, and another event of the same series."""
    with site.store() as store:
        store.add_event("Other", series="Evenings")
        event = store.add_event("Evening", series="Evenings")
        upload(store, event, PEOPLE)
        run = runs.start(store, event.id)
        work(site.path, run.id, solve)
        prints.start(store, run, PrintJob().to_json())
    return event


def upload(store, event, content):
    file = store.add_upload(event.id, "people.csv", content)
    import_people(store, file, read_people(content).people)


def rename(store, event):
    stored = store.attendee(event.id, 1)
    named = replace(stored.attendee, typed_name="Anna")
    store.save_attendee(event.id, replace(stored, attendee=named))


def archive(store, event):
    store.save_attendee(event.id, replace(store.attendee(event.id, 2), archived=True))


def save(store, event, **values):
    store.save_event(replace(store.event(event.id), **values))


def save_other(store, event):
    other = next(each for each in store.events() if each.title == "Other")
    store.save_event(replace(other, title="Another"))


def unite(store, event):
    merge(store, event.id, store.attendee(event.id, 3), store.attendee(event.id, 4))


def decide(store, event):
    series.decide(store, event.id, Decision("organization", "rot", "blau", True), ("Rot", "Blau"))


def keep_apart(store, event):
    one, other = (person.id for person in store.coming(event.id)[:2])
    say(store, event.id, Sentence(kind="apart", blanks={"one": one, "other": other}))


def latest(store, event):
    return runs.list_runs(store, event.id)[0]


def report(store, event):
    claim = runs.RUNS.claim(store, latest(store, event).id)
    runs.RUNS.beat(store, claim, stage="Rounds", done=0.5, best=3, bound=4)


def plan_again(store, event):
    again = runs.start_again(store, runs.find(store, event.id, 1))
    claim = runs.RUNS.claim(store, again.id)
    files = runs.result_files(store, runs.find(store, event.id, 1))
    runs.RUNS.finish(store, claim, RunStatus.DONE, files)


CHANGES = (
    rename,
    archive,
    lambda store, event: store.add_event("Third"),
    lambda store, event: save(store, event, title="Morning", date="2027-01-02"),
    save_other,
    lambda store, event: save(store, event, rules="[tables]\ncount = 3\n"),
    lambda store, event: save(store, event, words=Words(questions="What keeps you awake?")),
    keep_apart,
    lambda store, event: take_out(store, event.id, 1),
    decide,
    lambda store, event: series.take_back(store, event.id, 1),
    unite,
    lambda store, event: undo_merge(store, event.id, 3, 4),
    lambda store, event: upload(store, event, LATER),
    lambda store, event: undo_import(store, event.id),
    lambda store, event: versions.use(store, latest(store, event)),
    lambda store, event: runs.start(store, event.id),
    report,
    lambda store, event: runs.cancel(store, latest(store, event)),
    lambda store, event: runs.RUNS.interrupt(store, latest(store, event).id, "gone"),
    plan_again,
    lambda store, event: versions.use(store, latest(store, event)),
    lambda store, event: versions.take_back(store, event.id),
    lambda store, event: store.prefer("language", "de"),
    lambda store, event: drop_columns(store, event.id, ["Need"], answers=True),
    lambda store, event: erase_person(store, event.id, 1),
    lambda store, event: erase_event(store, event.id),
)  # fmt: skip
"""One of each kind, each after those before it."""


def shown(app, addresses):
    """Return what each address shows, without the token of its forms."""
    client = app.test_client()
    answers = {address: client.get(address) for address in addresses}
    return {
        address: (answer.status, re.sub(r'(csrf_token" value=)"[^"]+"', r"\1", answer.text))
        for address, answer in answers.items()
    }


def kept_pages(site, event):
    """Return the addresses of all pages that are kept, and of one more person."""
    pages = [
        path for path in site.addresses("GET", event.id) if not path.endswith((".pdf", "/pdf"))
    ]
    for path in pages:
        site.client.get(path)
    kept = [address.rstrip("?") for address, *_ in site.app.extensions["kept"]._pages]
    return [*kept, f"/events/{event.id}/people/2"]


def test_each_page_is_right_after_each_change(site, event):
    addresses, fresh = kept_pages(site, event), create_app(site.path)
    assert len(addresses) > 20
    changed = set()
    before = shown(site.app, addresses)
    for number, change in enumerate(CHANGES):
        with site.store() as store:
            change(store, event)
        kept = shown(site.app, addresses)
        forget_plans()
        with fresh.app_context():
            forget_pages()
        made = shown(fresh, addresses)
        wrong = [address for address in addresses if kept[address] != made[address]]
        assert not wrong, f"after change {number}"
        changed |= {address for address in addresses if kept[address] != before[address]}
        before = kept
    assert changed == {*addresses}
