"""The whole database as one file, and back, while it is in use.

A backup holds everything but the secret that signs sessions: whoever finds the file must not be
able to sign in with it.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

from matcher.phrase import phrase

from .errors import StoreError, UnreadableFile
from .store import Store

__all__ = ["back_up", "restore"]

_HEADER = b"SQLite format 3\x00"
_WAIT_SECONDS = 30


def back_up(database: Path) -> bytes:
    """Return a consistent copy of a database, as small as can be, without its secret."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "backup.db"
        _copy(database, copy)
        with closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute("delete from secrets")
            connection.execute("delete from vectors")  # large, and made again when needed
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("vacuum")
        return copy.read_bytes()


def restore(database: Path, content: bytes) -> Path | None:
    """Put a backup in the place of everything there is, and return where that was saved to.

    None where there was nothing, as on a new computer.

    Raises
    ------
    UnreadableFile
        If `content` is no whole backup of ours, or one of a newer version.
    StoreError
        If a plan is being made: its worker would write into the restored database.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "restored.db"
        source.write_bytes(content)
        _require_ours(source, content)
        saved = _saved(database) if database.exists() else None
        Store.open(database).close()  # where there is none, one that nobody else can read
        _overwrite(source, database)
    return saved


def _saved(database: Path) -> Path:
    _require_rest(database)
    saved = _free_name(database)
    _copy(database, saved)
    return saved


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source, timeout=_WAIT_SECONDS)) as connection:
        connection.execute("vacuum into ?", (str(target),))
    target.chmod(0o600)


def _require_ours(path: Path, content: bytes) -> None:
    broken = UnreadableFile(
        "This is not a whole backup of Seedbed. Choose a file that “Download a backup” made. "
        "Nothing was changed."
    )
    if not content.startswith(_HEADER):
        raise broken
    try:
        with closing(sqlite3.connect(path)) as connection:
            whole = connection.execute("pragma quick_check").fetchone()[0] == "ok"
            ours = connection.execute(
                "select 1 from _sqlite_migrations where migration_set = 'seedbed'"
            ).fetchone()
        if not (whole and ours):
            raise broken
        Store.open(path).close()  # brings it to the newest shape, or refuses a newer one
    except sqlite3.DatabaseError:
        raise broken from None


def _require_rest(database: Path) -> None:
    with Store.open(database) as store:
        busy = "select 1 from runs where status in ('queued', 'running')"
        if next(store.rows(busy), None):
            raise StoreError(
                phrase("A plan is being made. Stop it or wait until it is done, then restore.")
            )


def _free_name(database: Path) -> Path:
    stem = f"{database.stem}-before-restore-{datetime.now():%Y%m%d-%H%M%S}"
    taken = len(list(database.parent.glob(f"{stem}*")))
    return database.with_name(f"{stem}{f'-{taken}' if taken else ''}.db")


def _overwrite(source: Path, database: Path) -> None:
    """Write every page of one database over another; sessions of now stay valid."""
    with (
        closing(sqlite3.connect(source)) as new,
        closing(sqlite3.connect(database, timeout=_WAIT_SECONDS)) as live,
    ):
        secrets = live.execute("select name, value from secrets").fetchall()
        with new:
            new.execute("delete from secrets")
            new.executemany("insert into secrets (name, value) values (?, ?)", secrets)
        new.backup(live)
