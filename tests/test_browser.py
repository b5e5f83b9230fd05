"""The app in a real browser: from an attendee file to printed cards, by mouse and by keyboard."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import SHOTS, Served
from playwright.sync_api import expect

from events.model import Answer, Attendee
from events.sentences import sentences
from matcher.fields import Visibility

DATA = Path(__file__).parent / "data"


@pytest.fixture
def served(tmp_path, browser):
    served = Served(tmp_path / "seedbed.db", browser)
    yield served
    served.close()


def test_the_whole_way_from_a_messy_file_to_printed_cards(served):
    page = served.page
    page.get_by_role("link", name="Make your first event").click()
    page.get_by_label("Name of the event").fill("Harbour evening")
    page.get_by_role("button", name="Continue to the people").click()
    page.get_by_role("link", name="Choose a file").click()
    page.get_by_label("Attendee list").set_input_files(DATA / "german_excel_semicolon_cp1252.csv")
    page.get_by_role("button", name="Look into it").click()
    expect(page.get_by_role("heading", name="What was understood")).to_be_visible()
    page.get_by_role("button", name="Import 4 people").click()
    expect(page.get_by_role("status")).to_contain_text("4 people added.")
    page.get_by_role("link", name="Continue to the plan").click()
    page.get_by_label("Rounds", exact=True).fill("2")
    expect(page.locator("#forecast")).to_contain_text("Everybody meets 2 people")
    page.get_by_label("First round starts at").fill("18:30")
    expect(page.locator("#forecast")).to_contain_text("18:30 to 18:52")
    page.get_by_role("button", name="Make the plan").click()
    expect(page.get_by_role("heading", name="Plan 1 is being made")).to_be_visible()
    expect(page.get_by_text("Who gets least")).to_be_visible(timeout=300_000)
    page.get_by_role("link", name="Print cards and lists").click()
    picture = page.locator("#preview")
    expect(picture).to_have_js_property("naturalWidth", 794)  # A4 upright
    page.get_by_label("What to print").select_option("a5-large")
    expect(picture).to_have_js_property("naturalWidth", 1123)  # and across
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Open as a page").click()
    cards = opened.value
    expect(cards.locator("article")).to_have_count(8)
    cards.screenshot(path=SHOTS / "cards.png")
    page.go_back()
    expect(page.get_by_text("Who gets least")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Plan the rounds")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="People")).to_be_visible()


def test_a_plan_can_be_made_by_keyboard_alone(served):
    page = served.page

    def press_on(role, name):
        """Tab to a control, as somebody without a mouse would, and press Enter."""
        for _ in range(100):
            page.keyboard.press("Tab")
            focused = page.locator(":focus")
            if focused.count() and page.get_by_role(role, name=name).and_(focused).count():
                page.keyboard.press("Enter")
                return
        raise AssertionError(f"Tab never reached {name!r}")

    def add(name, more):
        page.keyboard.press("Tab")
        expect(page.get_by_label("Name", exact=True)).to_be_editable()
        page.get_by_label("Name", exact=True).focus()
        page.keyboard.type(name)
        press_on("button", "Save and add another" if more else "Save")

    press_on("link", "Make your first event")
    page.get_by_label("Name of the event").focus()
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    press_on("link", "Add a person")
    add("Ana", more=True)
    expect(page.get_by_role("status")).to_contain_text("Ana is in the list.")
    add("Ben", more=False)
    press_on("link", "Continue to the plan")
    press_on("button", "Make the plan")
    expect(page.get_by_text("Who gets least")).to_be_visible(timeout=300_000)


def test_what_is_the_same_is_decided_by_keyboard_alone(served):
    schools = ("ITB", "Institut Teknologi Bandung", "Lund")
    event = served.site.event(
        *(Attendee(id=name, name=name, answers=(school_of(name),)) for name in schools)
    )
    page = served.page
    served.go(f"/events/{event.id}/")
    page.get_by_role("link", name="Same or different?").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Not sure").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("radio", name="Different")).to_be_checked()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("radio", name="Same")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 decision saved.")
    expect(page.get_by_text("Nothing is left to decide.")).to_be_visible()
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Not sure")).to_be_checked()
    page.get_by_label("What some typed").fill("Lund")
    page.get_by_label("Counts as").fill("ITB")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("“Lund” counts as “ITB”")


def school_of(name):
    return Answer(field="school", texts=(name,), visibility=Visibility.PRINT)


def test_a_rule_is_said_by_keyboard_and_a_namesake_asked_about(served):
    acme, orion = (works_at(name) for name in ("Acme", "Orion"))
    event = served.site.event(
        *(Attendee(id=f"p{n}", name=f"Person {n}") for n in range(30)),
        Attendee(id="dan1", name="Dan Lee", answers=(acme,)),
        Attendee(id="dan2", name="Dan Lee", answers=(orion,)),
    )
    page = served.page
    served.go(f"/events/{event.id}/rules/")
    page.get_by_text("Say something else").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="… and … meet in round …").focus()
    page.keyboard.press("Enter")
    page.get_by_label("First person").press_sequentially("Dan")
    expect(page.locator("#people option")).to_have_text(["Dan Lee, Acme", "Dan Lee, Orion"])
    page.get_by_label("First person").fill("dan lee")
    page.keyboard.press("Tab")
    page.keyboard.type("Person 29")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Whom do you mean?")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("radio", name="Dan Lee Acme").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Dan Lee and Person 29 meet in round 2.")
    with served.site.store() as store:
        (said,) = sentences(store, event.id)
    assert said.people == ("dan2", "p29")


def works_at(name):
    return Answer(field="organization", texts=(name,), visibility=Visibility.PRINT)


def test_two_tabs_on_one_person_lose_nothing(served):
    event = served.site.event()
    at = f"{served.base}/events/{event.id}/people"
    first, second = served.page, served.context.new_page()
    first.goto(f"{at}/new")
    first.get_by_label("Name", exact=True).fill("Ana")
    first.get_by_role("button", name="Save", exact=True).click()
    for tab in (first, second):
        tab.goto(f"{at}/1")
    first.get_by_label("City", exact=True).fill("Porto")
    second.get_by_label("City", exact=True).fill("Braga")
    first.get_by_role("button", name="Save", exact=True).click()
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_role("alert")).to_contain_text("Porto")
    expect(second.get_by_label("City", exact=True)).to_have_value("Braga")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_role("status")).to_contain_text("Ana is saved.")
