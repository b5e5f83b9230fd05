"""The header of a table: which rows it is made of, and one distinct name a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, zip_longest

from events.errors import UnusableOption
from events.model import Notice, Severity
from matcher.phrase import phrase

from .content import is_technical, looks_like_data, looks_like_name
from .facts import letters
from .records import Record
from .vocabulary import LEVELS, header_field, header_words
from .wording import plain, shortened, tidy

__all__ = ["Header", "find_header", "header_score", "is_for_names", "named"]

_HEADER_WITHIN = 30
_USUAL_WITHIN = 300
_NEARLY = 0.75
_NAMES_COUNT = 4


@dataclass(frozen=True)
class Header:
    """Where a header stands.

    Parameters
    ----------
    cells
        One a column, levels joined; empty when the table has no header.
    first, last
        Rows it takes up; both 0 when there is none.
    """

    cells: tuple[str, ...] = ()
    first: int = 0
    last: int = 0


def find_header(records: Sequence[Record], header_row: int | None = None) -> Header:
    """Return the header among the first rows, or the one in the row that is asked for.

    Raises
    ------
    UnusableOption
        If `header_row` is not a row with text.
    """
    if header_row:
        return _with_levels(_chosen(records, header_row), records)
    best = _best(records)
    if _is_first_person(best, records):
        return Header()
    return _with_levels(best, records)


def header_score(records: Sequence[Record]) -> float:
    """Return how much the best row of a sheet looks like a header."""
    return _score(_best(records), _usual_width(records))


def _chosen(records: Sequence[Record], header_row: int) -> Record:
    if not 1 <= header_row <= len(records) or records[header_row - 1].is_blank:
        raise UnusableOption(
            phrase(
                "Row %(row)s cannot be the header: it is empty. The file has rows 1 to %(last)s.",
                row=str(header_row),
                last=len(records),
            )
        )
    return records[header_row - 1]


def _best(records: Sequence[Record]) -> Record:
    """Return the first row that scores nearly as high as any: of several tables the first.

    A row of ids below it proves which of several rows in front of them is the header.
    """
    usual = _usual_width(records)
    scores = {record.row: _score(record, usual) for record in records[:_HEADER_WITHIN]}
    best = max(scores.values())
    enough = min(best, _NEARLY * best)
    good = [record for record in records[:_HEADER_WITHIN] if scores[record.row] >= enough]
    marked = (r for r in good if r.row < len(records) and is_technical(_filled(records[r.row])))
    return next(marked, good[0])


def _usual_width(records: Sequence[Record]) -> int:
    widths = Counter(len(_filled(record)) for record in records[:_USUAL_WITHIN])
    widths.pop(0, None)
    return max(widths, key=lambda width: (widths[width], width), default=1)


def _filled(record: Record) -> list[str]:
    return [tidy(cell) for cell in record.cells if tidy(cell)]


def _score(record: Record, usual_width: int) -> float:
    """Return how much a row looks like a header: known words, distinct short text, full width."""
    cells = _filled(record)
    if not cells:
        return float("-inf")
    known = header_words(cells) + _NAMES_COUNT * any(map(is_for_names, cells))
    data = sum(map(looks_like_data, cells))
    distinct = len({plain(cell) for cell in cells}) / len(cells)
    return 2 * known - 2 * data + distinct + min(1.0, len(cells) / usual_width)


def is_for_names(cell: str) -> bool:
    """Whether a cell is a header of names or of a part of them."""
    hit = header_field(cell)
    return hit is not None and hit.field in ("name", "given_name", "family_name")


def _is_first_person(record: Record, records: Sequence[Record]) -> bool:
    """Whether even the best row is data: it has no known word, but an address, or names below."""
    cells = _filled(record)
    known, data = header_words(cells), sum(map(looks_like_data, cells))
    if known or data:
        return data > known
    return any(
        looks_like_name(tidy(cell)) and _is_column_of_names(place, records)
        for place, cell in enumerate(record.cells)
    )


def _is_column_of_names(place: int, records: Sequence[Record]) -> bool:
    cells = [tidy(r.cells[place]) for r in records[:_USUAL_WITHIN] if place < len(r.cells)]
    filled = [cell for cell in cells if cell]
    return sum(map(looks_like_name, filled)) >= 0.8 * len(filled)


def _with_levels(head: Record, records: Sequence[Record]) -> Header:
    """Return the header with the levels above and below it, if it has some."""
    cells, first, last = tuple(map(tidy, head.cells)), head.row, head.row
    above = records[head.row - 2] if head.row > 1 else None
    below = records[head.row] if head.row < len(records) else None
    if below and _spans(head, below) and (_fills(head, below) or _is_level(below)):
        cells, last = _joined(head.cells, below.cells), below.row
    if above and _spans(above, head):
        cells, first = _joined(above.cells, cells), above.row
    return Header(cells, first, last)


def _is_level(record: Record) -> bool:
    """Whether every word of a row is one that headers are made of."""
    filled = _filled(record)
    return len(filled) > 1 and header_words(filled) == len(filled)


def _spans(upper: Record, lower: Record) -> bool:
    """Whether a row of several words, with gaps where the next row has words, heads that row."""
    filled = _filled(upper)
    if len(filled) < 2 or any(map(looks_like_data, [*filled, *_filled(lower)])):
        return False
    gaps = [place for place, cell in enumerate(upper.cells) if not tidy(cell)]
    return sum(_cell(lower, place) != "" for place in gaps) > 0


def _fills(upper: Record, lower: Record) -> bool:
    """Whether the lower row has words in every gap of the upper one, and gaps itself."""
    pairs = [(tidy(cell), _cell(lower, place)) for place, cell in enumerate(upper.cells)]
    gaps = [below for above, below in pairs if not above]
    return len(gaps) > 1 and all(gaps) and any(above and not below for above, below in pairs)


def _cell(record: Record, place: int) -> str:
    return tidy(record.cells[place]) if place < len(record.cells) else ""


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Return ``upper – lower`` a column, the upper word carried over the gaps to its right."""
    joined: list[str] = []
    above = ""
    for above_cell, below_cell in zip_longest(upper, lower, fillvalue=""):
        here, below = tidy(above_cell), tidy(below_cell)
        above = here or (above if below else "")
        joined.append(below if above == below else LEVELS.join(filter(None, (above, below))))
    return tuple(joined)


