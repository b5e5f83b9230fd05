"""Events and people by form: what is typed is what is kept."""

import re
from dataclasses import replace

import pytest
from web_site import Site, text_of

from events.model import Answer, Attendee
from matcher.fields import FIELDS, Purpose, Visibility
from web.person_form import SECTIONS


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "seedbed.db")


def ana(**more):
    return Attendee(id="ana", name="Ana Lima", **more)


def version_in(page):
    """Return the version that a page would send."""
    (version,) = re.findall(r'name="version"[^>]* value="(\d+)"', page)
    return version


def answer(field, *texts, visibility=Visibility.PRINT):
    return Answer(field=field, texts=texts, visibility=visibility)


def people(site, event):
    with site.store() as store:
        return [entry.attendee for entry in store.attendees(event.id)]


def as_shown(site, path):
    """Return what the form of a person would send if nothing were changed."""
    with site.app.test_request_context(path):
        from web.person_form import PersonForm

        form = PersonForm("en", meta={"csrf": False})
        with site.store() as store:
            _, _, event_id, _, number = path.split("/")
            stored = store.attendee(event_id, int(number))
        form.fill(stored.attendee)
        return {**{f.name: f.data or "" for f in form}, "version": stored.version}


def test_the_empty_start_page_teaches_the_way(site):
    page = text_of(site.get("/"))
    assert "Make your first event" in page
    assert "Look at a demo first" in page


def test_an_event_is_made_and_renamed(site):
    made = site.post("/events/new", title="  Spring   evening ", date="2027-03-01")
    page = text_of(site.get(made.location))
    assert "Spring evening" in page
    assert "1 March 2027" in page
    at = made.location.rstrip("/")
    site.post(f"{at}/settings", f"{at}/settings", title="Summer evening", date="", version=1)
    assert "Summer evening" in text_of(site.get("/"))


def test_an_event_needs_a_name(site):
    answered = site.post("/events/new", title="   ")
    assert answered.status_code == 200
    assert "Give the event a name." in answered.text


def test_two_tabs_renaming_one_event_conflict(site):
    event = site.event(title="Old")
    at = f"/events/{event.id}/settings"
    site.post(at, at, title="First", version=1)
    second = site.post(at, at, title="Second", version=1)
    assert "it is now “First”" in text_of(second.text)
    assert 'value="Second"' in second.text
    assert "First" in text_of(site.get("/"))
    site.post(at, at, title="Second", version=version_in(second.text))
    assert "Second" in text_of(site.get("/"))


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("settings", {"title": "Evening"}),
        ("words/", {"language": "en", "tone": ""}),
        ("rules/file", {"rules": ""}),
        ("plans/", {"rounds": "3", "minutes": "10", "gap": "2", "odd": "trio", "start": ""}),
    ],
)
def test_after_a_conflict_saving_again_saves(site, path, fields):
    event = site.event(ana(), Attendee(id="b", name="Ben"))
    at, page = f"/events/{event.id}/{path}", f"/events/{event.id}/plans/"
    with site.store() as store:
        store.save_event(replace(store.event(event.id), date="2027-01-01", series="Other"))
    second = site.post(at, page, **fields, version=event.version)
    assert "omebody else changed this event" in text_of(second.text)
    again = site.post(at, page, **fields, version=version_in(second.text))
    assert again.status_code == 302


def test_erasing_names_its_effect_first(site):
    event = site.event(ana())
    at = f"/events/{event.id}/erase"
    said = text_of(site.get(at))
    assert "This removes for good: 1 person 0 uploaded files 0 plans with all cards" in said
    receipt = text_of(site.post(at, at).text)
    assert "Event Evening" in receipt
    assert "1 person, 0 uploaded files, 0 plans with all cards, 0 decisions" in receipt
    assert "Ana" not in receipt
    assert site.get(f"/events/{event.id}/", 404)


def test_an_erased_event_leaves_nothing_in_any_table(site):
    other, event = site.event(ana(), title="Stays"), site.event(ana(), Attendee(id="b", name="B"))
    preview = site.upload(event, b"Name,School\nCy,MIT\n")
    site.post(f"{preview}/import")
    site.solved(event)
    site.post(f"/events/{event.id}/plans/1/use", f"/events/{event.id}/plans/1")
    at = f"/events/{event.id}/erase"
    site.post(at, at)
    with site.store() as store:
        assert [kept.id for kept in store.events()] == [other.id]
        tables = [
            r["name"] for r in store.rows("select name from sqlite_master where type='table'")
        ]
        rows = {name: len(list(store.rows(f"select * from {name}"))) for name in tables}
    kept = {"events", "attendees", "secrets", "changes", "_sqlite_migrations"}
    assert {name for name, count in rows.items() if count} == kept
    assert rows["attendees"] == 1


