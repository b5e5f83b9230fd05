"""One SQLite file: opened, read and changed, all of a change or nothing of it.

The only module, beside `sqlite` and `migrations`, that knows sqlite-utils. What is kept in the file
is no matter of this one: see `events.store`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from matcher.phrase import Phrase, phrase

from . import sqlite
from .errors import Conflict, NotFound, StoreError
from .migrations import migrate
from .reads import Read, digest

__all__ = ["Database", "utc_now"]

_Values = Sequence[object] | dict[str, Any]
_WAIT_SECONDS, _PATIENT_SECONDS = 10, 600
"""How long a page, and a process that has time, wait for somebody else who writes."""


def utc_now() -> str:
    """Return the time now as ISO text in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Database:
    """The database of one installation; use as a context manager, by one thread at a time."""

    def __init__(self, db: sqlite.Database) -> None:
        self._db = db
        self._noted: list[Read] | None = None

    @classmethod
    def open(cls, path: Path | str, *, patient: bool = False) -> Self:
        """Open a database file, made if it is not there, and bring it to the newest shape.

        Parameters
        ----------
        patient
            Whether to wait minutes rather than seconds for somebody else who writes, such as an
            import of a hundred thousand people: a worker must not lose what it made.

        Raises
        ------
        StoreError
            If the file is no database of ours or cannot be written.
        """
        try:
            return cls(_connected(path, _PATIENT_SECONDS if patient else _WAIT_SECONDS))
        except (sqlite3.DatabaseError, OSError) as error:
            raise StoreError(
                phrase(
                    "%(path)s cannot be opened as a Seedbed database (%(error)s). "
                    "Choose another file, or check that its folder can be written.",
                    path=str(path),
                    error=str(error),
                )
            ) from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make what happens inside one change: all of it is kept, or nothing.

        The write lock is taken at once. A transaction that reads first and asks for the lock later
        is refused whenever somebody else wrote in between. Nested, it is part of the outer change.
        """
        if self.is_writing:
            with self._db.atomic():
                yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            with self._db.atomic():
                yield
        except BaseException:
            self._db.rollback()
            raise
        self._db.commit()

    def rows(self, sql: str, values: _Values = ()) -> Iterator[dict[str, Any]]:
        """Run a query and return its rows by column name.

        All are fetched at once: a query that stays half read keeps its connection, and with it
        everybody who wants the log written into the file, in the past.
        """
        cursor = self._db.execute(sql, values)
        names = [column[0] for column in cursor.description]
        found = cursor.fetchall()
        if self._noted is not None:
            self._noted.append(Read(sql=sql, values=copy(values), answer=digest(found)))
        return (dict(zip(names, row, strict=True)) for row in found)

    @contextmanager
    def noting(self) -> Iterator[list[Read]]:
        """Note what is read from this store inside; not nested."""
        noted: list[Read] = []
        self._noted = noted
        try:
            yield noted
        finally:
            self._noted = None

    def holds(self, reads: Iterable[Read]) -> bool:
        """Return whether the same would be read now."""
        return all(
            digest(self._db.execute(read.sql, read.values).fetchall()) == read.answer
            for read in reads
        )

    def row(self, sql: str, values: _Values, missing: Phrase) -> dict[str, Any]:
        """Return the first row of a query; raises `NotFound`, which says what is missing."""
        row = next(self.rows(sql, values), None)
        if row is None:
            raise NotFound(missing)
        return row

    def change(self, sql: str, values: _Values = ()) -> int:
        """Run one changing statement and return how many rows it touched."""
        return self._db.execute(sql, values).rowcount

    def insert(self, table: str, row: Mapping[str, object]) -> int:
        """Insert one row and return its number."""
        return int(self._db.table(table).insert(dict(row)).last_rowid or 0)

    def insert_all(self, table: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Insert many rows of the same columns, one after the other as they come."""
        rows = iter(rows)
        first = next(rows, None)
        if first is None:
            return
        columns = ", ".join(f'"{column}"' for column in first)
        marks = ", ".join("?" * len(first))
        sql = f"insert into {table} ({columns}) values ({marks})"  # noqa: S608
        values = (tuple(row[column] for column in first) for row in chain([first], rows))
        with self.writing():
            self._db.conn.executemany(sql, values)

    def save(self, table: str, row: Mapping[str, object], *, key: str, version: int) -> None:
        """Change one row that was read before; raises `Conflict` if its version is another now."""
        sets = ", ".join(f'"{column}" = ?' for column in row)  # "table" is a word of SQL
        sql = f"update {table} set {sets} where {key} = ? and version = ?"  # noqa: S608
        if not self.change(sql, (*row.values(), row[key], version)):
            raise Conflict(
                phrase("Somebody else changed this in the meantime. Nothing was overwritten.")
            )

    @property
    def is_writing(self) -> bool:
        """Whether a change was begun that is not kept yet."""
        return self._db.conn.in_transaction


def _connected(path: Path | str, wait_seconds: float) -> sqlite.Database:
    if str(path) != ":memory:" and not Path(path).exists():
        # People's answers are nobody else's business on a shared computer.
        Path(path).touch(mode=0o600)
    # Any thread may use it, one at a time: the app lends a store to the thread of each request.
    connection = sqlite3.connect(str(path), timeout=wait_seconds, check_same_thread=False)
    try:
        db = sqlite.Database(connection, strict=True, execute_plugins=False)
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA secure_delete = ON")  # erased answers are overwritten, not only unlinked
        _enable_wal(db, wait_seconds)
        migrate(db)
    except BaseException:
        connection.close()
        raise
    return db


def _enable_wal(db: sqlite.Database, wait_seconds: float) -> None:
    """Switch to the write-ahead log, waiting for others who do the same.

    SQLite refuses this at once when two programs switch at the same moment, whatever the timeout.
    """
    end = time.monotonic() + wait_seconds
    while True:
        try:
            return db.enable_wal()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.02)
