"""The print page: everything a plan can be printed as, seen before it is printed."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote

import pytest
from test_web_plans import PEOPLE, person
from web_site import Site, text_of

from web.cards import HANDOUTS, SHEETS


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setattr("web.views.plans.launch", lambda path, run: None)
    return Site(tmp_path / "seedbed.db")


@pytest.fixture
def printing(site):
    """Return the address of the print page of a plan."""
    event = site.event(*PEOPLE, person("Gus"))
    return f"/events/{event.id}/plans/{site.solved(event).number}/print"


def take(site, printing, asked="", at=None):
    """Press the button that takes the PDF."""
    chosen = dict(parse_qsl(asked))
    return site.post(f"{at or printing}/sheets.pdf", printing, **chosen)


def test_a_plan_leads_to_everything_that_can_be_printed(site, printing):
    assert f'href="{printing}"' in site.get(printing.removesuffix("/print"))
    page = site.get(printing)
    assert [name for name, _ in SHEETS if f'value="{name}"' not in page] == []


@pytest.mark.parametrize(
    ("asks", "layout", "paper"),
    [
        ("en-US,en;q=0.9", "letterx4", "letter"),
        ("es-MX", "letterx4", "letter"),
        ("en-GB,en-US", "a6x4", "a4"),
        ("de", "a6x4", "a4"),
        ("", "a6x4", "a4"),
    ],
)
def test_paper_is_that_of_the_region_until_a_printer_is_known(site, printing, asks, layout, paper):
    def chosen():
        page = site.client.get(printing, headers={"Accept-Language": asks}).text
        return [
            name
            for name in ("a6x4", "letterx4", "a4", "letter")
            if re.search(f'<option selected value="{name}"', page)
        ]

    assert chosen() == [layout, paper]
    take(site, printing, "layout=desk&paper=a4&start=&right=1&down=")
    assert chosen() == ["a6x4", "a4"]


def test_a_decoration_that_no_font_has_is_told_before_printing(site):
    event = site.event(*PEOPLE, person("Gus \U0001fae9"))
    printing = f"/events/{event.id}/plans/{site.solved(event).number}/print"
    for asked in ("", "?layout=desk"):
        assert "The PDF leaves out \U0001fae9 of" in text_of(site.get(printing + asked))


def test_those_who_told_little_are_named_with_what_to_ask_them(site, printing):
    said = text_of(site.get(printing))
    assert "told little about themselves" in said
    assert "Gus" in said
    assert "What is one thing you could use?" in said


@pytest.mark.parametrize("layout", [name for name, _ in SHEETS])
def test_every_sheet_is_seen_opened_and_taken_away(site, printing, layout):
    asked = f"layout={layout}&paper=letter&order=table&start=&right=&down="
    picture = site.client.get(f"{printing}/preview.png?{asked}")
    assert (picture.mimetype, picture.data[:4]) == ("image/png", b"\x89PNG")
    page = site.client.get(f"{printing}/page?{asked}")
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha2")
    taken = take(site, printing, asked)
    assert taken.data.startswith(b"%PDF-1.7")
    number = printing.split("/")[-2]
    name = f'attachment; filename="seedbed-plan-{number}-{layout}.pdf"'
    assert taken.headers["Content-Disposition"] == name


def test_only_what_changes_since_another_plan_is_printed(site, printing):
    assert "What changes since" not in site.get(printing)
    with site.store() as store:
        event = store.event(printing.split("/")[2])
    site.solved(event)
    assert '<option value="2">What changes since plan 2' in site.get(printing)
    assert "<article" in site.get(f"{printing}/page?since=")
    assert "<article" not in site.get(f"{printing}/page?since=2")
    assert "All cards stay as they are." in site.get(f"{printing}/page?since=2&layout=exchange")
    assert "Not a valid choice" in text_of(site.get(f"{printing}?since=7"))


def test_a_sheet_is_shown_without_script(site, printing):
    page = site.get(f"{printing}?layout=host&paper=letter")
    assert f'src="{printing}/preview.png?layout=host&amp;paper=letter"' in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("start=2&stacked=y", "needs whole sheets"),
        ("right=7", "at most 5 mm each way"),
        ("start=0", "Places are numbered from 1."),
        ("layout=" + quote("<b>"), "Not a valid choice."),
    ],
)
def test_what_cannot_be_printed_is_said_on_the_page_and_for_the_file(site, printing, asked, said):
    assert said in text_of(site.get(f"{printing}?{asked}"))
    assert said in text_of(take(site, printing, asked).text)


def test_only_plans_are_printed(site, printing):
    for what in ("", "page", "preview.png", "files/1", "files/1/sheets.pdf"):
        assert "Not here" in site.get(printing.replace("/1/", "/9/") + f"/{what}", 404)
    assert "Not here" in take(site, printing, at=printing.replace("/1/", "/9/")).text
    assert len(HANDOUTS) == 12
