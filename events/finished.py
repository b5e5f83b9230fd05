"""A finished plan as its files tell it: what a page needs to show it. Reads, never computes.

The files are what is stored, downloaded and checked; a page that shows anything else would show
another plan.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from operator import itemgetter
from typing import Any

import msgspec

from matcher.introduction import Introduction
from matcher.settings import Settings

from .cells import unguard
from .errors import UnreadableFile

__all__ = [
    *("READ_FROM", "Certificate", "FinishedPlan", "PlannedPerson", "Table"),
    *("read_finished", "settings_of"),
]

READ_FROM = ("plan.json", "people.csv", "pairings.csv", "introductions.json")
"""Names of the files that tell a plan; the others tell parts of it once more."""


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """What is proved about a plan, as `plan.json` says it.

    Parameters
    ----------
    total, bound
        Sum of affinities, and what no plan can exceed.
    welfare, welfare_bound
        The total that would be worth as much if shared equally, and what no plan can exceed.
    welfare_gap
        Relative distance of these two.
    bound_covers
        Which pairs the bound speaks about.
    worst_off
        Ids of those who get least.
    measures
        Figures of the plan as they stand in the file.
    rule_prices
        What each kind of rule costs, in sentences, where that was asked for.
    help
        How many needs and offers there are (`stated`), `could` be met here, and are `met`.
    conflict
        Requirements that cannot all hold, in sentences, when there is no plan.
    irreducible
        Whether dropping any one of these is proved to let the others hold.
    encoder
        What compared needs with offers (`matcher.meaning.Meaning.name`), "" for nothing.
    by_hand
        What was changed in the plan by hand, in sentences, oldest first.
    """

    status: str
    stopped_by: str
    repeatable: bool
    total: float
    bound: float
    welfare: float
    welfare_bound: float
    welfare_gap: float
    bound_covers: str
    people: int
    rounds: int
    meetings: int
    trios: int
    sit_outs: int
    plan_id: str
    worst_off: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    measures: tuple[Mapping[str, Any], ...] = ()
    rule_prices: tuple[str, ...] = ()
    help: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    conflict: tuple[str, ...] = ()
    irreducible: bool = False
    encoder: str = ""
    by_hand: tuple[str, ...] = ()

    @property
    def speaks_of_help(self) -> bool:
        """Whether anybody at this event asks for or offers anything."""
        return any(count["stated"] for count in self.help.values())


@dataclass(frozen=True, kw_only=True)
class PlannedPerson:
    """One person in a plan.

    Parameters
    ----------
    position
        Place in the list, from 1: their address in the plan.
    total
        Sum of the affinities of their meetings.
    sit_outs
        Rounds in which they have a break.
    """

    position: int
    id: str
    name: str
    total: float
    meetings: int
    sit_outs: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """One meeting in one round."""

    round: int
    table: int
    people: tuple[PlannedPerson, ...]
    affinity: float
    reason: str


@dataclass(frozen=True, kw_only=True)
class FinishedPlan:
    """All of one plan.

    Parameters
    ----------
    people
        By surname.
    tables
        By round and table.
    introductions
        Reader id → what they get, by round.
    """

    certificate: Certificate
    people: tuple[PlannedPerson, ...]
    tables: tuple[Table, ...]
    introductions: Mapping[str, tuple[Introduction, ...]]

    @cached_property
    def by_id(self) -> dict[str, PlannedPerson]:
        """Everybody by id."""
        return {person.id: person for person in self.people}

    @property
    def least_first(self) -> tuple[PlannedPerson, ...]:
        """Everybody, whoever gets least first."""
        return tuple(sorted(self.people, key=lambda person: (person.total, person.position)))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Ids of any two people who meet; three for a table of three."""
        return tuple(
            (one.id, other.id)
            for table in self.tables
            for one, other in combinations(table.people, 2)
        )

    def in_round(self, number: int) -> tuple[Table, ...]:
        """Return the tables of one round."""
        return tuple(table for table in self.tables if table.round == number)

    def on_break(self, number: int) -> tuple[PlannedPerson, ...]:
        """Return who has a break in a round."""
        return tuple(person for person in self.people if number in person.sit_outs)

    def absent(self, number: int) -> tuple[PlannedPerson, ...]:
        """Return who is not there in a round: neither at a table nor on a break."""
        seated = {person.id for table in self.in_round(number) for person in table.people}
        here = seated | {person.id for person in self.on_break(number)}
        return tuple(person for person in self.people if person.id not in here)


