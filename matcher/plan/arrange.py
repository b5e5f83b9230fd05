"""A plan that people arranged by hand: the same value as a computed one, with a bound that holds.

Nothing is solved here. Whether the meetings keep the rules is for `matcher.changes` to say before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from matcher.affinity.table import Affinities
from matcher.rules import Restriction, Rule, sharing, violations
from matcher.settings import Settings

from .fair.curve import Curve
from .make import BrokenPlan
from .notices import told_short, told_sit_outs
from .plan import BoundCovers, Meeting, Plan, Status, StoppedBy

__all__ = ["Arrangement", "arrange_plan"]

Integers = NDArray[np.int64]
Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """Meetings that somebody chose, and what was proved of the plan that they were chosen from.

    Parameters
    ----------
    meetings
        By round and table; their values do not matter.
    bound, welfare_bound, bound_covers
        As in `matcher.plan.Plan`: what no plan of these people and rules can exceed.
    by_hand
        What was changed by hand, in sentences, oldest first.
    """

    meetings: tuple[Meeting, ...]
    bound: int
    welfare_bound: int
    bound_covers: BoundCovers
    by_hand: tuple[str, ...] = ()


def arrange_plan(
    arrangement: Arrangement,
    affinities: Affinities,
    values: Callable[[Sequence[Pair]], Sequence[int]],
    settings: Settings,
    rules: Sequence[Rule] = (),
    names: Mapping[str, str] = MappingProxyType({}),
) -> Plan:
    """Return the plan that an arrangement makes.

    Parameters
    ----------
    values
        ``values(pairs)``: the affinity of each sorted pair of ids, 0 to 1,000,000.
    names
        How notices call people; ids stand for those it does not have.

    Raises
    ------
    BrokenPlan
        If it breaks a rule.

    Notes
    -----
    A bound on plans with as few sit-outs as can be still holds, but says little about one with
    more, which may exceed it: then everybody's best partners alone bound the total.
    """
    ids, rounds = affinities.ids, settings.rounds
    broken = violations(arrangement.meetings, rules, ids=ids, rounds=rounds, names=names)
    if broken:
        raise BrokenPlan(f"The plan breaks a rule and is withheld: {broken[0].text}")
    worth = _worth(arrangement.meetings, values, rules, rounds)
    meetings = tuple(_valued(arrangement.meetings, worth))
    bound = tuple(rule.restrict(ids, rounds) for rule in rules)
    there, busy = _there(bound, len(ids), rounds), _busy(meetings, ids, rounds)
    most = np.min([there.sum(axis=1), *(b.most for b in bound if b.most is not None)], axis=0)
    total, amounts = sum(meeting.value for meeting in meetings), _amounts(meetings, ids, worth)
    limit, fair_limit = arrangement.bound, arrangement.welfare_bound
    if total > limit:
        limit = max(total, _best_partners(affinities, most))
    welfare = _welfare(settings.fairness, limit, most, amounts) if settings.fairness else total
    return Plan(
        ids=ids,
        rounds=rounds,
        meetings=meetings,
        sit_outs=tuple((int(at) + 1, ids[i]) for at, i in np.argwhere((there & ~busy).T)),
        bound=limit,
        welfare=welfare,
        welfare_bound=fair_limit if welfare <= fair_limit and limit == arrangement.bound else limit,
        bound_covers=arrangement.bound_covers,
        status=Status.FEASIBLE,
        stopped_by=StoppedBy.HAND,
        repeatable=False,
        notices=tuple(_notices(meetings, bound, there & ~busy, ids, names)),
        by_hand=arrangement.by_hand,
    )


def _worth(
    meetings: Sequence[Meeting],
    values: Callable[[Sequence[Pair]], Sequence[int]],
    rules: Sequence[Rule],
    rounds: int,
) -> dict[Pair, int]:
    """Return the affinity of every pair that meets; 0 for two who only share a partner."""
    pairs = sorted({pair for meeting in meetings for pair in meeting.pairs})
    apart = sharing(meetings, rules, rounds)
    return dict(zip(pairs, values(pairs), strict=True)) | dict.fromkeys(apart, 0)


def _valued(meetings: Sequence[Meeting], worth: Mapping[Pair, int]) -> Iterator[Meeting]:
    for each in meetings:
        value = sum(worth[pair] for pair in each.pairs) * (2 if len(each.members) == 2 else 1)
        yield Meeting(round=each.round, table=each.table, members=each.members, value=value)


def _there(bound: Sequence[Restriction], people: int, rounds: int) -> NDArray[np.bool_]:
    """Return (people, rounds): who is present when."""
    there = np.ones((people, rounds), dtype=np.bool_)
    for each in bound:
        if each.present is not None:
            there &= each.present
    return there


def _busy(meetings: Sequence[Meeting], ids: Sequence[str], rounds: int) -> NDArray[np.bool_]:
    """Return (people, rounds): who has a meeting when."""
    at = {person: index for index, person in enumerate(ids)}
    busy = np.zeros((len(ids), rounds), dtype=np.bool_)
    for meeting in meetings:
        busy[[at[member] for member in meeting.members], meeting.round - 1] = True
    return busy


def _amounts(
    meetings: Sequence[Meeting], ids: Sequence[str], worth: Mapping[Pair, int]
) -> Integers:
    """Return (people,): what each gets, in half-units."""
    mine = dict.fromkeys(ids, 0)
    for meeting in meetings:
        for pair in meeting.pairs:
            for member in pair:
                mine[member] += worth[pair] * (2 if len(meeting.members) == 2 else 1)
    return np.array(list(mine.values()), dtype=np.int64)


def _welfare(fairness: float, bound: int, most: Integers, amounts: Integers) -> int:
    """Return the total, in half-units, that would be worth as much if everybody got the same."""
    everybody = max(1, int(most.sum()))
    curve = Curve.of(fairness, 2 * bound // everybody)
    return curve.equal(sum(curve.worth(amounts, np.maximum(1, most)).tolist()), everybody)


def _best_partners(affinities: Affinities, most: Integers) -> int:
    """Return what the total would be, in half-units, if everybody met their best partners.

    No plan exceeds it, whoever sits out: a meeting gives half its value to each of two, and at a
    table of three each gets the mean of two partners.
    """
    people, value = len(affinities.ids), affinities.value
    who = np.concatenate([affinities.a, affinities.b])
    order = np.lexsort((-np.concatenate([value, value]), who))
    who, value = who[order], np.concatenate([value, value])[order]
    rank = np.arange(len(who)) - np.searchsorted(who, who)
    best = int(value[rank < most[who]].sum())
    listed = np.bincount(who, minlength=people)
    return best + int(np.maximum(0, most - listed).sum()) * (affinities.others or 0)


def _notices(
    meetings: Sequence[Meeting],
    bound: Sequence[Restriction],
    idle: NDArray[np.bool_],
    ids: Sequence[str],
    names: Mapping[str, str],
) -> Iterator[str]:
    """Yield how often people sit out, and whose minimum is missed."""
    count = Counter(member for meeting in meetings for member in meeting.members)
    wanted = [each.fewest for each in bound if each.fewest is not None]
    fewest = np.max([np.zeros(len(ids)), *wanted], axis=0)
    short = (
        (names.get(ids[i], ids[i]), count[ids[i]], int(least))
        for i, least in enumerate(fewest)
        if count[ids[i]] < least
    )
    yield from filter(None, (told_sit_outs(idle.sum(axis=1)), told_short(short)))
