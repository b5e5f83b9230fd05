"""Who knows whom: what people say of each other, and what the organizer knows of earlier events.

A tie counts where both ends name each other or the organizer entered it; what only one of two says
keeps them from being introduced, and nothing else.
"""

from __future__ import annotations

from events.errors import UnusableOption
from events.model import Attendee, Notice, Severity
from matcher.fields import Visibility
from matcher.phrase import phrase, phrases
from matcher.rules import AlreadyMet

from .found import Found
from .register import Register, place_of

__all__ = ["read_acquaintances"]


def read_acquaintances(register: Register, found: Found) -> None:
    """Add whom the attendees know, from their answers; then tie those who name each other.

    Whoever switched the answer off (`off`) says nothing. Names of people who are not here, or that
    two people fit, are many and no mistake: one notice counts them.
    """
    unknown = 0
    for attendee in register.attendees:
        for text in _knows(attendee):
            other = _found(register, text)
            if other is None:
                unknown += 1
            elif other != attendee.id:
                found.said.add((attendee.id, other))
                found.note(place_of(attendee, "knows"), AlreadyMet.kind, (attendee.id, other))
    found.met |= found.said
    for a, b in found.said:
        if a < b and (b, a) in found.said:
            found.ties.setdefault((a, b), "")
    if unknown:
        problem = phrases(
            "%(num)s name of somebody whom a person knows fits nobody here, or two people.",
            "%(num)s names of people whom somebody knows fit nobody here, or two people.",
            unknown,
        )
        remedy = phrase("Write ids or full names if they matter.")
        found.notices.append(Notice(problem=problem, remedy=remedy, severity=Severity.INFO))


def _knows(attendee: Attendee) -> tuple[str, ...]:
    return tuple(
        text
        for answer in attendee.answers
        if answer.field == "knows" and answer.visibility is not Visibility.OFF
        for text in answer.texts
    )


def _found(register: Register, text: str) -> str | None:
    try:
        return register.find(text)
    except UnusableOption:
        return None
