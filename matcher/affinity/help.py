"""Help: what one person looks for and another could give, in both directions.

For each direction, g = 1 − (1 − p₁)(1 − ½ p₂) over the two best need–offer matches, and
h = 1 − (1 − g)(1 − 0.7 e) with e the best match of a challenge with something been through.
Both directions join in H = ½·2ab/(a+b) + ½·(a+b)/2, which prefers help that goes both ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.affinity.table import FULL, Component, Contribution
from matcher.meaning import Encoder, alike
from matcher.profile import Profile, Trait

__all__ = ["Help", "reciprocal"]

# The kind that asks, the kind that answers, and how much each of the best matches counts.
_ROUTES = (("need", "offer", (1.0, 0.5)), ("challenge", "experience", (0.7,)))
_CERTAIN = 1 - 1e-9

_Ints = NDArray[np.int64]
_Floats = NDArray[np.float64]
_Indices = NDArray[np.signedinteger[Any]]


@dataclass(frozen=True)
class _Matches:
    """The matches that count, sorted by (giver, receiver); `wish`, `gift` index `traits`."""

    giver: _Ints
    receiver: _Ints
    wish: _Ints
    gift: _Ints
    odds: _Floats
    counted: _Floats
    traits: tuple[Trait, ...]


class Help:
    """All matches of needs with offers, and of challenges with experience, in one event.

    Parameters
    ----------
    profiles
        Sorted by id; indices below point into them.
    encoder
        Says how alike two texts are; answers that are equal after folding always match fully.
    """

    def __init__(self, profiles: Sequence[Profile], encoder: Encoder) -> None:
        self._size = len(profiles)
        self._found = _join([_best_matches(profiles, encoder, *route) for route in _ROUTES])
        key = self._found.giver * self._size + self._found.receiver
        self._keys, first = np.unique(key, return_index=True)
        missed = 1 - self._found.counted
        self._directed = 1 - np.multiply.reduceat(missed, first) if len(first) else missed
        self._starts = np.append(first, len(key))

    def directed(self, giver: _Indices, receiver: _Indices) -> _Floats:
        """Return h(giver → receiver) of each pair of indices, 0 to 1."""
        at, known = self._look_up(giver, receiver)
        result = np.zeros(len(at))
        result[known] = self._directed[at[known]]
        return result

    def proposed(self) -> tuple[_Ints, _Ints]:
        """Return the pairs ``a < b`` with help in either direction, as index arrays."""
        giver, receiver = self._keys // self._size, self._keys % self._size
        return np.minimum(giver, receiver), np.maximum(giver, receiver)

    def of(self, a: _Indices, b: _Indices) -> _Floats:
        """Return H of each pair of indices, 0 to 1."""
        return reciprocal(self.directed(a, b), self.directed(b, a))

    def evidence(self, a: int, b: int, ids: Sequence[str]) -> Iterator[tuple[float, Contribution]]:
        """Yield each match between two people with its part of H.

        H is homogeneous of degree 1, so it is exactly a·∂H/∂a + b·∂H/∂b; each direction's part is
        split by −ln(1 − p) over its matches.
        """
        there, back = self.directed(np.array([a, b]), np.array([b, a])).tolist()
        for giver, receiver, mine, theirs in ((a, b, there, back), (b, a, back, there)):
            found = self._of_direction(giver, receiver)
            logs = [-np.log1p(-min(self._found.counted[at], _CERTAIN)) for at in found]
            for at, log in zip(found, logs, strict=True):
                part = mine * _slope(mine, theirs) * float(log / sum(logs))
                yield part, self._contribution(at, giver == a, ids)

    def _look_up(self, giver: _Indices, receiver: _Indices) -> tuple[_Ints, NDArray[np.bool_]]:
        wanted = giver.astype(np.int64) * self._size + receiver
        if not len(self._keys):
            return np.zeros(len(wanted), dtype=np.int64), np.zeros(len(wanted), dtype=bool)
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        return at, self._keys[at] == wanted

    def _of_direction(self, giver: int, receiver: int) -> range:
        at, known = self._look_up(np.array([giver]), np.array([receiver]))
        if not known[0]:
            return range(0)
        return range(int(self._starts[at[0]]), int(self._starts[at[0] + 1]))

    def _contribution(self, at: int, giver_first: bool, ids: Sequence[str]) -> Contribution:
        wish = self._found.traits[self._found.wish[at]]
        gift = self._found.traits[self._found.gift[at]]
        return Contribution(
            component=Component.HELP,
            points=0,
            kind=wish.kind,
            value=wish.value,
            texts=(gift.text, wish.text) if giver_first else (wish.text, gift.text),
            giver=ids[self._found.giver[at]],
            how="same words" if wish.value == gift.value else "similar words",
            certainty=round(float(self._found.odds[at]) * FULL),
            visibility=wish.visibility.stricter(gift.visibility),
        )


def reciprocal(there: _Floats, back: _Floats) -> _Floats:
    """Return H: the mean of the harmonic and the arithmetic mean of the two directions.

    Examples
    --------
    >>> reciprocal(np.array([1.0, 1.0]), np.array([1.0, 0.0])).tolist()
    [1.0, 0.25]
    """
    both = there + back
    harmonic = np.divide(2 * there * back, both, out=np.zeros_like(both), where=both > 0)
    result: _Floats = 0.5 * harmonic + 0.25 * both
    return result


def _slope(mine: float, theirs: float) -> float:
    """Return ∂H/∂mine."""
    both = mine + theirs
    return (theirs / both) ** 2 + 0.25 if both else 0.0


def _best_matches(
    profiles: Sequence[Profile],
    encoder: Encoder,
    asks: str,
    answers: str,
    factors: tuple[float, ...],
) -> _Matches:
    """Return the best matches of every giver with every receiver, as many as there are factors."""
    wisher, wishes = _answers(profiles, asks)
    owner, gifts = _answers(profiles, answers)
    likeness = alike(encoder, [wish.text for wish in wishes], [gift.text for gift in gifts])
    receiver, giver = wisher[likeness.left], owner[likeness.right]
    number = {trait.value: at for at, trait in enumerate(wishes)}
    same = (
        np.array([number[wish.value] for wish in wishes], dtype=np.int64)[likeness.left]
        == np.array([number.get(gift.value, -1) for gift in gifts], dtype=np.int64)[likeness.right]
    )
    odds = np.where(same, 1.0, likeness.odds)
    order = np.lexsort((likeness.right, likeness.left, -odds, receiver, giver))
    order = order[giver[order] != receiver[order]]
    place = _place_in_run(giver[order] * len(profiles) + receiver[order])
    order, place = order[place < len(factors)], place[place < len(factors)]
    return _Matches(
        giver[order],
        receiver[order],
        likeness.left[order],
        likeness.right[order] + len(wishes),
        odds[order],
        odds[order] * np.array(factors)[place],
        (*wishes, *gifts),
    )


def _answers(profiles: Sequence[Profile], kind: str) -> tuple[_Ints, list[Trait]]:
    found = [(at, trait) for at, profile in enumerate(profiles) for trait in profile.of(kind)]
    return np.array([at for at, _ in found], dtype=np.int64), [trait for _, trait in found]


def _place_in_run(keys: _Ints) -> _Ints:
    """Return 0, 1, 2, … within each run of equal keys."""
    at = np.arange(len(keys))
    starts = np.concatenate(([True], keys[1:] != keys[:-1]))[: len(keys)]
    return at - np.maximum.accumulate(np.where(starts, at, 0)) if len(keys) else at


def _join(routes: Sequence[_Matches]) -> _Matches:
    """Return the matches of all routes as one, sorted by (giver, receiver), routes in order."""
    first = np.cumsum([0, *(len(route.traits) for route in routes)])
    giver = np.concatenate([route.giver for route in routes])
    receiver = np.concatenate([route.receiver for route in routes])
    order = np.lexsort((receiver, giver))
    return _Matches(
        giver[order],
        receiver[order],
        np.concatenate([route.wish + at for route, at in zip(routes, first, strict=False)])[order],
        np.concatenate([route.gift + at for route, at in zip(routes, first, strict=False)])[order],
        np.concatenate([route.odds for route in routes])[order],
        np.concatenate([route.counted for route in routes])[order],
        tuple(trait for route in routes for trait in route.traits),
    )
