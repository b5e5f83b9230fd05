"""Every page of the app at an event of 2,000 people: how long each takes.

    python -m benchmarks.web_pages [--people 2000]

Walks the map of addresses, so a new page is measured as soon as there is one, and asks what changes
by hand would cost. Milliseconds of processor time, of a page the smallest of three: `start` as the
first page of a process that was just started and is warm (once), `first` with nothing in memory (a
plan is read, or worked out again), `anew` when no page is kept, `again` when nothing has changed.
Pages shall take less than 300 ms anew; files and sheets of cards have no target. Exits 1 if a page
is slower.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from flask import url_for
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from benchmarks.people import attendee_csv
from events import prints, runs
from events.finished import read_finished
from events.importer import read_people
from events.model import RunStatus
from events.reimport import import_people
from events.store import Store
from events.worker import solve_here, work
from web.app import create_app
from web.cards import PrintJob
from web.cli import GARBAGE
from web.database import forget_plans
from web.kept import forget_pages
from web.warm import warm

TARGET = 300.0
_FIRST: dict[str, str | int] = {"number": 1, "other": 2, "position": 7, "file": 1}
_FIRST |= {"form": "attendees.csv", "name": "pairings.csv"}
"""What stands in an address: upload, person, plan and print 1, plan 2 to compare, files by name."""
_NOTICES = {"name": "notices.csv"}
"""What stands in the addresses of an upload."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    path: str
    is_page: bool
    size: int
    start: float
    first: float
    anew: float
    again: float

    @property
    def line(self) -> str:
        times = (self.start, self.first, self.anew, self.again)
        shown = " | ".join(f"{each:.1f}" if each < 10 else f"{each:.0f}" for each in times)
        return f"| `{self.path}` | {self.size / 1000:.0f} | {shown} |"


def fill(path: Path, people: int) -> str:
    """Import a list, make two plans of different seeds, print one; return the event's id."""
    content = attendee_csv(people)
    with Store.open(path) as store:
        event = store.add_event("Large", date="2027-01-01")
        upload = store.add_upload(event.id, "people.csv", content)
        import_people(store, upload, read_people(content).people)
        for seed in (1, 2):
            kept = store.event(event.id)
            store.save_event(replace(kept, settings=replace(kept.settings, seed=seed)))
            run = runs.start(store, event.id)
            work(path, run.id, partial(solve_here, path, run.id))
        printed = prints.start(store, runs.find(store, event.id, 1), PrintJob().to_json())
        claim = prints.PRINTS.claim(store, printed.number)
        assert claim is not None
        prints.PRINTS.finish(store, claim, RunStatus.DONE, b"%PDF")
    return event.id


def milliseconds(act: Callable[[], object]) -> float:
    start = processor_seconds()
    act()
    return 1000 * (processor_seconds() - start)


def processor_seconds() -> float:
    """Return what this process has used, and those it started: cards are set in some of these."""
    spent = os.times()
    return time.process_time() + spent.children_user + spent.children_system


def started(database: Path, path: str) -> float:
    """Return how long one address takes a process that has shown nothing yet."""
    gc.set_threshold(*GARBAGE)
    app = create_app(database)
    warm(app)  # as the server does while the browser opens
    client = app.test_client()
    return milliseconds(lambda: client.get(path).get_data())


def measure(client: FlaskClient, path: str) -> Figures:
    """Time one address; anything but 200 is an error in this benchmark."""
    with get_context("spawn").Pool(1) as fresh_process:
        start = fresh_process.apply(started, (client.application.config["DATABASE"], path))
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status}"
    is_page = answer.mimetype == "text/html" and not path.endswith("/print/page")

    def ask() -> None:
        client.get(path).get_data()

    def fresh(*forget: Callable[[], None]) -> float:
        times = []
        for _ in range(3 if is_page else 1):  # files of thousands of cards take their time
            with client.application.app_context():
                for memory in forget:
                    memory()
            times.append(milliseconds(ask))
        return min(times)

    return Figures(
        path=path,
        is_page=is_page,
        size=len(answer.get_data()),
        start=start,
        first=fresh(forget_plans, forget_pages),
        anew=fresh(forget_pages),
        again=fresh(),
    )


def addresses(client: FlaskClient, event_id: str) -> Iterator[str]:
    """Yield every address that can be looked at."""

    def fill_in(rule: Rule) -> str:
        values: dict[str, str | int] = {"event_id": event_id, **_FIRST}
        values |= _NOTICES if rule.endpoint.startswith("uploads.") else {}
        return url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})

    with client.application.test_request_context():
        rules = client.application.url_map.iter_rules()
        looked_at = [rule for rule in rules if "GET" in (rule.methods or ())]
        yield from sorted({fill_in(rule) for rule in looked_at if "static" not in rule.endpoint})


def changes(path: Path, event_id: str) -> Iterator[str]:
    """Yield an address for each kind of change by hand whose price can be asked for."""
    with Store.open(path) as store:
        plan = read_finished(runs.result_files(store, runs.find(store, event_id, 1)))
    me = plan.people[6]
    table = next(each for each in plan.in_round(1) if me in each.people)
    partner = next(each.position for each in table.people if each != me)
    stranger = next(
        each.position
        for each in plan.people
        if each != me and not any({me, each} <= {*met.people} for met in plan.tables)
    )
    here = f"/events/{event_id}/plans/1/people/{me.position}/change"
    yield f"{here}?do=swap&round=1&other={stranger}"
    yield f"{here}?do=remove&round=1"
    yield f"{here}?do=pin&other={stranger}"
    yield f"{here}?do=forbid&other={partner}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--people", type=int, default=2000)
    chosen = parser.parse_args()
    found = []
    gc.set_threshold(*GARBAGE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "seedbed.db"
        event_id = fill(path, chosen.people)
        client = create_app(path).test_client()
        print("| address | kB | start | first | anew | again |\n|---|--:|--:|--:|--:|--:|")
        for address in (*addresses(client, event_id), *changes(path, event_id)):
            found.append(measure(client, address))
            print(found[-1].line.replace(event_id, "…"), flush=True)
    slow = [each for each in found if each.is_page and each.anew > TARGET]
    print(f"{len(slow)} of {len(found)} take more than {TARGET:.0f} ms anew")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