def named(header: Header, width: int) -> tuple[tuple[str, ...], list[Notice]]:
    """Return one distinct header a column, with notices where the file's were equal or missing.

    Parameters
    ----------
    width
        Number of columns of the widest row.
    """
    if not header.cells:
        return tuple(map(letters, range(width))), [_no_header()]
    cells = (*header.cells, *[""] * (width - len(header.cells)))
    wanted = [cell or f"Column {place}" for place, cell in enumerate(cells, 1)]
    taken = set(map(_key, wanted))
    seen: set[str] = set()
    headers: list[str] = []
    notices: list[Notice] = []
    for name in wanted:
        headers.append(_free(name, taken) if _key(name) in seen else name)
        if headers[-1] != name:
            notices.append(_repeated(header.last, name, headers[-1]))
        seen.add(_key(name))
    return tuple(headers), notices


def _key(header: str) -> str:
    return plain(header) or header


def _free(header: str, taken: set[str]) -> str:
    """Return the header with the first number that no column has, and take it."""
    name = next(f"{header} ({n})" for n in count(2) if _key(f"{header} ({n})") not in taken)
    taken.add(_key(name))
    return name


def _no_header() -> Notice:
    return Notice(
        problem=phrase(
            "The file has no header row; its columns are called A, B, C, and what they hold "
            "was told from their cells alone."
        ),
        remedy="Use --map FIELD=A for those not recognised, or add a row with headers.",
    )


def _repeated(row: int, header: str, called: str) -> Notice:
    return Notice(
        row=row,
        column=header,
        problem=phrase(
            "Several columns have this header; this one is called %(name)s.",
            name=repr(shortened(called)),
        ),
        remedy="Use --map to choose between them.",
        severity=Severity.INFO,
    )
