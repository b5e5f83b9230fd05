"""Bytes to records: what kind of file it is, and whichever reader opens it.

The kind is found by content. File names end in anything: Meetup's tab-separated text is called
``.xls``, a PDF may be called ``.csv``.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from events.errors import UnreadableFile, UnusableOption
from events.model import Notice
from matcher.phrase import in_quotes, phrase

from .content import address_in, named_in
from .delimiter import delimiter_of, divided_again, unbulleted
from .encoding import Decoded, decoded
from .limits import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, within
from .markup import tables_of
from .records import Record, records_of, usual_newline
from .result import Options
from .wording import tidy
from .workbook import workbook_of

__all__ = ["Source", "opened"]

# How files begin that hold no list, and what to do with them instead.
_FOREIGN = (
    (b"%PDF", phrase("The file is a PDF. Export the list as CSV or .xlsx where it came from.")),
    (
        b"\x89PNG",
        phrase("The file is an image. Export the list as CSV or .xlsx where it came from."),
    ),
    (
        b"\xff\xd8\xff",
        phrase("The file is an image. Export the list as CSV or .xlsx where it came from."),
    ),
    (b"GIF8", phrase("The file is an image. Export the list as CSV or .xlsx where it came from.")),
    (b"{\\rtf", phrase("The file is a text document. Save the table in it as CSV.")),
    (
        b"BEGIN:VCARD",
        phrase("The file holds address cards. Export the contacts as CSV instead."),
    ),
    (b"[{", phrase("The file is JSON, not a table. Export the list as CSV or .xlsx.")),
    (b'{"', phrase("The file is JSON, not a table. Export the list as CSV or .xlsx.")),
    (b"SQLite format 3", phrase("The file is a database. Export the list from it as CSV.")),
    (b"\x1f\x8b", phrase("The file is a compressed file. Unpack it first.")),
    (b"Rar!", phrase("The file is a compressed file. Unpack it first.")),
    (b"7z\xbc\xaf", phrase("The file is a compressed file. Unpack it first.")),
)
_HEAD_BYTES = 1_000
_EMPTY = phrase("The file is empty. Export the list again and check its size.")
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|table|meta|head)", re.I | re.S)
# Excel's own way to name the delimiter; it is no row of the table.
_SEPARATOR_LINE = re.compile(r'"?sep=([^"\r\n])"?(?:\r\n|\n|\r)', re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Source:
    """The records of one table file, before anything is known about columns.

    Parameters
    ----------
    sheets
        One entry a worksheet; the one table of a text file is called "".
    sheet_notices
        What is odd about one sheet, by its name.
    """

    kind: str
    sheets: Mapping[str, tuple[Record, ...]]
    encoding: str = ""
    bom: bool = False
    newline: str = ""
    delimiter: str = ""
    notices: tuple[Notice, ...] = ()
    sheet_notices: Mapping[str, tuple[Notice, ...]] = field(default_factory=dict)


def opened(data: bytes, options: Options, *, hidden: bool = False) -> Source:
    """Return the records of a file, whatever kind of table file it is.

    Parameters
    ----------
    hidden
        Whether hidden sheets of a workbook are read as well.

    Raises
    ------
    UnreadableFile
        If it is empty or no table file.
    UnusableOption
        If the encoding or sheet does not fit.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile(_EMPTY)
    within(phrase("The file"), len(data), MOST_BYTES, phrase("bytes"))
    head = data[:_HEAD_BYTES].removeprefix(codecs.BOM_UTF8).lstrip()
    for start, what in _FOREIGN:
        if head.startswith(start):
            raise UnreadableFile(what)
    if data.startswith((_ZIP, _OLE)):
        return _workbook_source(data, options, hidden)
    found = decoded(data, options.encoding)
    if _HTML.match(found.text):
        return _page_source(found, options.sheet)
    if options.sheet:
        raise UnusableOption(
            phrase(
                "A text file has no sheet %(wanted)s. Leave --sheet out.",
                wanted=in_quotes([options.sheet]),
            )
        )
    return _text_source(found)


def _page_source(found: Decoded, wanted: str | None) -> Source:
    tables = tables_of(found.text)
    if not tables:
        raise UnreadableFile(
            phrase(
                "The file is a web page without a table. Export the list as CSV or .xlsx instead."
            )
        )
    if wanted and wanted not in tables:
        raise UnusableOption(
            phrase(
                "There is no table %(wanted)s. The file has: %(listed)s.",
                wanted=in_quotes([wanted]),
                listed=in_quotes([*tables]),
            )
        )
    sheets = {wanted: tables[wanted]} if wanted else tables
    for records in sheets.values():
        _check_size(records)
    return Source(kind="html", sheets=sheets, encoding=found.encoding, bom=found.bom)


def _check_size(records: Sequence[Record]) -> None:
    within(phrase("The table"), len(records), MOST_ROWS, phrase("rows"))
    within(
        phrase("The table"),
        max(len(record.cells) for record in records),
        MOST_COLUMNS,
        phrase("columns"),
    )


def _workbook_source(data: bytes, options: Options, hidden: bool) -> Source:
    kind = _workbook_kind(data)
    book = workbook_of(data, packed=kind != "xls", wanted=options.sheet, hidden=hidden)
    sheets = {name: tuple(divided_again(records)) for name, records in book.sheets.items()}
    return Source(kind=kind, sheets=sheets, sheet_notices=book.notices)


def _workbook_kind(data: bytes) -> str:
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") not in data:
        return "xls"
    if data.startswith(_OLE):
        raise UnreadableFile(
            phrase(
                "The workbook is locked with a password. Save a copy without one, or export it as "
                "CSV."
            )
        )
    if b"xl/workbook.bin" in data:
        raise UnreadableFile(phrase("The file is a binary workbook (.xlsb). Save it as .xlsx."))
    if b"xl/" in data:
        return "xlsx"
    if b"opendocument.spreadsheet" in data[:200]:
        return "ods"
    raise UnreadableFile(
        phrase(
            "The file is a ZIP archive or a text document, not a workbook. "
            "Unpack it, or save the table in it as CSV or .xlsx."
        )
    )


def _recipients(records: Sequence[Record]) -> list[str]:
    """Return the cells of a lone row like "Ana <ana@example.org>; ben@example.org", else nothing.

    That is what mail programs write for the recipients of a message.
    """
    cells = [cell for cell in map(tidy, records[0].cells) if cell] if len(records) == 1 else []
    named = sum(map(bool, map(named_in, cells)))
    return cells if 2 * named > len(cells) and all(map(address_in, cells)) else []


def _text_source(found: Decoded) -> Source:
    said = _SEPARATOR_LINE.match(found.text)
    text = found.text[said.end() :] if said else found.text
    delimiter = said[1] if said else delimiter_of(text)
    records = list(islice(records_of(text, delimiter), MOST_ROWS + 2))
    while records and records[-1].cells == ("",):
        records.pop()
    if not records:
        raise UnreadableFile(_EMPTY)
    records = list(divided_again(unbulleted(records)))
    recipients = _recipients(records)
    if recipients:
        delimiter = ""
        records = [Record(row, (cell,)) for row, cell in enumerate(recipients, 1)]
    _check_size(records)
    return Source(
        kind="csv",
        sheets={"": tuple(records)},
        encoding=found.encoding,
        bom=found.bom,
        newline=usual_newline(records),
        delimiter=delimiter,
        notices=found.notices,
    )
