"""Page views while plans are being made: how fast, and whether any fails.

    python -m benchmarks.web_load [--seconds 60] [--rate 200] [--people 1000] [--saved-every 5]

Starts the program on a fresh database and, beside it, one run for many people after another. Four
browsers, eight connections each, then ask at a steady rate for the lists, people, plans and reviews
of that event and of a smaller one whose plan is finished. Every answer is sent in full: nothing is
asked for with a condition. Every five seconds (0: never) somebody is saved, who is shown on a few
pages. A latency counts from the moment a view was due. Prints latencies and the server's processor
time a view; exits 1 if an answer failed. Target on 2 free cores: 95 % below 100 ms, no errors.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from events import runs
from events.exporter import export
from events.model import Answer, Attendee, Event
from events.pipeline import introduce_attendees
from events.store import Store
from events.worker import work
from matcher.fields import Visibility

PROGRAM = "from web.cli import main; main()"
BROWSERS, CONNECTIONS = 4, 32


def person(number: int, dice: random.Random) -> Attendee:
    said = {
        "organization": [f"Company {dice.randrange(200)}"],
        "skill": [f"skill {dice.randrange(150)}" for _ in range(3)],
        "hobby": [f"hobby {dice.randrange(80)}" for _ in range(2)],
        "need": [f"help with skill {dice.randrange(150)}"],
        "offer": [f"help with skill {dice.randrange(150)}"],
    }
    answers = tuple(
        Answer(field=field, texts=tuple(dict.fromkeys(texts)), visibility=Visibility.PRINT)
        for field, texts in said.items()
    )
    return Attendee(id=f"p{number}", name=f"Person {number}", answers=answers)


def fill(path: Path, people: int) -> list[str]:
    """Make both events and the plan of one; return the pages to ask for."""
    dice = random.Random(7)
    with Store.open(path) as store:
        small, large = store.add_event("Looked at"), store.add_event("Being planned")
        with store.writing():
            for event, size in ((small, 100), (large, people)):
                for number in range(size):
                    store.add_attendee(event.id, person(number, dice))
        work(path, runs.start(store, small.id).id, solve)
        runs.start(store, large.id)
    return [*addresses(small.id, large.id, dice)]


def solve(people, settings, *, on_progress, **_):
    return export(introduce_attendees(people, settings, on_progress=on_progress))


def addresses(small: str, large: str, dice: random.Random) -> Iterator[str]:
    """Yield 140 pages, the common ones often, as people go back to them."""
    at, plan = f"/events/{small}", f"/events/{small}/plans/1"
    often = ["/", f"{at}/", plan, f"{at}/plans/", f"/events/{large}/", f"{plan}/review"]
    for _ in range(20):
        yield from dice.sample(often, 3)
        yield f"{at}/people/{dice.randint(1, 100)}"
        yield f"{plan}/people/{dice.randint(1, 100)}"
        yield f"{plan}/rooms?round={dice.randint(1, 6)}"
        yield f"/events/{large}/plans/1/progress"


class Connection:
    """A connection that stays open, as browsers keep them, with the cookie of its browser."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = {"Cookie": cookie} if cookie else {}

    def close(self) -> None:
        self._connection.close()

    def cookie(self, door: str) -> str:
        """Return the cookie of a browser that comes in by the address with the token."""
        self._connection.request("GET", door)
        answer = self._connection.getresponse()
        answer.read()
        return answer.headers["Set-Cookie"].partition(";")[0]

    def view(self, page: str) -> int:
        """Ask for a page; return how many bytes came, 0 if it failed."""
        try:
            self._connection.request("GET", page, headers=self._headers)
            answer = self._connection.getresponse()
            return len(answer.read()) if answer.status == 200 else 0
        except (OSError, HTTPException):
            self._connection.close()  # the next request opens it anew
            return 0


