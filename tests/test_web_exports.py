"""What the app hands out of people, and an import taken back by a button."""

import io
import zipfile
from dataclasses import replace

import pytest
from web_site import Site, text_of

from events.importer import read_people
from events.model import Attendee

ANA, BEN = Attendee(id="ana", name="Ana", email="=a@x.org"), Attendee(id="ben", name="Ben")


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "seedbed.db")


@pytest.mark.parametrize("form", ["attendees.csv", "attendees-semicolon.csv", "attendees.xlsx"])
def test_the_list_that_is_handed_out_comes_back_exactly(site, form):
    event = site.event(ANA, BEN)
    assert f"/export/{form}" in site.get(f"/events/{event.id}/")
    answer = site.client.get(f"/events/{event.id}/export/{form}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{form}"'
    assert read_people(answer.data).people == (ANA, BEN)


def test_another_form_of_the_list_is_not_there(site):
    site.get(f"/events/{site.event(ANA).id}/export/attendees.pdf", status=404)


def test_one_person_gets_an_archive_of_their_own(site):
    event = site.event(ANA, BEN)
    site.solved(event)
    answer = site.client.get(f"/events/{event.id}/export/people/1.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert {"attendees.csv", "plan-1-introductions.csv"} <= set(archive.namelist())
        assert read_people(archive.read("attendees.csv")).people == (ANA,)


def test_a_plan_is_handed_out_as_a_workbook(site):
    event = site.event(ANA, BEN)
    run = site.solved(event)
    answer = site.client.get(f"/events/{event.id}/plans/{run.number}/plan.xlsx")
    assert answer.data.startswith(b"PK")


def test_an_import_is_taken_back_by_a_button(site):
    event = site.event(ANA)
    preview = site.upload(event, b"name,email\nCyd,cyd@x.org\n")
    site.post(f"{preview}/import")
    people = f"/events/{event.id}/"
    assert "Take the import back" in site.get(people)
    site.post(f"{people}uploads/undo")
    page = text_of(site.get(people))
    assert "taken back, 1 person removed" in page
    assert "Take the import back" not in page
    assert "was uploaded but not imported yet" in page


def test_a_list_of_ours_that_comes_again_knows_everybody_by_id(site):
    event = site.event(ANA, BEN)
    content = site.client.get(f"/events/{event.id}/export/attendees.csv").data
    preview = site.upload(event, content.replace(b'"Ben"', b'"Benedict"'))
    assert "Benedict" in text_of(site.get(preview))
    site.post(f"{preview}/import")
    with site.store() as store:
        assert [entry.attendee.id for entry in store.attendees(event.id)] == ["ana", "ben"]


def test_the_preview_lets_the_file_win_over_what_was_typed(site):
    event = site.event()
    first = site.upload(event, b"name,email,city\nAna,a@x.org,Graz")
    site.post(f"{first}/import")
    with site.store() as store:
        stored = store.attendees(event.id)[0]
        linz = replace(stored.attendee.answers[0], texts=("Linz",))
        typed = replace(stored.attendee, answers=(linz,))
        store.save_attendee(event.id, replace(stored, attendee=typed))
    preview = site.upload(event, b"name,email,city\nAna,a@x.org,Wien")
    mark = f"{stored.number}:city"
    assert f'value="{mark}"' in site.get(preview)
    site.post(f"{preview}/import", overrule=mark)
    with site.store() as store:
        assert store.attendees(event.id)[0].attendee.answer("city") == ("Wien",)
