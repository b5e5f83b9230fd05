"""Progress, limits and the wish to stop: a valid plan, honestly marked."""

import subprocess
import sys
from threading import Event, get_ident
from time import thread_time

import pytest
from planning import crowd

from benchmarks.planner.instances import sparse
from matcher.errors import NoPlan
from matcher.plan import StoppedBy, make_plan
from matcher.plan.plan import Progress
from matcher.plan.watch import Stopped, Watch
from matcher.rules import violations
from matcher.settings import Settings


class Clock:
    """A clock that moves on by one second whenever it is looked at."""

    def __init__(self):
        self.now = 0

    def __call__(self):
        self.now += 1
        return self.now


def reports(people, **settings):
    seen = []
    make_plan(crowd(people), Settings(**settings), on_progress=lambda p: seen.append(p) or True)
    return seen


def test_progress_rises_and_knows_best_and_bound_in_the_end():
    seen = reports(31)
    assert [each.done for each in seen] == sorted(each.done for each in seen)
    assert seen[0].best is None
    assert seen[-1].best <= seen[-1].bound


def test_watching_a_run_does_not_change_it():
    watched = make_plan(crowd(9, 1), Settings(rounds=3), on_progress=lambda _: True)
    assert watched == make_plan(crowd(9, 1), Settings(rounds=3))


@pytest.mark.parametrize("calls", range(1, 8))
def test_a_cancelled_run_returns_a_valid_plan(calls):
    left = iter(range(calls))
    plan = make_plan(
        crowd(15, 2), Settings(rounds=4), on_progress=lambda _: next(left, None) is not None
    )
    assert (plan.stopped_by, plan.repeatable) == (StoppedBy.CANCEL, False)
    assert violations(plan.meetings, []) == []
    assert plan.total <= plan.bound
    assert plan.meetings


def test_ten_thousand_people_have_their_tables_soon_after_the_wish_to_stop():
    wished = []

    def look(progress):
        wished.append(thread_time())
        return progress.best is None

    plan = make_plan(sparse(10_000, 1).affinities, Settings(), on_progress=look)
    assert thread_time() - wished[-1] < 0.2
    assert (plan.stopped_by, len(plan.meetings) > 25_000) == (StoppedBy.CANCEL, True)
    assert violations(plan.meetings, []) == []


def test_cancelled_before_the_first_plan_there_is_none():
    with pytest.raises(NoPlan, match="Stopped, no plan"):
        make_plan(crowd(9), Settings(), on_progress=lambda _: False)


def test_the_clock_stops_a_run_that_has_a_limit():
    plan = make_plan(crowd(15, 2), Settings(rounds=4, limit_seconds=3), clock=Clock())
    assert (plan.stopped_by, plan.repeatable) == (StoppedBy.TIME, False)
    assert violations(plan.meetings, []) == []


def test_without_a_limit_the_clock_is_not_looked_at():
    clock = Clock()
    make_plan(crowd(8), Settings(), clock=clock)
    assert clock.now == 0


def test_an_error_in_work_on_a_thread_is_raised_where_it_is_waited_for():
    def fail():
        raise ArithmeticError("overflow")

    with pytest.raises(ArithmeticError, match="overflow"):
        Watch(lambda _: True).run(fail)


def test_a_wish_to_stop_ends_what_the_work_waits_for():
    released = Event()
    wishes = iter([True])
    watch = Watch(lambda _: next(wishes, False))

    def work():
        watch.report("working", 0.0)
        with watch.ending(released.set):
            released.wait()

    with pytest.raises(Stopped):
        watch.run(work)
    assert released.is_set()


def test_a_wish_to_stop_does_not_wait_for_work_that_cannot_be_ended():
    released, ended = Event(), Event()

    def work():
        released.wait()
        try:
            watch.report("too late", 0.5)
        finally:
            ended.set()

    watch = Watch(lambda _: False)
    with pytest.raises(Stopped):
        watch.run(work)
    assert not ended.is_set()
    released.set()
    assert ended.wait(timeout=10)


def test_progress_is_told_on_the_thread_that_asked():
    threads = set()
    make_plan(crowd(9), Settings(rounds=2), on_progress=lambda _: threads.add(get_ident()) or True)
    assert threads == {get_ident()}


def test_progress_counts_what_the_watch_knows():
    seen = []
    watch = Watch(lambda progress: seen.append(progress) or True)
    watch.best, watch.bound = 3, 4
    watch.report("one", 0.5)
    watch.report("two", 0.2)
    assert seen == [
        Progress(stage="one", done=0.5, best=3, bound=4),
        Progress(stage="two", done=0.5, best=3, bound=4),
    ]


STOPPED = """
import sys
from threading import Timer
from benchmarks.planner.instances import sparse
from matcher.plan import make_plan
from matcher.settings import Settings

wished = []
timer = Timer(float(sys.argv[1]), lambda: wished.append(True))

def look(progress):
    if progress.best is not None and not (timer.is_alive() or wished):
        timer.start()
    return not wished

make_plan(sparse(1_000, 1).affinities, Settings(rounds=6), on_progress=look)
"""


@pytest.mark.parametrize("after", ["0.1", "0.2", "0.3"])
def test_a_program_that_ends_after_a_stop_ends_in_order(after):
    """A solver that was left behind and cut off by the end aborted the whole program."""
    words = [sys.executable, "-c", STOPPED, after]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_run_that_is_left_by_an_interrupt_ends_soon():
    """As by Ctrl-C in a program that does not ask for it."""
    ended = Event()

    def interrupt(progress):
        raise KeyboardInterrupt

    watch = Watch(interrupt)

    def work():
        try:
            while True:
                watch.again()
        finally:
            ended.set()

    with pytest.raises(KeyboardInterrupt):
        watch.run(work)
    assert ended.wait(10)
