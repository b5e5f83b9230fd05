"""The way from bytes to people: detect, find the table, map its columns, read its rows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from events.bulk import uncollected
from events.cells import unguard
from events.errors import UnreadableFile
from matcher.phrase import phrase

from .columns import map_columns
from .damage import damages
from .limits import LONGEST_CELL
from .own import is_own_list, own_import, own_source
from .people import make_people
from .products import product_with
from .records import Record
from .remarks import contradictions, remarks_on, unclear_people
from .result import Column, Import, Options, Reason, SetAside
from .rows import kept_reasons, read_rows
from .source import Source, opened
from .table import Table, find_table, pick_sheet
from .wording import shortened, tidy

__all__ = ["headers_of", "read_apart", "read_people", "rows_in"]

_AS_FOUND = Options()


def read_people(data: bytes, *, name: str = "", options: Options = _AS_FOUND) -> Import:
    """Return the people in an attendee list, and everything that was understood of the file.

    Parameters
    ----------
    data
        The file, of any kind: what it is, is found by content.
    name
        What to call it in messages; nothing is opened by that name.
    options
        What the organizer decides; everything else is found out.

    Raises
    ------
    UnreadableFile
        If it is no list of people; the message says what to do. Problems of single rows and cells
        never raise: they are notices.
    UnusableOption
        If an option names a field, header, row, sheet or reason that is not there.
    """
    return read_apart(data, name=name, options=options)(())


@uncollected()
def read_apart(data: bytes, *, name: str, options: Options) -> Callable[[Collection[int]], Import]:
    """Return what makes people of a file, which is read once, as often as it is asked.

    It takes rows, as the spreadsheet numbers them, that tell of nobody of whom another row tells.
    Otherwise as `read_people`.
    """
    keep = kept_reasons(options.keep_set_aside)
    source = _source(data, options)
    sheet, sheet_notices = pick_sheet(source)
    if is_own_list(source.sheets[sheet]) and not (options.mapping or options.header_row):
        own = own_import(source, sheet, data, name, options)
        return lambda apart: own
    table = find_table(source.sheets[sheet], options.header_row)
    records = [_tidied(record, len(table.headers)) for record in table.records]
    product = product_with(table.headers)
    rows = [r.cells for r in records if any(r.cells)] or [records[0].cells]
    columns, column_notices = map_columns(table, rows, options, product)
    _require_names(columns)
    entries = read_rows(columns, records, keep)
    notices = (
        *(*source.notices, *sheet_notices, *table.notices, *column_notices),
        *remarks_on(columns, product),
    )
    row_notices = (*damages(table.headers, (table.head, *table.records)), *entries.notices)

    @uncollected()
    def made(apart: Collection[int]) -> Import:
        people = make_people(entries, columns, tidy(options.guests), apart)
        told = (
            *(*row_notices, *people.notices),
            *contradictions(entries.set_aside, people.people),
            *unclear_people(people.people),
        )
        return Import(
            name=name,
            kind=source.kind,
            encoding=source.encoding,
            bom=source.bom,
            newline=source.newline,
            delimiter=source.delimiter,
            sheet=sheet,
            header_row=table.header_row,
            product=phrase("looks like %(product)s", product=product.name) if product else "",
            preamble=tuple(record.cells for record in table.preamble),
            columns=columns,
            people=people.people,
            unnamed=people.unnamed,
            set_aside=(*entries.set_aside, *_elsewhere(table)),
            notices=(*notices, *sorted(told, key=lambda notice: notice.row or 0)),
            skipped=tuple(record.row for record in table.repeated),
            input_sha256=hashlib.sha256(data).hexdigest(),
            details=people.details,
            sources=people.sources,
            rows=table.rows,
        )

    return made


def headers_of(data: bytes) -> tuple[str, ...]:
    """Return the headers that a file has when nobody says how to read it.

    Whether they name anybody is not asked: which column holds the names may be all there is to say.

    Raises
    ------
    UnreadableFile
        If there is no table in it.
    """
    source = _source(data, _AS_FOUND)
    sheet, _ = pick_sheet(source)
    if is_own_list(source.sheets[sheet]):
        return source.sheets[sheet][0].cells
    return find_table(source.sheets[sheet]).headers


def rows_in(data: bytes, options: Options) -> Iterator[tuple[str, ...]]:
    """Yield the cells of every row of a file: of all its sheets, and above its header too.

    Raises
    ------
    UnreadableFile
        If it is no table file.
    """
    source = opened(data, replace(options, sheet=None), hidden=True)
    return (record.cells for records in source.sheets.values() for record in records)


def _source(data: bytes, options: Options) -> Source:
    return (None if options.encoding else own_source(data)) or opened(data, options)


def _elsewhere(table: Table) -> Iterator[SetAside]:
    return (SetAside(record.row, Reason.ELSEWHERE) for record in table.elsewhere)


def _tidied(record: Record, width: int) -> Record:
    """Return the record as it is read: cells trimmed, unescaped, none too long, none missing."""
    if record.is_blank:
        return Record(record.row, ("",) * width)
    cells = [tidy(cell) for cell in record.cells]
    if "'" in "".join(cells):
        cells = [tidy(unguard(cell)) for cell in cells]
    if max(map(len, cells)) > LONGEST_CELL:
        cells = ["" if len(cell) > LONGEST_CELL else cell for cell in cells]
    return Record(record.row, (*cells, *[""] * (width - len(cells))))


def _require_names(columns: Sequence[Column]) -> None:
    if not {"name", "given_name", "family_name"} & {column.field for column in columns}:
        listed = ", ".join(repr(shortened(column.header, 40)) for column in columns[:40])
        raise UnreadableFile(
            phrase(
                "No column with people's names was found. The columns are: %(columns)s. "
                "Name the right one with --map name=HEADER, or its row with --header-row.",
                columns=listed,
            )
        )
