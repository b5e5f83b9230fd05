"""What attendees agree to, in sentences for a sign-up form: who reads which of their answers.

Said in the first person, so that the same words suit a form that says *du* or *vous*, and from
what the event does: answers that stay off all cards are not said to be printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.fields import FIELDS, Purpose, Visibility, field
from matcher.phrase import Phrase, in_quotes, phrase

from .model import Attendee, Event

__all__ = ["ASKED", "Seen", "consent", "who_sees"]

ASKED = ("need", "offer", "project", "organization", "school", "lived", "hobby")
"""Fields that the five questions for a form ask for; assumed while nobody has answered yet."""


@dataclass(frozen=True)
class Seen:
    """Fields by who reads their answers, each in the order of the table of fields.

    Parameters
    ----------
    printed
        Those that stand on the cards of partners, of at least one person.
    kept
        All others: at most they decide who meets whom, and the organizer alone reads them.
    """

    printed: tuple[str, ...]
    kept: tuple[str, ...]


def who_sees(event: Event, people: Iterable[Attendee]) -> Seen:
    """Return which answers are printed, and which the organizer keeps."""
    levels = {
        (answer.field, answer.visibility) for person in people for answer in person.answers
    } or {(name, field(name).visibility) for name in ASKED}
    printed = {
        name
        for name, level in levels
        if level is Visibility.PRINT and name not in event.words.kept_off
    }
    kept = {name for name, _ in levels} - printed
    order = [line.name for line in FIELDS if line.purpose is not Purpose.IDENTITY]
    return Seen(
        printed=tuple(name for name in order if name in printed),
        kept=tuple(name for name in order if name in kept),
    )


def consent(event: Event, people: Iterable[Attendee], *, day: str = "") -> tuple[Phrase, ...]:
    """Return what to let attendees agree to, sentence by sentence.

    Parameters
    ----------
    day
        The day on which the event is to be erased, as the form's language writes it; "" for none.
    """
    seen = who_sees(event, people)
    said = [
        phrase(
            "I agree that the organizers of “%(event)s” use my answers to decide whom I am "
            "introduced to.",
            event=event.title,
        )
    ]
    if seen.printed:
        said.append(
            phrase(
                "Those I am introduced to may read on a card: my name, %(fields)s.",
                fields=_called(seen.printed),
            )
        )
    else:
        said.append(phrase("Those I am introduced to read my name, and none of my answers."))
    if seen.kept:
        said.append(
            phrase(
                "Nobody but the organizers reads: my e-mail address, %(fields)s.",
                fields=_called(seen.kept),
            )
        )
    else:
        said.append(phrase("Nobody but the organizers reads my e-mail address."))
    if day:
        said.append(phrase("Everything is erased on %(day)s.", day=day))
    said.append(phrase("At any time I can ask to see, change or erase what they know of me."))
    return tuple(said)


def _called(fields: Sequence[str]) -> Phrase:
    """Return some fields as forms call them."""
    return in_quotes([phrase(field(name).label) for name in fields])
