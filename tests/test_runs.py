"""Runs: one truth in the table, one result a run, and nothing lost when a program is killed."""

import signal
import subprocess
import sys
import threading
import time

import pytest
from planning import CONFLICT
from waiting import clock_on, wait_for

from events import runs, versions
from events.errors import EventsError, NotFound, StoreError
from events.jobs import STALE_SECONDS
from events.launch import launch
from events.model import Attendee, RunStatus
from events.runs import RUNS
from events.store import Store
from events.worker import work
from matcher.plan import Infeasible, Progress
from matcher.settings import Settings

FILES = {"plan.json": b"{}", "pairings.csv": b"round\n"}
PROGRESS = Progress(stage="Filling rounds", done=0.5, best=7, bound=9)


def solved(*_, **__):
    return FILES


def until_stopped(*_, on_progress, **__):
    while on_progress(PROGRESS):
        time.sleep(0.01)
    return FILES


def failing(error):
    def solve(*_, **__):
        raise error

    return solve


@pytest.fixture
def path(tmp_path):
    return tmp_path / "seedbed.db"


@pytest.fixture
def store(path):
    with Store.open(path) as opened:
        yield opened


@pytest.fixture
def event(store):
    added = store.add_event("Evening", settings=Settings(rounds=2))
    for name in ("ana", "ben"):
        store.add_attendee(added.id, Attendee(id=name, name=name.title()))
    return added


def statuses(store, event):
    return [run.status.value for run in runs.list_runs(store, event.id)]


def test_a_run_goes_from_queued_to_done_and_keeps_its_files(path, store, event):
    run = runs.start(store, event.id)
    assert (run.number, run.status, run.people, run.settings.title) == (1, "queued", 2, "Evening")
    assert work(path, run.id, solved) is RunStatus.DONE
    done = runs.find(store, event.id, 1)
    assert (done.status, done.done, done.has_plan) == (RunStatus.DONE, 1.0, True)
    assert runs.result_files(store, done) == FILES
    assert runs.result_file(store, done, "plan.json") == b"{}"
    assert list(runs.result_files(store, done, ("plan.json", "none.csv"))) == ["plan.json"]
    with pytest.raises(NotFound):
        runs.result_file(store, done, "../seedbed.db")


def test_a_run_plans_for_the_people_as_they_were_when_it_started(path, store, event):
    run = runs.start(store, event.id)
    store.add_attendee(event.id, Attendee(id="late", name="Late"))
    seen = []
    work(path, run.id, lambda people, settings, **_: seen.append((people, settings)) or {})
    people, settings = seen[0]
    assert [person.id for person in people] == ["ana", "ben"]
    assert settings == Settings(rounds=2, title="Evening")


def test_a_run_has_one_result_however_often_it_is_started(path, store, event):
    run = runs.start(store, event.id)
    assert work(path, run.id, solved) is RunStatus.DONE
    assert work(path, run.id, failing(AssertionError)) is None
    assert runs.result_files(store, run) == FILES


def test_only_one_run_of_an_event_is_under_way(path, store, event):
    first = runs.start(store, event.id)
    with pytest.raises(StoreError, match="Plan 1 is being made"):
        runs.start(store, event.id)
    work(path, first.id, solved)
    assert runs.start(store, event.id).number == 2


def test_stopping_keeps_the_best_plan_so_far(path, store, event):
    run = runs.start(store, event.id)
    worker = threading.Thread(target=work, args=(path, run.id, until_stopped))
    worker.start()
    wait_for(lambda: runs.find(store, event.id, 1).stage == "Filling rounds")
    watched = runs.find(store, event.id, 1)
    assert (watched.status, watched.best, watched.bound) == (RunStatus.RUNNING, 7, 9)
    runs.cancel(store, run)
    worker.join()
    stopped = runs.find(store, event.id, 1)
    assert (stopped.status, stopped.has_plan) == (RunStatus.CANCELLED, True)


def test_stopping_a_run_that_is_over_changes_nothing(path, store, event):
    run = runs.start(store, event.id)
    work(path, run.id, solved)
    runs.cancel(store, run)
    assert statuses(store, event) == ["done"]


def test_what_the_organizer_can_mend_is_told_in_words(path, store, event):
    run = runs.start(store, event.id)
    work(path, run.id, failing(EventsError("Two people are needed. Add one.")))
    failed = runs.find(store, event.id, 1)
    assert (failed.status, failed.error, failed.detail, failed.has_plan) == (
        RunStatus.FAILED,
        "Two people are needed. Add one.",
        "",
        False,
    )


def test_a_bug_is_told_apart_with_its_details(path, store, event):
    run = runs.start(store, event.id)
    work(path, run.id, failing(ZeroDivisionError("by design")))
    failed = runs.find(store, event.id, 1)
    assert failed.status is RunStatus.FAILED
    assert "Something went wrong inside Seedbed" in failed.error
    assert "ZeroDivisionError: by design" in failed.detail


@pytest.fixture
def clock(monkeypatch):
    """Return a list whose last entry is the time in seconds that jobs go by."""
    times = [100.0]
    monkeypatch.setattr("events.jobs.moment", lambda: times[-1])
    return times


