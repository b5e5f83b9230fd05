"""Files of affinities: `a,b,affinity` in, for people who have their own score; evidence out."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence

import numpy as np

from events.amount import Amount
from events.cells import unguard, write_csv
from events.errors import UnreadableFile
from events.model import Notice
from matcher.affinity import (
    FULL,
    Affinities,
    AffinityModel,
    Component,
    Contribution,
    PairAffinity,
)
from matcher.affinity.table import SAME_COUNTRY, SAME_REGION
from matcher.canon import called

__all__ = ["is_affinity_file", "read_affinities", "write_affinities"]

HEADER = ("a", "b", "affinity", "shared", "help", "bridge", "organizer", "gate", "reason")
_SHOWN = 20


def is_affinity_file(data: bytes) -> bool:
    """Return whether a file begins with the columns a, b and affinity, in any order."""
    first = data.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].lower()
    return {b"a", b"b", b"affinity"} <= {cell.strip(b' \r"') for cell in first.split(b",")}


def read_affinities(data: bytes, *, others: float | None = None) -> Affinities:
    """Read a CSV with the columns a, b and affinity (0 to 1, rounded to 0.000001).

    Parameters
    ----------
    others
        Affinity of every pair that is not listed; None when such pairs are not permitted.

    Raises
    ------
    UnreadableFile
        If columns are missing or any row is wrong; the message lists the rows and remedies.

    Notes
    -----
    A person without pairs may stand alone in column a. The same pair twice is fine while both
    rows agree.
    """
    found: dict[tuple[str, str], int] = {}
    people: set[str] = set()
    wrong: list[Notice] = []
    for row, a, b, cell in _rows(data):
        people.update(filter(None, (a, b)))
        if a and not b and not cell:
            continue
        notice = _wrong(row, a, b, cell)
        pair = (min(a, b), max(a, b))
        if notice is None and found.setdefault(pair, _millionths(cell)) != _millionths(cell):
            notice = Notice(
                row=row,
                problem=f"{a} and {b} are listed before with another affinity.",
                remedy="Keep one of the two rows.",
            )
        if notice is not None:
            wrong.append(notice)
    if wrong:
        raise UnreadableFile(_listed(wrong))
    ids = tuple(sorted(people))
    at = {person: index for index, person in enumerate(ids)}
    pairs = sorted(found)
    return Affinities(
        ids=ids,
        a=np.array([at[a] for a, _ in pairs], dtype=np.int32),
        b=np.array([at[b] for _, b in pairs], dtype=np.int32),
        value=np.array([found[pair] for pair in pairs], dtype=np.int64),
        others=None if others is None else round(others * FULL),
    )


def _rows(data: bytes) -> Iterator[tuple[int, str, str, str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile("This is not UTF-8 text. Save the affinities as CSV UTF-8.") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip().casefold() for cell in next(reader, [])]
        missing = [name for name in HEADER[:3] if name not in header]
        if missing:
            raise UnreadableFile(
                f"There is no column {', '.join(missing)}. "
                "The first row must name the columns a, b and affinity, divided by commas."
            )
        columns = [header.index(name) for name in HEADER[:3]]
        for row, cells in enumerate(reader, start=2):
            if any(cells):
                padded = [*cells, *[""] * len(header)]
                a, b, affinity = (unguard(padded[at].strip()) for at in columns)
                yield row, a, b, affinity
    except csv.Error as error:
        raise UnreadableFile(
            f"Row {reader.line_num}: {error}. Correct its quotation marks."
        ) from error


def _wrong(row: int, a: str, b: str, cell: str) -> Notice | None:
    """Return what is wrong with one row, None when nothing is."""
    if not a or not b:
        return Notice(row=row, problem="One of the two ids is missing.", remedy="Fill in a and b.")
    if a == b:
        return Notice(row=row, value=a, problem="is paired with itself.", remedy="Remove the row.")
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        return Notice(
            row=row,
            column="affinity",
            value=cell,
            problem="is not a number from 0 to 1.",
            remedy='Use a decimal point, as in "0.75".',
        )
    return None


def _millionths(cell: str) -> int:
    return round(float(cell) * FULL)


def _listed(notices: Sequence[Notice]) -> str:
    lines = [str(notice) for notice in notices[:_SHOWN]]
    if len(notices) > _SHOWN:
        lines.append(f"And {len(notices) - _SHOWN} more rows like these.")
    return "\n".join(lines)


def write_affinities(model: AffinityModel, *, every: bool = False) -> bytes:
    """Return candidate pairs with every component, as CSV, sorted by pair.

    Holds answers that are not for printing: for the organizer alone.

    Parameters
    ----------
    every
        All pairs; otherwise those with any evidence beyond the base.
    """
    table = model.table()
    ids = table.ids
    pairs = (
        [(a, b) for at, a in enumerate(ids) for b in ids[at + 1 :]]
        if every
        else [(ids[a], ids[b]) for a, b in zip(table.a, table.b, strict=True)]
    )
    return write_csv(HEADER, (_evidence(found) for found in model.explain(pairs).values()))


def _evidence(found: PairAffinity) -> tuple[object, ...]:
    points = dict.fromkeys(Component, 0)
    for said in found.contributions:
        points[said.component] += said.points
    reasons = [_reason(said) for said in found.contributions if said.kind]
    components = (Component.SHARED, Component.HELP, Component.BRIDGE, Component.ORGANIZER)
    return (
        found.a,
        found.b,
        Amount(2 * found.affinity),
        *(Amount(2 * points[component]) for component in components),
        Amount(2 * found.gate),
        "; ".join(reasons),
    )


def _reason(said: Contribution) -> str:
    place = ""
    if said.how in (SAME_REGION, SAME_COUNTRY):
        place = f" ({said.how}: {called(said.value, 'en')})"
    return f"{said.kind}: {said.texts[0]} / {said.texts[1]}{place}"
