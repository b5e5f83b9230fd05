"""Open stores, lent to one request each."""

from __future__ import annotations

from collections import deque
from pathlib import Path

from events.store import Store

__all__ = ["Stores"]


class Stores:
    """The stores of one database file.

    To open one takes longer than most pages: SQLite reads the shape of all tables anew.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: tuple[int, int] | None = None
        self._idle: deque[Store] = deque()

    def lend(self) -> Store:
        """Return a store that nobody else has."""
        here = _identity(self._path)
        if here != self._file:  # another file was put in its place
            self.close()
            self._file = here
        try:
            return self._idle.pop()
        except IndexError:
            return Store.open(self._path)

    def take_back(self, store: Store) -> None:
        """Keep a store for the next request, unless the last one left a change half made."""
        if store.is_writing or _identity(self._path) != self._file:
            store.close()
        else:
            self._idle.append(store)

    def close(self) -> None:
        """Close all that are not lent."""
        while self._idle:
            self._idle.pop().close()


def _identity(path: Path) -> tuple[int, int] | None:
    """Return which file is at a path; None when there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
