"""Who is too many for those they may meet: cohorts and sides out of balance.

In any round, people of a set without pairs among themselves can have at most as many partners as
their neighbours are; the largest surplus over all sets is a maximum flow away (Kőnig 1931).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, maximum_flow

from matcher.rules import Cohorts

__all__ = ["Surplus", "most_pairs", "surplus_of_cohorts", "surplus_of_sides"]

Mask = NDArray[np.bool_]
_Kind = frozenset[str] | None


@dataclass(frozen=True)
class Surplus:
    """People who must have a break in a round.

    Parameters
    ----------
    left
        How many.
    many, few
        Who is too many, and whom alone they may meet, as they stand in a sentence.
    """

    left: int
    many: str = ""
    few: str = ""


def surplus_of_cohorts(rule: Cohorts, ids: Sequence[str], here: Mask) -> Surplus:
    """Return whose cohorts leave most people without a partner in one round.

    Parameters
    ----------
    here
        (people,): who is there.
    """
    kinds = Counter(rule.members.get(who) for who, there in zip(ids, here, strict=True) if there)
    if not kinds:
        return Surplus(0)
    names = sorted(kinds, key=lambda kind: sorted(kind or ()))
    size = [kinds[name] for name in names]
    meets = [[_may_meet(rule, one, other) for other in names] for one in names]
    for at, count in enumerate(size):
        meets[at][at] &= count > 1
    chosen = _too_many(size, meets)
    near = [at for at in range(len(size)) if any(meets[each][at] for each in chosen)]
    left = sum(size[at] for at in chosen) - sum(size[at] for at in near)
    if left <= 0:
        return Surplus(0)
    return Surplus(left, _called(names, size, chosen), _called(names, size, near))


def _may_meet(rule: Cohorts, one: _Kind, other: _Kind) -> bool:
    if one is None or other is None:
        return True
    return any((min(a, b), max(a, b)) in rule.allowed for a in one for b in other)


def _too_many(size: Sequence[int], meets: Sequence[Sequence[bool]]) -> list[int]:
    """Return the cohorts whose people outnumber their neighbours most, by a minimum cut."""
    kinds, plenty = len(size), sum(size) + 1
    source, sink = 2 * kinds, 2 * kinds + 1
    arcs = [(source, at, size[at]) for at in range(kinds)]
    arcs += [(kinds + at, sink, size[at]) for at in range(kinds)]
    arcs += [(i, kinds + j, plenty) for i in range(kinds) for j in range(kinds) if meets[i][j]]
    tail, head, room = np.array(arcs, dtype=np.int32).T
    network = csr_array((room, (tail, head)), shape=(sink + 1, sink + 1))
    left = network - maximum_flow(network, source, sink).flow
    reached, edge = {source}, [source]
    while edge:
        row = left[[edge.pop()], :].tocoo()
        new = {int(at) for at, more in zip(row.coords[1], row.data, strict=True) if more > 0}
        edge += sorted(new - reached)
        reached |= new
    return [at for at in range(kinds) if at in reached]


def _called(names: Sequence[_Kind], size: Sequence[int], chosen: Sequence[int]) -> str:
    parts = [f"{size[at]:,} {_group(names[at])}" for at in chosen]
    return " and ".join(parts) or "nobody"


def _group(names: _Kind) -> str:
    return f"in {' + '.join(sorted(names))}" if names else "without a cohort"


def surplus_of_sides(
    a: NDArray[np.int32], b: NDArray[np.int32], present: Mask
) -> tuple[Surplus, ...]:
    """Return, for each round, how many are left where the pairs have two sides.

    Parameters
    ----------
    a, b
        The only permitted pairs.
    present
        (people, rounds): who is there.

    Notes
    -----
    A connected part of the graph has two sides if and only if its double cover falls apart in two.
    """
    rounds = []
    for count, other, two_sided in _parts(a, b, present):
        count, other = count[two_sided], other[two_sided]
        more = np.maximum(0, count - other)
        many, few = int(count[more > 0].sum()), int(other[more > 0].sum())
        rounds.append(Surplus(many - few, f"{many:,} people", f"{few:,} on the other side"))
    return tuple(rounds)


def most_pairs(a: NDArray[np.int32], b: NDArray[np.int32], present: Mask) -> NDArray[np.int64]:
    """Return (rounds,): the most pairs that parts of the graph without links between them hold.

    Of two sides the smaller one is full; a part without sides leaves one over if it is odd.

    Parameters
    ----------
    a, b, present
        As for `surplus_of_sides`.
    """
    return np.array(
        [
            np.where(two_sided, np.minimum(count, other), count // 2 * 2).sum() // 2
            for count, other, two_sided in _parts(a, b, present)
        ],
        dtype=np.int64,
    )


def _parts(
    a: NDArray[np.int32], b: NDArray[np.int32], present: Mask
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], Mask]]:
    """Yield for each round how many of each part there are, how many others, and if it is a side.

    A part with two sides comes twice, once seen from either side.
    """
    people = len(present)
    tail, head = np.concatenate([a, b]), np.concatenate([b, a]) + people
    cover = csr_array((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=(2 * people,) * 2)
    parts, part = connected_components(cover, directed=False)
    ours, theirs = part[:people], part[people:]
    paired = np.zeros(people, dtype=np.bool_)
    paired[a] = paired[b] = True  # people without any pair are no part
    two_sided = np.zeros(parts, dtype=np.bool_)
    two_sided[ours[ours != theirs]] = True
    for here in (present & paired[:, np.newaxis]).T:
        count = np.bincount(ours[here], minlength=parts)
        yield count, np.bincount(theirs[here], minlength=parts), two_sided
