"""What printing takes: ``python -m benchmarks.cards``, the command as a person would run it.

Plans an event, then prints its cards with a QR code as a page and as a PDF, each in a fresh
process. Peak memory is that of all processes together, what they share counted once (Linux only).
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.people import attendee_csv
from events.exporter import export
from events.importer import Options, read_people
from events.pipeline import introduce_attendees
from matcher.settings import Settings

ROUNDS = 6
LOOKS = 0.2  # seconds between two looks at the memory
ADDRESS = "https://harbour.example.org/evening"


def main() -> None:
    """Print both jobs and say what they took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdf", type=int, default=5000, help="cards in the PDF")
    parser.add_argument("--html", type=int, default=1000, help="cards on the page")
    chosen = parser.parse_args()
    for cards, name in ((chosen.html, "cards.html"), (chosen.pdf, "cards.pdf")):
        with tempfile.TemporaryDirectory() as folder:
            for file, content in plan(cards).items():
                (Path(folder) / file).write_bytes(content)
            print(printed(Path(folder), name), flush=True)


def plan(cards: int) -> Mapping[str, bytes]:
    """Return the files of a plan with at least so many cards."""
    people = -(-cards // ROUNDS)
    found = read_people(
        attendee_csv(people + people % 2), options=Options(printed=frozenset({"need"}))
    )
    return export(introduce_attendees(found.people, Settings(rounds=ROUNDS)))


def printed(folder: Path, name: str) -> str:
    """Print a plan and say what it took."""
    program = [sys.executable, "-c", "from web.cli import main; main()"]
    arguments = ["cards", str(folder), "--qr", ADDRESS, "--out", str(folder / name)]
    started, worked, peak = time.perf_counter(), processor(), 0.0
    with subprocess.Popen([*program, *arguments], stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, memory(process.pid))
            time.sleep(LOOKS)
    seconds = time.perf_counter() - started
    entries = json.loads((folder / "introductions.json").read_bytes())
    cards = len({(entry["card"], entry["reader"]) for entry in entries})
    size = (folder / name).stat().st_size / 1e6
    return (
        f"{name}: {cards:,} cards in {seconds:.1f} s ({processor() - worked:.1f} s of processor "
        f"time), {peak:.0f} MB of memory, {size:.1f} MB"
    )


def processor() -> float:
    """Return the seconds that processes took which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def memory(process: int) -> float:
    """Return the megabytes of a process and of those that it started."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text("utf-8")
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8")
    except OSError:
        return 0.0  # it has just ended
    own = next((line for line in rollup.splitlines() if line.startswith("Pss:")), "Pss: 0 kB")
    return int(own.split()[1]) / 1024 + sum(memory(int(child)) for child in children.split())


if __name__ == "__main__":
    main()
