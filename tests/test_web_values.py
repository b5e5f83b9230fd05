"""The page on equal answers: decide, join, take apart, undo, and what plans make of it."""

import io

import pytest
from web_site import Site, text_of

from events.equal_file import read_decisions
from events.model import Answer, Attendee
from events.series import decided
from matcher.canon import Decision
from matcher.fields import Visibility

LONG = "Institut Teknologi Bandung"
MIT = "Massachusetts Institute of Technology"


def student(name, school):
    answer = Answer(field="school", texts=(school,), visibility=Visibility.PRINT)
    return Attendee(id=name.lower(), name=name, answers=(answer,))


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "seedbed.db")


@pytest.fixture
def event(site):
    schools = {"Ana": "ITB", "Ben": LONG, "Cyd": "MIT", "Dee": MIT, "Eve": "Lund"}
    return site.event(*(student(*each) for each in schools.items()), series="Harbour")


def page_of(event):
    return f"/events/{event.id}/values/"


def post(site, event, action, **data):
    return site.post(page_of(event) + action, page_of(event), **data)


def decide(site, event, same):
    row = {"kind": "school", "value": "itb", "other": LONG.lower(), "same-0": same}
    return post(site, event, "decide", **row)


def kept(site, event):
    with site.store() as store:
        return [entry.decision for entry in decided(store, event.id)]


def test_proposals_stand_with_who_wrote_them_and_why(site, event):
    said = text_of(site.get(page_of(event)))
    assert f"School. The one is the initials of the other. ITB (Ana) = {LONG} (Ben) ?" in said
    assert "holds in all events of “Harbour”" in said


def test_what_is_decided_is_kept_for_the_series_and_can_be_undone(site, event):
    next_one = site.event(series="Harbour")
    decide(site, event, "yes")
    assert kept(site, next_one) == [Decision("school", "itb", LONG.lower(), same=True)]
    said = text_of(site.get(page_of(event)))
    assert f"School: ITB is the same as {LONG}" in said
    assert "Nothing is left to decide." in said
    post(site, event, "1/undo")
    assert kept(site, next_one) == []


def test_what_was_rejected_is_not_asked_again(site, event):
    decide(site, event, "no")
    said = text_of(site.get(page_of(event)))
    assert f"ITB is not {LONG}" in said
    assert "Nothing is left to decide." in said


def test_not_sure_decides_nothing(site, event):
    assert decide(site, event, "").status_code == 302
    assert kept(site, event) == []


def test_an_answer_that_nobody_gives_any_more_is_left_out(site, event):
    row = {"kind": "school", "value": "gone", "other": LONG.lower(), "same-0": "yes"}
    post(site, event, "decide", **row)
    assert "1 answer left out" in text_of(site.get(page_of(event)))
    assert kept(site, event) == []


def test_two_more_are_joined_in_words(site, event):
    post(site, event, "join", kind="school", value="Lund", other="ITB")
    assert kept(site, event) == [Decision("school", "lund", "itb", same=True)]


@pytest.mark.parametrize(
    ("kind", "other", "problem"),
    [
        ("school", "LUND", "These two count as the same already."),
        ("school", "", "Name both."),
        ("school", "-", "“-” is not one value."),
        ("colour", "red", "Choose a kind first."),
    ],
)
def test_two_that_cannot_be_joined_are_answered_in_words(site, event, kind, other, problem):
    answer = post(site, event, "join", kind=kind, value="Lund", other=other)
    assert problem in text_of(answer.text)
    assert kept(site, event) == []


def test_what_was_told_apart_is_not_joined_through_a_third(site, event):
    decide(site, event, "no")
    post(site, event, "join", kind="school", value="Lund", other="ITB")
    answer = post(site, event, "join", kind="school", value="Lund", other=LONG)
    assert f"would make “ITB” and “{LONG}” the same" in text_of(answer.text)


def test_words_that_a_table_knows_can_stand_for_themselves(site, event):
    assert f"2 people MIT Not the same : MIT {MIT}" in text_of(site.get(page_of(event)))
    post(site, event, "apart", kind="school", text="MIT")
    said = text_of(site.get(page_of(event)))
    assert f"School: MIT is not {MIT}" in said
    assert "School: nobody wrote it in another way" in said
    answer = post(site, event, "apart", kind="school", text="Lund")
    assert answer.status_code == 404