def read_finished(files: Mapping[str, bytes]) -> FinishedPlan:
    """Return a plan from its files by name.

    Raises
    ------
    UnreadableFile
        If `plan.json` is missing or the files do not fit together.
    """
    try:
        certificate = _certificate(json.loads(files["plan.json"]))
        people = tuple(_people(files.get("people.csv", b"")))
        by_id = {person.id: person for person in people}
        return FinishedPlan(
            certificate=certificate,
            people=people,
            tables=tuple(_tables(files.get("pairings.csv", b""), by_id)),
            introductions=_Introductions(files.get("introductions.json", b"[]")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _unfit(error) from error


def settings_of(files: Mapping[str, bytes]) -> Settings:
    """Return the settings that a plan was made with, from its files by name.

    Raises
    ------
    UnreadableFile
        If `plan.json` is missing or holds other settings than this version knows.
    """
    try:
        return msgspec.convert(json.loads(files["plan.json"])["settings"], Settings)
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableFile(
            f"plan.json does not say what the plan was made with ({error}). Make the plan again."
        ) from error


def _certificate(plan: Mapping[str, Any]) -> Certificate:
    return Certificate(
        status=plan["status"],
        stopped_by=plan.get("stopped_by", ""),
        repeatable=plan.get("repeatable", True),
        total=float(plan.get("total", 0)),
        bound=float(plan.get("bound", 0)),
        welfare=float(plan.get("welfare", 0)),
        welfare_bound=float(plan.get("welfare_bound", 0)),
        welfare_gap=float(plan.get("welfare_gap", 0)),
        bound_covers=plan.get("bound_covers", ""),
        people=plan.get("people", 0),
        rounds=plan.get("rounds", 0),
        meetings=plan.get("pairings", 0),
        trios=plan.get("trios", 0),
        sit_outs=plan.get("sit_outs", 0),
        plan_id=plan.get("plan_id", ""),
        worst_off=tuple(plan.get("worst_off", {}).get("ids", ())),
        notices=tuple(plan.get("notices", ())),
        measures=tuple(plan.get("measures", ())),
        rule_prices=tuple(each["text"] for each in plan.get("rule_prices", ())),
        help=plan.get("help", {}),
        conflict=tuple(each["text"] for each in plan.get("conflict", ())),
        irreducible=plan.get("irreducible", False),
        encoder=plan.get("encoder", ""),
        by_hand=tuple(plan.get("by_hand", ())),
    )


def _rows(content: bytes, *columns: str) -> Iterator[Iterator[str]]:
    """Yield the cells of the named columns, row by row; nothing for no content."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    header = next(rows, None)
    if header is None:
        return
    wanted = itemgetter(*map(header.index, columns))
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"line {rows.line_num} has {len(row)} cells, not {len(header)}")
        yield map(unguard, wanted(row))


def _people(content: bytes) -> Iterator[PlannedPerson]:
    rows = _rows(content, "id", "name", "total", "rounds", "sit_outs")
    for position, (who, name, total, rounds, sit_outs) in enumerate(rows, start=1):
        yield PlannedPerson(
            position=position,
            id=who,
            name=name,
            total=float(total),
            meetings=len(_numbers(rounds)),
            sit_outs=_numbers(sit_outs),
        )


def _numbers(cell: str) -> tuple[int, ...]:
    return tuple(int(part) for part in cell.split(";") if part.strip())


def _tables(content: bytes, by_id: Mapping[str, PlannedPerson]) -> Iterator[Table]:
    rows = _rows(content, "round", "table", "a", "b", "c", "affinity", "reason")
    for number, table, a, b, c, affinity, reason in rows:
        yield Table(
            round=int(number),
            table=int(table),
            people=tuple([by_id[each] for each in (a, b, c) if each]),
            affinity=float(affinity),
            reason=reason,
        )


class _Reader(msgspec.Struct):
    """Of an introduction, whose it is."""

    reader: str


class _Introductions(Mapping[str, tuple[Introduction, ...]]):
    """Reader id → introductions, each built when asked for.

    A plan of 2,000 people has 12,000; to build them all takes ten times as long as to find out
    whose they are, and a page shows a few.
    """

    def __init__(self, content: bytes) -> None:
        whose = msgspec.json.Decoder(_Reader)
        self._entries: dict[str, list[msgspec.Raw]] = {}
        for entry in msgspec.json.decode(content, type=list[msgspec.Raw]):
            self._entries.setdefault(whose.decode(entry).reader, []).append(entry)

    def __getitem__(self, reader: str) -> tuple[Introduction, ...]:
        entries = self._entries[reader]
        try:
            told = [msgspec.json.decode(entry, type=Introduction) for entry in entries]
        except msgspec.DecodeError as error:
            raise _unfit(error) from error
        return tuple(sorted(told, key=lambda each: (each.round, each.partner or "")))

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def _unfit(error: Exception) -> UnreadableFile:
    return UnreadableFile(
        f"The files of this plan do not fit together ({error}). Make the plan again."
    )
