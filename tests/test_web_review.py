"""A plan looked through: people in words, least first, and the room round by round."""

import csv
import re

import pytest
from web_site import Site, text_of

from events.model import Answer, Attendee
from matcher.fields import Visibility
from matcher.settings import Settings
from web import database
from web.views import review


def person(name, available=(), **answers):
    given = tuple(
        Answer(field=field, texts=(text,), visibility=Visibility.PRINT)
        for field, text in answers.items()
    )
    return Attendee(id=name.lower(), name=name, given_name=name, answers=given, available=available)


PEOPLE = (
    person("Ana", hobby="chess"),
    person("Ben", hobby="chess"),
    person("Cleo", city="Porto"),
    person("Dan", city="Porto"),
    person("Eve"),
)


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "seedbed.db")


def solved(site, *people, **options):
    event = site.event(*people, settings=Settings(rounds=3, **options))
    return f"/events/{event.id}/plans/{site.solved(event).number}"


def test_whoever_gets_least_comes_first_and_it_is_told_without_figures(site):
    plan = solved(site, *PEOPLE, odd="sit-out")
    page = site.get(f"{plan}/review")
    names = re.findall(r'<h2 id="g\d+".*?<bdi>(\w+)</bdi>', page)
    file = site.client.get(f"{plan}/files/people.csv").data.decode("utf-8-sig")
    total = {row["name"]: float(row["total"]) for row in csv.DictReader(file.splitlines())}
    assert [total[name] for name in names] == sorted(total.values())
    assert total[names[0]] < total[names[-1]]
    said = text_of(page)
    assert "Introductions with a reason that may be shown: 0 of" in said
    assert "chess" in said
    assert "a break" in said
    assert "<meter" not in page and not re.search(r"\d\.\d\d", said)


def test_each_person_leads_to_their_introductions(site):
    plan = solved(site, *PEOPLE)
    at = re.findall(r'<h2 id="g\d+".*?href="([^"]+)"', site.get(f"{plan}/review"))
    assert at and text_of(site.get(at[0])).count("What stands on their cards") == 1


def test_a_long_list_has_pages_and_no_one_is_left_out(site, monkeypatch):
    monkeypatch.setattr(review, "_PEOPLE", 2)
    plan = solved(site, *PEOPLE)
    pages = [site.get(f"{plan}/review?page={page}") for page in (1, 2, 3)]
    names = [re.findall(r'<h2 id="g\d+".*?<bdi>(\w+)</bdi>', page) for page in pages]
    assert sorted(name for page in names for name in page) == ["Ana", "Ben", "Cleo", "Dan", "Eve"]
    assert "Number 5 to 5 of 5 people." in text_of(pages[2]) and "Next" not in pages[2]
    assert [site.get(f"{plan}/review?page={odd}") for odd in (0, "x", 9)] == [
        *(pages[0], pages[0], pages[2])
    ]


def test_a_round_names_every_person_once_at_a_table_on_a_break_or_away(site):
    away = person("Fay", available=("2-3",), city="Porto")
    plan = solved(site, *PEOPLE, away, odd="sit-out")
    said = text_of(site.get(f"{plan}/rooms"))
    assert "Not there: Fay ." in said
    assert re.search(r"Having a break: \w+ \.", said)
    assert all(said.count(f" {each.name} ") == 1 for each in PEOPLE)
    assert "Not there" not in site.get(f"{plan}/rooms?round=2")


def test_a_round_that_is_none_shows_the_nearest(site):
    plan = solved(site, *PEOPLE)
    said = [text_of(site.get(f"{plan}/rooms?round={number}")) for number in (0, "x", 3, 9)]
    assert all("Round 1 ·" in each or "Round 1 2 tables" in each for each in said[:2])
    assert said[2] == said[3] != said[0]


