"""What an .xlsx workbook says of its sheets, before its reader makes room for them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from events.errors import UnreadableFile
from matcher.phrase import phrase

from .compound import DAMAGED
from .facts import SheetFacts
from .limits import MOST_CELLS, MOST_COLUMNS, within
from .package import Package, walk

__all__ = ["workbook_facts"]

_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL = re.compile(rb"<(?:[^\s<>/]*:)?c[\s/>]")
_COUNT = re.compile(rb"\b(?:uniqueC|c)ount\s*=\s*[\"']\s*\+?(\d+)")
_MOST_DIGITS = 18
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE)
_TRUE = ("1", "true")
_LONGEST_NAME = 64
_CONTENT = ("v", "is", "f")
_NAMED_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*?>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*?>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def workbook_facts(package: Package) -> Mapping[str, SheetFacts]:
    """Return sheet name → facts.

    Raises
    ------
    UnreadableFile
        If a sheet is too large.
    """
    # Which parts are sheets is the reader's to say: whatever holds cells is measured.
    found = {
        name: _measured(package, name) for name in package.names if _may_be_sheet(package, name)
    }
    return {sheet: found[path] for sheet, path in _paths(package).items() if path in found}


def _may_be_sheet(package: Package, name: str) -> bool:
    if _SHEETS.match(name):
        return True
    rest = b""
    found = False
    for chunk in package.chunks(name):  # to the end, so that all of it is measured
        text = rest + chunk
        if not found and b"<" in text:
            found = _CELL.search(text) is not None
        if b"=" in text:
            for count in _COUNT.finditer(text):
                _within_count(count[1].decode())
        rest = chunk[-_LONGEST_NAME:]
    return found


def _within_count(said: str) -> None:
    """Refuse a number of things for which the reader would make room at once."""
    within(phrase("The workbook"), int(said[:_MOST_DIGITS]), MOST_CELLS, phrase("cells"))


def _measured(package: Package, name: str) -> SheetFacts:
    sheet = _Sheet()
    walk(package.chunks(name), sheet.begin)
    return sheet.facts


class _Sheet:
    """Walks the elements of a sheet. Cells without content reach nowhere, whatever their format."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self._row = self._column = 0
        self._is_empty = self._is_error = False

    def begin(self, name: str, said: Mapping[str, str]) -> None:
        """Take in the beginning of an element."""
        local = name.rpartition(":")[2]
        if local == "c":
            self._cell(said)
        elif local in _CONTENT:
            self._content()
        elif local == "row":
            self._row, self._column = _whole(said.get("r"), self._row + 1), 0
            if said.get("hidden") in _TRUE:
                self.facts.hidden_rows.append(self._row)
        elif "count" in said or "uniqueCount" in said:
            for count in (said.get("count", ""), said.get("uniqueCount", "")):
                if count.isdecimal():
                    _within_count(count)
        elif local == "col" and said.get("hidden") in _TRUE:
            first, last = _whole(said.get("min"), 1), _whole(said.get("max"), 0)
            self.facts.hidden_columns += range(first, min(last, MOST_COLUMNS) + 1)

    def _cell(self, said: Mapping[str, str]) -> None:
        place = said.get("r")
        if place is None:
            self._column += 1
        else:
            found = _PLACE.fullmatch(place)
            if found is None:
                raise UnreadableFile(DAMAGED)
            self._column, self._row = _column_number(found[1]), int(found[2])
        self._is_empty, self._is_error = True, said.get("t") == "e"

    def _content(self) -> None:
        if self._is_empty:
            self._is_empty = False
            self.facts.reach(self._row, self._column)
            if self._is_error:
                self.facts.errors.append((self._row, self._column))


def _whole(said: str | None, otherwise: int) -> int:
    if said is None:
        return otherwise
    if not (said.isascii() and said.isdigit() and len(said) < 8):
        raise UnreadableFile(DAMAGED)
    return int(said)


@lru_cache(maxsize=1_024)
def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number


def _paths(package: Package) -> dict[str, str]:
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
