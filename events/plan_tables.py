"""A plan told again for people who read tables: schedules, sit-outs and introductions, row by row.

Like `events.exporter`, whose files these are, nothing here holds contact data or answers that
their owner did not give for printing.
"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.introduce import Outcome
from matcher.introduction import Introduction
from matcher.profile import Profile

from .cells import join

__all__ = [
    "INTRODUCTIONS",
    "SCHEDULE",
    "SIT_OUTS",
    "introduction_row",
    "introduction_rows",
    "schedule_rows",
    "sit_out_rows",
]

SCHEDULE = ("id", "name", "round", "time", "table", "partners", "partner_names", "mark")
SIT_OUTS = ("round", "id", "name")
INTRODUCTIONS = (
    *("card", "round", "table", "reader", "partner", "headline", "reasons"),
    *("stages", "areas", "templates", "questions", "languages", "offer", "introducer"),
)


def schedule_rows(outcome: Outcome) -> Iterator[tuple[object, ...]]:
    """Yield one row an attendee and round, by surname, given name, id and round.

    `mark` is ``trio``, ``sit-out`` or ``absence`` where it is not a meeting of two.
    """
    names = {profile.id: profile.name for profile in outcome.profiles}
    pauses = frozenset(outcome.plan.sit_outs)
    for person in _by_surname(outcome):
        meetings = {meeting.round: meeting for meeting in outcome.plan.of_person[person.id]}
        for number in range(1, outcome.plan.rounds + 1):
            time = outcome.settings.clock_time(number)
            meeting = meetings.get(number)
            if meeting is None:
                mark = "sit-out" if (number, person.id) in pauses else "absence"
                yield person.id, person.name, number, time, "", "", "", mark
                continue
            partners = meeting.partners(person.id)
            called = (names[partner] for partner in partners)
            mark = "trio" if len(partners) == 2 else ""
            yield (
                *(person.id, person.name, number, time, meeting.table),
                *(join(partners), join(called), mark),
            )


def sit_out_rows(outcome: Outcome) -> Iterator[tuple[object, ...]]:
    """Yield one row a sit-out, by round, surname, given name and id."""
    who = sorted(outcome.plan.sit_outs)
    order = {person.id: (at, person.name) for at, person in enumerate(_by_surname(outcome))}
    for number, person in sorted(who, key=lambda pause: (pause[0], order[pause[1]][0])):
        yield number, person, order[person][1]


def introduction_rows(outcome: Outcome) -> Iterator[tuple[object, ...]]:
    """Yield one row a directed card, by round, table and reader."""
    return map(introduction_row, outcome.introductions)


def introduction_row(told: Introduction) -> tuple[object, ...]:
    """Return one entry of `introductions.json` as cells; the lists of questions go side by side."""
    asked = told.questions
    return (
        *(told.card, told.round, told.table or "", told.reader, told.partner or ""),
        *(told.headline or "", join(told.reasons)),
        join(question.stage for question in asked),
        join(question.area for question in asked),
        join(question.template for question in asked),
        join(question.text for question in asked),
        join(question.language for question in asked),
        *(told.offer or "", told.introducer or ""),
    )


def _by_surname(outcome: Outcome) -> list[Profile]:
    return sorted(outcome.profiles, key=lambda profile: profile.sort_key)
