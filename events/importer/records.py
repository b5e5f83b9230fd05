"""Text to records of cells: quotes, line ends, and quotation marks that never close.

The standard `csv` reader takes everything after a lone quotation mark for one cell and stops at
131,072 characters; attendee lists typed by hand contain such marks, and the rest of the list must
still be read. For well-formed text both agree (a test compares them).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

__all__ = ["Record", "records_of", "usual_newline"]

_NEWLINE = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Record:
    """One row.

    Parameters
    ----------
    row
        As a spreadsheet numbers it, from 1: a cell with line breaks is still one row.
    cells
        As decoded, without the quotation marks around them.
    newline
        What ended it; "" at the end of the file.
    unclosed
        Whether a quotation mark was opened and not closed; it then stays in the cell.
    """

    row: int
    cells: tuple[str, ...]
    newline: str = ""
    unclosed: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything but space."""
        return not "".join(self.cells).strip()


def records_of(text: str, delimiter: str) -> Iterator[Record]:
    """Yield the records of a text, the last one too when no newline ends it.

    Parameters
    ----------
    delimiter
        One character, or "" for a file with one column.
    """
    reader = _Reader(text, delimiter)
    row = 0
    while reader.at < len(text):
        row += 1
        yield reader.record(row)


def usual_newline(records: Iterable[Record]) -> str:
    """Return the line end that most records have; line breaks inside cells do not count."""
    ends = Counter(record.newline for record in records if record.newline)
    return max(ends, key=lambda end: (ends[end], end)) if ends else "\n"


class _Reader:
    """A position in a text."""

    def __init__(self, text: str, delimiter: str) -> None:
        mark = re.escape(delimiter)
        stop = rf"{mark}|\r\n|\n|\r|\Z" if delimiter else r"\r\n|\n|\r|\Z"
        self.text = text
        self.at = 0
        self._before_opening = f"\r\n{delimiter}"
        self._delimiter = delimiter
        self._simple = re.compile(r'([^"\r\n]*+)(\r\n|\n|\r|\Z)')
        self._bare = re.compile(rf"([^{mark}\r\n]*)({stop})")
        self._quoted = re.compile(rf'[ ]*"((?:[^"]++|"")*+)"[ ]*({stop})')
        self._opened = re.compile(r'[ ]*"')
        self._marks = re.compile(rf'"(?:[ ]*({stop})|"?)')
        self._one_line_only = False

    def record(self, row: int) -> Record:
        """Return the record that starts here and move behind it."""
        simple = self._simple.match(self.text, self.at)
        if simple:
            self.at = simple.end()
            return Record(row, tuple(self._divided(simple[1])), simple[2])
        cells: list[str] = []
        unclosed = False
        while True:
            cell, stop, lone = self._cell()
            cells.append(cell)
            unclosed |= lone
            if not stop or stop in "\r\n":
                return Record(row, tuple(cells), stop, unclosed)

    def _divided(self, line: str) -> list[str]:
        return line.split(self._delimiter) if self._delimiter else [line]

    def _cell(self) -> tuple[str, str, bool]:
        """Return the cell here, what ended it, and whether a quotation mark in it is unclosed."""
        quoted = self._quoted.match(self.text, self.at)
        if quoted:
            self.at = quoted.end()
            return quoted[1].replace('""', '"'), quoted[2], False
        opened = self._opened.match(self.text, self.at)
        close = self._close(opened.end()) if opened else None
        if opened and close:
            self.at = close.end()
            return self.text[opened.end() : close.start()].replace('""', '"'), close[1], False
        bare = self._bare.match(self.text, self.at)
        if bare is None:
            raise AssertionError("a bare cell matches anywhere")
        self.at = bare.end()
        return bare[1], bare[2], opened is not None

    def _close(self, start: int) -> re.Match[str] | None:
        """Return the mark that closes the cell opened before `start`, None if none does.

        Marks inside a cell should be doubled. One that is not (``"Anna "Annie" Smith"``) closes
        the cell only in front of a delimiter or line end. One on a later line that looks like the
        beginning of another cell proves that this cell was never closed.
        """
        newline = _NEWLINE.search(self.text, start)
        line_end = newline.start() if newline else len(self.text)
        search_end = line_end if self._one_line_only else len(self.text)
        for mark in self._marks.finditer(self.text, start, search_end + len("\r\n")):
            at = mark.start()
            if at >= search_end:
                break
            if mark[1] is not None:
                return mark
            if at > line_end and self.text[at - 1] in self._before_opening:
                return None
        self._one_line_only = True  # or hostile files would be searched to the end for every mark
        return None
