"""A plan changed by hand in a real browser: by keyboard, in two tabs, from a corrected file."""

import csv
import io
import re

import pytest
from chromium import Served
from playwright.sync_api import expect
from test_web_plans import PEOPLE

from matcher.settings import Settings


@pytest.fixture
def served(tmp_path, browser):
    served = Served(tmp_path / "seedbed.db", browser)
    event = served.site.event(*PEOPLE, settings=Settings(rounds=1))
    number = served.site.solved(event).number
    served.plan = f"/events/{event.id}/plans/{number}"
    yield served
    served.complaints = [text for text in served.complaints if "409" not in text]
    served.close()


def test_a_change_is_asked_about_and_made_by_keyboard_alone(served):
    page = served.page
    served.go(f"{served.plan}/rooms")
    page.get_by_role("link", name=re.compile("Change.*Table 1")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Round", exact=True)).to_have_value("1")
    page.get_by_role("radio", name="Change places").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Have a break")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_text("There are 2 more breaks.")).to_be_visible()
    page.get_by_role("button", name="Make the changed plan").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Made from plan 1:")).to_be_visible(timeout=300_000)
    expect(page.get_by_role("heading", name="Plan 2")).to_be_visible()
    page.get_by_role("link", name="Whose cards change?").click()
    expect(page.get_by_text("2 cards change for 2 people")).to_be_visible()


def test_the_second_of_two_tabs_sees_what_the_first_one_changed(served):
    first, second = served.page, served.context.new_page()
    for tab in (first, second):
        tab.goto(f"{served.base}{served.plan}/people/1/change?do=remove&round=1")
    first.get_by_role("button", name="Make the changed plan").click()
    expect(first.get_by_text("Made from plan 1:")).to_be_visible(timeout=300_000)
    second.get_by_role("button", name="Make the changed plan").click()
    expect(second.get_by_role("heading", name="Plan 1 was changed meanwhile")).to_be_visible()
    expect(second.get_by_text("It differs in 2 cards:")).to_be_visible()
    second.get_by_role("link", name="Look at plan 2").click()
    expect(second.get_by_text("Made from plan 1:")).to_be_visible()


def test_a_file_corrected_outside_is_brought_back(served):
    page = served.page
    served.go(f"{served.plan}/corrected")
    with page.expect_download() as loading:
        page.get_by_role("link", name="pairings.csv").click()
    text = loading.value.path().read_text(encoding="utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([header, *rows[:-1]])
    corrected = {"name": "p.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode("utf-16")}
    page.get_by_label("Corrected pairings.csv").set_input_files(corrected)
    page.get_by_role("button", name="Look into it").click()
    expect(page.get_by_text("There are 2 more breaks.")).to_be_visible()
    page.get_by_role("button", name="Make the changed plan").click()
    expect(page.get_by_text("Made from plan 1: Meetings were read back")).to_be_visible(
        timeout=300_000
    )
