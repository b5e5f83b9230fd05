"""What taking an event out and reading it back costs: ``python -m benchmarks.export``.

Plans an event, then writes its list and the files of its plan, packs both as workbook and archive,
and reads everything back, which must give the same people, tables and bytes. Prints a table of
processor seconds; planning is not in it.
"""

from __future__ import annotations

import argparse
import io
import resource
import zipfile
from collections.abc import Callable, Mapping
from time import process_time
from typing import TypeVar

from benchmarks.people import attendee_csv
from events.bundles import as_workbook, as_zip
from events.exporter import export
from events.finished import read_finished
from events.importer import Options, read_people
from events.list_files import list_files
from events.model import Attendee
from events.pipeline import introduce_attendees
from matcher.settings import Settings

__all__ = ["main"]

_Result = TypeVar("_Result")
_ROUNDS = 6


def main(arguments: list[str] | None = None) -> None:
    """Measure one size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    people = parser.parse_args(arguments).people
    found = read_people(attendee_csv(people), options=Options(printed=frozenset({"need"})))
    outcome = introduce_attendees(found.people, Settings(rounds=_ROUNDS))
    print(
        f"{people:,} people, {_ROUNDS} rounds\n\n| | processor seconds | MB |\n|---|--:|--:|",
        flush=True,
    )
    listed = _timed("list: `attendees.csv` and notices", lambda: list_files(found))
    plan = _timed("files of the plan", lambda: export(outcome))
    files = {**plan, **listed}
    book = _timed("both as workbook", lambda: as_workbook(files))
    archive = _timed("both as archive", lambda: as_zip(files))
    _same(
        found.people, _timed("list read back", lambda: read_people(listed["attendees.csv"])).people
    )
    sheet = as_workbook({"attendees.csv": listed["attendees.csv"]})
    _same(found.people, _timed("list read back from a workbook", lambda: read_people(sheet)).people)
    finished = _timed("plan read back", lambda: read_finished(plan))
    assert len(finished.people) == people
    assert _timed("archive unpacked", lambda: _unpacked(archive)) == files
    assert zipfile.ZipFile(io.BytesIO(book)).testzip() is None
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nMost memory, planning included: {memory:,.0f} MiB")


def _timed(what: str, work: Callable[[], _Result]) -> _Result:
    """Run one step, print what it took, and how large what it wrote is."""
    start = process_time()
    result = work()
    seconds = process_time() - start
    match result:
        case bytes():
            size = f"{len(result) / 1e6:.1f}"
        case dict():
            size = f"{sum(map(len, result.values())) / 1e6:.1f}"
        case _:
            size = ""
    print(f"| {what} | {seconds:.1f} | {size} |", flush=True)
    return result


def _same(people: tuple[Attendee, ...], again: tuple[Attendee, ...]) -> None:
    """Everybody came back, in the order of the list, as they were."""
    assert {one.id: one for one in people} == {one.id: one for one in again}


def _unpacked(archive: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


if __name__ == "__main__":
    main()
