"""Large print jobs: made beside, watched, stopped, kept whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from test_web_plans import PEOPLE
from waiting import clock_on, wait_for
from web_site import Site, text_of

from events import prints, runs
from events.errors import NotFound
from events.jobs import STALE_SECONDS
from events.model import RunStatus
from events.prints import PRINTS
from web.cards import PrintJob
from web.print_worker import launch_print, work

JOB = PrintJob().to_json()


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setattr("web.views.prints.launch_print", lambda path, printed: None)
    monkeypatch.setattr("web.cards.parts.PART", 16)  # two parts
    return Site(tmp_path / "seedbed.db")


@pytest.fixture
def run(site):
    return site.solved(site.event(*PEOPLE))


@pytest.fixture
def printing(run):
    """Return the address of the print page of a plan."""
    return f"/events/{run.event_id}/plans/{run.number}/print"


@pytest.fixture
def store(site):
    with site.store() as opened:
        yield opened


@pytest.fixture
def blank(monkeypatch):
    """Make files at once, with nothing on them: for tests of what becomes of a file."""
    monkeypatch.setattr("web.print_worker.PrintJob.pdf", lambda *_: b"%PDF-1.7")


def asked(site, printing, **chosen):
    """Press the button that takes the PDF, and return the address of the job."""
    answer = site.post(f"{printing}/sheets.pdf", printing, **chosen)
    assert answer.status_code == 302, text_of(answer.text)
    return answer.location


def test_a_job_is_the_same_after_it_was_written_down():
    job = PrintJob(layout="a7x8", order="table", address="https://harbour.example.org/")
    assert PrintJob.from_json(job.to_json()) == job


def test_a_large_job_is_watched_and_taken_when_it_is_complete(site, printing):
    at = asked(site, printing, layout="a7x8")
    page = site.get(at)
    assert "A7" in text_of(page)
    assert '<noscript><meta http-equiv="refresh"' in page
    waiting = {"over": False, "stage": "Getting ready", "done": 0.0}
    assert site.client.get(f"{at}/progress").json == waiting
    assert "Not here" in site.get(f"{at}/sheets.pdf", 404)
    assert work(site.path, 1) is RunStatus.DONE
    assert site.client.get(f"{at}/progress").json["over"] is True
    taken = site.client.get(f"{at}/sheets.pdf")
    assert taken.data.startswith(b"%PDF-1.7")
    assert "seedbed-plan-1-a7x8.pdf" in taken.headers["Content-Disposition"]
    assert f'href="{at}"' in site.get(printing)


def test_how_many_are_set_is_said_while_it_runs(site, printing, store):
    at = asked(site, printing)
    claim = PRINTS.claim(store, 1)
    said = {}
    for amount in ((0, 5004), (1200, 5004), (5004, 5004)):
        assert PRINTS.beat(store, claim, done=amount[0], pieces=amount[1])
        said[amount[0]] = site.client.get(f"{at}/progress").json["stage"]
    assert said == {
        0: "0 of 5,004 are set",
        1200: "1,200 of 5,004 are set",
        5004: "All 5,004 are set; the file is being put together",
    }


def test_the_same_job_is_made_once_and_another_beside_it(site, printing, blank):
    first = asked(site, printing)
    assert asked(site, printing) == first
    assert work(site.path, 1) is RunStatus.DONE
    assert asked(site, printing) == first
    assert asked(site, printing, order="round") != first


def test_a_stopped_job_leaves_no_file_and_can_be_made_again(site, printing, store, run):
    at = asked(site, printing)
    site.post(f"{at}/stop", at)
    assert site.client.get(f"{at}/progress").json["stage"] == "Stopping"
    assert work(site.path, 1) is RunStatus.CANCELLED
    assert "stopped before the file was complete" in text_of(site.get(at))
    again = site.post(f"{at}/again", at).location
    assert [each.status for each in prints.list_prints(store, run)] == [RunStatus.QUEUED]
    assert work(site.path, int(again.rpartition("/")[2])) is RunStatus.DONE


def test_a_file_can_be_removed_but_not_a_job_under_way(site, printing, store, run, blank):
    at = asked(site, printing)
    prints.remove(store, prints.find(store, run, 1))
    work(site.path, 1)
    site.post(f"{at}/remove", at)
    assert "Not here" in site.get(at, 404)


def test_what_goes_wrong_is_said(site, printing, store, run):
    store.change("update run_files set content = ? where name = 'plan.json'", (b"{",))
    job = prints.start(store, run, JOB)
    assert work(site.path, job.number) is RunStatus.FAILED
    assert "plan.json" in text_of(site.get(f"{printing}/files/1"))


def test_a_bug_is_told_with_its_details(site, printing, store, run, monkeypatch):
    monkeypatch.setattr("web.print_worker.sheet_from_files", lambda files: 1 / 0)
    prints.start(store, run, JOB)
    assert work(site.path, 1) is RunStatus.FAILED
    assert "ZeroDivisionError" in site.get(f"{printing}/files/1")


def test_a_file_goes_with_either_of_its_plans(site, store, run):
    with site.store() as other:
        second = site.solved(other.event(run.event_id))
    for plan, since in ((run, None), (second, run)):
        prints.start(store, plan, JOB, since=since)
    store.delete_run(run.id)
    assert prints.list_prints(store, second) == ()


def test_only_changed_cards_are_in_the_file_of_changes(site, store, run):
    second = site.solved(store.event(run.event_id))
    for since in (None, run):
        work(site.path, prints.start(store, second, JOB, since=since).number)
    changed, whole = (
        len(prints.content(store, each)) for each in prints.list_prints(store, second)
    )
    assert changed < whole


def test_a_silent_worker_is_noticed_and_may_wake_up(store, run, monkeypatch):
    prints.start(store, run, JOB)
    claim = PRINTS.claim(store, 1)
    clock_on(monkeypatch, STALE_SECONDS + 1)
    assert prints.find(store, run, 1).status is RunStatus.INTERRUPTED
    assert PRINTS.claim(store, 1) is None
    assert PRINTS.finish(store, claim, RunStatus.DONE, b"%PDF")
    assert prints.content(store, prints.find(store, run, 1)) == b"%PDF"


def test_a_killed_worker_leaves_no_half_file(site, store, run, monkeypatch):
    prints.start(store, run, JOB)
    program = f"""
import time
from web import print_worker
def endless(job, sheet, on_progress):
    while on_progress(1, 2):
        time.sleep(0.1)
print_worker.PrintJob.pdf = endless
print_worker.main([{str(site.path)!r}, "1"])
"""
    with subprocess.Popen([sys.executable, "-c", program]) as worker:
        wait_for(lambda: prints.find(store, run, 1).pieces == 2)
        os.kill(worker.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    clock_on(monkeypatch, STALE_SECONDS + 1)
    left = prints.find(store, run, 1)
    assert (left.status, left.size) == (RunStatus.INTERRUPTED, 0)
    with pytest.raises(NotFound):
        prints.content(store, left)


def test_a_launched_worker_makes_the_file(site, store, run):
    launch_print(site.path, prints.start(store, run, JOB))
    wait_for(lambda: prints.find(store, run, 1).status.is_over)
    assert prints.content(store, prints.find(store, run, 1)).startswith(b"%PDF-1.7")


def test_an_erased_person_is_in_no_file(site, store, run, printing, blank):
    prints.start(store, run, JOB)
    work(site.path, 1)
    at = f"/events/{run.event_id}/people/1/erase"
    site.post(at, at)
    assert runs.list_runs(store, run.event_id) == ()
    assert list(store.rows("select number from prints")) == []
