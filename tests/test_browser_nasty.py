"""Whatever people type, in every field, the whole way: shown as typed, harming nothing, printed."""

import io

import pikepdf
import pytest
from chromium import SHOTS, Served
from playwright.sync_api import expect

from matcher.fields import FIELDS, Purpose

NASTY = {
    "password": "k7#Qz!vR2@mX9$pL4&wT8*eB",
    "script": '<script>alert("x")</script>',
    "formula": '=HYPERLINK("http://example.org","here")',
    "emoji": "👩🏽‍🚀🏳️‍🌈 Zoë 🎉",
    "right to left": "שלום عالم",
    "template": "{{ 7654321 * 10 }} #let x = [*a*] \\ $y$",
    "long": "a very long answer " * 526 + "ends.",
}
ANSWERS = [f"answer_{line.name}" for line in FIELDS if line.purpose is not Purpose.IDENTITY]
INPUTS = ["name", "given_name", "family_name", "email", *ANSWERS]


def typed(text, name):
    """Return what is typed into an input: no card has room for a name of 10,000 letters."""
    return text[:22] if name == "name" and len(text) > 100 else text


@pytest.fixture
def served(tmp_path, browser):
    served = Served(tmp_path / "seedbed.db", browser)
    served.page.on("dialog", lambda dialog: served.complaints.append(dialog.message))
    yield served
    served.close()


def overflow(page):
    """Return by how much a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def test_nasty_values_in_every_field_the_whole_way(served):
    event = served.site.event(title=NASTY["script"] + NASTY["emoji"])
    page = served.page
    for text in NASTY.values():
        served.go(f"/events/{event.id}/people/new")
        for name in INPUTS:
            page.locator(f"#{name}").fill(typed(text, name))
        for see in page.locator("select[name^=see_]").all():
            see.select_option("print")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("is in the list.")
    for number, text in enumerate(NASTY.values(), start=1):
        served.go(f"/events/{event.id}/people/{number}")
        shown = page.evaluate("names => names.map(n => document.getElementById(n).value)", INPUTS)
        assert shown == [typed(text, name) for name in INPUTS]
    served.go(f"/events/{event.id}/")
    for text in NASTY.values():
        name = typed(text, "name")
        expect(page.get_by_role("link", name=name, exact=True).first).to_be_visible()
    assert overflow(page) <= 0
    run = served.site.solved(event)
    plan = f"/events/{event.id}/plans/{run.number}"
    for part in ("", "/people", "/people/1", "/people/1/why", "/review", "/rooms", "/pictures"):
        served.go(plan + part)
        assert overflow(page) <= 0, part
        expect(page.locator("body")).not_to_contain_text("76543210")
        page.screenshot(path=SHOTS / f"nasty{part.replace('/', '-')}.png", full_page=True)
    served.go(f"{plan}/print/page?layout=a6x4")
    cards = page.locator("article")
    expect(cards).to_have_count(7 * 6)
    for text in NASTY.values():
        expect(cards.filter(has_text=typed(text, "name")).first).to_be_visible()
    served.go(f"{plan}/print?layout=a6x4")
    with page.expect_download() as made:
        page.get_by_role("button", name="PDF").click()
    content = made.value.path().read_bytes()
    (SHOTS / "nasty.pdf").write_bytes(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) >= 7 * 6 // 4
