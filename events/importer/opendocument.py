"""What an OpenDocument spreadsheet (.ods) says of its sheets, before its reader makes room for it.

Rows and cells can be repeated by a number, so a few bytes may claim a table of any size.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from .facts import SheetFacts
from .limits import MOST_ROWS
from .package import Package, tags

__all__ = ["CONTENT", "document_facts"]

CONTENT = "content.xml"

_TAG = re.compile(
    rb"<table:table\s(?P<table>[^>]*)>"
    rb"|<table:table-column(?P<column>[^>]*)>"
    rb"|<table:table-row(?P<row>[^>]*)>"
    rb"|<table:(?:covered-)?table-cell(?P<cell>[^>]*)>"
)
_NAME = re.compile(rb"table:name=\"([^\"]*)\"")
_HIDDEN = re.compile(rb"table:visibility=\"(?:collapse|filter)\"")
_ERROR = re.compile(rb"value-type=\"error\"")
_ROWS_REPEATED = re.compile(rb"number-rows-repeated=\"(\d{1,18})")
_COLUMNS_REPEATED = re.compile(rb"number-columns-repeated=\"(\d{1,18})")


def document_facts(package: Package) -> Mapping[str, SheetFacts]:
    """Return sheet name → facts.

    Raises
    ------
    UnreadableFile
        If a sheet is too large, repeated rows and cells counted.
    """
    tables = _Tables()
    for tag in tags(package.chunks(CONTENT), _TAG):
        kind = tag.lastgroup or ""
        getattr(tables, kind)(tag[kind])
    return tables.found


class _Tables:
    """Walks the tags of a document, one method a kind of tag."""

    def __init__(self) -> None:
        self.found: dict[str, SheetFacts] = {}
        self._facts = SheetFacts()
        self._row = self._rows = self._column = self._header = 0
        self._hidden = False

    def table(self, said: bytes) -> None:
        """Begin a table."""
        name = _NAME.search(said)
        self._facts = SheetFacts()
        self._row = self._rows = self._column = self._header = 0
        if name:
            self.found[html.unescape(name[1].decode("utf-8", "replace"))] = self._facts

    def column(self, said: bytes) -> None:
        """Take in columns, and whether they are hidden."""
        first, self._header = self._header + 1, self._header + _number(_COLUMNS_REPEATED, said)
        if _HIDDEN.search(said):
            self._facts.hidden_columns += range(first, min(self._header, first + MOST_ROWS) + 1)

    def row(self, said: bytes) -> None:
        """Begin a row, or several equal ones."""
        self._row += self._rows
        self._rows, self._column = _number(_ROWS_REPEATED, said), 0
        self._hidden = bool(_HIDDEN.search(said))

    def cell(self, said: bytes) -> None:
        """Take in a cell, or several equal ones; one without content reaches nowhere."""
        first = self._column + 1
        self._column += _number(_COLUMNS_REPEATED, said)
        if said.endswith(b"/"):
            return
        self._facts.reach(self._row + self._rows, self._column)
        if _ERROR.search(said):
            self._facts.errors.append((self._row + 1, first))
        if self._hidden:
            self._hidden = False  # said of the row once
            self._facts.hidden_rows += range(self._row + 1, self._row + self._rows + 1)


def _number(pattern: re.Pattern[bytes], said: bytes) -> int:
    found = pattern.search(said)
    return int(found[1]) if found else 1
