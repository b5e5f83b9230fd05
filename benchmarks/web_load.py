"""Page views while a plan is being made: how fast, and whether any fails.

    python benchmarks/web_load.py [--seconds 60] [--rate 200] [--people 1000]

Starts a server of its own on a fresh database, a run for many people beside it, and asks for the
pages of a smaller event with a finished plan, at a steady rate. Prints the latencies; exits 1 if an
answer failed. Target on 2 free cores: 95 % below 100 ms, no errors.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from events import runs
from events.exporter import export
from events.model import Answer, Attendee
from events.pipeline import introduce_attendees
from events.store import Store
from events.worker import work
from matcher.fields import Visibility

SERVER = """
import sys
from waitress.server import create_server
from web.app import create_app
server = create_server(create_app(sys.argv[1]), host="127.0.0.1", port=0, threads=32)
print(server.effective_port, flush=True)
server.run()
"""
VIEWERS = 32


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
        work(path, runs.start(store, small.id).id, lambda *job: export(introduce_attendees(
            job[0], job[1], on_progress=job[2])))  # fmt: skip
        beside = runs.start(store, large.id)
    at = f"/events/{small.id}"
    progress = f"/events/{large.id}/plans/1/progress"
    plan = f"{at}/plans/1"
    pages = ["/", f"{at}/", f"{at}/people/5", plan, f"{plan}/people/7", f"{at}/plans/", progress]
    return pages, beside.id


def view(base: str, page: str, due: float) -> tuple[float, bool]:
    """Ask for a page when it is due; return how long after that it was there, and whether well."""
    time.sleep(max(0.0, due - time.perf_counter()))
    try:
        with urllib.request.urlopen(base + page, timeout=30) as answer:
            answer.read()
            fine = answer.status == 200
    except OSError:
        fine = False
    return time.perf_counter() - due, fine


def views(base: str, pages: list[str], seconds: float, rate: float) -> Iterator[tuple[float, bool]]:
    start = time.perf_counter() + 0.5
    with ThreadPoolExecutor(VIEWERS) as pool:
        yield from pool.map(
            lambda at: view(base, pages[at % len(pages)], start + at / rate),
            range(int(seconds * rate)),
        )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--people", type=int, default=1000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "seedbed.db"
        pages, run_id = fill(path, chosen.people)
        server = subprocess.Popen(
            [sys.executable, "-c", SERVER, path], stdout=subprocess.PIPE, text=True
        )
        worker = subprocess.Popen([sys.executable, "-m", "events.worker", path, str(run_id)])
        try:
            assert server.stdout is not None
            base = f"http://127.0.0.1:{server.stdout.readline().strip()}"
            seen = list(views(base, pages, chosen.seconds, chosen.rate))
            busy = worker.poll() is None
        finally:
            for process in (server, worker):
                process.kill()
                process.communicate()
    times = sorted(1000 * taken for taken, _ in seen)
    failed = sum(not fine for _, fine in seen)
    print(
        f"{len(seen)} views at {chosen.rate:.0f}/s: median {statistics.median(times):.0f} ms, "
        f"95 % {times[int(0.95 * len(times))]:.0f} ms, worst {times[-1]:.0f} ms, {failed} failed; "
        f"the run beside them was {'still' if busy else 'no longer'} being made"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
