"""Which character divides the cells of a text file, and cells that another program left whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from .records import Record, records_of
from .vocabulary import header_words

__all__ = ["DELIMITERS", "delimiter_of", "divided_again", "unbulleted"]

DELIMITERS = ("\t", ";", "|", ",")
"""Rarest in prose first: at equal evidence the rarer character is the delimiter."""

_RECORDS = 200
_CHARACTERS = 1_000_000
_BULLET = re.compile(r"\s*(?:[-*–•·]|\d{1,4}[.)])\s+(?=\S)")


def delimiter_of(text: str) -> str:
    """Return the delimiter that gives the most constant number of cells, "" for a single column.

    Decimal commas and commas in names are outvoted: they do not stand in every row, and the
    header, whose known words count as well, falls apart without its own delimiter.
    """
    head = text[:_CHARACTERS]
    best = max(DELIMITERS, key=lambda mark: _evidence(head, mark))
    return best if _evidence(head, best) > (0.0, 0) else ""


def divided_again(records: Sequence[Record]) -> Sequence[Record]:
    """Return the records with their cells where every row stands whole in its first cell.

    That is what a spreadsheet program makes of a file whose delimiter is not that of its country.
    Only a header of two known words proves it: names may hold commas.
    """
    if any(any(record.cells[1:]) for record in records):
        return records
    mark = delimiter_of("\n".join(record.cells[0] for record in records[:_RECORDS]))
    if not mark or max(header_words(_cells(record, mark)) for record in records[:30]) < 2:
        return records
    return [replace(record, cells=_cells(record, mark)) for record in records]


def _cells(record: Record, mark: str) -> tuple[str, ...]:
    return next(records_of(record.cells[0], mark), record).cells


def unbulleted(records: Sequence[Record]) -> Sequence[Record]:
    """Return a single column without numbers or bullets where most of its rows begin with one."""
    filled = [record for record in records if not record.is_blank]
    marked = sum(_BULLET.match(record.cells[0]) is not None for record in filled)
    if marked <= 0.5 * len(filled) or any(len(record.cells) > 1 for record in records):
        return records
    return [
        replace(record, cells=(_BULLET.sub("", record.cells[0], count=1),)) for record in records
    ]


def _evidence(text: str, delimiter: str) -> tuple[float, int]:
    """Return how constant the rows are, weighed by known header words, and how wide they are."""
    records = [r for r in islice(records_of(text, delimiter), _RECORDS) if not r.is_blank]
    widths = Counter(len(record.cells) for record in records)
    wide = {width: rows for width, rows in widths.items() if width > 1}
    if not wide:
        return 0.0, 0
    width = max(wide, key=lambda width: (wide[width], width))
    words = max(map(_known, records[:30]))
    if words == 0 and max(map(_lone_header, records[:30])):
        return 0.0, 0
    return wide[width] / len(records) + min(words, 10) / 10, width


def _known(record: Record) -> int:
    return header_words(record.cells) if len(record.cells) > 1 else 0


def _lone_header(record: Record) -> int:
    return header_words(record.cells) if len(record.cells) == 1 else 0
