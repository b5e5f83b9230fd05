"""Which pairs are worth scoring: all with anything in common, or at size the best for everybody.

Nothing here says how much a pair is worth; that is `score`, handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from matcher.affinity.answers import Ints
from matcher.affinity.help import Help
from matcher.affinity.ranking import best_of_each
from matcher.affinity.shared import Shared

__all__ = ["LOOKED_AT", "MATCHES", "candidates", "every_pair"]

Side = NDArray[np.int32]
Score = Callable[[Side, Side], Ints]

LOOKED_AT = 250
"""Partners of a person, on average, that values beyond the rare ones may propose."""
NEAREST = 100
"""Partners of a person by strength in common that are scored."""
MATCHES = 40
"""Partners for each of a person's answers that are scored, and texts each text is compared with."""
KEPT = 40
"""Candidates that everybody keeps at least, where there are so many."""
ALL_RARE_UP_TO = 10_000
"""People up to whom every pair that shares a rare value is kept."""
_PEOPLE_AT_ONCE = 10_000


def every_pair(people: int, shared: Shared, help_: Help, _score: Score) -> tuple[Side, Side]:
    """Return every pair ``a < b`` that shares a value or can help, sorted, as index arrays."""
    everybody = range(people)
    found = (shared.partners(everybody), help_.partners(everybody))
    return _sides(_distinct(np.concatenate([_keys(*pairs, people) for pairs in found])), people)


def candidates(people: int, shared: Shared, help_: Help, score: Score) -> tuple[Side, Side]:
    """Return pairs ``a < b`` with everybody's best candidates, sorted, as index arrays.

    Everybody is scored against those with whom they share the strongest values and those whose
    answers meet theirs best, and keeps the `KEPT` best. Up to `ALL_RARE_UP_TO` people, every pair
    that shares a rare value is kept too.

    Parameters
    ----------
    score
        ``score(a, b)``: the affinity of each pair of indices ``a < b``.

    Notes
    -----
    Time and memory grow with people × scored partners, whatever the number of pairs. A pair left
    out may be worth more than one kept only if both people have `KEPT` better ones, or if nothing
    rare and no match of answers links the two.
    """
    found = list(_best(people, shared, help_, score))
    return _sides(_distinct(np.concatenate(found)), people)


def _best(people: int, shared: Shared, help_: Help, score: Score) -> Iterator[Ints]:
    """Yield the keys of pairs to keep, some people at a time."""
    for start in range(0, people, _PEOPLE_AT_ONCE):
        here = range(start, min(start + _PEOPLE_AT_ONCE, people))
        if people <= ALL_RARE_UP_TO:
            yield _keys(*shared.rare_partners(here), people)
        proposed = (shared.partners(here, NEAREST), help_.partners(here, MATCHES))
        directed = _distinct(np.concatenate([a * people + b for a, b in proposed]))
        mine, theirs = directed // people, directed % people
        pairs, of = _distinct_of(_keys(mine, theirs, people))
        value = score(*_sides(pairs, people))[of]
        yield _keys(*best_of_each(mine, theirs, value, KEPT, people), people)


def _keys(mine: Ints, theirs: Ints, people: int) -> Ints:
    """Return one number for each pair, whoever comes first."""
    result: Ints = np.minimum(mine, theirs) * people + np.maximum(mine, theirs)
    return result


def _distinct(keys: Ints) -> Ints:
    """Return the keys sorted, each once; `numpy.unique` hashes and is several times slower."""
    keys = np.sort(keys)
    return keys[np.concatenate(([True], keys[1:] != keys[:-1]))[: len(keys)]]


def _distinct_of(keys: Ints) -> tuple[Ints, Ints]:
    """Return the distinct keys, sorted, and where each of the given ones stands among them."""
    distinct = _distinct(keys)
    return distinct, np.searchsorted(distinct, keys)


def _sides(keys: Ints, people: int) -> tuple[Side, Side]:
    return (keys // people).astype(np.int32), (keys % people).astype(np.int32)
