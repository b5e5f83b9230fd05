"""Wait for another process, however slow the machine is: only what never happens fails."""

import time

__all__ = ["clock_on", "wait_for"]

_SECONDS = 300


def wait_for(condition):
    end = time.monotonic() + _SECONDS
    while not condition():
        assert time.monotonic() < end, f"nothing happened for {_SECONDS} seconds"
        time.sleep(0.05)


def clock_on(monkeypatch, seconds):
    """Put the clock by which workers are silent on, as if that time had passed."""
    monkeypatch.setattr("events.jobs.moment", lambda: time.time() + seconds)