def views(
    port: int, door: str, pages: list[str], seconds: float, rate: float
) -> Iterator[tuple[float, int]]:
    """Yield seconds and bytes of each view, asked for when it is due on whatever is free."""
    doors = [Connection(port) for _ in range(BROWSERS)]
    cookies = [each.cookie(door) for each in doors]
    connections = [Connection(port, cookies[at % BROWSERS]) for at in range(CONNECTIONS)]
    here, free = threading.local(), iter(connections)
    start = time.perf_counter() + 0.5

    def take_one() -> None:
        here.connection = next(free)

    def view(at: int) -> tuple[float, int]:
        due = start + at / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        size = here.connection.view(pages[at % len(pages)])
        return time.perf_counter() - due, size

    with ThreadPoolExecutor(CONNECTIONS, initializer=take_one) as pool:
        yield from pool.map(view, range(int(seconds * rate)))
    for each in (*doors, *connections):
        each.close()


def save_people(path: Path, every: float, over: threading.Event) -> None:
    """Change somebody of the smaller event now and then, as another tab would."""
    with Store.open(path) as store:
        event = named(store, "Looked at")
        turn = 0
        while not over.wait(every or None):
            stored = store.attendee(event.id, turn % 100 + 1)
            changed = replace(stored.attendee, typed_name=f"Saved {turn}")
            store.save_attendee(event.id, replace(stored, attendee=changed))
            turn += 1


def make_plans(path: Path, over: threading.Event) -> None:
    """Let plans of the larger event be made one after the other, each by a process of its own."""
    with Store.open(path) as store:
        event = named(store, "Being planned")
        run = runs.find(store, event.id, 1)
        while True:
            command = [sys.executable, "-m", "events.worker", path, str(run.id)]
            worker = subprocess.Popen(command, start_new_session=True)  # as the program does
            while worker.poll() is None:
                if over.wait(0.2):
                    worker.kill()
                    worker.wait()
                    return
            run = runs.start(store, event.id)


def named(store: Store, title: str) -> Event:
    return next(event for event in store.events() if event.title == title)


def processor_seconds(process: subprocess.Popen[str]) -> float:
    """Return what a process has used so far, as Linux counts it."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--saved-every", type=float, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "seedbed.db"
        pages = fill(path, chosen.people)
        with program(path) as (server, port, door), beside(path, chosen.saved_every):
            before = processor_seconds(server)
            seen = list(views(port, door, pages, chosen.seconds, chosen.rate))
            used = processor_seconds(server) - before
        with Store.open(path) as store:
            made = len(runs.list_runs(store, named(store, "Being planned").id)) - 1
    tell(seen, used, chosen.rate, made)
    return 0 if all(size for _, size in seen) else 1


@contextmanager
def program(path: Path) -> Iterator[tuple[subprocess.Popen[str], int, str]]:
    """Run the program as it is started by hand; yield it, its port, and the address with token."""
    options = ["serve", "--no-browser", "--port", "0", "--database", str(path)]
    server = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *options], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        found = re.search(r":(\d+)(/\?token=\S+)", server.stdout.readline())
        assert found is not None
        yield server, int(found[1]), found[2]
    finally:
        server.kill()
        server.communicate()


@contextmanager
def beside(path: Path, saved_every: float) -> Iterator[None]:
    """Save people and make plans meanwhile."""
    over = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        others = [pool.submit(save_people, path, saved_every, over)]
        others.append(pool.submit(make_plans, path, over))
        try:
            yield
        finally:
            over.set()
    for each in others:
        each.result()


def tell(seen: list[tuple[float, int]], used: float, rate: float, made: int) -> None:
    times = sorted(1000 * taken for taken, _ in seen)
    sizes = [size for _, size in seen if size]
    print(
        f"{len(seen)} views at {rate:.0f}/s: median {statistics.median(times):.0f} ms, "
        f"95 % {times[int(0.95 * len(times))]:.0f} ms, worst {times[-1]:.0f} ms, "
        f"{len(seen) - len(sizes)} failed; {statistics.mean(sizes) / 1000:.0f} kB and "
        f"{1000 * used / len(seen):.1f} ms of the server's processor a view; "
        f"{made} plans were made beside them and another begun"
    )


if __name__ == "__main__":
    sys.exit(main())
