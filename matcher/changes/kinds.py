"""The kinds of change: what each asks for, the ways to get it, and how it is told.

A kind that leaves open how it is done offers every way; `make` takes the cheapest that breaks no
rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Protocol, TypeAlias

from matcher.phrase import Phrase, phrase
from matcher.plan.plan import Meeting
from matcher.rules import Exclusions, Pins, Rule

from .board import Board, Impossible

__all__ = [
    "CHANGES",
    "Change",
    "Forbid",
    "Move",
    "Pin",
    "Remove",
    "Swap",
    "Way",
]

Way: TypeAlias = tuple[tuple[Meeting, ...], tuple[Meeting, ...]]
"""Meetings that go, and meetings that take their place."""


class Change(Protocol):
    """Something an organizer wants to be different in a plan."""

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of those it names."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Rules that hold from now on."""

    def ways(self, board: Board) -> Iterable[Way]:
        """Return the ways to get there, at least one; raises `Impossible`."""

    def text(self, board: Board) -> Phrase:
        """Return the change as a sentence."""


@dataclass(frozen=True, kw_only=True)
class Swap:
    """Two people take each other's places in one round; one of them may have a break."""

    kind: ClassVar[str] = "swap"
    rules: ClassVar[tuple[Rule, ...]] = ()

    round: int
    one: str
    other: str

    @property
    def people(self) -> tuple[str, ...]:
        """Both."""
        return self.one, self.other

    def ways(self, board: Board) -> Iterable[Way]:
        """Exchange the two."""
        _needs_round(board, self.round)
        _needs_two(board, self.people)
        mine, theirs = (board.at(self.round, person) for person in self.people)
        who = board.who(self.people)
        if mine is None and theirs is None:
            raise Impossible(
                phrase(
                    "%(who)s have no meeting in round %(round)s. Pin them to meet.",
                    who=who,
                    round=self.round,
                )
            )
        if mine == theirs:
            raise Impossible(
                phrase(
                    "%(who)s sit at one table in round %(round)s. Name somebody else.",
                    who=who,
                    round=self.round,
                )
            )
        return [_exchange(board, self.round, self.one, self.other)]

    def text(self, board: Board) -> Phrase:
        """Return the change as a sentence."""
        return phrase(
            "%(who)s change places in round %(round)s.",
            who=board.who(self.people),
            round=self.round,
        )


@dataclass(frozen=True, kw_only=True)
class Move:
    """One person joins the two at a table in one round; see `Remove` for a partner left alone."""

    kind: ClassVar[str] = "move"
    rules: ClassVar[tuple[Rule, ...]] = ()

    round: int
    person: str
    table: int

    @property
    def people(self) -> tuple[str, ...]:
        """The one who moves."""
        return (self.person,)

    def ways(self, board: Board) -> Iterable[Way]:
        """Seat the person as the third of that table."""
        _needs_round(board, self.round)
        here = phrase("table %(table)s in round %(round)s", table=self.table, round=self.round)
        found = [m for m in board.meetings if (m.round, m.table) == (self.round, self.table)]
        if not found:
            raise Impossible(
                phrase("Nobody sits at %(here)s. Name a table where two people meet.", here=here)
            )
        (joined,) = found
        if self.person in joined.members:
            who = board.name(self.person)
            raise Impossible(phrase("%(who)s sits at %(here)s already.", who=who, here=here))
        if len(joined.members) == 3:
            raise Impossible(
                phrase("Three people sit at %(here)s. Change places with one of them.", here=here)
            )
        more = replace(joined, members=tuple(sorted((*joined.members, self.person))))
        leaving = _leaving(board, self.round, self.person)
        return [((*gone, joined), (*left, more)) for gone, left in leaving]

    def text(self, board: Board) -> Phrase:
        """Return the change as a sentence."""
        return phrase(
            "%(who)s joins table %(table)s in round %(round)s.",
            who=board.name(self.person),
            table=self.table,
            round=self.round,
        )


@dataclass(frozen=True, kw_only=True)
class Remove:
    """One person has a break in one round.

    A partner left alone meets somebody else who has a break then, or has one, too.
    """

    kind: ClassVar[str] = "remove"
    rules: ClassVar[tuple[Rule, ...]] = ()

    round: int
    person: str

    @property
    def people(self) -> tuple[str, ...]:
        """The one who is taken out."""
        return (self.person,)

    def ways(self, board: Board) -> Iterable[Way]:
        """Take the person out of their meeting."""
        _needs_round(board, self.round)
        if board.at(self.round, self.person) is None:
            raise Impossible(
                phrase(
                    "%(who)s meets nobody in round %(round)s. Name another round.",
                    who=board.name(self.person),
                    round=self.round,
                )
            )
        return _leaving(board, self.round, self.person)

    def text(self, board: Board) -> Phrase:
        """Return the change as a sentence."""
        return phrase(
            "%(who)s meets nobody in round %(round)s.",
            who=board.name(self.person),
            round=self.round,
        )


