"""Reads the texts of exported files into values and says what cannot be read."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from .export import BOUND_COVERS, UNIT, Entry, Export, Figures, Meeting, Person, Rule, Score
from .violation import Code, Violation

__all__ = ["COLUMNS", "read"]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "pairings.csv": (
        *("round", "table", "a", "b", "c"),
        *("name_a", "name_b", "name_c", "affinity", "reason"),
    ),
    "people.csv": (
        *("id", "name", "given_name", "family_name"),
        *("rounds", "partners", "sit_outs", "total"),
    ),
    "rules.csv": ("kind", "ids", "round", "value"),
    "scores.csv": ("a", "b", "affinity"),
}
"""Columns that each file has; later versions may append more."""

_AMOUNT = re.compile(r"\d{1,12}\.\d{7}", re.ASCII)
_GAP_STEP = Decimal("1e-12")
_MOST = Decimal("1e12")
_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_ESCAPED = re.compile(r"'+\s*[=+\-@\t\r＝＋－＠]")

_Value = TypeVar("_Value")


class _UnreadableError(ValueError):
    """A value that is not what its place asks for; the text says so."""

    code = Code.BAD_VALUE


class _NoPlanError(_UnreadableError):
    """The files tell of no plan at all."""

    code = Code.NO_PLAN


def read(files: Mapping[str, str]) -> tuple[Export | None, tuple[Violation, ...]]:
    """Read all files, or say what cannot be read: exactly one of the two is empty."""
    reader = _Reader(files)
    figures = reader.json("plan.json", _figures)
    if figures is None:
        return None, tuple(reader.violations)
    export = Export(
        figures=figures,
        meetings=reader.rows("pairings.csv", _meeting),
        people=reader.rows("people.csv", _person),
        rules=reader.rows("rules.csv", _rule),
        scores=reader.rows("scores.csv", _score),
        entries=(reader.json("introductions.json", _entries) or ())
        if "introductions.json" in files
        else None,
    )
    return (None if reader.violations else export), tuple(reader.violations)


class _Reader:
    """Walks files and collects what is wrong with their form."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files
        self.violations: list[Violation] = []

    def report(self, code: Code, file: str, sentence: str, row: int | None = None) -> None:
        remedy = "Change one of them, and plan" if code is Code.NO_PLAN else "Export the plan"
        self.violations.append(
            Violation(code=code, file=file, row=row, sentence=f"{sentence} {remedy} again.")
        )

    def text(self, file: str) -> str:
        """Return the text of a file, "" with a report when it is not there or empty."""
        text = self.files.get(file, "")
        if not text:
            self.report(Code.MISSING_FILE, file, "The file is missing or empty.")
        return text

    def json(self, file: str, make: Callable[[Any], _Value]) -> _Value | None:
        """Return what a JSON file says, None with a report when it cannot be read."""
        if not (text := self.text(file)):
            return None
        try:
            found = json.loads(text, parse_float=Decimal)
        except (ValueError, ArithmeticError, RecursionError) as error:
            self.report(Code.UNREADABLE_FILE, file, f"It cannot be read as JSON: {error}.")
            return None
        try:
            return make(found)
        except _UnreadableError as error:
            self.report(error.code, file, str(error))
            return None

    def rows(self, file: str, make: Callable[[_Row], _Value]) -> tuple[_Value, ...]:
        """Return one value a data row; rows that cannot be read are reported and left out."""
        return tuple(self._made(file, make))

    def _made(self, file: str, make: Callable[[_Row], _Value]) -> Iterator[_Value]:
        if not (found := self._records(file)):
            return
        header, *records = found
        missing = [column for column in COLUMNS[file] if column not in header]
        if missing:
            says = f"The header has no column {', '.join(missing)}."
            self.report(Code.MISSING_COLUMN, file, says, 1)
            return
        for number, cells in enumerate(records, start=2):
            try:
                yield make(_Row.of(number, header, cells))
            except _UnreadableError as error:
                self.report(error.code, file, str(error), number)

    def _records(self, file: str) -> list[list[str]]:
        try:
            return list(csv.reader(io.StringIO(self.text(file), newline=""), strict=True))
        except csv.Error as error:
            self.report(Code.UNREADABLE_FILE, file, f"It is not valid CSV: {error}.")
            return []


