"""The worker's side of a run: take it, show how far it is, close it.

Only the worker that claimed a run may report on it; see `events.runs`.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from matcher.canon import Equals
from matcher.plan import Progress
from matcher.settings import Settings

from .model import Attendee, Keeping, RunStatus, Words
from .records import (
    attendees_from_json,
    decisions_from_json,
    keeping_from_json,
    sentences_from_json,
    settings_from_json,
    words_from_json,
)
from .rules import Sentence
from .store import Store, moment, utc_now

__all__ = ["Claim", "beat", "claim", "finish"]

_NOTHING = Keeping()


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The right of one worker to report on one run, with what it shall plan.

    Parameters
    ----------
    worker
        Random name of the worker that holds it.
    rules, sentences, since
        RULES.toml, the rules put together in the app, and the frozen rounds as `pairings.csv`;
        "" for none.
    equals
        What somebody decided about answers that mean the same.
    priced
        Whether to say what each rule costs.
    words
        What the organizer decided about the words.
    printed
        Run whose plan was in use when this one was started: its cards are handed out.
    base, seats, said
        Run whose plan was changed by hand, its meetings afterwards (`events.seats`), and what was
        done. Without seats the plan is to be computed.
    keeping
        What of the base's plan stays.
    """

    run_id: int
    worker: str
    attendees: tuple[Attendee, ...]
    settings: Settings
    rules: str
    sentences: tuple[Sentence, ...]
    since: str
    equals: Equals
    words: Words
    printed: int | None = None
    priced: bool = False
    base: int | None = None
    seats: str | None = None
    said: str = ""
    keeping: Keeping = _NOTHING


def claim(store: Store, run_id: int, *, now: float | None = None) -> Claim | None:
    """Take a queued run; None when another worker has it or it is over."""
    worker = secrets.token_hex(8)
    sql = (
        "update runs set status = 'running', worker = ?, heartbeat = ?"
        " where id = ? and worker = '' and status in ('queued', 'interrupted')"
    )
    if not store.change(sql, (worker, moment(now), run_id)):
        return None
    columns = (
        "attendees, settings, rules, sentences, since, equals, words, printed, priced,"
        " base, seats, said, keeping"
    )
    row = next(store.rows(f"select {columns} from runs where id = ?", (run_id,)))  # noqa: S608
    return Claim(
        run_id=run_id,
        worker=worker,
        attendees=attendees_from_json(row["attendees"]),
        settings=settings_from_json(row["settings"]),
        rules=row["rules"],
        sentences=sentences_from_json(row["sentences"]),
        since=row["since"],
        equals=Equals(decisions_from_json(row["equals"])),
        priced=bool(row["priced"]),
        words=words_from_json(row["words"]),
        printed=row["printed"],
        base=row["base"],
        seats=row["seats"],
        said=row["said"],
        keeping=keeping_from_json(row["keeping"]),
    )


def beat(store: Store, claim: Claim, progress: Progress, *, now: float | None = None) -> bool:
    """Show that the worker lives and how far it is; return whether it may go on.

    A worker that was taken for dead, as after the computer slept, is welcome back.
    """
    sql = (
        "update runs set status = 'running', ended = '', error = '', detail = '',"
        " heartbeat = ?, stage = ?, done = ?, best = ?, bound = ?"
        " where id = ? and worker = ? and status in ('running', 'interrupted')"
    )
    shown = (progress.stage, progress.done, progress.best, progress.bound)
    if not store.change(sql, (moment(now), *shown, claim.run_id, claim.worker)):
        return False
    row = next(store.rows("select cancel_requested from runs where id = ?", (claim.run_id,)))
    return not row["cancel_requested"]


def finish(
    store: Store,
    claim: Claim,
    status: RunStatus,
    *,
    files: Mapping[str, bytes] | None = None,
    error: str = "",
    detail: str = "",
) -> bool:
    """Close a run with its files, all at once; False when it is not this worker's to close."""
    sql = (
        "update runs set status = ?, error = ?, detail = ?, ended = ?, done = 1"
        " where id = ? and worker = ? and status in ('running', 'interrupted')"
    )
    values = (status.value, error, detail, utc_now(), claim.run_id, claim.worker)
    with store.writing():
        if not store.change(sql, values):
            return False
        store.insert_all(
            "run_files",
            (
                {"run_id": claim.run_id, "name": name, "content": content}
                for name, content in sorted((files or {}).items())
            ),
        )
    return True
