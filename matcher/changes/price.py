"""What a plan changed by hand gains and loses, beside the plan it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from matcher.plan.plan import Meeting
from matcher.rules import Rule, Violation

from .board import Board

__all__ = ["Price", "Share", "price"]


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one person gains, in half-units; negative for a loss."""

    id: str
    change: int


@dataclass(frozen=True, kw_only=True)
class Price:
    """Everything that differs between two plans of the same people.

    Parameters
    ----------
    total
        What the total gains, in half-units; negative for a loss.
    shares
        Everybody who meets other people than before, whoever loses most first.
    gone, new
        Meetings that do not take place any more, and such as did not before, with their values.
    moved
        Ids of those who only sit at another table.
    breaks
        How many more breaks there are in all; negative for fewer.
    broken
        What is wrong with the changed plan and was not before.
    """

    total: int = 0
    shares: tuple[Share, ...] = ()
    gone: tuple[Meeting, ...] = ()
    new: tuple[Meeting, ...] = ()
    moved: tuple[str, ...] = ()
    breaks: int = 0
    broken: tuple[Violation, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether nobody's cards change."""
        return not (self.gone or self.new or self.moved)


def price(board: Board, meetings: Sequence[Meeting], rules: Sequence[Rule] = ()) -> Price:
    """Return what it costs to have these meetings instead of those on the board.

    Parameters
    ----------
    rules
        Such as hold from now on beside those in force.

    Notes
    -----
    Of a pair each gets all of its affinity, at a table of three the mean of their two pairs'.
    """
    before, after = _by_people(board.meetings), _by_people(meetings)
    gone = [before[key] for key in before if key not in after]
    new = [after[key] for key in after if key not in before]
    shares = board.shares([*gone, *new])
    change: Counter[str] = Counter()
    for side, sign in ((gone, -1), (new, 1)):
        for pair, amount in (each for meeting in side for each in shares[meeting].items()):
            change.update(dict.fromkeys(pair, sign * amount))
    seats = Counter(member for m in meetings for member in m.members)
    seats.subtract(Counter(member for m in board.meetings for member in m.members))
    moved = {
        member
        for key in before.keys() & after.keys()
        if before[key].table != after[key].table
        for member in before[key].members
    }
    return Price(
        total=sum(change.values()) // 2,  # each meeting gives its worth to both
        shares=tuple(
            Share(id=person, change=amount)
            for person, amount in sorted(change.items(), key=lambda each: (each[1], each[0]))
        ),
        gone=_valued(gone, shares),
        new=_valued(new, shares),
        moved=tuple(sorted(moved - change.keys())),
        breaks=-sum(seats.values()),
        broken=tuple(each for each in board.broken(meetings, rules) if each not in board.wrong),
    )


def _by_people(meetings: Iterable[Meeting]) -> dict[tuple[int, tuple[str, ...]], Meeting]:
    return {(m.round, m.members): m for m in meetings}


def _valued(
    meetings: Iterable[Meeting], shares: Mapping[Meeting, Mapping[tuple[str, str], int]]
) -> tuple[Meeting, ...]:
    return tuple(
        replace(meeting, value=sum(shares[meeting].values()))
        for meeting in sorted(meetings, key=lambda m: (m.round, m.table, m.members))
    )
