"""Attendees and notices as organizers know them. No storage, no parsing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from matcher.fields import Visibility
from matcher.phrase import Phrase
from matcher.settings import Settings

__all__ = [
    "NAMING_COLUMNS",
    "RULE_COLUMNS",
    "Answer",
    "Attendee",
    "Event",
    "Notice",
    "Run",
    "RunStatus",
    "Severity",
    "StoredAttendee",
    "Upload",
    "Words",
    "by_kind",
]


class Severity(StrEnum):
    """What a notice asks of the organizer."""

    SET_ASIDE = "set aside"
    """The row was not taken as a person."""
    CHECK = "check"
    """Something was decided that a person should look at."""
    INFO = "info"
    """Good to know."""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One remark on input: where, what, how to fix.

    Parameters
    ----------
    row
        As the spreadsheet numbers it, from 1; None when it is about the whole file.
    column
        The header as the file writes it; "" when it is about the whole row or file.
    value
        The value as typed, shortened; "" when there is none.
    problem, remedy
        One sentence each.
    """

    problem: str
    remedy: str
    severity: Severity = Severity.CHECK
    row: int | None = None
    column: str = ""
    value: str = ""

    @property
    def kind(self) -> str:
        """What it is about: the same for notices that differ in place and value alone."""
        return self.problem.pattern if isinstance(self.problem, Phrase) else self.problem

    def __str__(self) -> str:
        """Return the notice as one line: ``Row 14, Email: 'anonymous' is not an address. …``."""
        where = [f"Row {self.row}"] if self.row else []
        where += [self.column] if self.column else []
        lead = f"{', '.join(where)}: " if where else ""
        said = f"'{self.value}' " if self.value else ""
        return f"{lead}{said}{self.problem} {self.remedy}".strip()


def by_kind(notices: Iterable[Notice]) -> tuple[tuple[Notice, ...], ...]:
    """Return notices in groups of one kind: those that need a look first, then in their order."""
    groups: dict[tuple[bool, str], list[Notice]] = {}
    for notice in notices:
        key = notice.severity is Severity.INFO, notice.kind
        groups.setdefault(key, []).append(notice)
    return tuple(tuple(groups[key]) for key in sorted(groups, key=lambda key: key[0]))


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an attendee said to one field.

    Parameters
    ----------
    field
        Name in `matcher.fields.FIELDS`; never name parts or e-mail, which `Attendee` holds itself.
    texts
        The values as typed, trimmed; several only in list fields; never empty.
    visibility
        Who may see them.
    """

    field: str
    texts: tuple[str, ...]
    visibility: Visibility


RULE_COLUMNS = {
    "not_with": "Never with",
    "already_met": "Already met",
    "pin": "Must meet",
    "wish": "Wishes to meet",
    "available": "There in rounds",
    "quota": "Most meetings",
    "min_meetings": "Fewest meetings",
    "table": "Table",
    "cohort": "Cohort",
    "rivals": "Meets competitors",
    "urgency": "How urgent needs are",
}
"""Rules that an attendee can carry: attribute, and what forms call it. Each holds texts as typed,
which `events.rules` reads."""

NAMING_COLUMNS = ("not_with", "already_met", "pin", "wish")
"""Those of them that name other people."""


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """Someone at one event.

    Parameters
    ----------
    id
        The input's own where it has one, else a short hash of normalized name and e-mail.
    name, given_name, family_name
        As displayed after repair; either part may be empty.
    email
        "" when there is none; people without are full participants.
    answers
        At most one a field, in the order of the field table.
    typed_name
        The name as the file wrote it.
    credentials
        What followed the surname ("PMP"), kept apart.
    not_with, already_met
        Ids or names, as typed, of people never to be paired with, and of people known before.
    pin, wish
        Ids or names of people to be met for certain (``ana@2`` in round 2), and if possible.
    available
        Rounds in which the person is there (``1-3``); empty for all.
    quota, min_meetings
        Most and fewest meetings; at most one number.
    table
        Numbers or names of the tables at which the person sits; empty for any.
    cohort
        Names of the person's cohorts.
    rivals
        Whether the person agreed to meet competitors (``yes``); empty for no.
    urgency
        How much their needs count (``0.5``, or ``a first pilot: 0.5`` for one of them).
    source_row
        Row of the file, as the spreadsheet numbers it; None when typed into a form.
    """

    id: str
    name: str
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    answers: tuple[Answer, ...] = ()
    typed_name: str = ""
    credentials: str = ""
    not_with: tuple[str, ...] = ()
    already_met: tuple[str, ...] = ()
    pin: tuple[str, ...] = ()
    wish: tuple[str, ...] = ()
    available: tuple[str, ...] = ()
    quota: tuple[str, ...] = ()
    min_meetings: tuple[str, ...] = ()
    table: tuple[str, ...] = ()
    cohort: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    urgency: tuple[str, ...] = ()
    source_row: int | None = None

    def answer(self, field: str) -> tuple[str, ...]:
        """Return the texts given to one field, empty when there is none."""
        return next((answer.texts for answer in self.answers if answer.field == field), ())


@dataclass(frozen=True, kw_only=True)
class Words:
    """What an organizer decides about the words on cards and sheets, as typed.

    Parameters
    ----------
    welcome
        One sentence on the welcome sheet; "" for none.
    questions
        Questions of their own: one a line, or the text of a template file.
    tone
        ``informal``, ``formal``, or "" for what each language is used to.
    banned
        Words that shall stand on no card.
    kept_off
        Names of fields whose answers no card names.
    address
        Where the QR code on cards leads; "" for none.
    """

    welcome: str = ""
    questions: str = ""
    tone: str = ""
    banned: tuple[str, ...] = ()
    kept_off: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One gathering, as it stands in the store.

    Parameters
    ----------
    id
        Opaque, part of its address in the browser.
    date
        ISO date, or "" while it is not fixed.
    erase_on
        ISO date on which it shall go, once the organizer confirms; "" to keep it.
    settings
        What the organizer chose for the next plan; past runs keep their own.
    rules
        Text of its RULES.toml for the next plan; "" for none.
    series
        Name of the series that it is one of, "" for none. Events of a series share what was decided
        about equal answers.
    words
        What the organizer decided about the words on cards, for the next plan and its print.
    is_demo
        Whether the people are invented.
    version
        Counts the changes; whoever saves must have seen the current one.
    """

    id: str
    title: str
    date: str = ""
    erase_on: str = ""
    settings: Settings = field(default_factory=Settings)
    rules: str = ""
    series: str = ""
    words: Words = field(default_factory=Words)
    is_demo: bool = False
    version: int = 1


