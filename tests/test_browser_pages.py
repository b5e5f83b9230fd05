"""Every page in a real browser: on a desk, on a phone, by day, by night, and for everybody (axe).

Pictures are kept in `artifacts/`, with `index.html` to see all of them: look at them after changing
a template.
"""

from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import DESK, PHONE, SHOTS, Served
from web_site import solve

from events import prints, runs
from events.importer import read_people
from events.merging import merge
from events.model import Answer, Attendee, RunStatus
from events.reimport import import_people
from events.rules import Sentence
from events.sample import open_demo
from events.sentences import say, take_out
from events.series import decide
from events.worker import work
from matcher.canon import Decision
from matcher.fields import Visibility
from web.cards import PrintJob
from web.languages import LANGUAGES

DATA = Path(__file__).parent / "data"
PAGES = {
    "start": "/",
    "data": "/data/",
    "event-new": "/events/new",
    "event": "/events/{event}/settings",
    "event-due": "/events/{due}/settings",
    "event-erase": "/events/{event}/erase",
    "people-empty": "/events/{empty}/",
    "people": "/events/{event}/?sort=least",
    "people-archived": "/events/{event}/?show=archived",
    "people-thin": "/events/{event}/?show=thin",
    "person-new": "/events/{event}/people/new",
    "person": "/events/{event}/people/3",
    "person-erase": "/events/{event}/people/3/erase",
    "person-same-as": "/events/{event}/people/3/same?who=nobody",
    "person-same": "/events/{event}/people/3/same?who={other}",
    "person-rows": "/events/{event}/people/{several}/rows",
    "person-merged": "/events/{event}/people/{merged}",
    "values": "/events/{event}/values/?kind=school",
    "values-empty": "/events/{empty}/values/",
    "rules": "/events/{event}/rules/?say=round",
    "rules-empty": "/events/{empty}/rules/",
    "words": "/events/{event}/words/",
    "words-empty": "/events/{empty}/words/",
    "upload": "/events/{event}/uploads/new",
    "upload-preview": "/events/{event}/uploads/2",
    "upload-unread": "/events/{event}/uploads/4",
    "columns": "/events/{event}/columns/",
    "columns-empty": "/events/{empty}/columns/",
    "plans": "/events/{event}/plans/",
    "plan": "/events/{event}/plans/1",
    "plan-priced": "/events/{event}/plans/2",
    "plan-compare": "/events/{event}/plans/2/compare/1",
    "plan-progress": "/events/{event}/plans/3",
    "plan-people": "/events/{event}/plans/1/people",
    "plan-person": "/events/{event}/plans/1/people/5",
    "plan-why": "/events/{event}/plans/1/people/5/why?with=9",
    "plan-change": "/events/{event}/plans/1/people/5/change?do=swap&round=1&other=9",
    "plan-keep": "/events/{event}/plans/1/keep?show=2",
    "plan-corrected": "/events/{event}/plans/1/corrected",
    "plan-review": "/events/{event}/plans/1/review",
    "plan-rooms": "/events/{event}/plans/1/rooms?round=2",
    "plan-pictures": "/events/{event}/plans/1/pictures",
    "plan-needs": "/events/{event}/plans/1/needs",
    "print": "/events/{event}/plans/1/print?layout=host",
    "print-file": "/events/{event}/plans/1/print/files/1",
    "print-file-made": "/events/{event}/plans/1/print/files/2",
    "print-file-stopped": "/events/{event}/plans/1/print/files/3",
    "plan-failed": "/events/{empty}/plans/1",
    "not-here": "/events/{event}/people/999",
}


FILES = {"a6x4": None, "a7x8": RunStatus.DONE, "schedule": RunStatus.CANCELLED}
"""Print jobs of the first plan, and how they ended; None while under way."""


@pytest.fixture(scope="module")
def served(tmp_path_factory, browser):
    served = Served(tmp_path_factory.mktemp("pages") / "seedbed.db", browser)
    yield served
    missing = [text for text in served.complaints if "404" in text]
    served.complaints = [text for text in served.complaints if text not in missing]
    served.close()
    show_all(PAGES)


def show_all(names):
    """Write a page that shows every picture: on a desk and on a phone, by day and by night."""
    ends = ("", "-dark", "-phone", "-phone-dark")
    rows = (
        f"<h2>{name}</h2>" + "".join(f'<img src="{name}{end}.png" height="600">' for end in ends)
        for name in names
    )
    (SHOTS / "index.html").write_text("<!doctype html>" + "".join(rows), encoding="utf-8")


