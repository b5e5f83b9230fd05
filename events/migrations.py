"""How the database came to be: one function a step, applied in order, each exactly once.

A step that was released is never edited; a change is a new step. Several programs may start on one
file at the same time, so steps run under an immediate transaction, which lets one of them in.
"""

from __future__ import annotations

from matcher.phrase import phrase

from .errors import StoreError
from .sqlite import Database, Migrations

__all__ = ["migrate"]


def create_tables(db: Database) -> None:
    """Make the tables of the first release."""
    db.table("secrets").create({"name": str, "value": str}, pk="name", not_null=("value",))
    db.table("events").create(
        {
            "id": str,
            "title": str,
            "date": str,
            "settings": str,
            "is_demo": int,
            "version": int,
            "created": str,
        },
        pk="id",
        not_null=("title", "date", "settings", "is_demo", "version", "created"),
    )
    _create_uploads(db)
    _create_attendees(db)
    _create_runs(db)


def _create_attendees(db: Database) -> None:
    texts = ("id", "name", "given_name", "family_name", "email", "typed_name", "credentials")
    lists = ("answers", "not_with", "already_met")
    columns: dict[str, type] = {"number": int, "event_id": str}
    columns |= dict.fromkeys(texts + lists, str)
    columns |= {"source_row": int, "version": int, "archived": int}
    columns |= {"imported": str, "upload": int}
    table = db.table("attendees").create(
        columns,
        pk="number",
        not_null=("event_id", *texts, *lists, "version", "archived"),
        foreign_keys=[("event_id", "events", "id"), ("upload", "uploads", "number")],
    )
    table.create_index(["event_id", "id"], unique=True)


def _create_uploads(db: Database) -> None:
    db.table("uploads").create(
        {
            "number": int,
            "event_id": str,
            "name": str,
            "sha256": str,
            "content": bytes,
            "options": str,
            "uploaded": str,
            "imported": str,
        },
        pk="number",
        not_null=("event_id", "name", "sha256", "content", "options", "uploaded", "imported"),
        foreign_keys=[("event_id", "events", "id")],
    ).create_index(["event_id"])


def _create_runs(db: Database) -> None:
    table = db.table("runs").create(
        {
            "id": int,
            "event_id": str,
            "number": int,
            "status": str,
            "settings": str,
            "attendees": str,
            "people": int,
            "stage": str,
            "done": float,
            "best": int,
            "bound": int,
            "cancel_requested": int,
            "worker": str,
            "heartbeat": float,
            "error": str,
            "detail": str,
            "started": str,
            "ended": str,
        },
        pk="id",
        not_null=("event_id", "number", "status", "settings", "attendees", "people", "heartbeat"),
        defaults={
            "stage": "",
            "done": 0.0,
            "cancel_requested": 0,
            "worker": "",
            "error": "",
            "detail": "",
            "started": "",
            "ended": "",
        },
        foreign_keys=[("event_id", "events", "id")],
    )
    table.create_index(["event_id", "number"], unique=True)
    db.table("run_files").create(
        {"run_id": int, "name": str, "content": bytes},
        pk=("run_id", "name"),
        not_null=("content",),
        foreign_keys=[("run_id", "runs", "id")],
    )


def remember_uses(db: Database) -> None:
    """Keep which plan of an event is in use, and was before."""
    db.table("uses").create(
        {"number": int, "event_id": str, "run_id": int, "since": str, "taken_back": str},
        pk="number",
        not_null=("event_id", "run_id", "since", "taken_back"),
        foreign_keys=[("event_id", "events", "id"), ("run_id", "runs", "id")],
    ).create_index(["event_id"])


def keep_rules(db: Database) -> None:
    """Keep more rules of a person, the RULES.toml of an event, and what a run was given."""
    for name in ("pin", "wish", "available", "quota", "min_meetings", "table", "cohort"):
        db.table("attendees").add_column(name, str, not_null_default="[]")
    db.table("events").add_column("rules", str, not_null_default="")
    for name in ("rules", "since"):
        db.table("runs").add_column(name, str, not_null_default="")


def keep_vectors(db: Database) -> None:
    """Keep what an encoder made of texts, by a hash of the text."""
    db.table("vectors").create(
        {"encoder": str, "hash": bytes, "vector": bytes},
        pk=("encoder", "hash"),
        not_null=("vector",),
    )


