"""Precision and recall of canon: ``python -m benchmarks.canon``.

Two answers of one kind are merged when they have a value in common. `answers.csv` says what was
meant; it was written before the tables were tuned and is left alone since.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from time import process_time

from matcher.canon import values_of

_ANSWERS = Path(__file__).with_name("answers.csv")
_KINDS = {"place": "lived"}


@dataclass(frozen=True)
class Score:
    """Pairs of one kind: how many should be merged, rightly are, and falsely are."""

    meant: int
    right: int
    false: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]


def scores() -> dict[str, Score]:
    """Return the score of each kind in `answers.csv`."""
    by_kind: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    with _ANSWERS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_kind[row["kind"]].append((row["raw"], set(row["means"].split("|"))))
    return {kind: _score(kind, answers) for kind, answers in by_kind.items()}


def _score(kind: str, answers: list[tuple[str, set[str]]]) -> Score:
    ids = {
        raw: {value.id for value in values_of(_KINDS.get(kind, kind), raw)} for raw, _ in answers
    }
    right, false, missed = 0, [], []
    for (one, means), (other, others) in combinations(answers, 2):
        merged, meant = bool(ids[one] & ids[other]), bool(means & others)
        right += merged and meant
        if merged and not meant:
            false.append((one, other))
        if meant and not merged:
            missed.append((one, other))
    return Score(right + len(missed), right, tuple(false), tuple(missed))


def main() -> int:
    """Print a table; 1 if anything was merged falsely."""
    started = process_time()
    found = scores()
    print("kind          should merge  merged  recall  false merges")
    for kind, score in found.items():
        share = score.right / score.meant
        print(f"{kind:14}{score.meant:12}{score.right:8}{share:8.2f}{len(score.false):14}")
    for kind, score in found.items():
        for label, pairs in (("false", score.false), ("missed", score.missed)):
            for one, other in pairs:
                print(f"{label}: {kind}: {one} / {other}")
    print(f"{process_time() - started:.2f} s with loading the tables")
    return 1 if any(score.false for score in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
