"""Attendees with any text in every place, for round trips."""

from __future__ import annotations

from hypothesis import strategies as st

from events.attendee_file import ATTENDEE_COLUMNS
from events.model import RULE_COLUMNS, Answer, Attendee
from matcher.fields import FIELDS, Visibility

__all__ = ["any_attendee", "any_text", "people_with_ids"]

_NASTY = "=+-@\t\r\n＝＋－＠'\";,| xא☃😀\x00\ufeff"

any_text = st.text(alphabet=st.sampled_from(_NASTY), max_size=6) | st.text(max_size=6)
_some = any_text.filter(bool)
_ANSWERED = [entry.name for entry in FIELDS if entry.name in ATTENDEE_COLUMNS[7:]]


@st.composite
def _answers(draw):
    names = draw(st.sets(st.sampled_from(_ANSWERED), max_size=4))
    texts = st.lists(any_text, min_size=1, max_size=3).map(tuple)
    return tuple(
        Answer(field=name, texts=draw(texts), visibility=draw(st.sampled_from(Visibility)))
        for name in _ANSWERED
        if name in names
    )


any_attendee = st.builds(
    Attendee,
    id=_some,
    name=_some,
    **dict.fromkeys(("given_name", "family_name", "email", "typed_name", "credentials"), any_text),
    **dict.fromkeys(RULE_COLUMNS, st.lists(any_text, max_size=2).map(tuple)),
    answers=_answers(),
    source_row=st.none() | st.integers(1, 10**6),
)
people_with_ids = st.lists(any_attendee, max_size=4, unique_by=lambda person: person.id)
