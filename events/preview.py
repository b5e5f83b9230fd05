"""The cards of any two people, before there is a plan: to see what the words will be like."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from matcher.affinity import AffinityModel
from matcher.canon import Equals
from matcher.explain import write_introductions
from matcher.meaning import LEXICAL, Meaning
from matcher.phrase import phrase
from matcher.plan import BoundCovers, Meeting, Plan, Status, StoppedBy
from matcher.questions.language import SHIPPED_STYLE, Style
from matcher.settings import Settings

from .cells import write_csv
from .errors import UnusableOption
from .model import Attendee
from .profiles import AnswersRead, to_profile

__all__ = ["preview_pair"]

_UNDECIDED = Equals()


def preview_pair(
    attendees: Sequence[Attendee],
    one: str,
    other: str,
    settings: Settings,
    *,
    style: Style = SHIPPED_STYLE,
    equals: Equals = _UNDECIDED,
    meaning: Meaning = LEXICAL,
) -> dict[str, bytes]:
    """Return the files that cards are printed from, for two people at table 1 in round 1.

    Reasons are those that a plan would give; of the questions that fit, a plan may choose others.
    Rules are not asked: two people who may never meet can be looked at, too.

    Parameters
    ----------
    attendees
        Everybody: what is rare depends on the room.
    one, other
        Ids.
    style, equals, meaning
        As in `events.pipeline.introduce_attendees`.

    Raises
    ------
    UnusableOption
        If it is not two people.
    """
    if one == other:
        raise UnusableOption(
            phrase("A card introduces two people: choose somebody else as the second.")
        )
    read: AnswersRead = {}
    profiles = [
        to_profile(attendee, equals, read).keeping_off(style.kept_off) for attendee in attendees
    ]
    a, b = sorted((one, other))
    explained = AffinityModel(profiles, meaning, weights=settings.weights).explain([(a, b)])
    meeting = Meeting(round=1, table=1, members=(a, b), value=2 * explained[a, b].affinity)
    plan = _plan(sorted(profile.id for profile in profiles), meeting)
    two = [profile for profile in profiles if profile.id in meeting.members]
    written = write_introductions(plan, two, explained, settings, style)
    rows = ((who.id, who.name, who.given_name, who.family_name) for who in two)
    return {
        "introductions.json": msgspec.json.encode(written.introductions),
        "people.csv": write_csv(("id", "name", "given_name", "family_name"), rows),
        "plan.json": msgspec.json.encode({"plan_id": "preview", "settings": settings}),
    }


def _plan(ids: Sequence[str], meeting: Meeting) -> Plan:
    return Plan(
        ids=tuple(ids),
        rounds=1,
        meetings=(meeting,),
        sit_outs=(),
        bound=meeting.value,
        welfare=meeting.value,
        welfare_bound=meeting.value,
        bound_covers=BoundCovers.ALL,
        status=Status.FEASIBLE,
        stopped_by=StoppedBy.EFFORT,
        repeatable=True,
    )
