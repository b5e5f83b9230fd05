"""Notices about a list as a whole: what it is, what its cards will lack, who says two things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from events.errors import UnusableOption
from events.model import NAMING_COLUMNS, Attendee, Notice, Severity
from events.rules import Register, pin_of
from matcher.fields import Visibility, field
from matcher.phrase import in_quotes, phrase

from .products import Product
from .result import Column, Reason, SetAside
from .wording import plain, shortened

__all__ = ["contradictions", "remarks_on", "unclear_people"]

_FORM = phrase(
    "What are you working on? What are you looking for? What could you help others with? "
    "What do you love doing outside work? Where have you lived?"
)
"""The five questions that give cards most to say."""

_TALKING_POINTS = {"need", "offer", "interest", "challenge", "experience", "hobby"}
_STATUSES = frozenset(
    (Reason.REFUNDED, Reason.CANCELLED, Reason.DECLINED, Reason.NOT_ATTENDING, Reason.WAITLISTED)
)


def remarks_on(columns: Sequence[Column], product: Product | None) -> Iterator[Notice]:
    """Yield what to know of this list before anybody is paired."""
    if product and product.warning:
        yield Notice(
            problem=product.warning,
            remedy=phrase(
                "Take out who will not come, or export the attendees of the event instead."
            ),
        )
    if not _TALKING_POINTS & {column.field for column in columns}:
        yield Notice(
            problem=phrase(
                "Nobody was asked what they need, offer or like: cards can say where people "
                "are from or what they do, but not whom they could help, and have no offer line."
            ),
            remedy=phrase("Send a form with five questions: %(questions)s", questions=_FORM),
        )
    fields = sorted({c.field for c in columns if c.visibility is Visibility.MATCH})
    if fields:
        yield Notice(
            problem=phrase(
                "Answers to %(fields)s shape who meets whom; cards do not show them.",
                fields=in_quotes([phrase(field(name).label) for name in fields]),
            ),
            remedy=f"Use --print {','.join(fields)} if people know that others will read them.",
            severity=Severity.INFO,
        )


def contradictions(set_aside: Iterable[SetAside], people: Iterable[Attendee]) -> Iterator[Notice]:
    """Yield a notice for every row that says no in the name of somebody who comes.

    Which of the two holds cannot be told: a ticket may be refunded because another was bought.
    """
    coming = {plain(person.name): person.source_row for person in reversed(tuple(people))}
    for entry in set_aside:
        row = coming.get(plain(entry.name))
        if entry.reason in _STATUSES and entry.name and row:
            yield Notice(
                row=entry.row,
                value=entry.name,
                problem=phrase(
                    "is %(reason)s here, but comes according to row %(row)s.",
                    reason=phrase(entry.reason),
                    row=str(row),
                ),
                remedy=phrase("Take one of the two rows out if they are the same person."),
            )


def unclear_people(people: Sequence[Attendee]) -> Iterator[Notice]:
    """Yield a notice for every name in a rule column that fits two people, or nobody.

    The names stay as typed: the list may be joined with another one before it is planned.
    """
    said = [
        (person, column, text)
        for person in people
        for column in NAMING_COLUMNS
        for text in getattr(person, column)
    ]
    register = Register(people if said else ())
    for person, column, text in said:
        who = text if column != "pin" else pin_of(text)[0]
        problem, remedy, severity = "", "", Severity.CHECK
        try:
            if register.find(who) is None:
                problem = phrase("is nobody in this file.")
                remedy = phrase("Write the id or full name as the list has it, or ignore this.")
                severity = Severity.INFO
        except UnusableOption as question:
            problem, _, remedy = str(question).removeprefix(f"'{who}' ").partition(". ")
            problem += "."
        if problem:
            yield Notice(
                row=person.source_row,
                column=column,
                value=shortened(text),
                problem=problem,
                remedy=remedy,
                severity=severity,
            )
