"""Before an import, whose printed cards it makes wrong is named."""

from dataclasses import replace

import pytest
from click.testing import CliRunner
from web_site import Site, text_of

from events import versions
from events.affected import Affected, affected_cards
from events.finished import read_finished
from events.importer import read_people
from events.reimport import compare
from events.runs import files_in_use
from matcher.settings import Settings
from web.cli import seedbed

LIST = """\
Name,Email,City,Looking for
Ana Abel,a@x.org,Graz,a mentor
Ben Berg,b@x.org,Graz,a flat
Cyd Cole,c@x.org,Linz,a bike
Dee Dorn,d@x.org,Linz,a boat
"""
WORDS = "say something that changes:"


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """A site with one event of four people and one round of cards, in use; and the pairs."""
    site = Site(tmp_path_factory.mktemp("affected") / "seedbed.db")
    event = site.event()
    at = site.upload(event, LIST.encode())
    site.post(f"{at}/import", at)
    with site.store() as store:
        store.save_event(replace(event, settings=Settings(rounds=1)))
    run = site.solved(event)
    with site.store() as store:
        versions.use(store, run)
    return site, event


def affected(planned, text):
    site, event = planned
    with site.store() as store:
        stored = store.attendees(event.id)
        return affected_cards(store, event.id, compare(stored, read_people(text.encode()).people))


def of_table(planned, name):
    """Return the names at somebody's table."""
    site, event = planned
    with site.store() as store:
        plan = read_finished(files_in_use(store, event.id))
    return next(
        tuple(sorted(person.name for person in table.people))
        for table in plan.tables
        if name in {person.name for person in table.people}
    )


@pytest.mark.parametrize(
    ("old", "new"), [("Ana Abel,a@x.org,Graz", "Ana Abel,a@x.org,Wien"), ("Ana Abel", "Ann Abel")]
)
def test_who_changes_on_cards_and_whoever_meets_them_are_named(old, new, planned):
    found = affected(planned, LIST.replace(old, new))
    assert found == Affected(changed=of_table(planned, "Ana Abel"))
    assert len(found.changed) == 2


def test_what_stands_on_no_card_affects_none(planned):
    assert affected(planned, LIST.replace("a mentor", "a sponsor")) == Affected()
    assert affected(planned, LIST.replace("a@x.org", "A@x.org")) == Affected()
    assert affected(planned, LIST) == Affected()


def test_who_is_gone_is_named_apart(planned):
    left = LIST.replace("Dee Dorn,d@x.org,Linz,a boat\n", "")
    assert affected(planned, left) == Affected(gone=of_table(planned, "Dee Dorn"))


def test_the_preview_and_the_command_name_them(planned, tmp_path):
    site, event = planned
    text = LIST.replace("Cole,c@x.org,Linz", "Cole,c@x.org,Wien")
    names = ", ".join(of_table(planned, "Cyd Cole"))
    assert f"{WORDS} {names}" in text_of(site.get(site.upload(event, text.encode())))
    (tmp_path / "again.csv").write_text(text, encoding="utf-8")
    command = ["import", str(tmp_path / "again.csv"), "--event", event.id, "--look"]
    said = CliRunner().invoke(seedbed, [*command, "--database", str(site.path)]).output
    assert f"of the plan in use: {names}\n" in said


def test_no_card_is_affected_while_no_plan_is_in_use(tmp_path):
    site = Site(tmp_path / "seedbed.db")
    event = site.event()
    at = site.upload(event, LIST.encode())
    site.post(f"{at}/import", at)
    assert affected((site, event), LIST.replace("Graz", "Wien")) == Affected()