def keep_decisions(db: Database) -> None:
    """Keep what was decided about equal answers, for all events of a series, and for each run."""
    db.table("events").add_column("series", str, not_null_default="")
    db.table("runs").add_column("equals", str, not_null_default="[]")
    texts = ("kind", "value", "other", "value_text", "other_text")
    db.table("decisions").create(
        {"number": int, "event_id": str, **dict.fromkeys(texts, str), "same": int},
        pk="number",
        not_null=("event_id", *texts, "same"),
        foreign_keys=[("event_id", "events", "id")],
    ).create_index(["event_id"])


def price_rules(db: Database) -> None:
    """Keep whether a run shall say what each rule costs."""
    db.table("runs").add_column("priced", int, not_null_default=0)


def keep_words(db: Database) -> None:
    """Keep what an organizer decided about the words on cards, for an event and for each run."""
    for name in ("events", "runs"):
        db.table(name).add_column("words", str, not_null_default="{}")


def remember_headers(db: Database) -> None:
    """Keep which columns a file has, so that the next one like it is read as this one was."""
    db.table("uploads").add_column("headers", str, not_null_default="")


def remember_printed(db: Database) -> None:
    """Keep which plan's cards were handed out when a run was started."""
    db.table("runs").add_column("printed", int)


def keep_imports(db: Database) -> None:
    """Keep what people were before an import, so that it can be taken back."""
    db.execute(
        "create table imports (number integer primary key, event_id text not null,"
        " upload integer not null references uploads(number) on delete cascade,"
        " imported text not null)"
    )
    db.execute(
        "create table import_steps (import integer not null references imports(number)"
        " on delete cascade, attendee integer not null, before text not null,"
        " after integer not null, primary key (import, attendee))"
    )
    db.table("imports").create_index(["event_id"])


def keep_preferences(db: Database) -> None:
    """Keep what the organizer prefers of the app itself, such as its language."""
    db.table("preferences").create({"name": str, "value": str}, pk="name", not_null=("value",))


def keep_influence(db: Database) -> None:
    """Keep who agreed to meet competitors, and how urgent needs are."""
    for name in ("rivals", "urgency"):
        db.table("attendees").add_column(name, str, not_null_default="[]")


def stamp_changes(db: Database) -> None:
    """Keep a stamp that is another after each change that a page can show; see `_watch`."""
    db.execute("create table changes (stamp blob not null)")
    db.execute("insert into changes values (randomblob(16))")


def keep_prints(db: Database) -> None:
    """Keep large print jobs and their files; there is one of a plan, of those choices."""
    db.execute(
        "create table prints (number integer primary key, run_id integer not null,"
        " since integer, job text not null, status text not null default 'queued',"
        " done integer not null default 0, pieces integer not null default 0,"
        " cancel_requested integer not null default 0, worker text not null default '',"
        " heartbeat real not null, error text not null default '',"
        " detail text not null default '', content blob, started text not null,"
        " ended text not null default '')"
    )
    db.table("prints").create_index(["run_id"])


def keep_sentences(db: Database) -> None:
    """Keep the rules that are put together in the app, for an event and for each run."""
    db.table("sentences").create(
        {"event_id": str, "number": int, "kind": str, "blanks": str, "removed": int},
        pk=("event_id", "number"),
        not_null=("kind", "blanks", "removed"),
        foreign_keys=[("event_id", "events", "id")],
    )
    db.table("runs").add_column("sentences", str, not_null_default="[]")


def keep_origins(db: Database) -> None:
    """Keep from which plan another one was made by hand, and what was changed or kept of it."""
    db.table("runs").add_column("base", int)
    db.table("runs").add_column("seats", str)
    for name in ("said", "keeping"):
        db.table("runs").add_column(name, str, not_null_default="")


def remember_erased(db: Database) -> None:
    """Keep marks of people who were erased, so that no list brings them back unasked."""
    db.execute(
        "create table erased (event_id text not null references events(id) on delete cascade,"
        " key blob not null, mark blob not null, primary key (event_id, mark))"
    )


def keep_matches(db: Database) -> None:
    """Keep which needs and offers of a run fit, so that its questions are answered at once."""
    db.table("matches").create(
        {"run_id": int, "key": bytes, "content": bytes},
        pk=("run_id", "key"),
        not_null=("content",),
        foreign_keys=[("run_id", "runs", "id")],
    )


