"""Records to a table: where the header is, what stands above it, what every column is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from events.errors import UnreadableFile, UnusableOption
from events.model import Notice, Severity

from .content import looks_like_data
from .records import Record
from .vocabulary import header_words
from .wording import plain, shortened, tidy

__all__ = ["Table", "find_table", "pick_sheet"]

_HEADER_WITHIN = 30


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of a file.

    Parameters
    ----------
    headers
        One a column, all different; as in the file but for a number where two were the same.
    header_row
        As the spreadsheet numbers it, from 1.
    preamble
        Rows above the header.
    records
        Rows below it, except `repeated` ones, which only say the header again.
    """

    headers: tuple[str, ...]
    header_row: int
    preamble: tuple[Record, ...]
    records: tuple[Record, ...]
    repeated: tuple[Record, ...]
    notices: tuple[Notice, ...]


def pick_sheet(sheets: Mapping[str, tuple[Record, ...]]) -> tuple[str, tuple[Notice, ...]]:
    """Return the name of the sheet that looks most like a table, with a notice if others do."""
    best = max(sheets, key=lambda name: (_best_score(sheets[name]), len(sheets[name])))
    others = ", ".join(repr(name) for name in sheets if name != best)
    if not others:
        return best, ()
    notice = Notice(
        problem=f"Sheet {best!r} was read; the file also has {others}.",
        remedy="Use --sheet NAME for another one.",
    )
    return best, (notice,)


def find_table(records: tuple[Record, ...], header_row: int | None = None) -> Table:
    """Return the table in the records.

    Raises
    ------
    UnreadableFile
        If there is no row below the header.
    UnusableOption
        If `header_row` is not a row with text.
    """
    head = _chosen(records, header_row) if header_row else _found(records)
    below = records[head.row :]
    width = max(len(record.cells) for record in (head, *below))
    headers, notices = _named(head, width)
    repeated = tuple(record for record in below if _repeats(head, record))
    numbers = {record.row for record in repeated}
    if not any(not record.is_blank for record in below if record.row not in numbers):
        raise UnreadableFile(
            f"Row {head.row} is a header, but there is nobody below it. "
            "Export the list again, or name the header's row with --header-row."
        )
    return Table(
        headers=headers,
        header_row=head.row,
        preamble=records[: head.row - 1],
        records=tuple(record for record in below if record.row not in numbers),
        repeated=repeated,
        notices=(*notices, *_preamble_notice(records[: head.row - 1]), *_unclosed(below)),
    )


def _repeats(head: Record, record: Record) -> bool:
    return len(head.cells) == len(record.cells) and all(
        plain(cell) == plain(header) for cell, header in zip(record.cells, head.cells, strict=True)
    )


def _chosen(records: tuple[Record, ...], header_row: int) -> Record:
    if not 1 <= header_row <= len(records) or records[header_row - 1].is_blank:
        raise UnusableOption(
            f"Row {header_row} cannot be the header: it is empty. "
            f"The file has rows 1 to {len(records)}."
        )
    return records[header_row - 1]


def _found(records: tuple[Record, ...]) -> Record:
    """Return the first of the records that score highest as a header."""
    usual = _usual_width(records)
    return max(records[:_HEADER_WITHIN], key=lambda record: (_score(record, usual), -record.row))


def _best_score(records: tuple[Record, ...]) -> float:
    return _score(_found(records), _usual_width(records))


def _usual_width(records: tuple[Record, ...]) -> int:
    widths = Counter(_filled(record) for record in records[: 10 * _HEADER_WITHIN])
    widths.pop(0, None)
    return max(widths, key=lambda width: (widths[width], width), default=1)


def _filled(record: Record) -> int:
    return sum(bool(tidy(cell)) for cell in record.cells)


def _score(record: Record, usual_width: int) -> float:
    """Return how much a row looks like a header: known words, distinct short text, full width."""
    cells = [tidy(cell) for cell in record.cells if tidy(cell)]
    if not cells:
        return float("-inf")
    known = header_words(cells)
    data = sum(map(looks_like_data, cells))
    distinct = len({plain(cell) for cell in cells}) / len(cells)
    return 2 * known - 2 * data + distinct + min(1.0, len(cells) / usual_width)


def _named(head: Record, width: int) -> tuple[tuple[str, ...], list[Notice]]:
    """Return one distinct header a column, with notices where the file's were equal."""
    cells = [tidy(cell) for cell in head.cells] + [""] * (width - len(head.cells))
    wanted = [cell or f"Column {place}" for place, cell in enumerate(cells, 1)]
    taken = set(map(_key, wanted))
    seen: set[str] = set()
    headers: list[str] = []
    notices: list[Notice] = []
    for header in wanted:
        if _key(header) in seen:
            headers.append(_free(header, taken))
            notices.append(_repeated_header(head.row, header, headers[-1]))
        else:
            headers.append(header)
        seen.add(_key(header))
    return tuple(headers), notices


def _key(header: str) -> str:
    return plain(header) or header


def _free(header: str, taken: set[str]) -> str:
    """Return the header with the first number that no column has, and take it."""
    name = next(f"{header} ({n})" for n in count(2) if _key(f"{header} ({n})") not in taken)
    taken.add(_key(name))
    return name


def _repeated_header(row: int, header: str, called: str) -> Notice:
    return Notice(
        row=row,
        column=header,
        problem=f"Several columns have this header; this one is called {shortened(called)!r}.",
        remedy="Use --map to choose between them.",
        severity=Severity.INFO,
    )


def _preamble_notice(preamble: tuple[Record, ...]) -> Iterator[Notice]:
    if any(not record.is_blank for record in preamble):
        yield Notice(
            problem=f"The {len(preamble)} rows above the header were kept but not read.",
            remedy="If one of them is the header, name it with --header-row.",
            severity=Severity.INFO,
        )


def _unclosed(records: tuple[Record, ...]) -> Iterator[Notice]:
    for record in records:
        if record.unclosed:
            cell = next(cell for cell in record.cells if tidy(cell).startswith('"'))
            yield Notice(
                row=record.row,
                value=shortened(cell),
                problem="A quotation mark is opened here and never closed.",
                remedy="Close it or take it out; it was read as an ordinary letter.",
            )
