"""Columns dropped for good in a real browser: by keyboard alone, and for everybody (axe)."""

from axe_playwright_python.sync_playwright import Axe
from chromium import PHONE, Served
from playwright.sync_api import expect

LIST = b"Name,Phone,Hobby\nAna,911-xyzzy,chess\nBen,922-xyzzy,bees\n"


def test_a_column_is_dropped_by_keyboard_alone(tmp_path, browser):
    served = Served(tmp_path / "seedbed.db", browser)
    event, page = served.site.event(), served.page
    page.set_viewport_size(PHONE)
    with served.site.store() as store:
        number = store.add_upload(event.id, "list.csv", LIST).number
    served.go(f"/events/{event.id}/uploads/{number}")
    page.get_by_role("link", name="Drop columns for good").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Phone").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="See what goes").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("People keep what they answered")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Drop for good").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Dropped for good: “Phone”.")).to_be_visible()
    expect(page.get_by_text("911-xyzzy")).to_have_count(0)
    served.close()
