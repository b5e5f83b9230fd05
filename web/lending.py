"""Open stores, lent to one request each."""

from __future__ import annotations

from collections import deque
from pathlib import Path

from events.store import Store

__all__ = ["Stores"]

_File = tuple[int, int] | None
"""Device and number of a file; None when there is none."""


class Stores:
    """The stores of one database file.

    To open one takes longer than most pages: SQLite reads the shape of all tables anew.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: deque[tuple[_File, Store]] = deque()
        self._lent: dict[Store, _File] = {}

    def lend(self) -> Store:
        """Return a store that nobody else has."""
        here = _identity(self._path)
        try:
            file, store = self._idle.pop()
            while file != here:  # another file was put in its place
                store.close()
                file, store = self._idle.pop()
        except IndexError:
            store = Store.open(self._path)
        self._lent[store] = here or _identity(self._path)
        return store

    def take_back(self, store: Store) -> None:
        """Keep a store for the next request, unless the last one left a change half made."""
        file = self._lent.pop(store)
        if store.is_writing or _identity(self._path) != file:
            store.close()
        else:
            self._idle.append((file, store))

    def close(self) -> None:
        """Close all that are not lent."""
        while self._idle:
            self._idle.pop()[1].close()


def _identity(path: Path) -> _File:
    """Return which file is at a path; None when there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
