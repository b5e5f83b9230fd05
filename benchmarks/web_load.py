"""Page views while a plan is being made: how fast, and whether any fails.

    python -m benchmarks.web_load [--seconds 60] [--rate 200] [--people 1000] [--saved-every 5]

Starts a server of its own on a fresh database and a run for many people beside it. Four browsers,
eight connections each, then ask at a steady rate for the lists, people, plans and reviews of that
event and of a smaller one whose plan is finished. Every answer is sent in full: nothing is asked
for with a condition. Every five seconds (0: never) somebody is saved, so that no page made before
is still right. A latency counts from the moment a view was due. Prints latencies and the server's
processor time a view; exits 1 if an answer failed. Target on 2 free cores: 95 % below 100 ms, no
errors.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from events import runs
from events.exporter import export
from events.model import Answer, Attendee
from events.pipeline import introduce_attendees
from events.store import Store
from events.worker import work
from matcher.fields import Visibility

SERVER = """
import logging, sys
from waitress.server import create_server
from web.app import create_app
from web.server import THREADS
logging.getLogger("waitress.queue").setLevel(logging.ERROR)
server = create_server(create_app(sys.argv[1]), host="127.0.0.1", port=0, threads=THREADS)
print(server.effective_port, flush=True)
server.run()
"""
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


def fill(path: Path, people: int) -> tuple[list[str], int]:
    """Make both events; return the pages to ask for and the run to make beside them."""
    dice = random.Random(7)
    with Store.open(path) as store:
        small, large = store.add_event("Looked at"), store.add_event("Being planned")
        with store.writing():
            for event, size in ((small, 100), (large, people)):
                for number in range(size):
                    store.add_attendee(event.id, person(number, dice))
        work(path, runs.start(store, small.id).id, solve)
        beside = runs.start(store, large.id)
    return [*addresses(small.id, large.id, dice)], beside.id


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

    def cookie(self) -> str:
        self._connection.request("GET", "/")
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


def views(port: int, pages: list[str], seconds: float, rate: float) -> Iterator[tuple[float, int]]:
    """Yield seconds and bytes of each view, asked for when it is due on whatever is free."""
    cookies = [Connection(port).cookie() for _ in range(BROWSERS)]
    here = threading.local()
    numbers = iter(range(CONNECTIONS))
    start = time.perf_counter() + 0.5

    def open_one() -> None:
        here.connection = Connection(port, cookies[next(numbers) % BROWSERS])

    def view(at: int) -> tuple[float, int]:
        due = start + at / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        size = here.connection.view(pages[at % len(pages)])
        return time.perf_counter() - due, size

    with ThreadPoolExecutor(CONNECTIONS, initializer=open_one) as pool:
        yield from pool.map(view, range(int(seconds * rate)))


def save_people(path: Path, every: float, over: threading.Event) -> None:
    """Change somebody of the smaller event now and then, as another tab would."""
    with Store.open(path) as store:
        event = next(event for event in store.events() if event.title == "Looked at")
        turn = 0
        while not over.wait(every or None):
            stored = store.attendee(event.id, turn % 100 + 1)
            named = replace(stored.attendee, typed_name=f"Saved {turn}")
            store.save_attendee(event.id, replace(stored, attendee=named))
            turn += 1


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
        pages, run_id = fill(path, chosen.people)
        server = subprocess.Popen(
            [sys.executable, "-c", SERVER, path], stdout=subprocess.PIPE, text=True
        )
        worker = subprocess.Popen([sys.executable, "-m", "events.worker", path, str(run_id)])
        over = threading.Event()
        saver = threading.Thread(target=save_people, args=(path, chosen.saved_every, over))
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline())
            saver.start()
            before = processor_seconds(server)
            seen = list(views(port, pages, chosen.seconds, chosen.rate))
            used = processor_seconds(server) - before
            busy = worker.poll() is None
        finally:
            over.set()
            for process in (server, worker):
                process.kill()
                process.communicate()
        saver.join()
    tell(seen, used, chosen.rate, busy)
    return 0 if all(size for _, size in seen) else 1


def tell(seen: list[tuple[float, int]], used: float, rate: float, busy: bool) -> None:
    times = sorted(1000 * taken for taken, _ in seen)
    sizes = [size for _, size in seen if size]
    print(
        f"{len(seen)} views at {rate:.0f}/s: median {statistics.median(times):.0f} ms, "
        f"95 % {times[int(0.95 * len(times))]:.0f} ms, worst {times[-1]:.0f} ms, "
        f"{len(seen) - len(sizes)} failed; {statistics.mean(sizes) / 1000:.0f} kB and "
        f"{1000 * used / len(seen):.1f} ms of the server's processor a view; "
        f"the run beside them was {'still' if busy else 'no longer'} being made"
    )


if __name__ == "__main__":
    sys.exit(main())
