"""What was understood of an attendee list, as files: the people, who was set aside, and notices.

`attendees.csv` holds contact data and answers for nobody else's eyes; it is written on request.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from .attendee_file import write_attendees
from .cells import read_csv, rewrite_csv, unguard, write_csv
from .importer import Import
from .model import Attendee, Notice

__all__ = ["list_files", "person_files", "write_notices"]

_SET_ASIDE = ("row", "name", "reason")
_NOTICES = ("row", "column", "value", "problem", "remedy", "severity")
_ABOUT_ONE = (("introductions.csv", "reader"), ("schedule.csv", "id"), ("sit_outs.csv", "id"))


def list_files(found: Import) -> dict[str, bytes]:
    """Return `attendees.csv`, `set_aside.csv` and `notices.csv` of one reading, by name."""
    aside = sorted((entry.row, entry.name, entry.reason.value) for entry in found.set_aside)
    return {
        "attendees.csv": write_attendees(found.people),
        "set_aside.csv": write_csv(_SET_ASIDE, aside),
        "notices.csv": write_notices(found.notices),
    }


def write_notices(notices: Iterable[Notice]) -> bytes:
    """Return notices as CSV, by row; those about the whole file first."""
    rows = (
        (
            *("" if each.row is None else each.row, each.column, each.value),
            *(each.problem, each.remedy, each.severity.value),
        )
        for each in sorted(notices, key=lambda each: each.row or 0)
    )
    return write_csv(_NOTICES, rows)


def person_files(
    person: Attendee,
    plans: Mapping[str, Mapping[str, bytes]],
    merged: Iterable[Attendee] = (),
) -> dict[str, bytes]:
    """Return everything known of one person, and of nobody else, for the person to read.

    Rules that name other people stay out: they are said of somebody who has not asked.

    Parameters
    ----------
    plans
        What each plan is called in file names → its files by name.
    merged
        Records of the same person that were merged into theirs.
    """
    records = (person, *merged)
    alone = [replace(one, not_with=(), already_met=(), pin=(), wish=()) for one in records]
    ids = {one.id for one in records}
    files = {"attendees.csv": write_attendees(alone)}
    for called, plan in plans.items():
        for name, column in _ABOUT_ONE:
            rows = _rows_of(plan.get(name, b""), column, ids)
            if rows[1:]:
                files[f"{called}-{name}" if called else name] = rewrite_csv(rows)
    return files


def _rows_of(content: bytes, column: str, people: Collection[str]) -> Sequence[Sequence[str]]:
    header, *rows = read_csv(content) or [[]]
    at = header.index(column) if column in header else None
    return [header, *(row for row in rows if at is not None and unguard(row[at]) in people)]