@dataclass(frozen=True)
class _Row:
    """One data row; its cells are asked for by column and by what they should hold."""

    number: int
    cells: Mapping[str, str]

    @classmethod
    def of(cls, number: int, header: list[str], cells: list[str]) -> _Row:
        if len(cells) != len(header):
            raise _UnreadableError(f"It has {len(cells)} cells, the header {len(header)}.")
        return cls(number, dict(zip(header, map(_without_escape, cells), strict=True)))

    def count(self, column: str) -> int:
        return _count(self.cells[column], column)

    def amount(self, column: str) -> int:
        return _amount(self.cells[column], column)

    def items(self, column: str) -> tuple[str, ...]:
        return _split(self.cells[column])

    def counts(self, column: str) -> tuple[int, ...]:
        return tuple(_count(item, column) for item in self.items(column))

    def texts(self, *columns: str) -> tuple[str, ...]:
        """Return the texts of these columns, empty ones left out."""
        return tuple(self.cells[column] for column in columns if self.cells[column])


def _meeting(row: _Row) -> Meeting:
    members = row.texts("a", "b", "c")
    if not row.cells["a"] or not row.cells["b"]:
        raise _UnreadableError("A meeting needs at least a and b.")
    return Meeting(
        row=row.number,
        round=row.count("round"),
        table=row.count("table"),
        members=members,
        names=tuple(row.cells[f"name_{letter}"] for letter in "abc"[: len(members)]),
        affinity=row.amount("affinity"),
    )


def _person(row: _Row) -> Person:
    return Person(
        row=row.number,
        id=row.cells["id"],
        name=row.cells["name"],
        given_name=row.cells["given_name"],
        family_name=row.cells["family_name"],
        rounds=row.counts("rounds"),
        partners=row.items("partners"),
        sit_outs=row.counts("sit_outs"),
        total=row.amount("total"),
    )


def _rule(row: _Row) -> Rule:
    return Rule(
        row=row.number,
        kind=row.cells["kind"],
        ids=row.items("ids"),
        round=row.count("round") if row.cells["round"] else None,
        value=row.cells["value"],
    )


def _score(row: _Row) -> Score:
    affinity = row.amount("affinity")
    if affinity > UNIT or affinity % 10:
        raise _UnreadableError("A score lies between 0 and 1 and has six decimals and a zero.")
    return Score(row=row.number, pair=(row.cells["a"], row.cells["b"]), affinity=affinity)


def _conflict(found: Any) -> str:
    """Say what a plan.json without a plan says."""
    texts = [_get(each, "text", str) for each in _get(found, "conflict", list)]
    return f"It says that no plan exists, since these cannot all hold: {' '.join(texts)}"


def _figures(found: Any) -> Figures:
    if _get(found, "status", str) == "infeasible":
        raise _NoPlanError(_conflict(found))
    settings, worst = _get(found, "settings", dict), _get(found, "worst_off", dict)
    return Figures(
        status=_one_of(found, "status", "feasible", "optimal"),
        total=_decimal(found, "total"),
        bound=_decimal(found, "bound"),
        gap=_small(found, "gap").quantize(_GAP_STEP),
        welfare=_decimal(found, "welfare"),
        welfare_bound=_decimal(found, "welfare_bound"),
        welfare_gap=_small(found, "welfare_gap").quantize(_GAP_STEP),
        bound_covers=_one_of(found, "bound_covers", *BOUND_COVERS),
        people=_get(found, "people", int),
        rounds=_get(found, "rounds", int),
        pairings=_get(found, "pairings", int),
        sit_outs=_get(found, "sit_outs", int),
        trios=_get(found, "trios", int),
        worst_off=(frozenset(map(str, _get(worst, "ids", list))), _decimal(worst, "total")),
        odd=_one_of(settings, "odd", "trio", "sit-out", "host"),
        tables=_get_or_none(settings, "tables", int),
        fairness=_fairness(settings),
        measures=_measures(_get_or_none(found, "measures", list) or []),
    )


