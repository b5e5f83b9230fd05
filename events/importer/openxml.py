"""What an .xlsx workbook says of its sheets, before its reader makes room for them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from .facts import SheetFacts
from .limits import MOST_COLUMNS
from .package import Package, tags

__all__ = ["workbook_facts"]

_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
_TAG = re.compile(
    rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"']([^>]*)>"
    rb"|<(?:\w+:)?row\s([^>]*)>"
    rb"|<(?:\w+:)?col\s([^>]*)>"
)
_HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_ROW_NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d{1,7})[\"']")
_FIRST = re.compile(rb"\bmin\s*=\s*[\"'](\d{1,7})[\"']")
_LAST = re.compile(rb"\bmax\s*=\s*[\"'](\d{1,7})[\"']")
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
    facts = {name: _sheet_facts(package, name) for name in package.names if _SHEETS.match(name)}
    return {sheet: facts[path] for sheet, path in _paths(package).items() if path in facts}


def _sheet_facts(package: Package, name: str) -> SheetFacts:
    facts = SheetFacts()
    for tag in tags(package.chunks(name), _TAG):
        letters, number, rest, row, column = tag.groups()
        if letters and not rest.endswith(b"/"):
            place = int(number), _column_number(letters)
            facts.reach(*place)
            if _ERROR.search(tag[0]):
                facts.errors.append(place)
        elif row and _HIDDEN.search(row) and (at := _ROW_NUMBER.search(row)):
            facts.hidden_rows.append(int(at[1]))
        elif column and _HIDDEN.search(column):
            first, last = _FIRST.search(column), _LAST.search(column)
            if first and last:
                facts.hidden_columns += range(int(first[1]), min(int(last[1]), MOST_COLUMNS) + 1)
    return facts


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
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
