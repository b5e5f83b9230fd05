"""Meetings of the past: who met at earlier events, and rounds of an earlier plan that stay."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import combinations

from events.cells import unguard
from events.errors import UnusableOption
from events.model import Notice, Severity
from matcher.phrase import phrase, phrases

from .found import Found
from .register import Register

__all__ = ["frozen_meetings", "read_history"]


@dataclass(frozen=True, kw_only=True)
class _Meeting:
    round: int
    table: int
    members: tuple[str, ...]


def read_history(texts: Iterable[str], register: Register, found: Found) -> None:
    """Add who met before, from files of earlier events.

    Parameters
    ----------
    texts
        CSV files with columns ``a,b`` (ids, names or e-mail addresses; ``date``, ``YYYY-MM-DD``,
        may follow), or the ``pairings.csv`` of an earlier plan, whose trios count as three
        meetings. Meetings with anybody who is not at this event do not matter.

    Raises
    ------
    UnusableOption
        If a file lacks the columns, or a name fits two people.
    """
    strangers = 0
    for number, text in enumerate(texts, start=1):
        for at, row in enumerate(_rows(text, ("a", "b")), start=2):
            source = f"earlier meetings, file {number}, row {at}"
            members = _members(row)
            known = [person for person in map(register.find, members) if person is not None]
            strangers += len(members) - len(known)
            for one, other in combinations(known, 2):
                if one != other:
                    found.tie(one, other, _day(row.get("date", "")), source=source)
    if strangers:
        problem = phrases(
            "%(num)s entry of earlier events names somebody who is not at this one.",
            "%(num)s entries of earlier events name somebody who is not at this one.",
            strangers,
        )
        remedy = phrase("Nothing to do.")
        found.notices.append(Notice(problem=problem, remedy=remedy, severity=Severity.INFO))


def _day(cell: str) -> str:
    """Return the day that a cell begins with; "" for any other way of writing."""
    found = re.match(r"\d{4}-\d{2}-\d{2}(?!\d)", cell)
    return found[0] if found else ""


def frozen_meetings(pairings: str, rounds: Set[int]) -> tuple[_Meeting, ...]:
    """Return the meetings that the `pairings.csv` of an earlier plan has in some rounds.

    Raises
    ------
    UnusableOption
        If it is no such file.
    """
    try:
        return tuple(
            _Meeting(round=int(row["round"]), table=int(row["table"]), members=_members(row))
            for row in _rows(pairings, ("round", "table", "a", "b"))
            if int(row["round"]) in rounds
        )
    except ValueError:
        raise UnusableOption(
            phrase(
                "The earlier plan cannot be read: its rounds and tables are no numbers. "
                "Name the folder of a plan."
            )
        ) from None


def _rows(text: str, needed: tuple[str, ...]) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a CSV file by folded name of their column."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    columns = {(name or "").strip().casefold(): name for name in reader.fieldnames or ()}
    if not set(needed) <= columns.keys():
        raise UnusableOption(
            phrase(
                "A file of earlier meetings needs the columns %(columns)s. "
                "Name such a file, or the folder of an earlier plan.",
                columns=", ".join(needed),
            )
        )
    for row in reader:
        yield {name: unguard(row[column] or "").strip() for name, column in columns.items()}


def _members(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(filter(None, (row.get(name, "") for name in ("a", "b", "c"))))
