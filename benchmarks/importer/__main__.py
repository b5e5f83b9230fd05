"""The importer under stress.

``python -m benchmarks.importer [FILES]``: thousands of damaged files.
``python -m benchmarks.importer --people N``: a list of N people into an event.

Every damaged file is answered by people or by a sentence, within two seconds of processor time and
one gibibyte, and its counts add up. Prints what came of each kind of damage; ends with 1 and the
seed of the file when one was not answered.
"""

from __future__ import annotations

import argparse
import gc
import resource
import signal
import sys
from collections import defaultdict
from dataclasses import dataclass
from time import process_time
from types import FrameType

from benchmarks.importer.damaged import KINDS, damaged_file
from benchmarks.importer.large import measured
from events.errors import EventsError
from events.importer import Import, inspect_json, inspect_text, read_people

__all__ = ["MOST_KIBIBYTES", "MOST_SECONDS", "answered", "main"]

MOST_SECONDS = 2.0
MOST_KIBIBYTES = 1 << 20
_HANG_SECONDS = 20


@dataclass
class Tally:
    """What came of one kind of damage."""

    files: int = 0
    people: int = 0
    refused: int = 0
    slowest: float = 0.0


def main(words: list[str] | None = None) -> int:
    """Read the files and print the table; 1 if a file was not answered as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="?", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0, help="seed of the first file")
    parser.add_argument("--people", type=int, help="measure a list of so many people instead")
    asked = parser.parse_args(words)
    if asked.people:
        return _large(asked.people)
    tallies: dict[str, Tally] = defaultdict(Tally)
    failures = []
    signal.signal(signal.SIGVTALRM, _hangs)
    for seed in range(asked.first, asked.first + asked.files):
        if seed % 1_000 == 0 and seed > asked.first:
            print(f"{seed:,} …", file=sys.stderr, flush=True)
        kind, data = damaged_file(seed)
        try:
            _count(tallies[kind], data)
        except Exception as problem:  # whatever it is, the run goes on and names the file
            failures.append(f"seed {seed} ({kind}): {type(problem).__name__}: {problem}")
            print(failures[-1], file=sys.stderr, flush=True)
    _print(tallies)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"\nMost memory: {most / 1024:,.0f} MiB. Not answered: {len(failures)}.")
    return int(bool(failures) or most > MOST_KIBIBYTES)


def _large(people: int) -> int:
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 20)  # as the command line does
    read, stored, most = measured(people)
    gc.set_threshold(*before)
    print(f"{people:,} people, 20 columns: read {read:.1f} s, stored {stored:.1f} s (processor)")
    print(f"Most memory: {most / 1024:,.0f} MiB.")
    return int(most > MOST_KIBIBYTES)


def answered(data: bytes) -> Import | None:
    """Return what was read, None when the file was refused in a sentence.

    Raises
    ------
    AssertionError
        If the counts do not add up or damage was passed over in silence.
    """
    try:
        found = read_people(data)
    except EventsError as problem:
        assert str(problem).endswith((".", "?")), problem
        return None
    told = len(found.people) + found.merged + len(found.set_aside) + len(found.skipped)
    assert told == len(found.rows), found.counts
    assert len({person.id for person in found.people}) == len(found.people), "an id twice"
    assert all(person.name.strip() for person in found.people), "somebody without a name"
    lost = {n.row for n in found.notices if "could not be read" in n.problem}
    for person in found.people:
        said = [person.name, person.email, *(t for a in person.answers for t in a.texts)]
        if any("\ufffd" in text for text in said):
            assert lost & set(found.sources[person.id]), "characters lost in silence"
    assert inspect_text(found), "nothing said"
    assert inspect_json(found)["counts"] == found.counts
    return found


def _count(tally: Tally, data: bytes) -> None:
    tally.files += 1
    signal.setitimer(signal.ITIMER_VIRTUAL, _HANG_SECONDS)
    start = process_time()
    try:
        found = answered(data)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    seconds = process_time() - start
    tally.refused += found is None
    tally.people += len(found.people) if found else 0
    tally.slowest = max(tally.slowest, seconds)
    assert seconds <= MOST_SECONDS, f"took {seconds:.1f} s"


def _hangs(number: int, frame: FrameType | None) -> None:
    raise TimeoutError(f"not done after {_HANG_SECONDS} s")


def _print(tallies: dict[str, Tally]) -> None:
    print("| damage | files | refused in words | people read | slowest, s |")
    print("|---|--:|--:|--:|--:|")
    for kind in KINDS:
        tally = tallies[kind.__name__]
        figures = f"{tally.files:,} | {tally.refused:,} | {tally.people:,} | {tally.slowest:.2f}"
        print(f"| {kind.__name__.replace('_', ' ')} | {figures} |")


if __name__ == "__main__":
    sys.exit(main())
