"""Attendees and notices as organizers know them. No storage, no parsing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matcher.fields import Visibility

__all__ = ["Answer", "Attendee", "Notice", "Severity"]


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

    def __str__(self) -> str:
        """Return the notice as one line: ``Row 14, Email: 'anonymous' is not an address. …``."""
        where = [f"Row {self.row}"] if self.row else []
        where += [self.column] if self.column else []
        lead = f"{', '.join(where)}: " if where else ""
        said = f"'{self.value}' " if self.value else ""
        return f"{lead}{said}{self.problem} {self.remedy}".strip()


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
    source_row: int | None = None

    def answer(self, field: str) -> tuple[str, ...]:
        """Return the texts given to one field, empty when there is none."""
        return next((answer.texts for answer in self.answers if answer.field == field), ())
