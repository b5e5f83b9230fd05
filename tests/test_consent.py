"""What attendees are told before they answer: true of what the event does, in its language."""

from __future__ import annotations

import html
import re

import pytest
from web_site import Site, text_of

from events.consent import ASKED, Seen, consent, who_sees
from events.importer import read_people
from events.model import Answer, Attendee, Event, Words
from matcher.fields import Visibility, field
from matcher.settings import Settings
from web.languages import LANGUAGES


def person(name, **levels):
    return Attendee(
        id=name,
        name=name,
        answers=tuple(
            Answer(field=line, texts=("x",), visibility=level) for line, level in levels.items()
        ),
    )


def event(**options):
    return Event(id="e", title="Harbour evening", **options)


def test_before_anybody_answered_it_is_what_the_five_questions_ask():
    seen = who_sees(event(), ())
    assert {*seen.printed, *seen.kept} == {*ASKED}
    assert all(field(name).visibility is Visibility.PRINT for name in seen.printed)
    assert "need" in seen.kept


def test_one_printed_answer_is_enough_to_say_so():
    people = [person("a", need=Visibility.MATCH), person("b", need=Visibility.PRINT)]
    assert who_sees(event(), people) == Seen(printed=("need",), kept=())


def test_what_stays_off_all_cards_is_not_said_to_be_printed():
    kept_off = event(words=Words(kept_off=("hobby",)))
    people = [person("a", hobby=Visibility.PRINT, knows=Visibility.ORGANIZER)]
    assert who_sees(kept_off, people) == Seen(printed=(), kept=("hobby", "knows"))
    said = " ".join(consent(kept_off, people))
    assert "none of my answers" in said
    assert "Nobody but the organizers reads: my e-mail address, “Hobbies”, “Knows”." in said


def test_the_delete_date_is_told():
    assert "Everything is erased on 1 May 2027." in consent(event(), (), day="1 May 2027")
    assert not any("is erased on" in sentence for sentence in consent(event(), ()))


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "seedbed.db")


def shown(site, kept):
    page = site.get(f"/events/{kept.id}/uploads/new")
    return html.unescape(re.search(r"<textarea[^>]* readonly[^>]*>([^<]*)<", page)[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_of_the_event_and_is_understood_as_consent(site, language):
    kept = site.event(title="Abend", settings=Settings(language=language), erase_on="2027-05-01")
    site.post("/data/language", "/data/", language="es" if language == "de" else "de")
    text = shown(site, kept)
    assert "Abend" in text and "2027" in text
    english = "I agree that" in text
    assert english is (language == "en")
    rows = f"Name\tHobbies\t{text}\nAna\tchess\tyes\nBen\tchess\t\n"
    found = read_people(rows.encode())
    assert [column.field for column in found.columns] == ["name", "hobby", "consent"]
    levels = [each.answer("hobby") and each.answers[0].visibility for each in found.people]
    assert levels == [Visibility.PRINT, Visibility.MATCH]


def test_pages_where_visibility_is_chosen_lead_there(site):
    kept = site.event()
    link = f'href="/events/{kept.id}/uploads/new#consent"'
    assert link in site.get(f"/events/{kept.id}/words/")
    assert link in site.get(site.upload(kept, b"Name,Needs\nAna,bread\n"))
    assert "What to tell people before they answer" in text_of(
        site.get(f"/events/{kept.id}/uploads/new")
    )
