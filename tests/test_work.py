"""What the process of a job is to the rest of the computer."""

import os
import subprocess
import sys

CODE = """
import os
from pathlib import Path
from events.work import run_worker
GROUP = Path("/proc/self/autogroup")  # of the session; not on every system
def niceness():
    said = GROUP.read_text().split() if GROUP.exists() else []
    return os.nice(0), int(said[-1]) if said else None
def work(path, job):
    print(before, niceness())
before = niceness()
run_worker(["seedbed.db", "1"], work, nice=7)
"""


def told(*, own_session):
    """Return the niceness of a worker and of its session, before and after it began."""
    said = subprocess.run(
        [sys.executable, "-c", CODE],
        start_new_session=own_session,
        check=True,
        capture_output=True,
        text=True,
    )
    return said.stdout


def test_pages_come_before_a_worker_whether_processes_or_sessions_are_compared():
    mine = os.nice(0)
    assert told(own_session=True) in (
        f"({mine}, 0) ({mine + 7}, 7)\n",
        f"({mine}, None) ({mine + 7}, None)\n",
    )


def test_a_worker_started_by_hand_leaves_its_terminal_as_it_is():
    before, after = told(own_session=False).replace("None", "0").split(") (")
    assert before.split(", ")[1] == after.strip(")\n").split(", ")[1]
