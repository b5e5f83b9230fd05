"""What goes into a reading and what comes out of it. No parsing here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from events.model import Attendee, Notice
from matcher.fields import Visibility
from matcher.phrase import Phrase, phrase, phrases

from .targets import target_called

__all__ = ["CERTAINTIES", "Column", "Import", "Options", "Reason", "SetAside"]


class Reason(StrEnum):
    """Why a row was not taken as a person. Nothing set aside is deleted."""

    REFUNDED = "refunded"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    NOT_ATTENDING = "not attending"
    WAITLISTED = "waitlisted"
    PENDING = "not approved"
    PARTIAL = "partial response"
    TEST = "test row"
    FOOTER = "total or footer"
    NO_NAME = "no name"
    BLANK = "blank row"
    TECHNICAL = "technical row"
    ELSEWHERE = "another table"

    @property
    def can_be_kept(self) -> bool:
        """Whether the organizer may bring such rows back: it takes a name to be a person."""
        return self not in (Reason.NO_NAME, Reason.BLANK, Reason.ELSEWHERE)


CERTAINTIES = {"sure": 0.85, "likely": 0.7, "guess": 0.0}
"""How sure the reading of a column is, in words → the least confidence for it, highest first."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the organizer decides about one file; every default means "find out".

    Parameters
    ----------
    mapping
        Field name → header as the file writes it, or several. A field that takes one column takes
        this one. ``{"ignore": header}`` leaves a column out.
    encoding
        Any name Python knows.
    header_row
        As the spreadsheet numbers it, from 1.
    sheet
        Name of the worksheet.
    keep_set_aside
        Reasons (see `Reason`) whose rows are people nevertheless.
    printed
        Fields whose answers may stand on cards although they would not by default.
    splits
        Header as the file writes it → mark at which its cells are divided, "" to leave them whole.
    guests
        Words before the name of whoever brings an unnamed guest, to add these as people ("Guest
        of"); "" only counts them.
    """

    mapping: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    encoding: str | None = None
    header_row: int | None = None
    sheet: str | None = None
    keep_set_aside: frozenset[str] = frozenset()
    printed: frozenset[str] = frozenset()
    splits: Mapping[str, str] = field(default_factory=dict)
    guests: str = ""

    @property
    def mapped(self) -> Mapping[str, tuple[str, ...]]:
        """The mapping with every field's headers side by side, one alone too."""
        return {
            field: (headers,) if isinstance(headers, str) else headers
            for field, headers in self.mapping.items()
        }


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column as it was understood.

    Parameters
    ----------
    header
        As in the file; "Email (2)" for the second of two, "Column 7" for a blank one.
    index
        Position, from 0.
    field
        Name of the target it feeds; "" when it is not used.
    separator
        What divides several answers in one cell; "" when cells hold one answer.
    options
        Answers that contain the separator and stay whole.
    tick
        The answer that a tick in this column stands for, in a matrix of one column an option; ""
        in all other columns.
    rank
        Order in which columns of one field are read.
    samples
        Up to three distinct values, in the order of the file.
    fill
        Share of rows with a value, 0 to 1.
    confidence
        0 to 1; 1 when the organizer chose.
    visibility
        Who may see the answers; `OFF` when the column is not used.
    """

    header: str
    index: int
    field: str = ""
    separator: str = ""
    options: tuple[str, ...] = ()
    tick: str = ""
    rank: int = 0
    samples: tuple[str, ...] = ()
    fill: float = 0.0
    confidence: float = 0.0
    visibility: Visibility = Visibility.OFF

    @property
    def can_be_list(self) -> bool:
        """Whether its cells may hold several answers."""
        return bool(self.field) and not self.tick and target_called(self.field).many

    @property
    def is_list(self) -> bool:
        """Whether its cells are divided at the separator: only in fields that hold several."""
        return bool(self.separator) and target_called(self.field).many

    @property
    def is_answer(self) -> bool:
        """Whether it feeds what a person said of themselves."""
        return bool(self.field) and target_called(self.field).answer

    @property
    def certainty(self) -> str:
        """The confidence in words."""
        if not self.field:
            return "not used"
        return next(words for words, least in CERTAINTIES.items() if self.confidence >= least)


@dataclass(frozen=True)
class SetAside:
    """One row that is not a person, with the reason and the name that stood in it."""

    row: int
    reason: Reason
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Import:
    r"""Everything that was understood of one file. Nothing of the file is missing from it.

    Parameters
    ----------
    name
        What the file is called: a label, never a path.
    kind
        ``csv``, ``xlsx``, ``xls``, ``ods`` or ``html``, by content.
    encoding, bom, newline, delimiter
        Of a text file; newline is ``\n``, ``\r\n`` or ``\r``, the delimiter "" in a file with
        one column. All empty for a workbook.
    sheet
        Worksheet that was read; "" for a text file.
    header_row
        As the spreadsheet numbers it, from 1; the last one of a header that takes up two rows, 0
        when there is none.
    product
        ``looks like Luma``, or "".
    is_own
        Whether it is Seedbed's own list: its ids are those of the event it came from.
    preamble
        Rows above the header, as cells.
    people
        In the order of the file; guests who were added without a name follow whoever brings them.
    unnamed
        How many guests without a name people bring, whether or not they were added.
    details
        Person id → field → texts, for fields that are not part of an `Attendee` (ticket, cohort,
        pronouns, …).
    sources
        Person id → rows that speak of this person, the decisive one last: the earlier ones are
        the person's history. Guests without a name have none.
    skipped
        Rows that are neither people nor set aside: repeated headers.
    rows
        Every row below the header by its number, raw cells as decoded.
    """

    name: str
    kind: str
    encoding: str
    bom: bool
    newline: str
    delimiter: str
    sheet: str
    header_row: int
    product: str
    preamble: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...]
    people: tuple[Attendee, ...]
    set_aside: tuple[SetAside, ...]
    notices: tuple[Notice, ...]
    skipped: tuple[int, ...]
    input_sha256: str
    details: Mapping[str, Mapping[str, tuple[str, ...]]] = field(repr=False)
    sources: Mapping[str, tuple[int, ...]] = field(repr=False)
    rows: Mapping[int, tuple[str, ...]] = field(repr=False)
    is_own: bool = False
    unnamed: int = 0

    @property
    def merged(self) -> int:
        """Number of rows that told of a person already there."""
        return sum(len(rows) - 1 for rows in self.sources.values())

    @property
    def counts(self) -> str:
        """One sentence whose numbers add up: ``9 rows read: 6 people, 1 duplicate merged, …``.

        Guests without a name have no row of their own and stand behind it.
        """
        parts = phrases("%(num)s person", "%(num)s people", len(self.sources))
        if self.merged:
            merged = phrases("%(num)s duplicate merged", "%(num)s duplicates merged", self.merged)
            parts = _and(parts, merged)
        if self.set_aside:
            parts = _and(parts, phrase("%(count)s set aside", count=len(self.set_aside)))
        if self.skipped:
            parts = _and(parts, phrase("%(count)s skipped", count=len(self.skipped)))
        read = phrases(
            "%(num)s row read: %(parts)s",
            "%(num)s rows read: %(parts)s",
            len(self.rows),
            parts=parts,
        )
        if not self.unnamed:
            return read
        guests = (
            phrases("%(num)s unnamed guest added", "%(num)s unnamed guests added", self.unnamed)
            if len(self.people) > len(self.sources)
            else phrases(
                "%(num)s unnamed guest not added", "%(num)s unnamed guests not added", self.unnamed
            )
        )
        return phrase("%(read)s; %(guests)s", read=read, guests=guests)

    @property
    def reasons(self) -> Mapping[Reason, int]:
        """How many rows were set aside for each reason, most frequent first."""
        return dict(Counter(entry.reason for entry in self.set_aside).most_common())


def _and(one: Phrase, other: Phrase) -> Phrase:
    return phrase("%(one)s, %(other)s", one=one, other=other)