def test_decisions_go_out_as_the_file_of_the_command_line(site, event):
    decide(site, event, "yes")
    post(site, event, "apart", kind="school", text="MIT")
    written = site.client.get(page_of(event) + "equal.csv")
    assert list(read_decisions(written.text)) == kept(site, event)


def keep(site, event, content):
    return post(site, event, "file", file=(io.BytesIO(content), "equal.csv"))


def test_a_file_of_decisions_comes_in(site, event):
    keep(site, event, f"kind,value,other,same\nschool,ITB,{LONG},yes\n".encode())
    assert kept(site, event) == [Decision("school", "itb", LONG.lower(), same=True)]
    assert f"School: ITB is the same as {LONG}" in text_of(site.get(page_of(event)))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            b"kind,value,other,same\nschool,A,B,yes\nage,1,2,no\n",
            "Row 3, kind: 'age' is not known.",
        ),
        (b"kind,value,other,same\nschool,A,B,no\nschool,A,C,yes\nschool,B,C,yes\n", "“A” and “B”"),
        (b"\xff\xfe\x00", "This is not UTF-8 text."),
        (b"", "the columns kind, value, other, same"),
    ],
)
def test_a_file_with_a_mistake_decides_nothing(site, event, content, problem):
    assert problem in text_of(keep(site, event, content).text)
    assert kept(site, event) == []


def test_the_next_plan_counts_what_was_decided(site, event):
    before = site.solved(event).number
    decide(site, event, "yes")
    plans = [f"/events/{event.id}/plans/{at}" for at in (before, site.solved(event).number)]
    totals = [site.client.get(f"{plan}/files/plan.json").json["total"] for plan in plans]
    assert totals[0] < totals[1]
    said = [text_of(site.get(f"{plan}/people/1/why?with=2")) for plan in plans]
    assert said[0] != said[1]


def test_an_import_says_when_there_is_something_to_decide(site, event):
    upload = site.upload(event, f"name,school\nFin,ITB\nGus,{LONG}\n".encode())
    site.post(f"{upload}/import", upload)
    said = text_of(site.get(f"/events/{event.id}/"))
    assert (
        "2 people added. 1 answer may mean the same as another: see “Same or different?”." in said
    )


def test_erasing_the_last_event_of_a_series_names_its_decisions(site, event):
    decide(site, event, "yes")
    at = f"/events/{event.id}/erase"
    assert "1 decision about equal answers" in text_of(site.get(at))
    site.event(series="Harbour")
    assert "decision" not in text_of(site.get(at))


HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("x")',
    "مرحبا بالعالم \u202e",
    "x" * 10_000,
    "🌱 club",
)


@pytest.mark.parametrize("text", HOSTILE, ids=["script", "formula", "rtl", "long", "emoji"])
def test_any_answer_is_shown_joined_and_undone_as_typed(site, text):
    event = site.event(student("Ana", text), student("Ben", "Lund"))
    post(site, event, "join", kind="school", value=text, other="Lund")
    said = text_of(site.get(page_of(event)))
    assert f"School: {' '.join(text.split())} is the same as Lund" in said
    assert "<script>alert" not in site.get(page_of(event))
    written = site.client.get(page_of(event) + "equal.csv").text
    assert list(read_decisions(written)) == kept(site, event)
    post(site, event, "1/undo")
    assert kept(site, event) == []


def test_nobody_there_leaves_nothing_to_decide(site):
    assert "no answers to compare yet" in text_of(site.get(page_of(site.event())))


def test_the_series_of_an_event_is_chosen_with_its_name(site, event):
    at = f"/events/{event.id}/settings"
    page = site.get(at)
    assert '<option value="Harbour">' in page
    assert 'value="Harbour" ' in page or 'value="Harbour">' in page
    site.post("/events/new", title="Autumn", series=" Hills  walk ")
    with site.store() as store:
        assert {each.series for each in store.events()} == {"Harbour", "Hills walk"}
