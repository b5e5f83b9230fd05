"""Web pages to records: some products export an HTML table and call it ``.xls``.

The parser of the standard library takes minutes for a megabyte of tags that never end; all that is
needed of a page is where its cells begin, so every character is looked at once, here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from .records import Record

__all__ = ["tables_of"]

_WIDEST_SPAN = 100
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)([^<>]*)>|<[!?/][^<>]*>")
_UNREAD = re.compile(r"script|style|template|title", re.IGNORECASE)
_SPAN = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?(\d{1,5})\b", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_TOO_LARGE = re.compile(r"&#\d{8,};?")  # no character; its digits alone could take seconds
_LINES = frozenset(("br", "p", "div", "li"))


def tables_of(text: str) -> dict[str, tuple[Record, ...]]:
    """Return the tables of a page as sheets called ``Table 1``, ``Table 2``; no empty ones.

    A cell that spans several columns or rows is one cell followed by blank ones. A table inside a
    cell counts as text of the cell.
    """
    reader = _Reader()
    for tag, rest in _pieces(text):
        if tag:
            reader.take_tag(tag, rest)
        else:
            reader.take_text(rest)
    reader.end_cell()
    found = [
        tuple(Record(row, tuple(cells) or ("",)) for row, cells in enumerate(table, 1))
        for table in reader.tables
    ]
    filled = [table for table in found if not all(record.is_blank for record in table)]
    return {f"Table {number}": table for number, table in enumerate(filled, 1)}


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield ("td" or "/td", attributes) for every tag, ("", text) for what stands between.

    Comments and scripts are passed over; one that never ends takes the rest of the page with it, as
    in a browser. A "<" that begins no tag is text.
    """
    at = start = 0
    while (start := text.find("<", start)) >= 0:
        tag = None if text.startswith("<!--", start) else _TAG.match(text, start)
        if text.startswith("<!--", start):
            end = text.find("-->", start + 4) + 3
        elif tag:
            end = _end_of(tag) if tag[2] and not tag[1] else tag.end()
        else:
            start += 1
            continue
        yield "", text[at:start]
        if end < start:
            return
        if tag and tag[2]:
            yield tag[1] + tag[2].lower(), tag[3]
        at = start = end
    yield "", text[at:]


def _end_of(tag: re.Match[str]) -> int:
    """Return where what a tag begins ends: itself, but for scripts; -1 when it never does."""
    if not _UNREAD.fullmatch(tag[2]):
        return tag.end()
    closing = re.compile(f"</{tag[2]}[^<>]*>", re.IGNORECASE).search(tag.string, tag.end())
    return closing.end() if closing else -1


class _Reader:
    """Collects the cells of every table."""

    def __init__(self) -> None:
        self.tables: list[list[list[str]]] = []
        self._depth = 0
        self._row: list[str] = []
        self._at: int | None = None
        self._said: list[str] = []
        self._reaching_down: dict[int, int] = {}

    def take_tag(self, tag: str, attributes: str) -> None:
        """Begin or end a table, row, cell or line."""
        if tag in ("table", "/table"):
            self._take_table(tag)
        elif tag in _LINES:
            self._said.append("\n")
        elif self._depth == 1 and tag == "tr":
            self._start_row()
        elif self._depth == 1 and tag in ("td", "th"):
            self._start_cell(attributes)
        elif self._depth == 1 and tag in ("/td", "/th", "/tr"):
            self.end_cell()

    def take_text(self, text: str) -> None:
        """Add text to the cell that is open, if one is."""
        if self._at is not None and text:
            said = html.unescape(_TOO_LARGE.sub("\ufffd", text))
            self._said.append(_SPACE.sub(" ", said))

    def end_cell(self) -> None:
        """Write what the open cell said."""
        if self._at is not None:
            self._row[self._at] = "".join(self._said)
        self._at, self._said = None, []

    def _take_table(self, tag: str) -> None:
        self._depth = max(0, self._depth + (1 if tag == "table" else -1))
        if self._depth == 0:
            self.end_cell()
        elif self._depth == 1 and tag == "table":
            self.tables.append([])
            self._reaching_down = {}
            self._start_row()

    def _start_row(self) -> None:
        self.end_cell()
        if self.tables[-1] and not self.tables[-1][-1]:
            return  # the table's first, opened for cells that no row surrounds
        self._row = []
        self.tables[-1].append(self._row)

    def _start_cell(self, attributes: str) -> None:
        self.end_cell()
        while self._reaching_down.get(len(self._row)):  # a cell of a row above
            self._reaching_down[len(self._row)] -= 1
            self._row.append("")
        self._at = len(self._row)
        spans = {name.lower(): int(number) for name, number in _SPAN.findall(attributes)}
        down = spans.get("rowspan", 1) - 1
        for place in range(self._at, self._at + min(max(1, spans.get("colspan", 1)), _WIDEST_SPAN)):
            self._row.append("")
            self._reaching_down[place] = down
