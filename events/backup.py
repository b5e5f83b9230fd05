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

from .errors import EventsError, StoreError, UnreadableFile
from .runs import list_runs
from .store import Store

__all__ = ["back_up", "restore"]

_HEADER = b"SQLite format 3\x00"
_WAIT_SECONDS = 30
_TRIGGERS = "select name, sql from sqlite_master where type = 'trigger'"


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
    """Bring a copy to the newest shape; refuse whatever else than a whole backup it is.

    Anybody may have written the file, and what stands in a database acts when it is used: so it
    may hold tables of ours alone, and no view or trigger that was not made here.
    """
    broken = UnreadableFile(
        phrase(
            "This is not a whole backup of Seedbed. Choose a file that “Download a backup” made. "
            "Nothing was changed."
        )
    )
    if not content.startswith(_HEADER):
        raise broken
    model = path.with_name("model.db")
    Store.open(model).close()
    try:
        _require_tables(path, broken)
        _drop_old_triggers(path, model, broken)
        Store.open(path).close()  # brings it to the newest shape, or refuses a newer one
        if _shape(path) != _shape(model) or not _is_readable(path):
            raise broken
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        raise broken from None


def _require_tables(path: Path, broken: UnreadableFile) -> None:
    """Refuse what is damaged, made by another program, or no plain table."""
    with closing(_distrusting(path)) as connection:
        whole = connection.execute("pragma quick_check").fetchone()[0] == "ok"
        made = connection.execute("select type, lower(name), lower(sql) from sqlite_master")
        parts = {name: (kind, sql or "") for kind, name, sql in made}
        plain = all(
            kind != "view" and not sql.startswith("create virtual") for kind, sql in parts.values()
        )
        if not (whole and plain and parts.get("_sqlite_migrations", ("",))[0] == "table"):
            raise broken
        ours = "select 1 from _sqlite_migrations where migration_set = 'seedbed'"
        if not connection.execute(ours).fetchone():
            raise broken


def _drop_old_triggers(path: Path, model: Path, broken: UnreadableFile) -> None:
    """Drop what is not as triggers are now: bringing an older backup up to date makes them anew."""
    with closing(_distrusting(model)) as connection:
        ours = dict(connection.execute(_TRIGGERS))
    with closing(_distrusting(path)) as connection, connection:
        for name, sql in connection.execute(_TRIGGERS).fetchall():
            if name not in ours:
                raise broken
            if sql != ours[name]:
                connection.execute(f"drop trigger {name}")


def _shape(path: Path) -> set[tuple[object, ...]]:
    """Return what a database is made of: tables with columns, triggers and indexes in full."""
    with closing(_distrusting(path)) as connection:
        made = connection.execute(
            "select type, name, tbl_name, iif(type = 'table', '', sql) from sqlite_master"
            " where name not like 'sqlite\\_%' escape '\\'"
        ).fetchall()
        columns = [
            (name, *column)
            for kind, name, *_ in made
            if kind == "table"
            for column in connection.execute(
                "select name, upper(type), pk, hidden from pragma_table_xinfo(?)", (name,)
            )
        ]
    return {*made, *columns}


def _is_readable(path: Path) -> bool:
    """Tell whether the app can show what the tables hold: every event, person and plan."""
    with Store.open(path) as store:
        try:
            for event in store.events():
                store.attendees(event.id)
                list_runs(store, event.id)
        except (EventsError, KeyError, TypeError, ValueError, AttributeError):
            return False
    return True


def _distrusting(path: Path) -> sqlite3.Connection:
    """Open a database that anybody may have written."""
    connection = sqlite3.connect(path)
    connection.execute("pragma trusted_schema = off")
    return connection


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
