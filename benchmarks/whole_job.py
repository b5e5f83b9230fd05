"""From an attendee file to printable cards, stage by stage: ``python -m benchmarks.whole_job``.

Times a fresh process of the command line as a person would, and the stages inside one process.
Prints and saves a table (``benchmarks/results/whole_job.md``).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.people import attendee_csv
from events.exporter import export
from events.importer import Options, read_people
from events.pipeline import introduce_attendees
from matcher.settings import Settings
from web.cards import render_html, sheet_from_files

Result = TypeVar("Result")

ROOT = Path(__file__).resolve().parent.parent
RESULT = Path(__file__).resolve().parent / "results" / "whole_job.md"


def main() -> None:
    """Measure every size and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 300, 1000])
    sizes = parser.parse_args().sizes
    lines = [
        f"Whole job, 6 rounds, compared by wording, {os.cpu_count()} cores, seconds (wall).",
        "",
        "| people | read | introduce | export | cards | one process | `match` | by meaning | gap |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
        *(row(people) for people in sizes),
        "",
        f"`seedbed --help`: {median(lambda: command('--help')):.2f} s (median of 5)",
    ]
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def row(people: int) -> str:
    """Return one line of the table."""
    data = attendee_csv(people)
    stages = []
    imported = timed(
        stages, lambda: read_people(data, options=Options(printed=frozenset({"need"})))
    )
    outcome = timed(stages, lambda: introduce_attendees(imported.people, Settings()))
    files = timed(stages, lambda: export(outcome))
    timed(stages, lambda: render_html(sheet_from_files(files)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        path.write_bytes(data)
        words = ("match", path, "--out", Path(folder) / "out", "--meaning")
        whole = [seconds(lambda: command(*words, how)) for how in ("wording", "sentence")]  # noqa: B023
    cells = [*stages, sum(stages), *whole]
    figures = " | ".join(f"{cell:.2f}" for cell in cells)
    return f"| {people:,} | {figures} | {outcome.plan.gap:.4%} |"


def timed(stages: list[float], work: Callable[[], Result]) -> Result:
    """Run one stage and note how long it took."""
    start = time.perf_counter()
    result = work()
    stages.append(time.perf_counter() - start)
    return result


def seconds(work: Callable[[], object]) -> float:
    """Return how long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(work: Callable[[], object]) -> float:
    """Return the median of five runs after a warm-up."""
    work()
    return sorted(seconds(work) for _ in range(5))[2]


def command(*words: object) -> None:
    """Run the command line in a process of its own."""
    code = "from web.cli import main; main()"
    subprocess.run(
        [sys.executable, "-c", code, *map(str, words)], cwd=ROOT, check=True, capture_output=True
    )


if __name__ == "__main__":
    main()
