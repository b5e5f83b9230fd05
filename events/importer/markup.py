"""Web pages to records: some products export an HTML table and call it ``.xls``."""

from __future__ import annotations

from html.parser import HTMLParser

from .records import Record

__all__ = ["tables_of"]

_WIDEST_SPAN = 100


def tables_of(text: str) -> dict[str, tuple[Record, ...]]:
    """Return the tables of a page as sheets called ``Table 1``, ``Table 2``; no empty ones.

    A cell that spans several columns or rows is one cell followed by blank ones.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    found = [
        tuple(Record(row, tuple(cells) or ("",)) for row, cells in enumerate(table, 1))
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
        self._row: list[str] = []
        self._at: int | None = None
        self._reaching_down: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._reaching_down = {}
                self._start_row()
        elif self._depth != 1:
            return
        elif tag == "tr":
            self._start_row()
        elif tag in ("td", "th"):
            self._start_cell(dict(attrs))
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._depth:
            self._depth -= 1
        if self._depth == 0 or (self._depth == 1 and tag in ("td", "th", "tr")):
            self._at = None

    def handle_data(self, data: str) -> None:
        if self._at is not None:
            self._row[self._at] += data

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Pass over ``<![CDATA[`` as browsers do; the base class knows no other answer to it."""
        return self.parse_bogus_comment(i)

    def _start_row(self) -> None:
        self._at = None
        if self.tables[-1] and not self.tables[-1][-1]:
            return  # the table's first, opened for cells that no row surrounds
        self._row = []
        self.tables[-1].append(self._row)

    def _start_cell(self, attrs: dict[str, str | None]) -> None:
        self._pass_spans()
        self._at = len(self._row)
        wide, high = _span(attrs.get("colspan")), _span(attrs.get("rowspan"))
        for place in range(self._at, self._at + wide):
            self._row.append("")
            if high > 1:
                self._reaching_down[place] = high - 1

    def _pass_spans(self) -> None:
        """Leave the places blank into which cells of the rows above reach."""
        while self._reaching_down.get(len(self._row)):
            self._reaching_down[len(self._row)] -= 1
            self._row.append("")


def _span(said: str | None) -> int:
    return min(int(said), _WIDEST_SPAN) if said and said.isdecimal() and len(said) < 6 else 1
