"""Equal values as an organizer meets them: all there are, what was taken as equal, what may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from events.errors import UnusableOption
from events.model import Attendee
from matcher.canon import (
    Decision,
    Equals,
    Held,
    Proposal,
    decided_as,
    fold,
    held_values,
    propose,
    values_of,
)
from matcher.fields import Visibility, field
from matcher.meaning import LEXICAL, Meaning
from matcher.phrase import phrase

__all__ = [
    "Decisions",
    "Group",
    "Review",
    "Wording",
    "held_by",
    "join",
    "likeliest_first",
    "review",
    "told_apart",
    "values_in_words",
]


def held_by(attendees: Iterable[Attendee], equals: Equals | None = None) -> tuple[Held, ...]:
    """Return the values that attendees hold and that may influence a plan, by kind."""
    answers = (
        (attendee.id, answer.field, text)
        for attendee in attendees
        for answer in attendee.answers
        if answer.visibility in (Visibility.PRINT, Visibility.MATCH)
        for text in answer.texts
    )
    return held_values(answers, equals)


@dataclass(frozen=True)
class Decisions:
    """What is to count as equal in the events of a series.

    Parameters
    ----------
    made
        Decisions of a person, the latest last.
    accept
        Whether proposals that they leave open count as accepted.
    """

    made: tuple[Decision, ...] = ()
    accept: bool = False

    def among(self, attendees: Sequence[Attendee]) -> Equals:
        """Return the decisions as they hold among these attendees."""
        equals = Equals(self.made)
        if not self.accept:
            return equals
        proposed = propose(held_by(attendees, equals), equals)
        return equals.with_proposals(proposal.decided(same=True) for proposal in proposed)


@dataclass(frozen=True, kw_only=True)
class Wording:
    """One way in which a value was typed.

    Parameters
    ----------
    apart
        The decision that lets these words stand for themselves; None where they do.
    """

    text: str
    apart: Decision | None


@dataclass(frozen=True, kw_only=True)
class Group:
    """A value that was typed in several ways."""

    held: Held
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, kw_only=True)
class Review:
    """What an organizer looks through: all values, what was taken as equal, what may be."""

    held: tuple[Held, ...]
    groups: tuple[Group, ...]
    proposals: tuple[Proposal, ...]


def review(attendees: Iterable[Attendee], equals: Equals | None = None) -> Review:
    """Return what is to be looked through among these attendees' answers."""
    equals = equals or Equals()
    held = held_by(attendees, equals)
    groups = (
        Group(held=one, wordings=tuple(_wording(one.kind, text, equals) for text in one.texts))
        for one in held
        if len({text.casefold() for text in one.texts}) > 1
    )
    return Review(held=held, groups=tuple(groups), proposals=propose(held, equals))


def likeliest_first(proposals: Sequence[Proposal], meaning: Meaning) -> tuple[Proposal, ...]:
    """Return proposals with those first whose words are nearest in meaning; else as they were.

    Meaning puts in order what initials or slips propose; it never proposes, nor accepts.
    """
    if len(proposals) < 2:
        return tuple(proposals)  # an encoder takes a third of a second to load
    near = meaning.closeness([(one.value.text, one.other.text) for one in proposals])
    order = sorted(range(len(proposals)), key=lambda at: (-near[at], at))
    return tuple(proposals[at] for at in order)


def _wording(kind: str, text: str, equals: Equals) -> Wording:
    apart = told_apart(kind, text)
    if apart and equals.apart(kind, apart.value, apart.other):
        apart = None
    return Wording(text=text, apart=apart)


def told_apart(kind: str, text: str) -> Decision | None:
    """Return the decision that words stand for themselves, None where they do anyway."""
    found = values_of(kind, text)
    if len(found) != 1 or fold(text) == found[0].id:
        return None
    return Decision(decided_as(kind), fold(text), found[0].id, same=False)


def join(kind: str, value: str, other: str, equals: Equals) -> Decision:
    """Return the decision that what `value` says is the same as what `other` says.

    Raises
    ------
    UnusableOption
        If either is not one value, or they count as the same already.
    """
    ids = []
    for words in (value, other):
        found = values_of(kind, words)
        if len(found) != 1:
            raise UnusableOption(
                phrase("“%(text)s” is not one value. Write one on each side.", text=words)
            )
        ids.append(equals.read(kind, found[0]).id)
    if equals.of(kind, ids[0]) == equals.of(kind, ids[1]):
        raise UnusableOption(phrase("These two count as the same already."))
    return Decision(decided_as(kind), ids[0], ids[1], same=True)


def values_in_words(
    attendees: Sequence[Attendee], equals: Equals | None = None, meaning: Meaning = LEXICAL
) -> str:
    """Return what was taken as equal among different words, and what is proposed, as text.

    Parameters
    ----------
    meaning
        Puts the likeliest proposals first.
    """
    found = review(attendees, equals)
    proposals = likeliest_first(found.proposals, meaning)
    merged = [group.held for group in found.groups]
    return "\n".join(
        [
            f"Taken as equal ({len(merged)}):",
            *(f"  {_label(one)}: {' = '.join(one.texts)} ({_people(one)})" for one in merged),
            f"Perhaps equal ({len(proposals)}), counted apart until you say so:",
            *(f"  {_proposed(proposal)}" for proposal in proposals),
        ]
    )


def _proposed(proposal: Proposal) -> str:
    value, other = proposal.value, proposal.other
    return (
        f"{_label(value)}: {value.text} ({_people(value)}) = {other.text} ({_people(other)})?"
        f" {proposal.because.value}"
    )


def _label(held: Held) -> str:
    return field(held.kind).label


def _people(held: Held) -> str:
    return "1 person" if held.people == 1 else f"{held.people} people"
