"""Rows to entries: what each row says of a person, or why it is not one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from events.errors import UnusableOption
from events.model import Notice, Severity
from matcher.phrase import phrase

from .content import address_in, is_technical, looks_like_data, named_in
from .matrix import is_tick
from .names import Name, name_of, surname_stands_first, without_guests
from .records import Record
from .result import Column, Reason, SetAside
from .separators import split
from .vocabulary import is_empty_word, is_word, status_of
from .wording import plain, shortened

__all__ = ["Entries", "Entry", "Nameless", "kept_reasons", "read_rows"]

_REMEMBERED = 10_000
_WIDE = 3
"""Columns of a table in which a lone cell looks odd."""

_NAME_PARTS = ("name", "given_name", "family_name")
# A sentence with a number in it: "Total attendees: 212", "Page 1 of 9", "As of 2026-03-01".
_FIGURES = re.compile(r"\d.*\s[^\W\d]|[:=]\s*\d|\d[-./]\d")
# Notion writes the address of the page behind a name: "Acme (https://www.notion.so/Acme-1f2e)".
_PAGE_LINK = re.compile(r"\s*\(https://www\.notion\.so/[^\s()]*\)")
# What numbers a heading between rows: "Table 3", "Gruppe Nr. 2:".
_NUMBER = re.compile(r"\s*(?:no\.?|nr\.?|n[°º]|#)?\s*(?:\d{1,3}|[A-Z])\s*:?$")
_PLUS = re.compile(r"\+\s*\d{1,2}")
_AS_TYPED = frozenset(
    ("id", "product_id", "status", "consent", "checked_in", "guests", "quantity", "submitted")
)
"""Targets whose cells mean something even where elsewhere they would mean "nothing": x, 0, no."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What one row says of one person.

    Parameters
    ----------
    row
        As the spreadsheet numbers it.
    email
        As typed; "" when there is none or it is not an address.
    values
        Target → texts, never empty, without names and e-mail.
    cells
        All cells of the row, tidied.
    brings
        How many guests stand behind the name ("Ana +1").
    """

    row: int
    name: Name
    email: str
    values: Mapping[str, tuple[str, ...]]
    cells: tuple[str, ...] = field(repr=False)
    brings: int = 0

    def one(self, target: str) -> str:
        """Return the first text for a target, "" when there is none."""
        return self.values.get(target, ("",))[0]


@dataclass(frozen=True)
class Nameless:
    """A row without a name: whose address it has, and whether it says "guest" for a name."""

    email: str
    is_guest: bool


@dataclass(frozen=True)
class Entries:
    """All rows, divided into people's entries and rows set aside; some of these have no name."""

    entries: tuple[Entry, ...]
    set_aside: tuple[SetAside, ...]
    nameless: tuple[Nameless, ...]
    notices: tuple[Notice, ...]


def kept_reasons(words: Iterable[str]) -> frozenset[Reason]:
    """Return the reasons that the organizer's words name.

    Raises
    ------
    UnusableOption
        If one names none, or one without which a row is no person.
    """
    known = {plain(reason): reason for reason in Reason if reason.can_be_kept}
    unknown = [word for word in words if plain(word) not in known]
    if unknown:
        raise UnusableOption(
            phrase(
                "Rows set aside as '%(reason)s' cannot be brought back. "
                "Reasons that can: %(known)s.",
                reason=unknown[0],
                known=", ".join(known.values()),
            )
        )
    return frozenset(known[plain(word)] for word in words)


def read_rows(
    columns: Sequence[Column], records: Iterable[Record], keep: frozenset[Reason]
) -> Entries:
    """Return what the rows say, every one of them either as an entry or set aside.

    Parameters
    ----------
    records
        Tidied cells, as many as columns.
    keep
        Reasons whose rows are people nevertheless.
    """
    records = tuple(records)
    reader = _Reader(columns, keep)
    reader.learn_order_of_names(records)
    for record in records:
        reader.read(record)
    return Entries(
        entries=tuple(reader.entries),
        set_aside=tuple(reader.set_aside),
        nameless=tuple(reader.nameless),
        notices=tuple(reader.notices),
    )


