"""The demo event in a database: invented people, imported like anybody's, with a run started."""

from __future__ import annotations

from . import runs
from .demo import DEMO_PRINTED, DEMO_SETTINGS, DEMO_TITLE, demo_people
from .importer import Options, read_people
from .model import Event, Run
from .reimport import import_people
from .store import Store

__all__ = ["open_demo"]

_FILE = "the-long-table.csv"


def open_demo(store: Store) -> tuple[Event, Run]:
    """Return the demo and its latest run, both made if they are not there.

    A queued run is the caller's to launch.
    """
    event = next((event for event in store.events() if event.is_demo), None) or _add(store)
    made = runs.list_runs(store, event.id)
    return event, made[0] if made else runs.start(store, event.id)


def _add(store: Store) -> Event:
    content = demo_people()
    read = read_people(content, name=_FILE, options=Options(printed=frozenset(DEMO_PRINTED)))
    with store.writing():
        event = store.add_event(DEMO_TITLE, settings=DEMO_SETTINGS, is_demo=True)
        import_people(store, store.add_upload(event.id, _FILE, content), read.people)
    return event
