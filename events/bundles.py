"""Many exported files as one: a ZIP archive, or a workbook with one sheet a table.

The same files give the same bytes: archives carry a fixed time stamp. Cells of a workbook are the
cells of the CSV files, every one typed as text; none is a formula, a link or a number.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from xlsxwriter import Workbook

from .cells import guard, read_csv
from .errors import UnusableOption

__all__ = ["as_workbook", "as_zip"]

_THEN = (2020, 1, 1, 0, 0, 0)
_MOST_ROWS = 1_048_576
_LONGEST_CELL = 32_767
_WIDEST, _NARROWEST = 60, 8
_MEASURED_ROWS = 200
_PLAIN = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def as_zip(files: Mapping[str, bytes]) -> bytes:
    """Return files as one archive, byte for byte as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _THEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def as_workbook(files: Mapping[str, bytes]) -> bytes:
    """Return the CSV files, and `plan.json` as a list of names and values, as an .xlsx workbook.

    Raises
    ------
    UnusableOption
        If a table is larger, or a text longer, than a workbook can hold: nothing is cut off.
    """
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, **_PLAIN}) as book:
        book.set_properties({"created": datetime(*_THEN, tzinfo=UTC)})
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"num_format": "@", "bold": True})
        for name, rows in _tables(files):
            _check(name, rows)
            sheet = book.add_worksheet(name)
            for column, width in enumerate(_widths(rows)):
                sheet.set_column(column, column, width, text)
            sheet.freeze_panes(1, 0)
            for at, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    sheet.write_string(at, column, cell, head if at == 0 else text)
    return out.getvalue()


def _tables(files: Mapping[str, bytes]) -> Iterator[tuple[str, list[list[str]]]]:
    for name, content in sorted(files.items()):
        stem, _, kind = name.rpartition(".")
        if kind == "csv":
            yield stem, read_csv(content)
        elif name == "plan.json":
            plan = json.loads(content, parse_float=str, parse_int=str)
            yield stem, [["name", "value"], *([key, guard(text)] for key, text in _leaves(plan))]


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every single value with the way to it: ``measures.1.value``."""
    match value:
        case dict():
            for key, inner in value.items():
                yield from _leaves(inner, f"{path}.{key}" if path else str(key))
        case list():
            for at, inner in enumerate(value, start=1):
                yield from _leaves(inner, f"{path}.{at}")
        case bool():
            yield path, "yes" if value else "no"
        case _:
            yield path, "" if value is None else str(value)


def _check(name: str, rows: Sequence[Sequence[str]]) -> None:
    remedy = "Take the CSV files or the ZIP instead."
    if len(rows) > _MOST_ROWS:
        raise UnusableOption(
            f"{name} has {len(rows):,} rows; a workbook holds {_MOST_ROWS:,}. {remedy}"
        )
    for at, cells in enumerate(rows, start=1):
        longest = max(map(len, cells), default=0)
        if longest > _LONGEST_CELL:
            raise UnusableOption(
                f"{name}, row {at} has a text of {longest:,} characters; a cell of a workbook "
                f"holds {_LONGEST_CELL:,}. {remedy}"
            )


def _widths(rows: Sequence[Sequence[str]]) -> Iterator[int]:
    for cells in zip(*rows[:_MEASURED_ROWS], strict=True):
        yield min(_WIDEST, max(_NARROWEST, *(len(cell) + 1 for cell in cells)))