class _Reader:
    """The columns by what they feed, and what came of the rows so far."""

    def __init__(self, columns: Sequence[Column], keep: frozenset[Reason]) -> None:
        self.entries: list[Entry] = []
        self.set_aside: list[SetAside] = []
        self.nameless: list[Nameless] = []
        self.notices: list[Notice] = []
        self._keep = keep
        self._surname_first = False
        used = [column for column in columns if column.field]
        self._columns = sorted(used, key=lambda column: column.rank)
        self._one = {column.field: column for column in self._columns}
        self._status = [column for column in self._columns if column.field == "status"]
        apart = (*_NAME_PARTS, "email")
        self._answers = [
            (c.field, c.index, _Cells(c)) for c in self._columns if c.field not in apart
        ]

    def learn_order_of_names(self, records: Iterable[Record]) -> None:
        """See whether the list as a whole writes surnames first: one name does not tell."""
        self._surname_first = surname_stands_first(self._cell(r, "name") for r in records)

    def read(self, record: Record) -> None:
        """Add the row to the entries or to the rows set aside."""
        filled = list(filter(None, record.cells))
        if not filled:
            self.set_aside.append(SetAside(record.row, Reason.BLANK))
            return
        typed = [_without_address(self._cell(record, part)) for part in _NAME_PARTS]
        parts = [without_guests(part) for part in typed]
        brings = max(number for _, number in parts)
        name = name_of(*(part for part, _ in parts), surname_first=self._surname_first)
        if name and (looks_like_data(name.typed) or _is_nobody(name.typed)):
            name = None  # an address is no name, least of all on a card; nor is "Info Requested"
        reason = self._reason(record, filled, name)
        if reason:
            self.set_aside.append(SetAside(record.row, reason, name.full if name else ""))
        elif name:
            if brings:
                name = replace(name, typed=typed[0] or " ".join(filter(None, typed)))
            self.entries.append(self._entry(record, name, brings))

    def _cell(self, record: Record, target: str) -> str:
        column = self._one.get(target)
        return record.cells[column.index] if column else ""

    def _reason(self, record: Record, filled: list[str], name: Name | None) -> Reason | None:
        """Return why the row is not a person; the organizer may keep some of the reasons."""
        for reason in (_no_person(filled, len(record.cells)), self._not_coming(record)):
            if reason and reason not in self._keep:
                return reason
        if name is None:
            self._note_nameless(record)
            return Reason.NO_NAME
        if is_word("test", name.full) and Reason.TEST not in self._keep:
            self._note_test(record, name)
            return Reason.TEST
        return None

    def _not_coming(self, record: Record) -> Reason | None:
        for column in self._status:
            cell = record.cells[column.index]
            status = status_of(cell)
            if isinstance(status, Reason):
                self.notices.append(_status_notice(record.row, column, cell, status, self._keep))
                return status
            if cell and status is None:
                self.notices.append(_unknown_status(record.row, column, cell))
        return None

    def _note_nameless(self, record: Record) -> None:
        email = self._cell(record, "email")
        said = " ".join(self._cell(record, part) for part in _NAME_PARTS).strip()
        is_guest = is_word("guest", said) or bool(_PLUS.fullmatch(said))
        self.nameless.append(Nameless(address_in(email), is_guest))
        self.notices.append(
            Notice(
                row=record.row,
                value=email,
                problem=phrase("has no name.")
                if email
                else phrase("There is no name in this row."),
                remedy=phrase("Fill in the name to have this person take part."),
                severity=Severity.SET_ASIDE,
            )
        )

    def _note_test(self, record: Record, name: Name) -> None:
        self.notices.append(
            Notice(
                row=record.row,
                value=name.full,
                problem=phrase("looks like a test, not a person."),
                remedy=f'Use --keep-set-aside "{Reason.TEST}" if it is a person.',
                severity=Severity.SET_ASIDE,
            )
        )

    def _entry(self, record: Record, name: Name, brings: int) -> Entry:
        values: dict[str, tuple[str, ...]] = {}
        for target, index, read in self._answers:
            cell = record.cells[index]
            texts = read[cell] if cell else ()
            if texts:
                before = values.get(target)
                values[target] = tuple(dict.fromkeys(before + texts)) if before else texts
        email = self._email(record)
        return Entry(
            row=record.row,
            name=name,
            email=email,
            values=values,
            cells=record.cells,
            brings=brings,
        )

    def _email(self, record: Record) -> str:
        """Return the address in the row; what is none is reported and stays in the raw row."""
        cell = self._cell(record, "email")
        named = self._cell(record, "name")
        if is_empty_word(cell) and named_in(named):
            return address_in(named)
        address = address_in(cell)
        if not address and not is_empty_word(cell):
            self.notices.append(_no_address(record.row, self._one["email"], cell))
        return address


