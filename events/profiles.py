"""The one place where attendees become profiles of the matcher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from events.model import Answer, Attendee, Notice
from events.rules import RulesFound, plain
from matcher.canon import Equals, values_of
from matcher.fields import FIELDS, Visibility, field
from matcher.meaning import meant_as
from matcher.phrase import phrase
from matcher.profile import Profile, Trait

__all__ = ["AnswersRead", "misplaced", "to_profile", "to_profiles"]

_ORDER = {entry.name: at for at, entry in enumerate(FIELDS)}
_IS_TRAIT = {entry.name: entry.purpose.is_trait for entry in FIELDS}
_KNOWN = (Visibility.PRINT, Visibility.MATCH)
_UNDECIDED = Equals()
AnswersRead = dict[tuple[str, Visibility], dict[str, tuple[Trait, ...]]]
"""Field and who may see it → text → the traits that such an answer was read as."""


def to_profiles(
    attendees: Sequence[Attendee], found: RulesFound, equals: Equals = _UNDECIDED
) -> list[Profile]:
    """Return what the matcher may know of attendees, with what rules say of each.

    Parameters
    ----------
    found
        What `events.rules.read_rules` found for these attendees.
    equals
        What somebody decided about values of this event.
    """
    asked = found.meeting_rivals | found.newcomers | found.hosts | {who for who, _ in found.urgency}
    read: AnswersRead = {}
    profiles = [to_profile(attendee, equals, read) for attendee in attendees]
    return [_asked(profile, found) if profile.id in asked else profile for profile in profiles]


def _asked(profile: Profile, found: RulesFound) -> Profile:
    """Return the profile with what rules say of the person."""
    return replace(
        profile,
        traits=tuple(
            replace(trait, urgency=_urgency(profile.id, trait, found))
            if trait.kind == "need"
            else trait
            for trait in profile.traits
        ),
        meets_rivals=profile.id in found.meeting_rivals,
        newcomer=profile.id in found.newcomers,
        host=profile.id in found.hosts,
    )


def _urgency(person: str, trait: Trait, found: RulesFound) -> float:
    others = found.urgency.get((person, ""), 1.0)
    return found.urgency.get((person, plain(trait.text)), others)


def to_profile(
    attendee: Attendee, equals: Equals = _UNDECIDED, read: AnswersRead | None = None
) -> Profile:
    """Return what the matcher may know of an attendee.

    Answers for the organizer only, and answers switched off, stay behind; so do answers made of
    punctuation alone, which can equal nothing. A wish among the offers counts as a need, an offer
    among the needs as an offer, a town of the past among those of today as one lived in, where the
    wording says so plainly.

    Parameters
    ----------
    equals
        What somebody decided about values of this event.
    read
        What others' answers were read as, added to here: who wrote the same has the same traits.
    """
    read = {} if read is None else read
    traits: list[Trait] = []
    for answer in _compared(attendee):
        known = read.setdefault((answer.field, answer.visibility), {})
        for text in answer.texts:
            found = known.get(text)
            if found is None:
                found = known[text] = tuple(_traits(answer, text, equals))
            traits += found
    traits.sort(key=lambda trait: _ORDER[trait.kind])
    return Profile(
        id=attendee.id,
        name=attendee.name,
        given_name=attendee.given_name,
        family_name=attendee.family_name,
        traits=tuple(traits),
    )


def misplaced(attendees: Sequence[Attendee]) -> tuple[Notice, ...]:
    """Return what to know of needs written among the offers and offers among the needs.

    By row and field, without the answers: they may not be for a plan's files.
    """
    found = []
    for attendee in attendees:
        for answer in _compared(attendee):
            other = [text for text in answer.texts if _kind(answer, text) != answer.field]
            if other:
                kind = _kind(answer, other[0])
                found.append(
                    Notice(
                        row=attendee.source_row,
                        column=f"{attendee.name}, {field(answer.field).label}",
                        problem=phrase(
                            "%(count)s of %(all)s read as “%(field)s” and count there.",
                            count=len(other),
                            all=len(answer.texts),
                            field=phrase(field(kind).label),
                        ),
                        remedy=phrase("Move or reword them if that is wrong."),
                    )
                )
    return tuple(found)


def _compared(attendee: Attendee) -> list[Answer]:
    """Return the answers that have an influence, in the order of the table."""
    known = [
        answer
        for answer in attendee.answers
        if _IS_TRAIT[answer.field] and answer.visibility in _KNOWN
    ]
    return sorted(known, key=lambda answer: _ORDER[answer.field])


def _traits(answer: Answer, text: str, equals: Equals) -> Iterator[Trait]:
    kind = _kind(answer, text)
    for found in values_of(kind, text):
        value = equals.applied(kind, found)
        level = answer.visibility
        if value.kind != answer.field:
            level = level.stricter(field(value.kind).visibility)
        yield Trait(
            kind=value.kind,
            text=" ".join(value.text.split()),
            value=value.id,
            visibility=level,
            elsewhere=value.elsewhere,
        )


def _kind(answer: Answer, text: str) -> str:
    return meant_as(answer.field, text)
