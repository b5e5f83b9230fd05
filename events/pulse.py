"""A worker's sign of life: the heartbeat, how far it is, and whether somebody asked it to stop."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from .jobs import Claim, Jobs
from .store import Store

__all__ = ["Pulse"]

_BEAT_SECONDS = 0.5


class Pulse(threading.Thread):
    """Writes the latest progress of a job into the store, and reads the wish to stop there.

    Whoever works reports from threads of their own and must not wait for the database, so they only
    leave the latest progress here.
    """

    def __init__(self, path: Path, jobs: Jobs[Any], claim: Claim) -> None:
        super().__init__(daemon=True)
        self.stopped = False
        self._latest: dict[str, Any] = {}
        self._over = threading.Event()
        self._path, self._jobs, self._claim = path, jobs, claim

    def report(self, **progress: object) -> bool:
        """Remember how far the job is, by column of its row; return whether to go on."""
        self._latest = progress
        return not self.stopped

    def run(self) -> None:
        """Beat until the job is over."""
        with Store.open(self._path, patient=True) as store:
            while True:
                self.stopped |= not self._jobs.beat(store, self._claim, **self._latest)
                if self._over.wait(_BEAT_SECONDS):
                    return

    def end(self) -> None:
        """Stop beating; after this nothing of this thread reaches the database."""
        self._over.set()
        self.join()
