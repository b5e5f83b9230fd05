"""What a request reads: a store, lent when first asked for until its end, plans, and uploads."""

from __future__ import annotations

import weakref
from functools import lru_cache
from pathlib import Path
from threading import Lock

from flask import Flask, current_app, g

from events import runs
from events.finished import READ_FROM, FinishedPlan, read_finished
from events.importer import Import, Options, read_people
from events.matches import KeptMatches
from events.meaning import meaning_of_plan
from events.model import Attendee, Run, Upload
from events.records import options_from_json, options_to_json
from events.replay import Replay, replay
from events.store import Store
from events.vectors import KeptVectors
from matcher.canon import values_of, within
from matcher.canon.place import places_in
from matcher.meaning import meant_as
from matcher.questions.facts import tidy
from web.cards import CardSheet, sheet_from_files
from web.cards.measure import WIDTHS
from web.recognized import recognized

from .lending import Stores

__all__ = [
    *("cards_of_plan", "close_store", "database_path", "finished_plan", "forget_plans"),
    *("keep_stores", "people_of_plan", "replayed_plan", "store", "understood_upload"),
]

_TEXTS = (values_of, places_in, within, meant_as, tidy, recognized, *WIDTHS)
"""What remembers texts that it has read, so that those of a list are not read for every page."""

_REPLAYING = Lock()
"""One plan is replayed at a time: who asks for the same one meanwhile waits, and has it too."""


def keep_stores(app: Flask) -> None:
    """Give an application its stores; they are closed with it, at the latest when Python ends."""
    stores = Stores(Path(app.config["DATABASE"]))
    app.extensions["stores"] = stores
    weakref.finalize(app, stores.close)
    app.teardown_appcontext(close_store)


def _stores() -> Stores:
    stores: Stores = current_app.extensions["stores"]
    return stores


def database_path() -> Path:
    """Return the database file of this application."""
    return Path(current_app.config["DATABASE"])


def store() -> Store:
    """Return the store of this request."""
    if "store" not in g:
        g.store = _stores().lend()
    opened: Store = g.store
    return opened


def close_store(_: BaseException | None = None) -> None:
    """Give the store of this request back, if it has one."""
    lent = g.pop("store", None)
    if lent is not None:
        _stores().take_back(lent)


def finished_plan(run: Run) -> FinishedPlan:
    """Return the plan of a run; the latest ones are kept, for reading one takes a while."""
    return _read_once(database_path(), run.event_id, run.number, run.started, run.ended)


def people_of_plan(run: Run) -> tuple[Attendee, ...]:
    """Return the people a plan was made from; kept like the plans."""
    return _people_once(database_path(), run.event_id, run.number, run.started, run.ended)


def cards_of_plan(run: Run) -> CardSheet:
    """Return the cards of a plan; the latest two are kept, one to compare with the other."""
    return _cards_once(database_path(), run.event_id, run.number, run.started, run.ended)


def replayed_plan(run: Run) -> Replay:
    """Return the plan of a run beside what it was made from; the latest two are kept."""
    with _REPLAYING:
        return _replay_once(database_path(), run.event_id, run.number, run.started, run.ended)


def understood_upload(upload: Upload, options: Options) -> Import:
    """Return an uploaded file as it is understood; the latest two readings are kept.

    Raises
    ------
    EventsError
        If the file cannot be read so.
    """
    said = options_to_json(options)
    which = upload.event_id, upload.number, upload.uploaded, upload.sha256
    return _understood_once(database_path(), *which, upload.name, said)


def forget_plans() -> None:
    """Keep no plan, upload or answer in memory any longer: somebody was erased, or it was."""
    with _REPLAYING:  # one that is under way would come back with them
        _read_once.cache_clear()
        _people_once.cache_clear()
        _cards_once.cache_clear()
        _replay_once.cache_clear()
    _understood_once.cache_clear()
    for reading in _TEXTS:
        reading.cache_clear()


@lru_cache(maxsize=4)
def _read_once(path: Path, event_id: str, number: int, *_when: str) -> FinishedPlan:
    """Read a plan. What is finished never changes.

    Event ids are never used again, but a restored backup may hold another plan of that number:
    hence the times.
    """
    with Store.open(path) as kept:
        run = runs.find(kept, event_id, number)
        return read_finished(runs.result_files(kept, run, READ_FROM))


@lru_cache(maxsize=4)
def _people_once(path: Path, event_id: str, number: int, *_when: str) -> tuple[Attendee, ...]:
    with Store.open(path) as kept:
        return runs.people_of(kept, runs.find(kept, event_id, number))


@lru_cache(maxsize=2)
def _understood_once(
    path: Path, event_id: str, number: int, uploaded: str, sha256: str, name: str, options: str
) -> Import:
    """Read an upload. Its time and its bytes tell it from another that took its number."""
    with Store.open(path) as kept:
        content = kept.upload_content(kept.upload(event_id, number))
    return read_people(content, name=name, options=options_from_json(options))


@lru_cache(maxsize=2)
def _cards_once(path: Path, event_id: str, number: int, *_when: str) -> CardSheet:
    with Store.open(path) as kept:
        return sheet_from_files(runs.result_files(kept, runs.find(kept, event_id, number)))


@lru_cache(maxsize=2)
def _replay_once(path: Path, event_id: str, number: int, *when: str) -> Replay:
    plan = _read_once(path, event_id, number, *when)
    people = _people_once(path, event_id, number, *when)
    with Store.open(path) as kept:
        run = runs.find(kept, event_id, number)
        matches = KeptMatches(kept, run.id)
        return replay(
            plan,
            people,
            run.settings,
            runs.rules_of(kept, run, people),
            runs.equals_in(kept, run),
            meaning=meaning_of_plan(plan.certificate.encoder, KeptVectors(kept), matches),
        )