def test_a_silent_worker_is_noticed_and_its_run_can_be_made_again(store, event, clock):
    run = runs.start(store, event.id)
    claim = RUNS.claim(store, run.id)
    clock.append(100.0 + STALE_SECONDS)
    alive = runs.find(store, event.id, 1)
    assert alive.status is RunStatus.RUNNING
    clock.append(100.1 + STALE_SECONDS)
    silent = runs.find(store, event.id, 1)
    assert (silent.status, silent.has_plan) == (RunStatus.INTERRUPTED, False)
    assert "shut down" in silent.error
    again = runs.start_again(store, silent)
    assert (again.number, again.people, again.settings) == (2, 2, silent.settings)
    assert claim
    assert runs.input_of(store, run.id) == runs.input_of(store, again.id)


def test_a_worker_that_wakes_up_again_may_finish(store, event, clock):
    run = runs.start(store, event.id)
    claim = RUNS.claim(store, run.id)
    clock.append(999.0)
    assert statuses(store, event) == ["interrupted"]
    assert RUNS.beat(store, claim, **vars(PROGRESS))
    back = runs.find(store, event.id, 1)
    assert (back.status, back.error, back.ended) == (RunStatus.RUNNING, "", "")
    assert RUNS.finish(store, claim, RunStatus.DONE, FILES)
    assert RUNS.finish(store, claim, RunStatus.FAILED) is False
    assert statuses(store, event) == ["done"]


def test_a_result_waits_for_somebody_who_writes_for_long(path, store, event, monkeypatch):
    monkeypatch.setattr("events.database._WAIT_SECONDS", 0.05)
    run = runs.start(store, event.id)
    writing = store.writing()

    def interrupted(*_, **__):
        writing.__enter__()
        threading.Timer(0.5, writing.__exit__, (None, None, None)).start()
        return FILES

    assert work(path, run.id, interrupted) is RunStatus.DONE
    assert runs.files_of(store, run.id) == FILES


SLEEPER = """
import sys, time
from pathlib import Path
from events.worker import work
from matcher.plan import Infeasible, Progress

def solve(*_, on_progress, **__):
    while on_progress(Progress(stage="Asleep", done=0.1)):
        time.sleep(0.01)
    return {"plan.json": b"{}"}

work(Path(sys.argv[1]), int(sys.argv[2]), solve)
"""


def sleeper(path, run):
    return subprocess.Popen([sys.executable, "-c", SLEEPER, path, str(run.id)])


def test_a_killed_worker_leaves_no_half_result_and_its_run_is_marked(
    path, store, event, monkeypatch
):
    run = runs.start(store, event.id)
    worker = sleeper(path, run)
    wait_for(lambda: runs.find(store, event.id, 1).stage == "Asleep")
    worker.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    worker.wait()
    clock_on(monkeypatch, STALE_SECONDS + 1)
    later = runs.find(store, event.id, 1)
    assert (later.status, later.has_plan) == (RunStatus.INTERRUPTED, False)
    assert [person.attendee.id for person in store.attendees(event.id)] == ["ana", "ben"]


def test_two_workers_of_one_run_do_not_get_in_each_others_way(path, store, event):
    run = runs.start(store, event.id)
    both = [sleeper(path, run), sleeper(path, run)]
    wait_for(lambda: runs.find(store, event.id, 1).stage == "Asleep")
    wait_for(lambda: any(worker.poll() == 0 for worker in both))
    runs.cancel(store, run)
    assert [worker.wait() for worker in both] == [0, 0]
    assert statuses(store, event) == ["cancelled"]


def test_a_launched_worker_makes_the_plan_or_says_why_not(path, store, event):
    alone = store.add_event("Alone")
    store.add_attendee(alone.id, Attendee(id="ana", name="Ana"))
    run = runs.start(store, alone.id)
    launch(path, run)
    wait_for(lambda: runs.find(store, alone.id, 1).status.is_over)
    failed = runs.find(store, alone.id, 1)
    assert (failed.status, failed.detail) == (RunStatus.FAILED, "")
    assert failed.error


def test_a_worker_that_cannot_even_start_is_noticed_by_its_watcher(path, store, event, monkeypatch):
    run = runs.start(store, event.id)
    monkeypatch.setattr("events.launch._ROOT", path.parent)
    (path.parent / "events").mkdir()
    (path.parent / "events" / "__init__.py").write_text("")
    launch(path, run)
    wait_for(lambda: runs.find(store, event.id, 1).status is RunStatus.INTERRUPTED)
    assert "No module named events.worker" in runs.find(store, event.id, 1).detail


def test_a_worker_that_is_not_there_is_told_at_once(path, store, event, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(path.parent / "nowhere" / "python"))
    launch(path, runs.start(store, event.id))
    missing = runs.find(store, event.id, 1)
    assert (missing.status, "nowhere" in missing.detail) == (RunStatus.INTERRUPTED, True)


def test_a_run_that_cannot_be_keeps_its_answer_and_no_plan(path, store, event):
    run = runs.start(store, event.id)
    assert work(path, run.id, failing(Infeasible(CONFLICT))) is RunStatus.INFEASIBLE
    done = runs.find(store, event.id, 1)
    assert (done.status.is_over, done.has_plan, done.error) == (True, False, "")
    assert runs.result_names(store, done) == ("plan.json",)


def test_a_run_knows_whose_cards_are_handed_out(store, path, event):
    first = runs.start(store, event.id)
    work(path, first.id, solved)
    versions.use(store, first)
    second = runs.start(store, event.id)
    given = runs.input_of(store, second.id)
    assert given.printed == first.id
    assert runs.files_of(store, given.printed) == FILES


def test_before_any_plan_is_in_use_no_card_is_handed_out(store, event):
    given = runs.input_of(store, runs.start(store, event.id).id)
    assert runs.files_of(store, given.printed) == {}
