"""A worker's sign of life: the heartbeat, how far it is, and whether somebody asked it to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from .store import Store

__all__ = ["Pulse"]

State = TypeVar("State")

_BEAT_SECONDS = 0.5


class Pulse(threading.Thread, Generic[State]):
    """Writes the latest progress of a job into the store, and reads the wish to stop there.

    Whoever works reports from threads of their own and must not wait for the database, so they only
    leave the latest progress here.

    Parameters
    ----------
    beat
        Writes progress, and returns whether the worker may go on.
    first
        What is written before there is progress.
    """

    def __init__(self, path: Path, beat: Callable[[Store, State], bool], first: State) -> None:
        super().__init__(daemon=True)
        self.stopped = False
        self._latest = first
        self._over = threading.Event()
        self._path, self._beat = path, beat

    def on_progress(self, progress: State) -> bool:
        """Remember how far the job is; return whether to go on."""
        self._latest = progress
        return not self.stopped

    def run(self) -> None:
        """Beat until the job is over."""
        with Store.open(self._path) as store:
            while True:
                self.stopped |= not self._beat(store, self._latest)
                if self._over.wait(_BEAT_SECONDS):
                    return

    def end(self) -> None:
        """Stop beating; after this nothing of this thread reaches the database."""
        self._over.set()
        self.join()
