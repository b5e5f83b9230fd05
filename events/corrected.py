"""A `pairings.csv` that somebody corrected, read back: every problem with its row, then its price.

Ids count, and names where a cell has no id; a name beside an id must be that person's. What a
meeting is worth and why is worked out anew, whatever the file says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcher.phrase import Phrase, listed, phrase
from matcher.plan import Meeting
from matcher.rules import Violation

from .cells import unguard
from .changes import Proposal, obstacle, propose_meetings
from .errors import UnreadableFile
from .importer.records import Record
from .importer.result import Options
from .importer.source import opened
from .model import Notice
from .replay import Replay
from .rules import plain

__all__ = ["REMEDIES", "Corrected", "read_corrected"]

_NEEDED = ("round", "table", "a", "b")
_PLACES = ("a", "b", "c")
_NUMBER = re.compile(r"0*([1-9]\d{0,8})(?:[.,]0+)?")
REMEDIES = {
    "place": phrase("Keep them in one of these rows."),
    "rematch": phrase("Give one of them another partner in one of these rows."),
    "seat": phrase("Give them a free round and table."),
    "trio": phrase("Make it a table of two."),
    "exclusion": phrase("Seat them with others."),
    "organization": phrase("Seat them with others, or let colleagues meet in the settings."),
    "history": phrase("Seat them with others."),
    "cohort": phrase("Seat them with others."),
    "availability": phrase("Take them out of that round."),
    "quota": phrase("Take them out of some rounds."),
    "tables": phrase("Take meetings out of that round."),
    "table": phrase("Give the meeting another table."),
    "pin": phrase("Bring them together there, or take the pin back."),
    "frozen": phrase("Put that round back as it was."),
}
"""Kind of what is broken to what to do about it in the file."""


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """What a corrected file says.

    Parameters
    ----------
    proposal
        What it would change; None where the file cannot be taken.
    problems
        Why it cannot, all at once, by row; empty when it can.
    """

    proposal: Proposal | None
    problems: tuple[Notice, ...] = ()


def read_corrected(data: bytes, replayed: Replay) -> Corrected:
    """Return what a corrected `pairings.csv` (or workbook with that sheet) would change in a plan.

    Raises
    ------
    UnreadableFile
        If it is no such table at all; problems of rows never raise.
    """
    reading = _Reading(replayed)
    for row, cells in _records(data):
        reading.read(row, cells)
    text = "Meetings were read back from a corrected pairings file."
    meetings = tuple(sorted(reading.rows, key=lambda m: (m.round, m.table, m.members)))
    proposal = propose_meetings(replayed, meetings, text)
    problems = [*reading.problems, *reading.broken(proposal.price.broken)]
    problems.sort(key=lambda notice: notice.row or 0)
    return Corrected(proposal=None if problems else proposal, problems=tuple(problems))


def _records(data: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the rows of the first sheet that has the columns, with their numbers."""
    for records in opened(data, Options()).sheets.values():
        header = [plain(unguard(cell)) for cell in records[0].cells] if records else []
        if set(_NEEDED) <= set(header):
            yield from _cells(header, records[1:])
            return
    raise UnreadableFile(
        phrase(
            "There is no table with the columns round, table, a and b in the first row. "
            "Correct the pairings.csv of the plan, and leave its first row as it is."
        )
    )


def _cells(
    header: Sequence[str], records: Sequence[Record]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    for record in records:
        if not record.is_blank:
            padded = [*record.cells, *[""] * len(header)]
            cells = (unguard(cell).strip() for cell in padded)
            yield record.row, dict(zip(header, cells, strict=False))


class _Reading:
    """One pass over the rows: meetings with their row, and what is wrong."""

    def __init__(self, replayed: Replay) -> None:
        self.board, self.names = replayed.board, replayed.names
        self.called: dict[str, list[str]] = {}
        for person, name in self.names.items():
            self.called.setdefault(plain(name), []).append(person)
        self.rows: dict[Meeting, int] = {}
        self.problems: list[Notice] = []

    def read(self, row: int, cells: Mapping[str, str]) -> None:
        """Add the meeting of a row, or say what is wrong with it."""
        before = len(self.problems)
        number, table = (self._number(row, cells, column) for column in ("round", "table"))
        members = tuple(filter(None, (self._person(row, cells, place) for place in _PLACES)))
        if len(self.problems) > before:
            return
        if len(members) < 2 or len(set(members)) < len(members):
            problem = phrase("A meeting needs two or three different people.")
            self._add(row, "", "", problem, phrase("Fill in a and b, or remove the row."))
            return
        meeting = Meeting(round=number, table=table, members=tuple(sorted(members)), value=0)
        if meeting in self.rows:
            problem = phrase("This meeting stands in row %(row)s already.", row=self.rows[meeting])
            self._add(row, "", "", problem, phrase("Remove one of the two rows."))
        self.rows.setdefault(meeting, row)

    def _number(self, row: int, cells: Mapping[str, str], column: str) -> int:
        found = _NUMBER.fullmatch(cells[column])
        if found is None:
            missing, wrong = phrase("The number is missing."), phrase("is not a number from 1.")
            problem = wrong if cells[column] else missing
            self._add(row, column, cells[column], problem, phrase("Write it in digits."))
            return 0
        return int(found[1])

    def _person(self, row: int, cells: Mapping[str, str], place: str) -> str:
        """Return the id of whoever is meant, "" for nobody or a mistake."""
        person, name = cells.get(place, ""), cells.get(f"name_{place}", "")
        if not person:
            return self._by_name(row, f"name_{place}", name) if name else ""
        if person not in self.names:
            problem = phrase("is nobody in this plan.")
            self._add(row, place, person, problem, phrase("Use an id of its people.csv."))
            return ""
        if name and plain(name) != plain(self.names[person]):
            problem = phrase(
                "stands beside the id of %(name)s (%(id)s).", name=self.names[person], id=person
            )
            remedy = phrase(
                "Correct the id in column %(column)s, or the name; you can leave one empty.",
                column=place,
            )
            self._add(row, f"name_{place}", name, problem, remedy)
        return person

    def _by_name(self, row: int, column: str, name: str) -> str:
        found = self.called.get(plain(name), [])
        if len(found) == 1:
            return found[0]
        problem = phrase("is nobody in this plan.")
        if found:
            problem = phrase("could be %(who)s.", who=listed(sorted(found)))
        self._add(row, column, name, problem, phrase("Write the id where the ids stand."))
        return ""

    def _add(
        self, row: int | None, column: str, value: str, problem: Phrase, remedy: Phrase
    ) -> None:
        shown = value if len(value) <= 60 else f"{value[:59]}…"
        self.problems.append(
            Notice(problem=problem, remedy=remedy, row=row, column=column, value=shown)
        )

    def broken(self, violations: Sequence[Violation]) -> Iterator[Notice]:
        """Yield what rules say of the rows that could be read, with the last row concerned.

        What misses a meeting is only told when all rows could be read: it may stand in another.
        """
        for each in violations:
            if self.problems and each.kind in ("pin", "frozen"):
                continue
            rows = [
                row
                for meeting, row in self.rows.items()
                if each.round in (None, meeting.round) and set(each.ids) <= set(meeting.members)
            ]
            remedy = REMEDIES[each.kind]
            problem = obstacle(each, self.board)
            yield Notice(problem=problem, remedy=remedy, row=max(rows, default=None))
