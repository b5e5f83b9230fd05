"""The flow in a process of its own: the same flow, and an end at any time."""

from __future__ import annotations

from threading import Timer

import numpy as np
import pytest
from planning import crowd

from matcher.plan import StoppedBy, make_plan
from matcher.plan.bound import flow, flow_process
from matcher.plan.bound.flow_process import min_cost, run_flow
from matcher.plan.watch import UNWATCHED, Stopped, Watch
from matcher.settings import Settings

ARCS = (
    np.array([0, 0, 1], dtype=np.int32),
    np.array([1, 2, 2], dtype=np.int32),
    np.array([1, 5, 5]),
    np.array([1, 3, 1]),
)


def test_the_process_finds_the_same_flow():
    supply = np.array([3, 0, -3])
    assert run_flow(UNWATCHED, *ARCS, supply).tolist() == min_cost(*ARCS, supply).tolist()


def test_supplies_that_cannot_move_are_no_flow_in_either():
    supply = np.array([9, 0, -9])
    assert min_cost(*ARCS, supply) is None
    assert run_flow(UNWATCHED, *ARCS, supply) is None


def test_a_process_that_fails_says_why():
    with pytest.raises(ArithmeticError, match=r"flow failed: .*Error"):
        run_flow(UNWATCHED, *ARCS)


@pytest.fixture
def endless(monkeypatch, tmp_path):
    """Let the process of the flow never end by itself."""
    program = tmp_path / "endless.py"
    program.write_text("import time\n\nwhile True:\n    time.sleep(1)\n")
    monkeypatch.setattr(flow_process, "__file__", str(program))


def test_the_process_ends_when_the_run_is_stopped(endless):
    stop = []
    Timer(0.3, lambda: stop.append(True)).start()
    watch = Watch(lambda _: not stop)
    with pytest.raises(Stopped):
        watch.run(lambda: run_flow(watch, *ARCS, np.array([3, 0, -3])))


def test_a_plan_is_the_same_with_its_flows_in_processes(monkeypatch):
    alone = make_plan(crowd(12, 3), Settings(rounds=3))
    monkeypatch.setattr(flow, "ARCS_AT_A_BLINK", 0)
    assert make_plan(crowd(12, 3), Settings(rounds=3), on_progress=lambda _: True) == alone


def test_a_run_cancelled_within_a_flow_keeps_its_first_plan(monkeypatch, endless):
    monkeypatch.setattr(flow, "ARCS_AT_A_BLINK", 0)
    looks = iter(range(5))

    def go_on(progress):
        return "Bound" not in progress.stage or next(looks, None) is not None

    plan = make_plan(crowd(12, 3), Settings(rounds=3), on_progress=go_on)
    assert plan.stopped_by is StoppedBy.CANCEL
    assert 0 < plan.total <= plan.bound
