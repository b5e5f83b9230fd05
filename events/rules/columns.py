"""Rules that stand in the attendees' own columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from events.errors import UnusableOption
from events.model import Attendee, Notice
from matcher.rules import (
    AlreadyMet,
    Availability,
    Cohorts,
    Exclusions,
    FixedTables,
    Minimum,
    Pins,
    Quota,
)

from .cells import CELLS, agreed, cohorts_of, count_of, pin_of, rounds_of, tables_of, urgency_of
from .found import Found
from .influence import needs_of
from .register import Register, place_of, plain

__all__ = ["COLUMNS", "read_columns"]

_Value = TypeVar("_Value")
Reader = Callable[["_Cells", Attendee, tuple[str, ...]], None]


def read_columns(register: Register, found: Found) -> None:
    """Add what the columns of all attendees say; whatever cannot be used becomes a notice.

    What is found of a person already, in RULES.toml, stands before their cell.

    Raises
    ------
    UnusableOption
        If a name fits two people; the message names both, for every such cell.
    """
    cells = _Cells(register, found)
    for attendee in register.attendees:
        for column, read in COLUMNS:
            texts: tuple[str, ...] = getattr(attendee, column)
            if texts:
                usable = cells.usable(attendee, column, texts)
                if usable:
                    read(cells, attendee, usable)
    if cells.unclear:
        raise UnusableOption("\n".join(cells.unclear))


class _Cells:
    """One pass over all cells that collects what is wrong with them."""

    def __init__(self, register: Register, found: Found) -> None:
        self.register, self.found = register, found
        self.unclear: list[str] = []

    def usable(self, attendee: Attendee, column: str, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Return the entries that have the shape of their column; note the others."""
        kept = []
        for text in texts:
            try:
                CELLS[column](text)
            except ValueError as problem:
                self.note(attendee, column, text, str(problem))
            else:
                kept.append(text)
        return tuple(kept)

    def other(self, attendee: Attendee, column: str, text: str) -> str | None:
        """Return the id of the other person named in a cell; None with a notice when nobody is."""
        try:
            other = self.register.find(text)
        except UnusableOption as error:
            self.unclear.append(f"{attendee.name} ({attendee.id}), {column}: {error}")
            return None
        if other is not None and other != attendee.id:
            return other
        problem = "is nobody at this event." if other is None else "is the person's own name."
        remedy = "Write the id or full name of another attendee, or ignore this."
        self.note(attendee, column, text, f"{problem} {remedy}")
        return None

    def decide(
        self, attendee: Attendee, column: str, kind: str, into: dict[str, _Value], value: _Value
    ) -> None:
        """Take what a cell says of its person, unless RULES.toml said it before."""
        if attendee.id not in into:
            into[attendee.id] = value
            self.found.note(place_of(attendee, column), kind, (attendee.id,))

    def note(self, attendee: Attendee, column: str, text: str, says: str) -> None:
        """Note a problem and its remedy, two sentences."""
        problem, _, remedy = says.partition(". ")
        self.found.notices.append(
            Notice(
                row=attendee.source_row,
                column=column,
                value=text,
                problem=f"{problem}.",
                remedy=remedy,
            )
        )


def _pairs(column: str, kind: str, into: Callable[[Found], set[tuple[str, str]]]) -> Reader:
    """Return the reader of a column that lists people."""

    def read(cells: _Cells, attendee: Attendee, texts: tuple[str, ...]) -> None:
        for text in texts:
            other = cells.other(attendee, column, text)
            if other is not None:
                into(cells.found).add((attendee.id, other))
                cells.found.note(place_of(attendee, column), kind, (attendee.id, other))

    return read


def _pins(cells: _Cells, attendee: Attendee, texts: tuple[str, ...]) -> None:
    for text in texts:
        name, number = pin_of(text)
        other = cells.other(attendee, "pin", name)
        if other is not None:
            a, b = sorted((attendee.id, other))
            cells.found.pins.add((a, b, number))
            cells.found.note(place_of(attendee, "pin"), Pins.kind, (a, b), number)


def _available(cells: _Cells, attendee: Attendee, texts: tuple[str, ...]) -> None:
    rounds = frozenset[int]().union(*map(rounds_of, texts))
    cells.decide(attendee, "available", Availability.kind, cells.found.present, rounds)


def _quota(cells: _Cells, attendee: Attendee, texts: tuple[str, ...]) -> None:
    most = min(map(count_of, texts))
    cells.decide(attendee, "quota", Quota.kind, cells.found.most, most)


def _minimum(cells: _Cells, attendee: Attendee, texts: tuple[str, ...]) -> None:
    fewest = max(map(count_of, texts))
    cells.decide(attendee, "min_meetings", Minimum.kind, cells.found.fewest, fewest)


def _table(cells: _Cells, attendee: Attendee, texts: tuple[str, ...]) -> None:
    """Read tables by number or name; a person who writes several sits at any of them."""
    tables: set[int] = set()
    for text in texts:
        found = tables_of(text)
        if isinstance(found, str):
            named = cells.found.features.get(plain(found))
            if named is None:
                cells.note(
                    attendee,
                    "table",
                    text,
                    "is no table that RULES.toml names, so it decides nothing. "
                    "Write a number, or name the tables under [tables] features.",
                )
            found = named or frozenset()
        tables |= found
    if tables:
        cells.decide(attendee, "table", FixedTables.kind, cells.found.seats, frozenset(tables))


def _cohort(cells: _Cells, attendee: Attendee, texts: tuple[str, ...]) -> None:
    if attendee.id not in cells.found.cohorts:
        cells.found.cohorts[attendee.id] = frozenset[str]().union(*map(cohorts_of, texts))
        for cohort in cells.found.cohorts[attendee.id]:
            cells.found.note("column cohort", Cohorts.kind, value=cohort)


def _rivals(cells: _Cells, attendee: Attendee, texts: tuple[str, ...]) -> None:
    if any(map(agreed, texts)):
        cells.found.meeting_rivals.add(attendee.id)
        cells.found.note(place_of(attendee, "rivals"), "rivals", (attendee.id,))


def _urgency(cells: _Cells, attendee: Attendee, texts: tuple[str, ...]) -> None:
    for text in texts:
        for need, urgency in urgency_of(text).items():
            if need and need not in needs_of(attendee):
                problem = f"speaks of '{need}', which is no need of theirs. "
                cells.note(attendee, "urgency", text, f"{problem}Write it as their need reads.")
            elif (attendee.id, need) not in cells.found.urgency:
                cells.found.urgency[attendee.id, need] = urgency
                source = place_of(attendee, "urgency")
                cells.found.note(source, "urgency", (attendee.id,), value=need)


COLUMNS: tuple[tuple[str, Reader], ...] = (
    ("not_with", _pairs("not_with", Exclusions.kind, lambda found: found.apart)),
    ("already_met", _pairs("already_met", AlreadyMet.kind, lambda found: found.said)),
    ("pin", _pins),
    ("wish", _pairs("wish", "wish", lambda found: found.wishes)),
    ("available", _available),
    ("quota", _quota),
    ("min_meetings", _minimum),
    ("table", _table),
    ("cohort", _cohort),
    ("rivals", _rivals),
    ("urgency", _urgency),
)
"""Every rule column of an attendee, with its reader."""
