"""The pages that show what is kept of files, and drop columns for good."""

import pytest
from web_site import Site, text_of

LIST = b"Name,Phone,Hobby,Pay <b>\nAna,911-xyzzy,beekeeping-xyzzy,7\nBen,922-xyzzy,chess,8\n"


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "seedbed.db")


@pytest.fixture
def event(site):
    event = site.event()
    at = site.upload(event, LIST)
    site.post(f"{at}/import", at)
    return event


def send(site, event, *columns, **more):
    at = f"/events/{event.id}/columns/"
    return site.post(at, at, column=list(columns), **more)


def test_the_list_of_people_leads_to_what_is_kept(site, event):
    assert f'href="/events/{event.id}/columns/"' in site.get(f"/events/{event.id}/")
    page = text_of(site.get(f"/events/{event.id}/columns/"))
    assert "911-xyzzy · 922-xyzzy" in page and "guests.csv" in page
    assert "read as Hobbies" in page and "no answers come from it" in page


def test_what_goes_is_shown_first_and_nothing_is_changed(site, event):
    site.solved(event)
    page = text_of(send(site, event, "Phone", "Hobby", answers="yes").text)
    assert "Drop these columns for good?" in page and "cannot be undone" in page
    assert "Phone, Hobby in 1 file" in page
    assert "what 2 people answered under Hobbies" in page and "number 1" in page
    assert "beekeeping-xyzzy" in site.get(f"/events/{event.id}/columns/")


def test_once_confirmed_it_is_gone_from_every_page(site, event):
    site.solved(event)
    people = f"/events/{event.id}/?q=beekeeping-xyzzy"
    assert "Ana" in site.get(people)
    answer = send(site, event, "Hobby", answers="yes", confirmed="yes")
    page = text_of(site.get(answer.location))
    assert "Dropped for good: “Hobby”." in page
    assert "beekeeping-xyzzy" not in page and "911-xyzzy" in page
    assert "Nobody fits." in site.get(people)
    site.get(f"/events/{event.id}/plans/1", 404)


def test_headers_are_text_and_are_kept_as_written(site, event):
    assert "<b>" not in site.get(f"/events/{event.id}/columns/")
    page = text_of(site.get(send(site, event, "Pay <b>", confirmed="yes").location))
    assert "Dropped for good: “Pay <b>”." in page


@pytest.mark.parametrize(
    ("columns", "said"),
    [((), "Choose at least one column."), (("Shoe",), "“Shoe”"), (("Name",), "names nobody")],
)
def test_what_cannot_go_is_said_on_the_same_page(site, event, columns, said):
    page = text_of(send(site, event, *columns, confirmed="yes").text)
    assert said in page and "See what goes" in page
    assert "911-xyzzy" in page


def test_where_there_is_no_file_nothing_is_kept(site):
    assert "Nothing is kept of any file." in site.get(f"/events/{site.event().id}/columns/")
