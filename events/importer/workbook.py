"""Workbooks to records: cached values only, no formula or macro is ever run."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from events.errors import UnreadableFile, UnusableOption

from .records import Record

__all__ = ["sheets_of"]

type_of_cell = str | int | float | bool | date | datetime | time | timedelta


def sheets_of(data: bytes, wanted: str | None = None) -> Mapping[str, tuple[Record, ...]]:
    """Return the records of every visible sheet that has any, or of the one that is wanted.

    Raises
    ------
    UnreadableFile
        If the workbook is locked, damaged or empty.
    UnusableOption
        If there is no sheet of the wanted name; the message lists those there are.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [wanted] if wanted else _visible(book)
        if wanted and wanted not in book.sheet_names:
            listed = ", ".join(map(repr, book.sheet_names))
            raise UnusableOption(f"There is no sheet {wanted!r}. The file has: {listed}.")
        sheets = {name: _records(book, name) for name in names}
    except PasswordError:
        raise UnreadableFile(
            "The workbook is locked with a password. Save a copy without one, or export it as CSV."
        ) from None
    except CalamineError as problem:
        raise UnreadableFile(
            f"The workbook is damaged ({problem}). Open it, save it again as .xlsx and try that."
        ) from None
    filled = {name: rows for name, rows in sheets.items() if rows}
    if not filled:
        raise UnreadableFile("The workbook has no sheet with text in it. Is it the right file?")
    return filled


def _visible(book: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
    ]


def _records(book: CalamineWorkbook, name: str) -> tuple[Record, ...]:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    records = [Record(number, tuple(map(_text, row))) for number, row in enumerate(rows, 1)]
    while records and records[-1].is_blank:
        records.pop()
    return tuple(records)


def _text(value: type_of_cell) -> str:
    """Return a cell as the text a person reads in it: whole numbers without a point, ISO dates."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
