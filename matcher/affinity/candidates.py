"""Which pairs are worth scoring: all with anything in common, or at size the best for everybody.

Nothing here says how much a pair is worth; that is `score`, handed in.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.affinity.answers import Ints
from matcher.affinity.help import Help
from matcher.affinity.ranking import best_of_each
from matcher.affinity.shared import Shared
from matcher.affinity.table import Score

__all__ = ["LOOKED_AT", "MATCHES", "candidates", "every_pair"]

Side = NDArray[np.int32]

LOOKED_AT = 250
"""Partners of a person, on average, that values beyond the rare ones may propose."""
NEAREST = 100
"""Partners of a person by strength in common that are scored."""
MATCHES = 40
"""Partners for each of a person's answers that are scored, and texts each text is compared with."""
KEPT = 40
"""Candidates that everybody keeps at least, where there are so many."""
_PEOPLE_AT_ONCE = 10_000


def every_pair(
    people: int, shared: Shared, help_: Help, score: Score, asked: Ints
) -> tuple[Side, Side, Ints]:
    """Return every pair ``a < b`` that shares a value, can help or is asked for; see `candidates`.

    Nobody is left out, however little they have in common.
    """
    everybody = range(people)
    found = (shared.partners(everybody), help_.partners(everybody))
    keys = _distinct(np.concatenate([asked, *(_keys(*pairs, people) for pairs in found)]))
    a, b = _sides(keys, people)
    return a, b, score(a, b)


def candidates(
    people: int, shared: Shared, help_: Help, score: Score, asked: Ints
) -> tuple[Side, Side, Ints]:
    """Return pairs ``a < b`` with everybody's best candidates, sorted, and what each is worth.

    Everybody is scored against those with whom they share the strongest values and those whose
    answers meet theirs best, and keeps the `KEPT` best. Every pair that shares a rare value is kept
    too, whatever it is worth.

    Parameters
    ----------
    score
        ``score(a, b)``: the affinity of each pair of indices ``a < b``.
    asked
        Pairs to be there whatever they are worth, as keys ``a * people + b``.

    Notes
    -----
    Time and memory grow with people × scored partners and with the pairs that share a rare value,
    whatever the number of all pairs. A pair left out shares nothing rare, and each of the two has
    `KEPT` partners who are no worse, or does not have the other among the `NEAREST` and `MATCHES`.
    """
    found = [(asked, score(*_sides(asked, people)))]
    for start in range(0, people, _PEOPLE_AT_ONCE):
        here = range(start, min(start + _PEOPLE_AT_ONCE, people))
        found.append(_best(people, here, shared, help_, score))
    keys, values = (np.concatenate(side) for side in zip(*found, strict=True))
    distinct, at = _distinct_of(keys)
    value = np.empty(len(distinct), dtype=np.int64)
    value[at] = values
    return *_sides(distinct, people), value


def _best(people: int, here: range, shared: Shared, help_: Help, score: Score) -> tuple[Ints, Ints]:
    """Return the keys of pairs to keep for the sake of some people, and what they are worth."""
    proposed = (shared.partners(here, NEAREST), help_.partners(here, MATCHES))
    directed = _distinct(np.concatenate([a * people + b for a, b in proposed]))
    mine, theirs = directed // people, directed % people
    keys = _keys(mine, theirs, people)
    rare = _keys(*shared.rare_pairs(here), people)
    pairs, at = _distinct_of(np.concatenate([keys, rare]))
    value = score(*_sides(pairs, people))
    best = best_of_each(mine, theirs, value[at[: len(keys)]], KEPT, people)
    kept = np.zeros(len(pairs), dtype=np.bool_)
    kept[at[len(keys) :]] = True
    kept[np.searchsorted(pairs, _keys(*best, people))] = True
    return pairs[kept], value[kept]


def _keys(mine: Ints, theirs: Ints, people: int) -> Ints:
    """Return one number for each pair, whoever comes first."""
    result: Ints = np.minimum(mine, theirs) * people + np.maximum(mine, theirs)
    return result


def _distinct(keys: Ints) -> Ints:
    """Return the keys sorted, each once; `numpy.unique` hashes and is several times slower."""
    keys = np.sort(keys)
    return keys[_firsts(keys)]


def _distinct_of(keys: Ints) -> tuple[Ints, Ints]:
    """Return the distinct keys, sorted, and where each of the given ones stands among them."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    first = _firsts(ordered)
    at = np.empty(len(keys), dtype=np.int64)
    at[order] = np.cumsum(first) - 1
    return ordered[first], at


def _firsts(keys: Ints) -> NDArray[np.bool_]:
    """Return, for sorted keys, where another one begins."""
    return np.concatenate(([True], keys[1:] != keys[:-1]))[: len(keys)]


def _sides(keys: Ints, people: int) -> tuple[Side, Side]:
    return (keys // people).astype(np.int32), (keys % people).astype(np.int32)
