"""The one place where attendees become profiles of the matcher."""

from __future__ import annotations

from events.model import Attendee
from matcher.canon import Equals, values_of
from matcher.fields import FIELDS, Visibility, field
from matcher.profile import Profile, Trait

__all__ = ["to_profile"]

_ORDER = {entry.name: at for at, entry in enumerate(FIELDS)}


_UNDECIDED = Equals()


def to_profile(attendee: Attendee, equals: Equals = _UNDECIDED) -> Profile:
    """Return what the matcher may know of an attendee.

    Answers for the organizer only, and answers switched off, stay behind; so do answers made of
    punctuation alone, which can equal nothing.

    Parameters
    ----------
    equals
        What somebody decided about values of this event.
    """
    traits = (
        Trait(
            kind=answer.field,
            text=" ".join(value.text.split()),
            value=equals.applied(answer.field, value).id,
            visibility=answer.visibility,
        )
        for answer in sorted(attendee.answers, key=lambda answer: _ORDER[answer.field])
        if answer.visibility in (Visibility.PRINT, Visibility.MATCH)
        and field(answer.field).purpose.is_trait
        for text in answer.texts
        for value in values_of(answer.field, text)
    )
    return Profile(
        id=attendee.id,
        name=attendee.name,
        given_name=attendee.given_name,
        family_name=attendee.family_name,
        traits=tuple(traits),
    )