def test_tables_have_pages_too(site, monkeypatch):
    monkeypatch.setattr(review, "_TABLES", 1)
    plan = solved(site, *PEOPLE)
    pages = [text_of(site.get(f"{plan}/rooms?round=2&page={page}")) for page in (1, 2)]
    assert "Table 1 " in pages[0] and "Table 2 " in pages[1] and "Table 1 " not in pages[1]
    assert "2 tables." in pages[0]


def test_without_a_plan_there_is_nothing_to_review(site):
    event = site.event(person("Ana"))
    site.solved(event)
    for page in ("review", "rooms"):
        site.get(f"/events/{event.id}/plans/1/{page}", 404)


def test_the_pictures_are_told_in_words_and_hold_no_style_or_script(site):
    plan = solved(site, *PEOPLE)
    page = site.get(f"{plan}/pictures")
    said = text_of(page)
    assert "1 · chess : 2 people. Meetings inside: 1," in said.replace(" :", " :")
    assert "Nothing in common with anybody : 1 person. Meetings inside: 0," in said
    assert page.count("<circle") == 5
    drawings = "".join(re.findall(r"(?s)<svg class=\"drawing\".*?</svg>", page))
    assert "style=" not in drawings and "<script" not in drawings
    assert drawings.count('role="img" aria-label="') == 2


def test_a_large_event_is_drawn_in_groups_by_an_answer_of_choice(site, monkeypatch):
    monkeypatch.setattr(review, "_DRAWN_EACH", 4)
    plan = solved(site, *PEOPLE)
    by_city = site.get(f"{plan}/pictures?by=city")
    assert "1 · Porto : 2 people" in text_of(by_city)
    assert "All others : 3 people" in text_of(by_city)
    assert by_city.count('<rect class="tone-1"') == 4 and "<circle" not in by_city
    assert "1 · chess : 2 people" in text_of(site.get(f"{plan}/pictures?by=hobby"))
    assert site.get(f"{plan}/pictures?by=nothing") == by_city


def test_a_large_event_of_people_who_said_nothing_has_no_picture(site, monkeypatch):
    monkeypatch.setattr(review, "_DRAWN_EACH", 2)
    plan = solved(site, person("Ana"), person("Ben"), person("Cleo"))
    page = site.get(f"{plan}/pictures")
    assert "Nobody gave an answer by which" in text_of(page) and 'class="drawing"' not in page


def test_names_in_a_picture_are_text(site):
    plan = solved(site, person("<b>Ana", hobby="<i>chess"), person("Ben", hobby="<i>chess"))
    page = site.get(f"{plan}/pictures")
    assert "&lt;b&gt;Ana" in page and "<b>Ana" not in page and "<i>chess" not in page


def test_a_person_has_a_picture_of_what_they_share_with_whom_they_meet(site):
    people = [person(name, hobby="chess") for name in ("Ana", "Ben", "Cleo")]
    plan = solved(site, *people, person("Dan"), odd="sit-out")
    page = site.get(f"{plan}/people/1")
    said = text_of(page)
    assert "a · chess (Hobbies) : Ben, Cleo" in said or "a · chess (Hobbies) : Cleo, Ben" in said
    drawing = re.search(r"(?s)<svg class=\"drawing\".*?</svg>", page)[0]
    assert drawing.count("<circle") == 5
    assert 'aria-label="Ana, 3 people they meet, 1 thing they share.' in drawing
    assert "Nothing with any of them." in text_of(site.get(f"{plan}/people/4"))


def test_whoever_meets_nobody_has_no_picture(site):
    away = person("Fay", available=("9",))
    plan = solved(site, *PEOPLE, away)
    assert 'class="drawing"' not in site.get(f"{plan}/people/6")


def test_an_erased_event_is_kept_in_no_memory(site):
    plan = solved(site, *PEOPLE)
    site.get(f"{plan}/review")
    kept = (database._read_once, database._people_once)
    assert any(each.cache_info().currsize for each in kept)
    event = plan.split("/plans/")[0]
    site.post(f"{event}/erase", f"{event}/erase")
    assert not any(each.cache_info().currsize for each in kept)