def test_every_field_that_a_person_answers_is_in_the_form_once():
    shown = [line.name for section in SECTIONS for line in section.fields]
    answered = [line.name for line in FIELDS if line.purpose is not Purpose.IDENTITY]
    assert sorted(shown) == sorted(answered)


def test_a_person_is_kept_as_typed(site):
    event = site.event()
    at = f"/events/{event.id}/people/new"
    site.post(
        at,
        at,
        name=" Ana  Lima ",
        given_name="Ana",
        family_name="Lima",
        email="ana@example.org",
        answer_need="a mentor\n\n  a  flat \na mentor",
        see_need="print",
        answer_city="Porto",
        see_city="match",
        not_with="Ben\nCleo",
    )
    (kept,) = people(site, event)
    assert kept == Attendee(
        id=kept.id,
        name="Ana Lima",
        typed_name="Ana Lima",
        given_name="Ana",
        family_name="Lima",
        email="ana@example.org",
        answers=(
            answer("city", "Porto", visibility=Visibility.MATCH),
            answer("need", "a mentor", "a flat"),
        ),
        not_with=("Ben", "Cleo"),
    )


def test_a_new_person_conflicts_with_nobody(site):
    event = site.event()
    assert "Somebody else" not in site.get(f"/events/{event.id}/people/new")


def test_two_people_of_one_name_are_two_people(site):
    event = site.event()
    at = f"/events/{event.id}/people/new"
    for _ in range(2):
        site.post(at, at, name="Ana Lima")
    first, second = people(site, event)
    assert first.name == second.name
    assert first.id != second.id


def test_a_person_without_a_name_is_refused_and_nothing_typed_is_lost(site):
    event = site.event()
    at = f"/events/{event.id}/people/new"
    refused = site.post(at, at, name=" ", answer_need="a mentor")
    assert "A name is the one thing a card cannot do without." in refused.text
    assert "a mentor" in refused.text
    assert people(site, event) == []


def test_saving_a_form_untouched_changes_nothing(site):
    person = ana(
        credentials="PMP",
        source_row=7,
        answers=(
            answer("role", "line one\nline two"),
            answer("need", "a mentor,\nor two", "a flat"),
            answer("offer", "bread", visibility=Visibility.ORGANIZER),
            answer("knows", "Ben"),
        ),
    )
    event = site.event(person)
    at = f"/events/{event.id}/people/1"
    site.post(at, at, **as_shown(site, at))
    assert set(people(site, event)) == {
        replace(person, answers=tuple(sorted(person.answers, key=_by_field)))
    }


def _by_field(given):
    return [line.name for line in FIELDS].index(given.field)


def test_the_second_tab_sees_what_the_first_saved_and_keeps_what_it_typed(site):
    event = site.event(ana(answers=(answer("city", "Porto"),)))
    at = f"/events/{event.id}/people/1"
    seen = as_shown(site, at)
    site.post(at, at, **{**seen, "answer_city": "Lisbon"})
    second = site.post(at, at, **{**seen, "answer_city": "Braga"})
    said = text_of(second.text)
    assert "Somebody else saved this person while you were typing" in said
    assert "City Lisbon" in said
    assert 'value="Braga"' in second.text
    assert people(site, event)[0].answer("city") == ("Lisbon",)
    site.post(at, at, **{**seen, "answer_city": "Braga", "version": version_in(second.text)})
    assert people(site, event)[0].answer("city") == ("Braga",)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"pin": "Ben"}, "Must meet Ben"),
        ({"see_city": "off"}, "Who may see: City Not used"),
        ({"given_name": "Annie"}, "Given name Annie"),
        ({}, "Save again to use what stands below."),
    ],
)
def test_the_second_tab_is_told_whatever_the_first_changed(site, changed, says):
    event = site.event(ana(answers=(answer("city", "Porto"),)))
    at = f"/events/{event.id}/people/1"
    seen = as_shown(site, at)
    site.post(at, at, **{**seen, **changed})
    said = text_of(site.post(at, at, **seen).text)
    assert "Somebody else saved this person while you were typing" in said
    assert says in said


