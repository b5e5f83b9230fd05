"""An event has a day on which it shall go; from then on the app asks, and erases when told."""

import re
from datetime import date, timedelta

import pytest
from web_site import Site, text_of

from events.delete_date import is_due, suggested, those_due
from events.model import Attendee, Event
from events.store import Store

PAST = (date.today() - timedelta(days=1)).isoformat()
LATER = (date.today() + timedelta(days=30)).isoformat()


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "seedbed.db")


def due_event(site, day=PAST):
    return site.event(Attendee(id="ana", name="Ana"), erase_on=day)


def event(day="", erase_on=""):
    return Event(id=erase_on or "none", title="Evening", date=day, erase_on=erase_on)


def test_an_event_is_due_from_its_day_on():
    today = date(2026, 8, 6)
    days = ("", "2026-08-05", "2026-08-06", "2026-08-07")
    assert [is_due(event(erase_on=day), today) for day in days] == [False, True, True, False]
    due = those_due([event(erase_on=day) for day in reversed(days)], today)
    assert [one.erase_on for one in due] == ["2026-08-05", "2026-08-06"]


def test_ninety_days_after_the_event_are_suggested():
    assert [suggested(event(day)) for day in ("2026-05-08", "", "9999-12-31")] == [
        *("2026-08-06", "", ""),
    ]


def test_a_delete_date_is_kept_and_none_is_set_by_itself(tmp_path):
    with Store.open(tmp_path / "seedbed.db") as store:
        assert store.add_event("Evening", date="2026-05-08").erase_on == ""
        kept = store.add_event("Evening", erase_on="2026-08-06")
        assert store.event(kept.id).erase_on == "2026-08-06"


def test_it_is_chosen_with_the_event_and_shown_with_it(site):
    data = {"title": "Evening", "date": "2026-05-08", "series": ""}
    answer = site.post("/events/new", **data, erase_on="9000-08-06")
    assert "to be erased on 6 August 9000" in text_of(site.get(answer.location))
    assert "to be erased on 6 August 9000" in text_of(site.get("/"))
    settings = answer.location + "settings"
    assert "A usual choice: 6 August 2026" in text_of(site.get(settings))
    version = re.search(r'name="version"[^>]*value="(\d+)"', site.get(settings))[1]
    site.post(settings, settings, **data, version=version, erase_on="")
    assert "to be erased" not in text_of(site.get(answer.location))


def test_a_day_before_the_event_is_refused(site):
    data = {"title": "Evening", "date": "2026-05-08", "series": ""}
    answer = site.post("/events/new", **data, erase_on="2026-05-07")
    assert answer.status_code == 200 and "That is before the event." in answer.text
    with site.store() as store:
        assert store.events() == ()


def test_nobody_is_asked_before_that_day(site):
    due_event(site, LATER)
    assert "Erase it now" not in site.get("/")


def test_the_app_opens_with_what_is_due_and_one_press_erases_it(site):
    one = due_event(site)
    page = site.get("/")
    assert "is to be erased" in page and "1 person" in text_of(page)
    assert page.index("Erase it now") < page.index("Your events")
    receipt = text_of(site.post(f"/events/{one.id}/erase", "/").text)
    assert "This is the receipt." in receipt and "1 person" in receipt
    assert "is to be erased" not in site.get("/")


def test_nothing_is_erased_by_the_day_alone(site):
    one = due_event(site)
    for path in ("/", f"/events/{one.id}/", f"/events/{one.id}/settings"):
        site.get(path)
    with site.store() as store:
        assert len(store.attendees(one.id)) == 1


def test_every_page_of_a_due_event_says_so(site):
    one = due_event(site)
    page = site.get(f"/events/{one.id}/plans/")
    assert "To be erased since" in page
    assert f'href="/events/{one.id}/settings#erase_on"' in page
    assert 'id="erase_on"' in site.get(f"/events/{one.id}/settings")
