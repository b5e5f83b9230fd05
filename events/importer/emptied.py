"""A file without what stood in some of its columns, read as it was before."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from events.cells import rewrite_csv
from events.errors import EventsError, UnusableOption
from matcher.phrase import phrase

from .own import own_source
from .read import read_people
from .records import Record
from .result import Import, Options
from .source import opened
from .table import pick_sheet

__all__ = ["Emptied", "emptied"]


@dataclass(frozen=True, kw_only=True)
class Emptied:
    """A file whose columns of some headers hold nothing.

    Parameters
    ----------
    options
        How it is to be read.
    same_people
        Whether the same people are read from the same rows: without a column that says who comes,
        or that tells rows about one person, others may be.
    """

    content: bytes
    options: Options
    same_people: bool


def emptied(data: bytes, found: Import, options: Options, headers: Collection[str]) -> Emptied:
    """Return a file without what stands under these headers.

    Cells below and above the header go, those of other tables in the same place too; headers stay,
    so that the file is read as before and rows keep their numbers. Of a workbook the sheet
    that was read is left, as text.

    Parameters
    ----------
    data, options
        The file and how it is read.
    found
        What was understood of it so.

    Raises
    ------
    UnusableOption
        If nobody would be read from what is left: names stand in one of the columns.
    """
    source = (None if options.encoding else own_source(data)) or opened(data, options)
    records = source.sheets[pick_sheet(source)[0]]
    gone = frozenset(column.index for column in found.columns if column.header in headers)
    left = rewrite_csv(_left(records, found, gone), excel=True)
    before = [(person.source_row, person.name) for person in found.people]
    tried = []
    for row in (options.header_row, None if found.is_own else found.header_row or None):
        read_so = replace(options, encoding=None, sheet=None, header_row=row)
        people = _people(left, found.name, read_so)
        if people == before:
            return Emptied(content=left, options=read_so, same_people=True)
        tried += [read_so] if people else []
    if not tried:
        raise UnusableOption(
            phrase(
                "“%(file)s” names nobody without these columns. Leave the columns with names. "
                "Nothing was changed.",
                file=found.name,
            )
        )
    return Emptied(content=left, options=tried[0], same_people=False)


def _left(
    records: Sequence[Record], found: Import, gone: Collection[int]
) -> Iterator[Sequence[str]]:
    heads = {*range(len(found.preamble) + 1, found.header_row + 1), *found.skipped}
    for record in records:
        yield (
            record.cells
            if record.row in heads
            else ["" if at in gone else cell for at, cell in enumerate(record.cells)]
        )


def _people(data: bytes, name: str, options: Options) -> list[tuple[int | None, str]]:
    """Return who is read from a file and where, nobody from one that cannot be read."""
    try:
        people = read_people(data, name=name, options=options).people
    except EventsError:
        return []
    return [(person.source_row, person.name) for person in people]
