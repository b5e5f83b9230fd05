"""Who may use the server, and what a page may do."""

import csv
import io
import re
import sqlite3
import zipfile
from contextlib import closing

import pytest
from python_calamine import CalamineWorkbook
from web_site import Site, text_of
from werkzeug.datastructures import MultiDict

from events.model import Answer, Attendee
from matcher.fields import FIELDS, Purpose, Visibility

NASTY = (
    '<script>alert("x")</script>',
    '"><img src=x onerror=alert(1)>',
    "{{ 7654321 * 10 }}{% raise 'x' %}",
    '=HYPERLINK("http://example.org")',
    "שלום \u202e evil",
    "👩🏽‍🚀" * 3,
    "many words " * 900,
)


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "seedbed.db")


def everything(text):
    answers = tuple(
        Answer(field=line.name, texts=(text,), visibility=Visibility.PRINT)
        for line in FIELDS
        if line.purpose is not Purpose.IDENTITY
    )
    return Attendee(id=text, name=text, family_name=text, email=text, answers=answers)


def contents(site):
    with closing(sqlite3.connect(site.path)) as database:
        return list(database.iterdump())


def test_no_form_without_its_token_changes_anything(site):
    event = site.event(Attendee(id="ana", name="Ana"), Attendee(id="ben", name="Ben"))
    site.solved(event)
    before = contents(site)
    paths = site.addresses("POST", event.id)
    assert f"/events/{event.id}/erase" in paths
    for path in paths:
        answer = site.client.post(path, data={"title": "Forged", "name": "Forged", "rounds": "1"})
        assert answer.status_code == 400, path
        assert "Please try again" in answer.text
    assert contents(site) == before


@pytest.mark.parametrize("text", NASTY)
def test_any_text_is_shown_as_typed_and_harms_nothing(site, text):
    event = site.event(everything(text), Attendee(id="ben", name="Ben"), title=text)
    run = site.solved(event)
    at = f"/events/{event.id}"
    for path in ("/", f"{at}/", f"{at}/people/1", f"{at}/plans/{run.number}", f"{at}/settings"):
        page = site.get(path)
        assert " ".join(text.split()) in text_of(page), path
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "76543210" not in page


def test_pages_allow_nothing_inline_and_nothing_from_elsewhere(site):
    event = site.event()
    for path in ("/", "/events/new", f"/events/{event.id}/", "/nowhere"):
        answer = site.client.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
        assert "unsafe" not in policy
        assert not re.search(r'\sstyle="|\son\w+="|<script>|<style', answer.text)
        assert not re.search(r'(src|href|action)="(https?:)?//', answer.text)


def test_every_answer_carries_the_headers_that_close_doors(site):
    headers = site.client.get("/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.2:80", ""])
def test_another_name_for_this_computer_is_refused(site, host):
    answer = site.client.get("/", headers={"Host": host})
    assert (answer.status_code, answer.text[:21]) == (400, "Seedbed only answers ")


@pytest.mark.parametrize("host", ["127.0.0.1:5117", "localhost:80", "localhost"])
def test_its_own_names_are_answered(site, host):
    assert site.client.get("/", headers={"Host": host}).status_code == 200


def test_without_the_start_up_token_the_door_is_closed(tmp_path):
    site = Site(tmp_path / "seedbed.db", token="s3cret")
    assert "This door is closed" in site.get("/", 403)
    assert "This door is closed" in site.get("/?token=wrong", 403)
    assert site.client.post("/events/new", data={"title": "X"}).status_code in (400, 403)
    with site.client.get("/static/seedbed.css") as style:
        assert style.status_code == 200


def test_without_the_token_every_door_is_closed_and_nothing_is_told(tmp_path):
    site = Site(tmp_path / "seedbed.db", token="s3cret")
    pages, forms = site.addresses("GET"), site.addresses("POST")
    assert len(pages) > 30
    assert len(forms) > 20
    for path in pages:
        assert "This door is closed" in site.get(path, 403), path
    for path in forms:
        assert site.client.post(path).status_code in (400, 403), path
    assert "s3cret" not in site.get("/", 403)


def test_the_start_up_token_opens_the_door_for_this_browser_and_leaves_the_address(tmp_path):
    site = Site(tmp_path / "seedbed.db", token="s3cret")
    answer = site.client.get("/?token=s3cret")
    assert (answer.status_code, answer.location) == (302, "/")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Introduce people" in site.get("/")
    after_restart = Site(site.path, token="another")
    after_restart.client = site.client
    assert "Introduce people" in after_restart.get("/")


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "///evil.example/"])
def test_the_token_leads_to_no_other_host(tmp_path, path):
    site = Site(tmp_path / "seedbed.db", token="s3cret")
    sent = {"environ_overrides": {"PATH_INFO": path}, "query_string": {"token": "s3cret"}}
    assert site.client.get("/", **sent).location == "/evil.example/"


def test_a_form_that_lacks_what_it_must_have_is_refused_in_words(site):
    event = site.event(Attendee(id="ana", name="Ana"), Attendee(id="ben", name="Ben"))
    at = f"/events/{event.id}/plans/{site.solved(event).number}/corrected"
    answer = site.post(f"{at}/make", at)
    assert answer.status_code == 400
    assert "The browser sent what Seedbed cannot use." in answer.text


