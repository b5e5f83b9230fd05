"""Seedbed's own `attendees.csv`, known by its exact header: read as it stands, nothing guessed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from events.attendee_file import ATTENDEE_COLUMNS, ListedPerson, read_listed
from events.cells import unguard
from events.model import Attendee, Notice
from events.people import free_id, new_id
from matcher.fields import Visibility
from matcher.phrase import phrase

from .limits import MOST_BYTES, MOST_ROWS, within
from .records import Record, records_of, usual_newline
from .result import Column, Import, Options, Reason, SetAside
from .rows import kept_reasons
from .source import Source
from .targets import TARGETS, target_called

__all__ = ["is_own_list", "own_import", "own_source"]

_TARGETS = {target.name: target for target in TARGETS}
_SAMPLES = 3


def own_source(data: bytes) -> Source | None:
    """Return the records of our own file exactly as we wrote them, None if it is not one.

    Other readers may repair: they look for the encoding and the delimiter and can be mistaken. A
    file that somebody opened and saved elsewhere comes their way, and `is_own_list` knows it there.
    """
    for delimiter in ",;":
        header = delimiter.join(f'"{name}"' for name in ATTENDEE_COLUMNS)
        if data.removeprefix(b"\xef\xbb\xbf").startswith(header.encode()):
            break
    else:
        return None
    within(phrase("The file"), len(data), MOST_BYTES, phrase("bytes"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    records = tuple(records_of(text, delimiter))
    within(phrase("The table"), len(records), MOST_ROWS + 1, phrase("rows"))
    return Source(
        kind="csv",
        sheets={"": records},
        encoding="utf-8",
        bom=data.startswith(b"\xef\xbb\xbf"),
        newline=usual_newline(records),
        delimiter=delimiter,
    )


def is_own_list(records: Sequence[Record]) -> bool:
    """Whether the first row is our header; later versions may have added columns at its end."""
    return bool(records) and records[0].cells[: len(ATTENDEE_COLUMNS)] == ATTENDEE_COLUMNS


def own_import(source: Source, sheet: str, data: bytes, name: str, options: Options) -> Import:
    """Return the people of our own list; rows are set aside only when nobody stands in them."""
    head, *records = source.sheets[sheet]
    printed = frozenset(target_called(name).name for name in options.printed)
    rows = _Rows(records, printed, kept_reasons(options.keep_set_aside))
    return Import(
        name=name,
        kind=source.kind,
        encoding=source.encoding,
        bom=source.bom,
        newline=source.newline,
        delimiter=source.delimiter,
        sheet=sheet,
        header_row=head.row,
        product="Seedbed's own list",
        is_own=True,
        preamble=(),
        columns=tuple(_columns(head, records, printed)),
        people=tuple(rows.people),
        set_aside=tuple(rows.set_aside),
        notices=(*source.notices, *rows.notices),
        skipped=(),
        input_sha256=hashlib.sha256(data).hexdigest(),
        details={person.id: {} for person in rows.people},
        sources=rows.sources,
        rows={record.row: record.cells for record in records},
    )


@dataclass
class _Rows:
    """Walks the rows and collects who stands in them."""

    records: Sequence[Record]
    printed: frozenset[str]
    kept: frozenset[Reason]
    people: list[Attendee] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    sources: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for record in self.records:
            found = read_listed(record.cells)
            self.notices += (replace(notice, row=record.row) for notice in found.notices)
            reason = self._why_not(record, found)
            if reason:
                self.set_aside.append(SetAside(record.row, reason, found.attendee.name))
                continue
            person = self._identified(record.row, self._opened(found.attendee))
            self.people.append(person)
            self.sources[person.id] = (record.row,)

    def _why_not(self, record: Record, found: ListedPerson) -> Reason | None:
        if record.is_blank:
            return Reason.BLANK
        if not found.attendee.name:
            return Reason.NO_NAME
        away = found.archived and Reason.NOT_ATTENDING not in self.kept
        return Reason.NOT_ATTENDING if away else None

    def _opened(self, person: Attendee) -> Attendee:
        """Return the person with those answers printable that the organizer says may be."""
        return replace(
            person,
            answers=tuple(
                replace(answer, visibility=Visibility.PRINT)
                if answer.field in self.printed
                else answer
                for answer in person.answers
            ),
        )

    def _identified(self, row: int, person: Attendee) -> Attendee:
        """Return the person with an id that nobody above has."""
        wanted = person.id or new_id(person, self.sources)
        own = free_id(wanted, self.sources)
        if own != wanted:
            self.notices.append(
                Notice(
                    row=row,
                    column="id",
                    value=wanted,
                    problem=phrase("is also the id of somebody above; it was numbered."),
                    remedy=phrase("Empty the id of a row you copied; it gets one of its own."),
                )
            )
        return replace(person, id=own)


def _columns(head: Record, records: Sequence[Record], printed: frozenset[str]) -> Iterator[Column]:
    for index, header in enumerate(head.cells):
        values = [unguard(record.cells[index]) for record in records if index < len(record.cells)]
        filled = list(filter(None, values))
        target = _TARGETS.get(header)
        yield Column(
            header=header,
            index=index,
            field=header if target else "",
            separator=";" if target and target.many else "",
            samples=tuple(dict.fromkeys(filled))[:_SAMPLES],
            fill=len(filled) / len(records) if records else 0.0,
            confidence=1.0 if target else 0.0,
            visibility=Visibility.PRINT
            if header in printed
            else target.visibility
            if target
            else Visibility.OFF,
        )
