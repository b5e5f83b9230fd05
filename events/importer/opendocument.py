"""What an OpenDocument spreadsheet (.ods) says of its sheets, before its reader makes room for it.

Rows and cells can be repeated by a number, so a few bytes may claim a table of any size.
"""

from __future__ import annotations

from collections.abc import Mapping

from events.errors import UnreadableFile

from .compound import DAMAGED
from .facts import SheetFacts
from .limits import MOST_ROWS
from .package import Package, walk

__all__ = ["CONTENT", "document_facts"]

CONTENT = "content.xml"

_ROWS, _COLUMNS = "table:number-rows-repeated", "table:number-columns-repeated"
_HIDDEN = ("collapse", "filter")
_MOST_DIGITS = 18


def document_facts(package: Package) -> Mapping[str, SheetFacts]:
    """Return sheet name → facts.

    Raises
    ------
    UnreadableFile
        If a sheet is too large, repeated rows and cells counted.
    """
    tables = _Tables()
    walk(package.chunks(CONTENT), tables.begin)
    return tables.found


class _Tables:
    """Walks the elements of a document. Cells without content reach nowhere."""

    def __init__(self) -> None:
        self.found: dict[str, SheetFacts] = {}
        self._facts = SheetFacts()
        self._row = self._rows = self._column = self._cells = self._header = 0
        self._is_hidden = self._is_empty = self._is_error = False

    def begin(self, name: str, said: Mapping[str, str]) -> None:
        """Take in the beginning of an element."""
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._cell(said)
        elif name == "table:table-row":
            self._row, self._rows = self._row + self._rows, _times(said, _ROWS)
            self._column = self._cells = 0
            self._is_hidden = said.get("table:visibility") in _HIDDEN
        elif name == "table:table-column":
            first, self._header = self._header + 1, self._header + _times(said, _COLUMNS)
            if said.get("table:visibility") in _HIDDEN:
                self._facts.hidden_columns += range(first, min(self._header, first + MOST_ROWS) + 1)
        elif name == "table:table":
            self._facts = SheetFacts()
            self._row = self._rows = self._column = self._cells = self._header = 0
            if "table:name" in said:
                self.found[said["table:name"]] = self._facts
        elif self._is_empty:  # whatever stands in a cell
            self._content()

    def _cell(self, said: Mapping[str, str]) -> None:
        self._column += self._cells
        self._cells = _times(said, _COLUMNS)
        self._is_empty = True
        self._is_error = said.get("calcext:value-type") == "error"
        if any(each.startswith("office:") for each in said):
            self._content()

    def _content(self) -> None:
        self._is_empty = False
        self._facts.reach(self._row + self._rows, self._column + self._cells)
        if self._is_error:
            self._facts.errors.append((self._row + 1, self._column + 1))
        if self._is_hidden:
            self._is_hidden = False  # said of the row once
            self._facts.hidden_rows += range(self._row + 1, self._row + self._rows + 1)


def _times(said: Mapping[str, str], name: str) -> int:
    number = said.get(name, "1")
    if not (number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS):
        raise UnreadableFile(DAMAGED)
    return int(number)