def test_the_second_tab_is_told_that_the_first_archived(site):
    event = site.event(ana(answers=(answer("city", "Porto"),)))
    at = f"/events/{event.id}/people/1"
    seen = as_shown(site, at)
    site.post(f"{at}/archive", at)
    assert "Archived yes" in text_of(site.post(at, at, **{**seen, "answer_city": "Braga"}).text)
    assert "Not here" in site.post(f"/events/{event.id}/people/9", at, **seen).text


@pytest.mark.parametrize("version", ["", "old", "-1"])
def test_a_form_that_lost_its_version_overwrites_nothing(site, version):
    event = site.event(ana(answers=(answer("city", "Porto"),)))
    at = f"/events/{event.id}/people/1"
    site.post(at, at, **{**as_shown(site, at), "answer_city": "Braga", "version": version})
    assert people(site, event)[0].answer("city") == ("Porto",)


def test_archiving_can_be_undone(site):
    event = site.event(ana())
    at = f"/events/{event.id}/people/1"
    site.post(f"{at}/archive", at)
    assert "Archived (1)" in text_of(site.get(f"/events/{event.id}/?show=archived"))
    assert "Ana Lima" not in text_of(site.get(f"/events/{event.id}/?show=all"))
    site.post(f"{at}/restore", at)
    assert "Ana Lima" in text_of(site.get(f"/events/{event.id}/"))


def test_somebody_is_taken_back_from_the_list_of_those_who_do_not_come(site):
    event = site.event(ana())
    at = f"/events/{event.id}/people/1"
    site.post(f"{at}/archive", at)
    archived = f"/events/{event.id}/?show=archived"
    assert f'action="{at}/restore"' in site.get(archived)
    site.post(f"{at}/restore", archived)
    assert "Take back" not in text_of(site.get(archived))


def test_the_list_is_narrowed_by_what_people_ask_offer_and_belong_to(site):
    event = site.event(
        ana(answers=(answer("need", "a loan"),), cohort=("Mentor; newcomer",)),
        Attendee(id="b", name="Ben", answers=(answer("offer", "a loan"),), cohort=("mentor",)),
    )
    at = f"/events/{event.id}/"
    assert "Ask for nothing (1) Offer nothing (1)" in text_of(site.get(at))
    for address, shown, left in (
        ("?show=asks", "Ben", "Ana Lima"),
        ("?show=offers", "Ana Lima", "Ben"),
        ("?cohort=newcomer", "Ana Lima", "Ben"),
        ("?cohort=nobody", "Nobody fits.", "Ben"),
    ):
        told = text_of(site.get(at + address))
        assert shown in told
        assert left not in told
    assert re.search(r'value="mentor">mentor \(2\)', site.get(at))


def test_who_told_little_gets_a_form_to_send(site):
    event = site.event(ana(email="ana@example.org"), Attendee(id="b", name="Ben"), title="Spring")
    page = site.get(f"/events/{event.id}/?show=thin")
    assert "At “Spring” you will be introduced to people one by one." in page
    assert "\n2. What is one thing you could use help with?\n" in page
    assert re.search(r'id="addresses"[^>]*>ana@example.org<', page)
    assert "A message to send" not in site.get(f"/events/{event.id}/")


def test_the_list_names_its_files(site):
    event = site.event()
    page = site.upload(event, b"Name,Status\nAna,paid\nBen,cancelled\n")
    site.post(f"{page}/import", page)
    told = site.get(f"/events/{event.id}/")
    assert "Where they came from" in told
    assert f'href="{page}"' in told
    assert "1 row set aside" in text_of(site.get(page))


def test_people_are_found_by_what_they_said(site):
    event = site.event(ana(answers=(answer("hobby", "Beekeeping"),)), Attendee(id="b", name="Ben"))
    at = f"/events/{event.id}/"
    assert "Ben" not in text_of(site.get(f"{at}?q=BEEKEEP"))
    assert "Ana Lima" in text_of(site.get(f"{at}?q=BEEKEEP"))
    assert "Nobody fits." in text_of(site.get(f"{at}?q=zebra"))
    told = text_of(site.get(f"{at}?show=thin&sort=least&page=nonsense"))
    assert told.index("Ben") < told.index("Ana Lima")


def test_a_long_list_comes_in_pages(site):
    event = site.event(*(Attendee(id=f"{n}", name=f"Person {n:03}") for n in range(230)))
    at = f"/events/{event.id}/"
    assert "Person 099" in site.get(at)
    assert "Person 100" not in site.get(at)
    assert "Person 229" in site.get(f"{at}?page=3")
    assert "Person 229" in site.get(f"{at}?page=99")
