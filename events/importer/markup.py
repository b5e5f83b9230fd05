"""Web pages to records: some products export an HTML table and call it ``.xls``."""

from __future__ import annotations

from html.parser import HTMLParser

from .records import Record

__all__ = ["tables_of"]


def tables_of(text: str) -> dict[str, tuple[Record, ...]]:
    """Return the tables of a page as sheets called ``Table 1``, ``Table 2``; no empty ones.

    A cell that spans several columns or rows is one cell followed by blank ones.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    found = [
        tuple(Record(row, tuple(cells)) for row, cells in enumerate(table, 1))
        for table in reader.tables
    ]
    filled = [table for table in found if not all(record.is_blank for record in table)]
    return {f"Table {number}": table for number, table in enumerate(filled, 1)}


class _Reader(HTMLParser):
    """Collects the cells of every table; a table inside a cell counts as text of the cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._depth = 0
        self._in_cell = False
        self._at = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif self._depth != 1:
            return
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self._cell(dict(attrs).get("colspan") or "1")
        elif tag == "br" and self._in_cell:
            self.tables[-1][-1][self._at] += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._depth:
            self._depth -= 1
        elif tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.tables[-1][-1][self._at] += data

    def _cell(self, span: str) -> None:
        if not self.tables[-1]:
            self.tables[-1].append([])
        row = self.tables[-1][-1]
        self._at = len(row)
        self._in_cell = True
        row.extend([""] * (min(int(span), 100) if span.isdigit() else 1))
