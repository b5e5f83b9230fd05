"""What is inside a packed workbook, looked at before the reader unpacks it into memory.

A workbook of a few kilobytes can claim a million rows of a thousand columns, or unpack to
gigabytes. The reader makes room for every cell between the first and the last one, so sizes are
measured here, by counting and not by believing. Nothing is parsed as XML: no entity is expanded,
no link is followed.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from events.errors import UnreadableFile

from .limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_UNPACKED_BYTES, within

__all__ = ["SheetFacts", "facts_of"]

_CHUNK_BYTES = 1 << 20
_LONGEST_TAG_BYTES = 4_096
_REMEDY = "Save the workbook again as .xlsx in a spreadsheet program."
_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL = re.compile(
    rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"']([^>]*)>"
    rb"|<(?:\w+:)?row\s([^>]*)>"
    rb"|<(?:\w+:)?col\s([^>]*)>"
)
_HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_ROW_NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d{1,7})[\"']")
_ODS = re.compile(
    rb"<table:table\s|<table:table-row([^>]*)>|<table:(?:covered-)?table-cell([^>]*?)(/?)>"
)
_ROWS_REPEATED = re.compile(rb"number-rows-repeated=\"(\d+)\"")
_COLUMNS_REPEATED = re.compile(rb"number-columns-repeated=\"(\d+)\"")
_NAMED_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*?>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*?>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


@dataclass
class SheetFacts:
    """What is said of one sheet beside its values.

    Parameters
    ----------
    rows, columns
        Number up to the last cell with content.
    hidden_rows
        Numbers of rows that the spreadsheet does not show, filtered ones included.
    hides_columns
        Whether it hides any column.
    errors
        Places of cells that hold an error instead of a value, such as ``F4``.
    """

    rows: int = 0
    columns: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hides_columns: bool = False
    errors: list[str] = field(default_factory=list)


def facts_of(data: bytes) -> Mapping[str, SheetFacts]:
    """Return sheet name → facts of a packed workbook (.xlsx or .ods); .ods sheets are not named.

    Raises
    ------
    UnreadableFile
        If the package is damaged, packed in an unusual way, or too large when unpacked.
    """
    package = _Package(data)
    if "content.xml" in package.names:
        _measure_ods(package)
        return {}
    facts = {name: _sheet_facts(package, name) for name in package.names if _SHEETS.match(name)}
    package.unpack_rest()
    return {sheet: facts[path] for sheet, path in _paths(package).items() if path in facts}


class _Package:
    """The parts of a zip archive, with a common limit on what they unpack to."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._room = MOST_UNPACKED_BYTES
        self._seen: set[str] = set()
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._parts = {part.filename: part for part in archive.infolist()}
                count = len(archive.infolist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as problem:
            raise UnreadableFile(f"The workbook is damaged ({problem}). {_REMEDY}") from None
        if count != len(self._parts):
            raise UnreadableFile(f"The workbook has two parts of one name. {_REMEDY}")
        self.names = tuple(self._parts)

    def unpack_rest(self) -> None:
        """Measure the parts that nobody asked for: the reader may."""
        for name in self.names:
            if name not in self._seen:
                for _ in self.chunks(name):
                    pass

    def text(self, name: str) -> str:
        """Return a part as text, "" if there is none."""
        return b"".join(self.chunks(name)).decode("utf-8", "replace") if name in self.names else ""

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the unpacked bytes of a part.

        The size that the archive states is not believed: a part may unpack to more.
        """
        self._seen.add(name)
        for chunk in _inflated(self._packed(self._parts[name]), self._parts[name]):
            self._room -= len(chunk)
            used = MOST_UNPACKED_BYTES - self._room
            within("The workbook, unpacked,", used, MOST_UNPACKED_BYTES, "bytes")
            yield chunk

    def _packed(self, part: zipfile.ZipInfo) -> bytes:
        head = self._data[part.header_offset : part.header_offset + 30]
        if len(head) < 30 or part.flag_bits & 1:
            raise UnreadableFile(f"The workbook is damaged or locked. {_REMEDY}")
        names = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        start = part.header_offset + 30 + names
        return self._data[start : start + part.compress_size]


def _inflated(packed: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    if part.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise UnreadableFile(f"The workbook is packed in an unusual way. {_REMEDY}")
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while packed:
            yield inflate.decompress(packed, _CHUNK_BYTES)
            packed = inflate.unconsumed_tail
    except zlib.error as problem:
        raise UnreadableFile(f"The workbook is damaged ({problem}). {_REMEDY}") from None


def _tags(chunks: Iterator[bytes], pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
    """Yield every match, also of tags that two chunks share."""
    rest = b""
    for chunk in chunks:
        text = rest + chunk
        end = 0
        for match in pattern.finditer(text):
            yield match
            end = match.end()
        rest = text[max(end, len(text) - _LONGEST_TAG_BYTES) :]


def _sheet_facts(package: _Package, name: str) -> SheetFacts:
    facts = SheetFacts()
    widest = b""
    for tag in _tags(package.chunks(name), _CELL):
        letters, number, rest, row, column = tag.groups()
        if letters and not rest.endswith(b"/"):
            facts.rows = max(facts.rows, int(number))
            widest = max(widest, letters, key=lambda name: (len(name), name))
            if _ERROR.search(tag[0]):
                facts.errors.append(f"{letters.decode()}{int(number)}")
        elif row and _HIDDEN.search(row) and (place := _ROW_NUMBER.search(row)):
            facts.hidden_rows.append(int(place[1]))
        elif column and _HIDDEN.search(column):
            facts.hides_columns = True
    facts.columns = _column_number(widest)
    _check(facts.rows, facts.columns)
    return facts


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _measure_ods(package: _Package) -> None:
    """Refuse a document whose repeated rows and cells make a table that is too large."""
    rows = columns = at = times = 0
    filled = False
    for tag in _tags(package.chunks("content.xml"), _ODS):
        row, cell, closed = tag.groups()
        if row is not None:
            rows += times if filled else 0
            times, at, filled = _repeated(_ROWS_REPEATED, row), 0, False
        elif cell is not None:
            at += _repeated(_COLUMNS_REPEATED, cell)
            filled = filled or not closed
            columns = columns if closed else max(columns, at)
        else:
            rows = times = 0
        _check(rows + (times if filled else 0), columns)


def _repeated(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    match = pattern.search(attributes)
    return int(match[1]) if match else 1


def _check(rows: int, columns: int) -> None:
    within("The sheet", rows, MOST_ROWS, "rows")
    within("The sheet", columns, MOST_COLUMNS, "columns")
    within("The sheet", rows * columns, MOST_CELLS, "cells")


def _paths(package: _Package) -> dict[str, str]:
    """Return sheet name → path of its part, as far as the workbook says."""
    targets = {
        said.get("Id", ""): said.get("Target", "")
        for said in _attributes(package.text("xl/_rels/workbook.xml.rels"), _RELATION)
    }
    sheets = _attributes(package.text("xl/workbook.xml"), _NAMED_SHEET)
    return {
        said.get("name", ""): _absolute(targets.get(said.get("r:id", ""), "")) for said in sheets
    }


def _absolute(target: str) -> str:
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _attributes(xml: str, tag: re.Pattern[str]) -> Iterator[dict[str, str]]:
    for match in tag.finditer(xml):
        found = _ATTRIBUTE.findall(match[0])
        yield {name: html.unescape(double or single) for name, double, single in found}
