"""The server as it is started: where it listens, whom it lets in, and what a sudden death costs."""

import http.client
import random
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing, contextmanager

import pytest
from waiting import clock_on
from web_site import Site

from events import runs
from events.jobs import STALE_SECONDS
from events.model import Attendee, RunStatus
from events.store import Store


@contextmanager
def running(path, *options):
    """Start the program as the README says; yield it and the address that it prints."""
    command = [sys.executable, "-c", "from web.cli import main; main()", "serve", "--no-browser"]
    server = subprocess.Popen(
        [*command, "--port", "0", "--database", path, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", server.stdout.readline())
        assert found, server.stderr.read()
        yield server, found[0]
    finally:
        server.kill()
        server.communicate()


def let_in(address):
    """Return a browser that has been let in, and the token that its forms carry."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    browser.open(address, timeout=300).close()
    base = address.partition("/?")[0]
    form = browser.open(f"{base}/events/new", timeout=300).read().decode()
    return browser, base, re.search(r'name="csrf_token" value="([^"]+)"', form)[1]


def test_it_listens_on_this_computer_only_and_asks_for_the_token(tmp_path):
    with running(tmp_path / "seedbed.db") as (_, address):
        at = urllib.parse.urlsplit(address)
        for elsewhere in ("127.0.0.2", socket.gethostbyname(socket.gethostname())):
            if elsewhere != "127.0.0.1":
                with pytest.raises(OSError, match="refused"):
                    socket.create_connection((elsewhere, at.port), timeout=5)
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(f"http://{at.netloc}/", timeout=300)
        browser, base, _ = let_in(address)
        assert "Introduce people" in browser.open(f"{base}/", timeout=300).read().decode()


def test_each_start_has_another_token(tmp_path):
    addresses = []
    for _ in range(2):
        with running(tmp_path / "seedbed.db") as (_, address):
            addresses.append(address.partition("=")[2])
    assert len(set(addresses)) == 2
    assert all(len(token) >= 32 for token in addresses)


def test_a_port_that_is_taken_is_told_in_words(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        command = [sys.executable, "-c", "from web.cli import main; main()", "serve"]
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*command, "--no-browser", "--port", str(port), "--database", tmp_path / "s.db"],
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, f"Port {port} is taken" in done.stderr) == (2, True)


def add_people_until_it_dies(server, address, event_id, first):
    """Add one person after the other and kill the server on the way; return whom it confirmed."""
    confirmed, killer = [], threading.Timer(random.Random(first).random() / 2, server.kill)
    try:
        browser, base, token = let_in(address)
        for number in range(first, first + 1000):
            form = urllib.parse.urlencode({"name": f"Person {number}", "csrf_token": token})
            at = f"{base}/events/{event_id}/people/new"
            with browser.open(at, form.encode(), timeout=300) as answer:
                assert f"Person {number}" in answer.read().decode()
            confirmed.append(f"Person {number}")
            if number == first + 2:
                killer.start()
    except (OSError, http.client.HTTPException):
        return confirmed


def test_nothing_confirmed_is_lost_whenever_the_server_is_killed(tmp_path):
    site = Site(tmp_path / "seedbed.db")
    event, confirmed = site.event(), []
    for turn in range(3):
        with running(site.path) as (server, address):
            confirmed += add_people_until_it_dies(server, address, event.id, 1000 * turn)
    assert len(confirmed) >= 9
    with site.store() as store:
        kept = {entry.attendee.name for entry in store.attendees(event.id)}
    assert set(confirmed) <= kept
    assert len(kept) <= len(confirmed) + 3  # saved, and killed before it could say so
    with closing(sqlite3.connect(site.path)) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)


def crowd(site, people=60):
    names = [Attendee(id=f"p{number}", name=f"Person {number}") for number in range(people)]
    return site.event(*names)


@pytest.mark.parametrize("after", [0.2, 0.9, 2.7])
def test_a_worker_killed_at_any_moment_leaves_a_whole_plan_or_none(tmp_path, after, monkeypatch):
    site = Site(tmp_path / "seedbed.db")
    event = crowd(site)
    with site.store() as store:
        run = runs.start(store, event.id)
        command = [sys.executable, "-m", "events.worker", str(site.path), str(run.id)]
        worker = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(after)
        worker.kill()
        worker.wait()
        clock_on(monkeypatch, STALE_SECONDS + 1)
        later = runs.find(store, event.id, 1)
        names = runs.result_names(store, later)
    assert later.status in (RunStatus.INTERRUPTED, RunStatus.DONE)
    assert later.has_plan == (later.status is RunStatus.DONE) == ("pairings.csv" in names)
    page = site.get(f"/events/{event.id}/plans/1")
    assert ("Best possible" if later.has_plan else "shut down") in page


def test_a_run_that_died_with_the_computer_is_marked_when_the_app_starts_again(
    tmp_path, monkeypatch
):
    site = Site(tmp_path / "seedbed.db")
    event = crowd(site, 4)
    with site.store() as store, monkeypatch.context() as earlier:
        clock_on(earlier, -2 * STALE_SECONDS)
        runs.start(store, event.id)
    with running(site.path), Store.open(site.path) as store:
        (row,) = store.rows("select status, ended from runs")
        assert (row["status"], row["ended"] != "") == ("interrupted", True)
    assert "shut down" in site.get(f"/events/{event.id}/plans/1")
