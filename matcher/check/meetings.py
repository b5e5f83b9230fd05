"""Checks of who meets whom, where and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from .export import Export, Meeting
from .violation import Code, Violation

__all__ = ["MEETING_CHECKS"]


def self_pairs(export: Export) -> Iterator[Violation]:
    """Nobody meets themselves."""
    for meeting in export.meetings:
        for member, times in Counter(meeting.members).items():
            if times > 1:
                says = f"{export.who(member)} would meet themselves. Put somebody else there."
                yield _broken(Code.SELF_PAIR, meeting, says)


def double_bookings(export: Export) -> Iterator[Violation]:
    """Nobody is in two places at once."""
    for member, meetings in export.of_person.items():
        for earlier, later in pairwise(meetings):
            if earlier.round == later.round:
                says = (
                    f"{export.who(member)} is at tables {earlier.table} and {later.table} in round "
                    f"{later.round}. Keep one of the two."
                )
                yield _broken(Code.DOUBLE_BOOKING, later, says)


def rematches(export: Export) -> Iterator[Violation]:
    """No two people meet twice."""
    for pair, (first, *others) in export.met.items():
        for meeting in others:
            says = (
                f"{export.who(*pair)} met in round {first.round} and meet again in round "
                f"{meeting.round}. Give one of them another partner."
            )
            yield _broken(Code.REMATCH, meeting, says)


def rounds(export: Export) -> Iterator[Violation]:
    """Every round is one of the plan's."""
    for meeting in export.meetings:
        if meeting.round > export.figures.rounds:
            says = (
                f"{export.who(*meeting.members)} meet in round {meeting.round}, but there are "
                f"{export.figures.rounds}. Move them into one of these."
            )
            yield _broken(Code.ROUND_OUT_OF_RANGE, meeting, says)


def tables(export: Export) -> Iterator[Violation]:
    """A table seats one meeting a round, and there are only so many tables."""
    seen: set[tuple[int, int]] = set()
    limit = export.figures.tables
    for meeting in export.meetings:
        where = (meeting.round, meeting.table)
        people = export.who(*meeting.members)
        at = f"{people} are at table {meeting.table} in round {meeting.round}"
        if where in seen:
            says = f"{at}, which is taken. Give them a table that is free."
            yield _broken(Code.TABLE_TAKEN, meeting, says)
        if limit is not None and meeting.table > limit:
            says = f"{at}, but there are {limit} tables. Plan with more tables or rounds."
            yield _broken(Code.TABLE_LIMIT, meeting, says)
        seen.add(where)


def trios(export: Export) -> Iterator[Violation]:
    """At most one trio a round, only where the count is odd and the organizer wants trios.

    Trios of frozen rounds are past: they were right for the people who were there then.
    """
    seen: set[int] = set()
    for meeting in export.meetings:
        if len(meeting.members) < 3 or meeting.seating in export.frozen:
            continue
        at = f"{export.who(*meeting.members)} meet as a trio in round {meeting.round}"
        if meeting.round in seen:
            yield _broken(Code.TWO_TRIOS, meeting, f"{at}, the second there. Split one of them.")
        if present(export, meeting.round) % 2 == 0:
            says = f"{at}, though the number of people is even. Make pairs of all."
            yield _broken(Code.NEEDLESS_TRIO, meeting, says)
        if export.figures.odd != "trio":
            says = f"{at}, though the settings ask for '{export.figures.odd}'. Split the trio."
            yield _broken(Code.UNWANTED_TRIO, meeting, says)
        seen.add(meeting.round)


def order(export: Export) -> Iterator[Violation]:
    """Rows stand by round and table, members by id."""
    for before, after in pairwise(export.meetings):
        if (before.round, before.table) > (after.round, after.table):
            says = f"Round {after.round}, table {after.table} stands too late. Sort the rows."
            yield _broken(Code.UNSORTED, after, says)
    for meeting in export.meetings:
        if list(meeting.members) != sorted(meeting.members):
            says = f"The ids of {export.who(*meeting.members)} are not in order. Sort a, b, c."
            yield _broken(Code.UNSORTED, meeting, says)


def known(export: Export) -> Iterator[Violation]:
    """Everyone who meets stands in people.csv under the same name."""
    for meeting in export.meetings:
        for member, name in zip(meeting.members, meeting.names, strict=True):
            if member not in export.person:
                says = f"'{member}' ({name}) is not in people.csv. Correct the id."
                yield _broken(Code.UNKNOWN_PERSON, meeting, says)
            elif name != export.person[member].name:
                says = f"{export.who(member)} is called '{name}' here. Use one name in both files."
                yield _broken(Code.WRONG_NAME, meeting, says)


def present(export: Export, round_number: int) -> int:
    """Count the people who are there in a round."""
    return sum((person, round_number) not in export.absences for person in export.person)


def _broken(code: Code, meeting: Meeting, sentence: str) -> Violation:
    return Violation(code=code, file="pairings.csv", row=meeting.row, sentence=sentence)


MEETING_CHECKS = (known, self_pairs, double_bookings, rematches, rounds, tables, trios, order)
"""In the order in which they are reported."""
