"""Workbooks to records: cached values only, no formula or macro is ever run."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from events.errors import UnreadableFile, UnusableOption
from events.model import Notice
from matcher.phrase import in_quotes, phrase

from .binary import binary_facts
from .facts import SheetFacts
from .limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_TEXT, within
from .opendocument import CONTENT, document_facts
from .openxml import workbook_facts
from .package import Package
from .records import Record

__all__ = ["Workbook", "workbook_of"]

CellValue = str | int | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True)
class Workbook:
    """The sheets of a workbook that have text in them, and what is odd about each."""

    sheets: Mapping[str, tuple[Record, ...]]
    notices: Mapping[str, tuple[Notice, ...]]


def workbook_of(
    data: bytes, *, packed: bool, wanted: str | None = None, hidden: bool = False
) -> Workbook:
    """Return every visible sheet that has text, or the one that is wanted.

    Parameters
    ----------
    packed
        Whether it is a zip archive (.xlsx, .ods) and not of the older kind (.xls).
    hidden
        Whether hidden sheets are read as well.

    Raises
    ------
    UnreadableFile
        If the workbook is locked, damaged, too large or empty.
    UnusableOption
        If there is no sheet of the wanted name; the message lists those there are.
    """
    facts = _package_facts(data) if packed else binary_facts(data)
    try:
        sheets = dict(_sheets(CalamineWorkbook.from_filelike(io.BytesIO(data)), wanted, hidden))
    except PasswordError:
        raise UnreadableFile(
            phrase(
                "The workbook is locked with a password. Save a copy without one, or export it as "
                "CSV."
            )
        ) from None
    except CalamineError as problem:
        raise _damaged(problem) from None
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":  # the reader's own, of no importable class
            raise
        raise _damaged("its reader gave up") from None
    filled = {name: records for name, records in sheets.items() if records}
    if not filled:
        raise UnreadableFile(
            phrase("The workbook has no sheet with text in it. Is it the right file?")
        )
    odd = {name: tuple(facts[name].notices) for name in filled if name in facts}
    return Workbook(filled, odd)


def _package_facts(data: bytes) -> Mapping[str, SheetFacts]:
    """Return sheet name → facts, every part measured: which of them are read is the reader's."""
    package = Package(data)
    facts = dict(workbook_facts(package))
    if CONTENT in package.names:
        facts |= document_facts(package)
    package.unpack_rest()
    return facts


def _damaged(problem: object) -> UnreadableFile:
    return UnreadableFile(
        phrase(
            "The workbook is damaged (%(problem)s). Open it, save it again as .xlsx and try that.",
            problem=str(problem),
        )
    )


def _sheets(
    book: CalamineWorkbook, wanted: str | None, hidden: bool
) -> Iterator[tuple[str, tuple[Record, ...]]]:
    if wanted is not None and wanted not in book.sheet_names:
        raise UnusableOption(
            phrase(
                "There is no sheet %(wanted)s. The file has: %(listed)s.",
                wanted=in_quotes([wanted]),
                listed=in_quotes(book.sheet_names),
            )
        )
    for name in _worksheets(book, hidden) if wanted is None else [wanted]:
        yield name, tuple(_records(book.get_sheet_by_name(name)))


def _worksheets(book: CalamineWorkbook, hidden: bool) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ is SheetTypeEnum.WorkSheet
        and (hidden or sheet.visible is SheetVisibleEnum.Visible)
    ]


def _records(sheet: CalamineSheet) -> list[Record]:
    """Return the rows from the first one of the sheet, without blank ones at its end."""
    if sheet.start is None:
        return []
    left = [""] * sheet.start[1]
    height, width = sheet.start[0] + sheet.height, sheet.start[1] + sheet.width
    within(phrase("The sheet"), height, MOST_ROWS, phrase("rows"))
    within(phrase("The sheet"), width, MOST_COLUMNS, phrase("columns"))
    within(phrase("The sheet"), height * width, MOST_CELLS, phrase("cells"))
    records: list[Record] = []
    characters = 0
    what, unit = phrase("The sheet"), phrase("characters")
    shared = _shared_down(sheet)
    for number, row in enumerate(sheet.iter_rows(), 1):
        # A lone cell far away makes millions of blank ones, so rows of them are kept short.
        blank = number - 1 not in shared and row.count("") == len(row)
        cells = ("",) if blank else tuple(left + [_text(value) for value in row])
        if number - 1 in shared:
            cells = _filled(cells, shared[number - 1], records)
        characters += sum(map(len, cells))
        within(what, characters, MOST_TEXT, unit)
        records.append(Record(number, cells))
    while records and records[-1].is_blank:
        records.pop()
    return records


def _shared_down(sheet: CalamineSheet) -> Mapping[int, Sequence[int]]:
    """Return row → columns, from 0, whose cell is merged with the one above it.

    A company merged over three rows is said of all three. Cells merged sideways stay with the first
    column: that is how headers of several levels look.
    """
    shared: dict[int, list[int]] = defaultdict(list)
    cells = 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right:
            cells += bottom - top
            within(phrase("What is merged in the sheet"), cells, MOST_CELLS, phrase("cells"))
            for row in range(top + 1, bottom + 1):
                shared[row].append(left)
    return shared


def _filled(cells: tuple[str, ...], places: Iterable[int], above: list[Record]) -> tuple[str, ...]:
    filled = list(cells)
    for place in places:
        if above and place < len(filled) and not filled[place]:
            filled[place] = above[-1].cells[place]
    return tuple(filled)


def _text(value: CellValue) -> str:
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