@pytest.fixture(scope="module")
def addresses(served):
    """Fill a database with what the pages show, and return the ids in their addresses."""
    path = served.site.path
    with served.site.store() as store:
        event, first = open_demo(store)
        work(path, first.id, solve)
        empty = store.add_event("Nobody yet")
        work(path, runs.start(store, empty.id).id, solve)
        store.add_upload(event.id, "luma.csv", (DATA / "luma_guests.csv").read_bytes())
        for at, school in enumerate(("ITB", "Institut Teknologi Bandung", "MIT", "M.I.T.")):
            answer = Answer(field="school", texts=(school,), visibility=Visibility.PRINT)
            person = Attendee(id=f"x{at}", name=school, answers=(answer,), cohort=("harbour",))
            store.add_attendee(event.id, person)
        gone = store.add_attendee(event.id, Attendee(id="gone", name="Gone Away"))
        store.save_attendee(event.id, replace(gone, archived=True))
        twice = [
            store.add_attendee(event.id, Attendee(id=f"twice{at}", name=f"Twice {at}"))
            for at in range(2)
        ]
        merge(store, event.id, *twice)
        decide(store, event.id, Decision("school", "a", "b", same=False), ("A school", "B"))
        one, other = (e.attendee.id for e in store.attendees(event.id) if e.number < 3)
        for name in ("apart", "known"):
            say(store, event.id, Sentence(kind=name, blanks={"one": one, "other": other}))
        take_out(store, event.id, 2)
        rows = b"Name,Email,Role\nAna Lima,a@x.org,Baker\nAna Lima,a@x.org,Chef\n"
        guests = store.add_upload(event.id, "twice.csv", rows)
        import_people(store, guests, read_people(rows).people)
        several = max(each.number for each in store.attendees(event.id))
        store.add_upload(event.id, "cover.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        store.save_event(replace(event, settings=replace(event.settings, rounds=2)))
        work(path, runs.start(store, event.id, priced=True).id, solve)
        runs.start(store, event.id)
        for layout, status in FILES.items():
            job = prints.start(store, first, PrintJob(layout=layout).to_json())
            if status:
                claim = prints.PRINTS.claim(store, job.number)
                content = b"%PDF" if status is RunStatus.DONE else None
                prints.PRINTS.finish(store, claim, status, content)
        due = store.add_event("Over", date="2016-05-08", erase_on="2016-08-06")
    return {
        "event": event.id,
        "empty": empty.id,
        "due": due.id,
        "other": other,
        "merged": twice[0].number,
        "several": several,
    }


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everybody_on_any_screen(served, addresses, name):
    page = served.page
    with served.site.store() as store:
        # The run that is shown under way has no worker; it must not look silent.
        for table in ("runs", "prints"):
            store.change(f"update {table} set heartbeat = heartbeat + 3600 where status = 'queued'")
    page.set_viewport_size(DESK)
    served.go(PAGES[name].format(**addresses))
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.emulate_media(color_scheme="dark")
    found = Axe().run(page, options={"runOnly": ["color-contrast"]})
    assert found.violations_count == 0, f"in the dark: {found.generate_report()}"
    page.screenshot(path=SHOTS / f"{name}-dark.png", full_page=True)
    page.set_viewport_size(PHONE)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"], f"{wide} px wide on a phone"
    page.screenshot(path=SHOTS / f"{name}-phone-dark.png", full_page=True)
    page.emulate_media(color_scheme="light")
    page.screenshot(path=SHOTS / f"{name}-phone.png", full_page=True)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_pages_fit_a_phone_in_every_language(served, addresses, language):
    page = served.page
    with served.site.store() as store:
        store.prefer("language", language)
    page.set_viewport_size(PHONE)
    try:
        wide = {name: width for name in PAGES if (width := _width(served, addresses, name))}
        assert wide == {}
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.locator("html").get_attribute("lang") == language
    finally:
        with served.site.store() as store:
            store.prefer("language", "")


def _width(served, addresses, name):
    """Return how wide a page is where it is too wide for a phone, else 0."""
    served.go(PAGES[name].format(**addresses))
    width = served.page.evaluate("document.documentElement.scrollWidth")
    return width if width > PHONE["width"] else 0


UNSEEN = """() => {
    const focused = document.activeElement, style = getComputedStyle(focused);
    const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const inside = focused.matches("body, [type=date], [type=time]");
    return drawn || inside || style.boxShadow !== "none" ? "" : focused.outerHTML;
}"""
"""Whatever has the focus, if nothing shows it; inside of dates the browser draws by itself."""


@pytest.mark.parametrize("name", ["people", "person", "plans", "plan", "rules", "print", "data"])
def test_whatever_has_the_focus_shows_it(served, addresses, name):
    page = served.page
    page.set_viewport_size(DESK)
    served.go(PAGES[name].format(**addresses))
    reached = 0
    while page.evaluate("document.activeElement !== document.body") or not reached:
        page.keyboard.press("Tab")
        assert page.evaluate(UNSEEN) == ""
        reached += 1
        assert reached < 500
    assert reached > 5


def test_every_page_is_looked_at(served):
    shown = {
        rule.endpoint
        for rule in served.site.app.url_map.iter_rules()
        if "GET" in rule.methods and "static" not in rule.endpoint
    }
    # What is no page of its own: pieces, data, downloads; the cards have tests of their own.
    others = {
        "progress",
        "offered",
        "remarks",
        "page",
        "preview",
        "pdf",
        "file",
        "archive",
        "backup",
        "workbook",
    }
    pages = {
        endpoint
        for endpoint in shown
        if endpoint.rpartition(".")[2] not in others and not endpoint.startswith("exports.")
    }
    assert len(pages) == len(set(PAGES) - TWICE)


TWICE = {
    "event-due",
    "columns-empty",
    "people-empty",
    "people-archived",
    "people-thin",
    "person-merged",
    "person-same-as",
    "words-empty",
    "rules-empty",
    "plan-priced",
    "values-empty",
    "plan-progress",
    "plan-failed",
    "print-file-made",
    "print-file-stopped",
}
TWICE |= {"upload-unread", "not-here"}
"""Pages that show another state of an address that is listed already."""
