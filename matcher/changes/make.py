"""Makes a change: of all ways to get what it asks for, the cheapest that breaks no rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.phrase import phrase
from matcher.plan.plan import Meeting
from matcher.rules import Rule

from .board import Board, Impossible
from .kinds import Change, Way

__all__ = ["Changed", "make_change"]


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A plan after a change.

    Parameters
    ----------
    meetings
        By round and table.
    rules
        Such as hold from now on beside those in force.
    text
        What was done, as a sentence.
    """

    meetings: tuple[Meeting, ...]
    rules: tuple[Rule, ...]
    text: str


def make_change(board: Board, change: Change) -> Changed:
    """Return the plan after a change.

    Where every way breaks a rule, the first of the cheapest is returned; `price` names what it
    breaks.

    Raises
    ------
    Impossible
        If the change makes no sense in this plan, or names somebody who is not in it.

    Notes
    -----
    Ways are put in order by breaks and by what they gain, at once; rules are read over whole plans
    from the best way on, until one keeps them. Ways that a rule speaks against by themselves come
    last.
    """
    for person in change.people:
        if person not in board.ids:
            raise Impossible(
                phrase("'%(who)s' is nobody in this plan. Use an id of its people.csv.", who=person)
            )
    ways = list(change.ways(board))
    best = ways[0] if len(ways) == 1 else _best(board, ways, change.rules)
    return Changed(meetings=board.with_meetings(*best), rules=change.rules, text=change.text(board))


def _best(board: Board, ways: Sequence[Way], rules: Sequence[Rule]) -> Way:
    """Return the way that gains most of those that break nothing which holds now.

    As in the planner, few breaks come before the total.
    """
    allowed, gains = _allowed(board, ways, rules), _gains(board, ways)
    seats = [sum(len(m.members) for m in new) - sum(len(m.members) for m in g) for g, new in ways]
    order = sorted(range(len(ways)), key=lambda at: (not allowed[at], -seats[at], -gains[at], at))
    for at in (at for at in order if allowed[at]):
        if board.wrong.issuperset(board.broken(board.with_meetings(*ways[at]), rules)):
            return ways[at]
    return ways[order[0]]


def _gains(board: Board, ways: Sequence[Way]) -> list[int]:
    """Return by how much each way changes the total, in half-units."""
    shares = board.shares({meeting for way in ways for side in way for meeting in side})
    worth = {meeting: sum(each.values()) for meeting, each in shares.items()}
    return [sum(worth[m] for m in new) - sum(worth[m] for m in gone) for gone, new in ways]


def _allowed(board: Board, ways: Sequence[Way], rules: Sequence[Rule]) -> list[bool]:
    """Return for which ways no rule speaks against any of the new pairs by itself.

    A look at many ways at once; two who may share a partner in a trio count as allowed.
    """
    at = {person: index for index, person in enumerate(board.ids)}
    asked = [
        (number, at[a], at[b], m.round - 1)
        for number, (_, new) in enumerate(ways)
        for m in new
        for a, b in m.pairs
    ]
    way, a, b, when = np.array(asked, dtype=np.int64).reshape(-1, 4).T
    bad = np.isin(when + 1, sorted(board.frozen))
    for bound in board.bound(rules):
        if bound.pair is not None and not bound.shares:
            bad |= bound.pair(a, b)
        if bound.pair_in_round is not None:
            bad |= bound.pair_in_round(a, b, when)
        if bound.present is not None:
            bad |= ~(bound.present[a, when] & bound.present[b, when])
    refused = set(way[bad].tolist()) | set(_meeting_twice(board, ways))
    return [number not in refused for number in range(len(ways))]


def _meeting_twice(board: Board, ways: Sequence[Way]) -> Iterator[int]:
    """Yield the ways that let two people meet again who meet anyway."""
    met = {pair: meeting for meeting in board.meetings for pair in meeting.pairs}
    for number, (gone, new) in enumerate(ways):
        if any(pair in met and met[pair] not in gone for m in new for pair in m.pairs):
            yield number