def _is_nobody(name: str) -> bool:
    return is_word("placeholder", name) or is_word("guest", name)


def _without_address(name: str) -> str:
    """Return the name in ``Ana Ruiz <ana@example.org>``, any other text as it is."""
    return (named_in(name) or name) if "@" in name else name


class _Cells(dict[str, tuple[str, ...]]):
    """What the cells of one column say; answers that many people gave are read once."""

    def __init__(self, column: Column) -> None:
        self._column, self._is_list, self._is_answer = column, column.is_list, column.is_answer

    def __missing__(self, cell: str) -> tuple[str, ...]:
        texts = self._read(cell)
        if len(self) < _REMEMBERED:
            self[cell] = texts
        return texts

    def _read(self, cell: str) -> tuple[str, ...]:
        column = self._column
        if column.tick:
            return (column.tick,) if is_tick(cell, column.tick) else ()
        if column.field in _AS_TYPED:
            return (cell,)
        if "(https://www.notion.so/" in cell:
            cell = _PAGE_LINK.sub("", cell).strip()
        if self._says_nothing(cell):
            return ()
        if not self._is_list:
            return (cell,)
        pieces = split(cell, column.separator, column.options)
        return tuple(dict.fromkeys(piece for piece in pieces if not self._says_nothing(piece)))

    def _says_nothing(self, text: str) -> bool:
        """Whether a text is empty in words; "no" is, where something was asked of the person."""
        return is_empty_word(text) or (self._is_answer and len(text) < 8 and is_word("no", text))


def _no_person(filled: Sequence[str], width: int) -> Reason | None:
    """Return why a row with these words in a table so wide speaks of nobody, whatever its status.

    Totals, and lone sentences or headings between rows; rows of ids or labels.
    """
    if is_technical(filled):
        return Reason.TECHNICAL
    first = filled[0].rstrip(":")
    if is_word("total", first.rstrip(" :=0123456789")) and all(map(looks_like_data, filled[1:])):
        return Reason.FOOTER
    if len(filled) > 1 or width < _WIDE:
        return None
    if _FIGURES.search(first) or is_word("heading", _NUMBER.sub("", first)):
        return Reason.FOOTER
    words = first.split()
    capitals = sum(word[0].isupper() for word in words)  # names of seven words exist
    return Reason.FOOTER if len(words) > 5 and capitals < len(words) / 2 else None


def _status_notice(
    row: int, column: Column, cell: str, reason: Reason, keep: frozenset[Reason]
) -> Notice:
    kept = reason in keep
    return Notice(
        row=row,
        column=column.header,
        value=shortened(cell),
        problem=phrase("means %(reason)s; kept as asked.", reason=phrase(reason))
        if kept
        else phrase("means %(reason)s; the row was set aside.", reason=phrase(reason)),
        remedy="" if kept else f'Use --keep-set-aside "{reason}" to count such rows as people.',
        severity=Severity.INFO if kept else Severity.SET_ASIDE,
    )


def _unknown_status(row: int, column: Column, cell: str) -> Notice:
    return Notice(
        row=row,
        column=column.header,
        value=shortened(cell),
        problem=phrase("is not a status known here; the person is counted as coming."),
        remedy=phrase("Take the row out of the file if not."),
    )


def _no_address(row: int, column: Column, cell: str) -> Notice:
    return Notice(
        row=row,
        column=column.header,
        value=shortened(cell),
        problem=phrase("is not an e-mail address; the person takes part without one."),
        remedy="Correct it, or choose another column with --map email=HEADER.",
    )