def keep_delete_dates(db: Database) -> None:
    """Keep on which day an event shall go."""
    db.table("events").add_column("erase_on", str, not_null_default="")


def keep_merges(db: Database) -> None:
    """Keep who was found to be one person, and what that changed, so that it can be taken back."""
    db.execute(
        "alter table attendees add column merged_into integer"
        " references attendees(number) on delete cascade"
    )
    db.execute(
        "create table merges (number integer primary key,"
        " event_id text not null references events(id) on delete cascade,"
        " kept integer not null references attendees(number) on delete cascade,"
        " other integer not null references attendees(number) on delete cascade,"
        " before text not null, after text not null, steps text not null)"
    )
    for column in ("event_id", "kept", "other"):
        db.table("merges").create_index([column])
    db.table("attendees").create_index(["merged_into"])


def keep_splits(db: Database) -> None:
    """Keep whom an import took for one person and the organizer for two, to take it back."""
    db.execute(
        "create table splits (number integer primary key,"
        " event_id text not null references events(id) on delete cascade,"
        " kept integer not null references attendees(number) on delete cascade,"
        " other integer not null references attendees(number) on delete cascade,"
        " before text not null, after text not null, version integer not null)"
    )
    for column in ("event_id", "kept", "other"):
        db.table("splits").create_index([column])


def stamp_erasures(db: Database) -> None:
    """Keep a stamp that is another after anything was erased: memories of it have to go."""
    db.execute("alter table changes add column erasures blob not null default x''")


STEPS = (
    create_tables,
    remember_uses,
    keep_rules,
    keep_vectors,
    keep_decisions,
    price_rules,
    keep_words,
    remember_headers,
    remember_printed,
    keep_imports,
    keep_preferences,
    keep_influence,
    stamp_changes,
    keep_prints,
    keep_sentences,
    keep_origins,
    remember_erased,
    keep_matches,
    keep_delete_dates,
    keep_merges,
    keep_splits,
    stamp_erasures,
)
"""Every step, oldest first."""

UNSEEN = ("_sqlite_migrations", "changes", "import_steps", "matches", "secrets", "vectors")
"""Tables that no page shows anything of."""

_LIVE = {
    "runs": {"worker", "heartbeat", "stage", "done", "best", "bound"},
    "prints": {"worker", "heartbeat", "done", "pieces"},
}
"""Columns that change twice a second while a worker is busy; pages that show them are never kept.
"""

_MIGRATIONS = Migrations("seedbed")
for _step in STEPS:
    _MIGRATIONS()(_step)


def migrate(db: Database) -> None:
    """Bring a database to the newest shape; one look and no lock if it is there already.

    Raises
    ------
    StoreError
        If a newer Seedbed made the file.
    """
    if {done.name for done in _MIGRATIONS.applied(db)} - {step.__name__ for step in STEPS}:
        raise StoreError(
            phrase(
                "This database was made by a newer version of Seedbed. "
                "Update Seedbed, or choose another file."
            )
        )
    if not _MIGRATIONS.pending(db):
        return
    if db.table_names() and not db[Migrations.migrations_table].exists():
        raise StoreError(phrase("This is the database of another program. Choose another file."))
    db.execute("BEGIN IMMEDIATE")
    try:
        _MIGRATIONS.apply(db)  # whoever had to wait for the lock finds nothing pending any more
        _watch(db)
    except BaseException:
        db.rollback()
        raise
    db.commit()


def _watch(db: Database) -> None:
    """Let every change of every table that pages show renew the stamp, whichever program makes it.

    Random rather than counted up: a restored backup has the stamp of its day, and a count that goes
    on from there would meet old numbers again with other contents.
    """
    for table in sorted({*db.table_names()} - {*UNSEEN}):
        seen = [name for name in db.table(table).columns_dict if name not in _LIVE.get(table, ())]
        before, after = (", ".join(f'{side}."{name}"' for name in seen) for side in ("old", "new"))
        conditions = {"insert": "", "delete": "", "update": f"when ({before}) is not ({after})"}
        for action, condition in conditions.items():
            db.execute(f"drop trigger if exists stamp_{table}_{action}")
            db.execute(
                f"create trigger stamp_{table}_{action} after {action} on {table} {condition}"  # noqa: S608
                " begin update changes set stamp = randomblob(16); end"
            )
