"""Records to a table: its header, its rows, and what stands above, between and below them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from events.errors import UnreadableFile
from events.model import Notice, Severity
from matcher.phrase import phrase, phrases

from .content import looks_like_data
from .header import Header, find_header, header_score, is_for_names, named
from .records import Record
from .source import Source
from .vocabulary import header_words
from .wording import plain, shortened, tidy

__all__ = ["Table", "find_table", "pick_sheet"]


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of a file.

    Parameters
    ----------
    headers
        One a column, all different.
    header_row
        The last row of the header as the spreadsheet numbers it, from 1; 0 when there is none.
    preamble
        Rows above the header.
    records
        Rows below it that may be people.
    repeated
        Rows that say the header again.
    elsewhere
        Rows of further tables below this one.
    """

    headers: tuple[str, ...]
    header_row: int
    preamble: tuple[Record, ...]
    records: tuple[Record, ...]
    repeated: tuple[Record, ...]
    elsewhere: tuple[Record, ...]
    notices: tuple[Notice, ...]

    @property
    def head(self) -> Record:
        """The header as a record."""
        return Record(self.header_row, self.headers)

    @property
    def rows(self) -> Mapping[int, tuple[str, ...]]:
        """Every row below the header by its number, as decoded."""
        parts = (*self.records, *self.repeated, *self.elsewhere)
        return {record.row: record.cells for record in sorted(parts, key=lambda r: r.row)}


def pick_sheet(source: Source) -> tuple[str, tuple[Notice, ...]]:
    """Return the name of the sheet that looks most like a table, and notices about that choice."""
    sheets = source.sheets
    best = max(sheets, key=lambda name: (header_score(sheets[name]), len(sheets[name])))
    others = ", ".join(repr(name) for name in sheets if name != best)
    odd = source.sheet_notices.get(best, ())
    if not others:
        return best, odd
    notice = Notice(
        problem=phrase(
            "Sheet %(sheet)s was read; the file also has %(others)s.",
            sheet=repr(best),
            others=others,
        ),
        remedy="Use --sheet NAME for another one.",
    )
    return best, (notice, *odd)


def find_table(records: tuple[Record, ...], header_row: int | None = None) -> Table:
    """Return the first table in the records, or the one whose header is asked for.

    Raises
    ------
    UnreadableFile
        If there is no row below the header.
    UnusableOption
        If `header_row` is not a row with text.
    """
    header = find_header(records, header_row)
    preamble = records[: max(0, header.first - 1)]
    below = records[header.last :]
    others = list(_other_tables(header, below))
    end = others[0].first if others else len(below)
    repeated = tuple(record for record in below[:end] if _repeats(header, record))
    skipped = {record.row for record in repeated}
    people = tuple(record for record in below[:end] if record.row not in skipped)
    _require_upright(header, people)
    if all(record.is_blank for record in people):
        raise UnreadableFile(
            phrase(
                "Row %(row)s is a header, but there is nobody below it. "
                "Export the list again, or name the header's row with --header-row.",
                row=str(header.last),
            )
        )
    headers, notices = named(header, max(len(r.cells) for r in (*below[:end], *preamble[-1:])))
    return Table(
        headers=headers,
        header_row=header.last,
        preamble=preamble,
        records=people,
        repeated=repeated,
        elsewhere=below[end:],
        notices=(
            *notices,
            *_preamble_notice(preamble),
            *(_elsewhere_notice(below[other.head]) for other in others),
            *_unclosed(records),
        ),
    )


def _require_upright(header: Header, below: Sequence[Record]) -> None:
    """Raise `UnreadableFile` for a table whose headers stand in its first column."""
    first, *others = header.cells or ("",)
    if not others or header_words(others) or not is_for_names(first):
        return
    beside = [tidy(record.cells[0]) for record in below if not record.is_blank]
    if header_words(beside) == len(beside) > 1:
        raise UnreadableFile(
            phrase(
                "The table lies on its side: its headers stand in the first column. "
                "Turn it round (in a spreadsheet: copy, paste special, transpose) and save that."
            )
        )


def _repeats(header: Header, record: Record) -> bool:
    return len(header.cells) == len(record.cells) and all(
        plain(cell) == plain(name) for cell, name in zip(record.cells, header.cells, strict=True)
    )


@dataclass(frozen=True)
class _Other:
    """Another table: the places of its first row, perhaps a title, and of its header."""

    first: int
    head: int


def _other_tables(header: Header, below: Sequence[Record]) -> Iterator[_Other]:
    """Yield where headers of other words stand after a blank row, with a title or without."""
    after_blank = after_title = False
    for place, record in enumerate(below):
        if record.is_blank:
            after_blank, after_title = True, False
            continue
        if (after_blank or after_title) and _is_other_header(header, record):
            yield _Other(place - after_title, place)
        after_title = after_blank and sum(map(bool, map(tidy, record.cells))) == 1
        after_blank = False


def _is_other_header(header: Header, record: Record) -> bool:
    cells = [tidy(cell) for cell in record.cells if tidy(cell)]
    known = header_words(cells)
    return (
        known >= 2
        and (known > len(cells) / 2 or any(map(is_for_names, cells)))
        and not any(map(looks_like_data, cells))
        and not _repeats(header, record)
    )


def _preamble_notice(preamble: Sequence[Record]) -> Iterator[Notice]:
    if any(not record.is_blank for record in preamble):
        yield Notice(
            problem=phrases(
                "The row above the header was kept but not read.",
                "The %(num)s rows above the header were kept but not read.",
                len(preamble),
            ),
            remedy="If one of them is the header, name it with --header-row.",
            severity=Severity.INFO,
        )


def _elsewhere_notice(head: Record) -> Notice:
    columns = ", ".join(tidy(cell) for cell in head.cells if tidy(cell))
    return Notice(
        row=head.row,
        value=shortened(columns),
        problem=phrase("begins another table; only the first was read."),
        remedy=f"Use --header-row {head.row} to read this one instead.",
    )


def _unclosed(records: Sequence[Record]) -> Iterator[Notice]:
    for record in records:
        if record.unclosed:
            cell = next(cell for cell in record.cells if tidy(cell).startswith('"'))
            yield Notice(
                row=record.row,
                value=shortened(cell),
                problem=phrase("A quotation mark is opened here and never closed."),
                remedy=phrase("Close it or take it out; it was read as an ordinary letter."),
            )
