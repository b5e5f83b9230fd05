"""One-line builders for tests of the importer."""

import io
from pathlib import Path

import xlsxwriter

from events.importer import Import, Options, read_people

DATA = Path(__file__).parent / "data"


def read(text: str, written: str = "utf-8", **options) -> Import:
    """Read a CSV written here in the test."""
    return read_people(text.encode(written), options=Options(**options))


def sample(name: str) -> Import:
    """Read one of the sample exports."""
    return read_people((DATA / name).read_bytes(), name=name)


def names(found: Import) -> list[str]:
    return [person.name for person in found.people]


def fields(found: Import) -> dict[str, str]:
    """Header → field of the columns in use."""
    return {column.header: column.field for column in found.columns if column.field}


def separators(found: Import) -> dict[str, str]:
    return {column.header: column.separator for column in found.columns if column.separator}


def set_aside(found: Import) -> list[tuple[int, str]]:
    return [(entry.row, entry.reason.value) for entry in found.set_aside]


def said(found: Import, row: int | None = None) -> list[str]:
    """Return the problems reported for a row, or for the whole file."""
    return [notice.problem for notice in found.notices if notice.row == row]


def answers(found: Import, name: str) -> dict[str, tuple[str, ...]]:
    person = next(person for person in found.people if person.name == name)
    return {answer.field: answer.texts for answer in person.answers}


def workbook(*, hidden: str = "", **sheets: list[list[object]]) -> bytes:
    """Return a workbook of these sheets, one of which may be hidden."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name == hidden:
                sheet.hide()
    return content.getvalue()
