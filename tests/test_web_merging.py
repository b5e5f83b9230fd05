"""Two entries of one person in the browser: found, compared, made one, taken apart."""

import io
import re
import zipfile

import pytest
from web_site import Site, text_of

from events.model import Answer, Attendee
from events.rules import Sentence
from events.sentences import say
from matcher.fields import Visibility


def person(id, name, **more):
    return Attendee(id=id, name=name, email=f"{id}@x.org", **more)


def said(field, *texts):
    return (Answer(field=field, texts=texts, visibility=Visibility.PRINT),)


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "seedbed.db")


@pytest.fixture
def event(site):
    return site.event(
        person("ana", "Ana Lima", answers=said("need", "flour")),
        person("lima", "A. Lima", answers=said("need", "a shop")),
        person("ben", "Ben Ode"),
    )


def at(site, event, id):
    with site.store() as store:
        number = {each.attendee.id: each.number for each in store.attendees(event.id, merged=True)}
    return f"/events/{event.id}/people/{number[id]}"


def people(site, event):
    with site.store() as store:
        return {each.attendee.id: each.attendee for each in store.attendees(event.id)}


def hidden(page):
    """Return what a page of two people would send unless something is chosen."""
    return dict(re.findall(r'name="(other|kept_version|other_version)" value="(\d+)"', page))


def unite(site, address, who, **chosen):
    """Send the page of two people as it stands."""
    asked = f"{address}/same?who={who}"
    return site.post(f"{address}/same", asked, **hidden(site.get(asked)), **chosen)


def test_the_page_of_a_person_leads_to_both_and_back(site, event):
    ana = at(site, event, "ana")
    assert f'href="{ana}/same"' in site.get(ana)
    answered = unite(site, ana, "A. Lima", **{"take-need": "both"})
    assert answered.location == ana
    assert people(site, event)["ana"].answer("need") == ("flour", "a shop")
    page = site.get(ana)
    assert "A. Lima is now the same person as Ana Lima." in text_of(page)
    other = re.search(r'name="other" value="(\d+)"', page)[1]
    back = site.post(f"{ana}/apart", ana, other=other)
    assert "A. Lima is in the list again." in text_of(site.get(back.location))
    assert sorted(people(site, event)) == ["ana", "ben", "lima"]
    again = site.post(f"{ana}/apart", ana, other=other)
    assert "no such merge" in text_of(site.get(again.location))


def test_what_would_stand_is_chosen_already(site, event):
    page = site.get(f"{at(site, event, 'ana')}/same?who=lima")
    assert re.findall(r'name="take-(\w+)" value="(\w+)"[^>]* checked', page) == [
        ("name", "kept"),
        ("email", "kept"),
        ("need", "other"),
    ]


def test_nobody_and_several_are_asked_again(site, event):
    ana = at(site, event, "ana")
    assert "Nobody else in the list is called “Zoe”." in text_of(site.get(f"{ana}/same?who=Zoe"))
    with site.store() as store:
        store.add_attendee(event.id, person("ode", "Ben Ode"))
    page = site.get(f"{ana}/same?who=ben+ode")
    assert f'href="{ana}/same?who=ode"' in page
    assert "Several are called “ben ode”:" in text_of(page)
    assert "Nobody else" in text_of(site.get(f"{ana}/same?who=ana"))


def test_rules_between_the_two_are_named_before(site, event):
    with site.store() as store:
        say(store, event.id, Sentence(kind="apart", blanks={"one": "ana", "other": "lima"}))
    page = text_of(site.get(f"{at(site, event, 'ana')}/same?who=lima"))
    assert "Ana Lima and A. Lima" in page.partition("are taken out:")[2]


def test_two_tabs_conflict_and_nothing_is_lost(site, event):
    ana = at(site, event, "ana")
    form = hidden(site.get(f"{ana}/same?who=lima"))
    with site.store() as store:
        stored = store.attendee(event.id, int(ana.rpartition("/")[2]))
        store.save_attendee(event.id, stored)
    answered = site.post(f"{ana}/same", f"{ana}/same?who=lima", **form, **{"take-need": "kept"})
    assert "Somebody else changed one of the two" in text_of(answered.text)
    assert re.search(r'name="take-need" value="kept"[^>]* checked', answered.text)
    assert len(people(site, event)) == 3


def test_the_entry_that_went_leads_to_the_person(site, event):
    ana, lima = (at(site, event, id) for id in ("ana", "lima"))
    unite(site, ana, "lima")
    for page in ("", "/same", "/erase"):
        assert site.client.get(lima + page).location == ana
    answered = site.post(lima, ana, name="A. Lima", version=1)
    assert answered.location == ana
    assert "Nothing was saved: A. Lima is the same person as Ana Lima by now." in text_of(
        site.get(ana)
    )
    assert people(site, event)["ana"].name == "Ana Lima"


def test_what_is_known_of_somebody_holds_every_record(site, event):
    ana = at(site, event, "ana")
    unite(site, ana, "lima", **{"take-need": "kept"})
    number = ana.rpartition("/")[2]
    answer = site.client.get(f"/events/{event.id}/export/people/{number}.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as files:
        said = files.read("attendees.csv").decode()
    assert "flour" in said
    assert "a shop" in said
    assert "Ben" not in said


def test_what_cannot_be_chosen_is_refused(site, event):
    ana = at(site, event, "ana")
    assert unite(site, ana, "lima", **{"take-need": "neither"}).status_code == 400
    answered = unite(site, ana, "lima", **{"take-name": "both"})
    assert "only one value can stand" in text_of(site.get(answered.location))
    assert len(people(site, event)) == 3


def test_a_typed_person_does_not_get_the_id_of_the_entry_that_went(site, event):
    new = f"/events/{event.id}/people/new"
    for name in ("Zoe", "Zoe Two"):
        site.post(new, new, name=name)
    first = next(id for id, each in people(site, event).items() if each.name == "Zoe")
    unite(site, at(site, event, "ana"), first)
    assert site.post(new, new, name="Zoe").status_code == 302
    assert f"{first}-2" in people(site, event)