@dataclass(frozen=True, kw_only=True)
class Pin:
    """Two people meet, in that round or in any; from now on as a rule."""

    kind: ClassVar[str] = "pin"

    one: str
    other: str
    round: int | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Both."""
        return self.one, self.other

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The pin."""
        a, b = sorted(self.people)
        return (Pins(frozenset({(a, b, self.round)})),)

    def ways(self, board: Board) -> Iterable[Way]:
        """Bring them together by one exchange in a round, or at a free table."""
        _needs_two(board, self.people)
        met = board.round_of(self.one, self.other)
        if self.round is not None:
            _needs_round(board, self.round)
        if met is not None and self.round in (None, met):
            return [((), ())]
        if met is not None:
            raise Impossible(
                phrase(
                    "%(who)s meet in round %(round)s, and nobody meets twice. "
                    "Pin them there, or take one of them out of that round first.",
                    who=board.who(self.people),
                    round=met,
                )
            )
        rounds = [self.round] if self.round else range(1, board.settings.rounds + 1)
        return [way for number in rounds for way in self._in_round(board, number)]

    def _in_round(self, board: Board, number: int) -> Iterator[Way]:
        mine, theirs = (board.at(number, person) for person in self.people)
        if mine is None and theirs is None:
            taken = {meeting.table for meeting in board.meetings if meeting.round == number}
            for table in sorted(set(range(1, len(taken) + 2)) - taken):
                members = tuple(sorted(self.people))
                yield (), (Meeting(round=number, table=table, members=members, value=0),)
        for person, meeting, other in (
            (self.one, mine, self.other),
            (self.other, theirs, self.one),
        ):
            for partner in meeting.partners(person) if meeting else ():
                yield _exchange(board, number, partner, other)

    def text(self, board: Board) -> Phrase:
        """Return the change as a sentence."""
        who = board.who(self.people)
        if self.round is None:
            return phrase("%(who)s must meet.", who=who)
        return phrase("%(who)s meet in round %(round)s, as a rule.", who=who, round=self.round)


@dataclass(frozen=True, kw_only=True)
class Forbid:
    """Two people never meet, from now on as a rule."""

    kind: ClassVar[str] = "forbid"

    one: str
    other: str

    @property
    def people(self) -> tuple[str, ...]:
        """Both."""
        return self.one, self.other

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The exclusion."""
        a, b = sorted(self.people)
        return (Exclusions(frozenset({(a, b)})),)

    def ways(self, board: Board) -> Iterable[Way]:
        """Let one of them change places with anybody else in the round in which they meet."""
        _needs_two(board, self.people)
        number = board.round_of(self.one, self.other)
        if number is None:
            return [((), ())]
        meeting = board.at(number, self.one)
        assert meeting is not None
        away = board.absent(number).union(meeting.members)
        others = [person for person in board.ids if person not in away]
        ways = [_exchange(board, number, who, them) for who in self.people for them in others]
        return [*ways, *(_without(board, number, who) for who in self.people)]

    def text(self, board: Board) -> Phrase:
        """Return the change as a sentence."""
        return phrase("%(who)s never meet.", who=board.who(self.people))


def _needs_round(board: Board, number: int) -> None:
    rounds = board.settings.rounds
    if not 1 <= number <= rounds:
        raise Impossible(
            phrase(
                "There is no round %(round)s. Name one from 1 to %(last)s.",
                round=number,
                last=rounds,
            )
        )


def _needs_two(board: Board, people: tuple[str, ...]) -> None:
    if len(set(people)) == 1:
        raise Impossible(phrase("%(who)s is one person. Name two.", who=board.name(people[0])))


def _exchange(board: Board, number: int, one: str, other: str) -> Way:
    """Return two people in each other's places; who changes with a break has it."""
    turn = {one: other, other: one}
    gone = [m for m in (board.at(number, one), board.at(number, other)) if m is not None]
    new = [
        Meeting(
            round=m.round,
            table=m.table,
            members=tuple(sorted([turn.get(member, member) for member in m.members])),
            value=m.value,
        )
        for m in gone  # thousands of ways: `replace` takes three times as long
    ]
    return tuple(gone), tuple(new)


def _without(board: Board, number: int, person: str) -> Way:
    """Return a person's meeting without them: a pair that is left of a trio, or nothing."""
    meeting = board.at(number, person)
    if meeting is None:
        return (), ()
    left = meeting.partners(person)
    return (meeting,), (replace(meeting, members=left),) if len(left) == 2 else ()


def _leaving(board: Board, number: int, person: str) -> list[Way]:
    """Return the ways to take a person out of their meeting, if they have one."""
    gone, left = _without(board, number, person)
    ways: list[Way] = [(gone, left)]
    for meeting in gone if not left else ():
        (partner,) = meeting.partners(person)
        away = board.absent(number) | {person}
        free = (each for each in board.ids if each not in away and not board.at(number, each))
        for other in free:
            ways.append((gone, (replace(meeting, members=tuple(sorted((partner, other)))),)))
    return ways


CHANGES = (Swap, Move, Remove, Pin, Forbid)
"""Every kind of change; a new one is one class and one line here."""