def _measures(found: list[Any]) -> dict[str, Decimal | None]:
    return {
        _get(each, "name", str): None if _is_null(each, "value") else _small(each, "value")
        for each in found
    }


def _is_null(found: Any, key: str) -> bool:
    return isinstance(found, dict) and found.get(key) is None


def _entries(found: Any) -> tuple[Entry, ...]:
    if not isinstance(found, list):
        raise _UnreadableError("It is not a list of entries.")
    return tuple(_entry(number, entry) for number, entry in enumerate(found, start=1))


def _entry(number: int, found: Any) -> Entry:
    return Entry(
        row=number,
        card=_get(found, "card", str),
        round=_get(found, "round", int),
        table=_get_or_none(found, "table", int),
        reader=_get(found, "reader", str),
        partner=_get_or_none(found, "partner", str),
        headline=_get_or_none(found, "headline", str) or "",
        introducer=_get_or_none(found, "introducer", str),
        templates=tuple(_get(q, "template", str) for q in _get(found, "questions", list)),
        opened=tuple(
            _get(q, "area", str)
            for q in _get(found, "questions", list)
            if _get(q, "stage", str) == "open"
        ),
    )


def _get(found: Any, key: str, kind: type[_Value]) -> _Value:
    """Return the value of a JSON object's key, which must be of the kind."""
    value = found.get(key) if isinstance(found, dict) else None
    if kind is Decimal and type(value) is int:
        value = Decimal(value)
    if type(value) is not kind:
        raise _UnreadableError(f"'{key}' is {value!r}, not of type {kind.__name__}.")
    return value


def _get_or_none(found: Any, key: str, kind: type[_Value]) -> _Value | None:
    return None if _is_null(found, key) else _get(found, key, kind)


def _one_of(found: Any, key: str, *choices: str) -> str:
    if (value := _get(found, key, str)) not in choices:
        raise _UnreadableError(f"'{key}' is '{value}', not one of {', '.join(choices)}.")
    return value


def _decimal(found: Any, key: str) -> int:
    """Return an amount in UNIT; a JSON number may leave out zeros at the end."""
    scaled = _small(found, key) * UNIT
    if scaled < 0 or scaled != int(scaled):
        raise _UnreadableError(f"'{key}' is not a number from 0 with at most seven decimals.")
    return int(scaled)


def _small(found: Any, key: str) -> Decimal:
    """Return a number that is safe to compute with: JSON may hold 1e999999999."""
    value = _get(found, key, Decimal)
    if not -_MOST < value < _MOST:
        raise _UnreadableError(f"'{key}' is {value}, which is too much to be true.")
    return value


def _fairness(settings: Any) -> Decimal:
    fairness = _get(settings, "fairness", Decimal)
    if not 0 <= fairness <= 1:
        raise _UnreadableError(f"'fairness' is {fairness}; it must be a number from 0 to 1.")
    return fairness


def _count(text: str, name: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise _UnreadableError(f"{name} is '{text}', not a number from 1.")
    return int(text)


def _amount(text: str, name: str) -> int:
    if not _AMOUNT.fullmatch(text):
        raise _UnreadableError(f"{name} is '{text}', not a number with seven decimals.")
    whole, fraction = text.split(".")
    return int(whole) * UNIT + int(fraction)


def _split(cell: str) -> tuple[str, ...]:
    """Split at ";"; an item that holds one is quoted inside the cell."""
    try:
        return tuple(next(csv.reader([cell], delimiter=";", skipinitialspace=True), []))
    except csv.Error as error:
        raise _UnreadableError(f"'{cell}' is not a list: {error}.") from None


def _without_escape(cell: str) -> str:
    """Take off the one apostrophe that keeps a spreadsheet from running the text."""
    return cell[1:] if _ESCAPED.match(cell) else cell
