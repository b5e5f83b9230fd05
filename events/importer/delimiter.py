"""Which character divides the cells of a text file."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from .records import Record, records_of
from .vocabulary import header_words

__all__ = ["DELIMITERS", "delimiter_of"]

DELIMITERS = ("\t", ";", "|", ",")
"""Rarest in prose first: at equal evidence the rarer character is the delimiter."""

_RECORDS = 200
_CHARACTERS = 1_000_000


def delimiter_of(text: str) -> str:
    """Return the delimiter that gives the most constant number of cells, "" for a single column.

    Decimal commas and commas in names are outvoted: they do not stand in every row, and the
    header, whose known words count as well, falls apart without its own delimiter.
    """
    head = text[:_CHARACTERS]
    best = max(DELIMITERS, key=lambda mark: _evidence(head, mark))
    return best if _evidence(head, best) > (0.0, 0) else ""


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