FIELDS_SENT = (
    *("page", "q", "sort", "show", "with", "do", "round", "other", "table", "layout", "since"),
    *("say", "kind", "one", "by", "who", "rounds", "keep", "paper", "order", "start_at", "cells"),
    *("address", "lift", "number", "row", "column", "overrule", "seen", "version", "name", "title"),
    *("kept_version", "other_version", "date", "minutes", "start", "odd", "weights", "fairness"),
    *("sentence", "rules", "questions", "tone", "named", "erase_on", "language", "text", "right"),
)


@pytest.mark.parametrize("sent", ["9" * 26, "-1", "²", "\x00'\"<script>", "../../etc/passwd"])
def test_nothing_that_is_sent_breaks_a_page(site, sent):
    event = site.event(Attendee(id="ana", name="Ana"), Attendee(id="ben", name="Ben"))
    site.solved(event)
    values = MultiDict([(name, sent) for name in FIELDS_SENT])
    for path in site.addresses("GET", event.id):
        assert site.client.get(path, query_string=values).status_code < 500, path
    token = re.search(r'name="csrf_token" value="([^"]+)"', site.get("/events/new"))[1]
    signed = MultiDict([*values.items(), ("csrf_token", token)])
    for path in site.addresses("POST", event.id):
        if not path.endswith("/erase"):
            answer = site.client.post(path, data=signed)
            assert answer.status_code < 500, path


def test_too_large_an_upload_gets_a_friendly_page(site):
    event = site.event()
    site.app.config["MAX_CONTENT_LENGTH"] = 2000
    answer = site.post(f"/events/{event.id}/uploads/new", file=(io.BytesIO(b"x" * 4000), "big.csv"))
    assert answer.status_code == 413
    assert "files may have up to 100 MB" in answer.text
    with site.store() as store:
        assert store.uploads(event.id) == ()


def packed(size):
    """Return a workbook of a few kilobytes whose sheet unpacks to `size` bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * size)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("bomb.xlsx", packed(5_000_000), "more than 1,000,000 bytes"),
        ("wide.csv", b"Name" + b",x" * 1_000 + b"\nAna\n", "more than 1,000 columns"),
        ("long.csv", b"Name\n" + b"A\n" * 200_001, "more than 200,000 rows"),
    ],
    ids=["zip bomb", "columns", "rows"],
)
def test_a_file_beyond_a_limit_is_refused_with_the_limit(site, monkeypatch, name, content, says):
    monkeypatch.setattr("events.importer.package.MOST_UNPACKED_BYTES", 1_000_000)
    event = site.event()
    assert says in text_of(site.get(site.upload(event, content, name)))
    with site.store() as store:
        assert store.attendees(event.id) == ()


def cells_of(name, content):
    """Return every cell of a table that is handed out, as a spreadsheet would read it."""
    if name.endswith(".csv"):
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        return [cell for row in rows for cell in row]
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    return [cell for sheet in sheets for row in sheet.to_python() for cell in row]


def test_no_table_that_is_handed_out_holds_a_formula(site):
    event = site.event(everything('=HYPERLINK("http://example.org")'), everything("+1+1|x"))
    number = site.solved(event).number
    at = f"/events/{event.id}"
    page = site.get(f"{at}/plans/{number}") + site.get(f"{at}/") + site.get(f"{at}/values/")
    handed_out = set(re.findall(r'href="([^"]+\.(?:csv|xlsx))"', page))
    assert len(handed_out) > 5
    for path in sorted(handed_out):
        cells = cells_of(path, site.client.get(path).data)
        assert not any(str(cell).startswith(("=", "+", "@", "-")) for cell in cells), path
        if path.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(site.client.get(path).data)) as archive:
                parts = [archive.read(part) for part in archive.namelist()]
            assert not any(b"<f>" in part or b"hyperlink" in part for part in parts), path


def test_unknown_addresses_say_so_in_words(site):
    event = site.event()
    other = site.event(Attendee(id="ana", name="Ana"))
    at = f"/events/{event.id}"
    paths = [
        *("/nowhere", "/events/nobody/", "/events/nobody/plans/", "/events/nobody/settings"),
        *(f"{at}/people/1", f"{at}/people/99", f"{at}/uploads/1", f"{at}/plans/1"),
        *(f"{at}/people/{10**30}", f"{at}/plans/{10**30}"),
        *(f"{at}/plans/1/print", f"{at}/plans/1/progress", f"{at}/plans/1/plan.zip"),
    ]
    for path in paths:
        assert "Not here" in site.get(path, 404), path
    assert "Ana" in site.get(f"/events/{other.id}/people/1")


def test_a_bug_is_admitted_without_its_insides(site, monkeypatch):
    monkeypatch.setattr("web.views.start.store", lambda: 1 / 0)
    page = site.get("/", 500)
    assert "Something went wrong inside Seedbed" in page
    assert "ZeroDivisionError" not in page