@dataclass(frozen=True, kw_only=True)
class StoredAttendee:
    """An attendee as they stand in the store.

    Parameters
    ----------
    number
        Key of the record, unique in the database; ids are any text and make poor addresses.
    version
        Counts the changes; whoever saves must have seen the current one.
    archived
        Kept, but left out of new plans.
    imported
        What the last imported file said of them, None when typed into a form: tells hand edits
        from imported values when the file comes again.
    upload
        Number of the upload they came from last; with `Attendee.source_row` it leads to the raw
        row.
    merged_into
        Record of whoever this is the same person as (`events.merging`); None for most. It stays
        for files that come again, and is part of no list, plan or page.
    """

    number: int
    attendee: Attendee
    version: int = 1
    archived: bool = False
    imported: Attendee | None = None
    upload: int | None = None
    merged_into: int | None = None


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it was uploaded, before and after its people were imported.

    Parameters
    ----------
    name
        What the file was called: a label, never a path.
    options
        How to read it, as the importer's options were written by the page; "" for no choices.
    headers
        Headers of the columns that it has when read without choices, as JSON; "" when it cannot be.
    uploaded, imported
        UTC times in ISO format; `imported` is "" until somebody pressed Import.
    """

    number: int
    event_id: str
    name: str
    sha256: str
    options: str = ""
    headers: str = ""
    uploaded: str = ""
    imported: str = ""


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """What of an earlier plan a run shall leave as it is.

    Parameters
    ----------
    rounds
        Rounds that stay whole, tables included.
    pairs
        Sorted ids of two people and the round in which they meet.
    """

    rounds: frozenset[int] = frozenset()
    pairs: frozenset[tuple[str, str, int]] = frozenset()


class RunStatus(StrEnum):
    """Where a run, or another job (`events.jobs`), stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    """Stopped on request; the best plan so far was kept if there was one."""
    INFEASIBLE = "infeasible"
    """Pins or frozen rounds cannot hold; its files say what is in conflict."""
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    """Its worker gave no sign of life; can be run again."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more is expected. An interrupted worker may still come back."""
        return self not in (RunStatus.QUEUED, RunStatus.RUNNING)


@dataclass(frozen=True, kw_only=True)
class Run:
    """One computation of a plan.

    Parameters
    ----------
    id
        Unique in the database.
    number
        Counts the runs of one event from 1: the plan number that people see.
    settings
        Frozen when it was started; so are the people.
    people
        How many people it plans for.
    stage, done, best, bound
        As `matcher.plan.Progress`: words, share 0 to 1, half-units.
    error
        What went wrong in the organizer's words, "" when nothing did.
    detail
        The technical side of it, for a bug report.
    started, ended
        UTC times in ISO format; "" while it is not over.
    priced
        Whether it also says what each rule costs.
    base
        Number of the plan that it was made from by hand; None for a plan of its own.
    said
        What was changed or kept of that plan, as a sentence; "" for a plan of its own.
    """

    id: int
    event_id: str
    number: int
    status: RunStatus
    settings: Settings
    people: int
    base: int | None = None
    said: str = ""
    stage: str = ""
    done: float = 0.0
    best: int | None = None
    bound: int | None = None
    cancel_requested: bool = False
    error: str = ""
    detail: str = ""
    started: str = ""
    ended: str = ""
    priced: bool = False
    has_plan: bool = False
