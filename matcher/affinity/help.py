"""Help: what one person looks for and another could give, in both directions.

For each direction, g = 1 − (1 − u₁p₁)(1 − ½ u₂p₂) over the two best need–offer matches, u the
urgency of the need, and h = 1 − (1 − g)(1 − 0.7 e) with e the best match of a challenge with
something been through.
Both directions join in H = ½·2ab/(a+b) + ½·(a+b)/2, which prefers help that goes both ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

import numpy as np

from matcher.affinity.answers import Indices, Ints
from matcher.affinity.route import Floats, Route
from matcher.affinity.table import FULL, Component, Contribution, Side
from matcher.meaning import Meaning
from matcher.profile import Profile, Trait

__all__ = ["Help", "compared_texts", "reciprocal"]

# The kind that asks, the kind that answers, and how much each of the best matches counts.
_ROUTES: tuple[tuple[str, str, tuple[float, ...]], ...] = (
    ("need", "offer", (1.0, 0.5)),
    ("challenge", "experience", (0.7,)),
)
_CERTAIN = 1 - 1e-9


def compared_texts(profiles: Iterable[Profile]) -> list[str]:
    """Return every different text that is compared by meaning, sorted."""
    kinds = {kind for asks, answers, _ in _ROUTES for kind in (asks, answers)}
    return sorted(
        {trait.text for profile in profiles for trait in profile.traits if trait.kind in kinds}
    )


class Help:
    """All matches of needs with offers, and of challenges with experience, in one event.

    Parameters
    ----------
    profiles
        Sorted by id; indices below point into them.
    meaning
        Says which offers meet which needs; equal answers fit fully unless it rules them out.
    most
        Compare each wish only with its best so many gifts; None compares all.

    Attributes
    ----------
    routes
        Needs with offers, then challenges with experience.
    """

    component: ClassVar[Component] = Component.HELP

    def __init__(
        self, profiles: Sequence[Profile], meaning: Meaning, most: int | None = None
    ) -> None:
        self._ids = [profile.id for profile in profiles]
        self.routes = tuple(
            Route(profiles, meaning, asks, answers, factors, most)
            for asks, answers, factors in _ROUTES
        )

    def directed(self, giver: Indices, receiver: Indices) -> Floats:
        """Return h(giver → receiver) of each pair of indices, 0 to 1."""
        missed = np.ones(len(giver))
        for route in self.routes:
            missed *= route.missed(giver, receiver)
        return 1 - missed

    def partners(self, people: range, most: int | None = None) -> tuple[Ints, Ints]:
        """Return people of a range and those with help in either direction, as index arrays.

        Parameters
        ----------
        most
            Partners for each answer, best matches first; None returns all.
        """
        found = [each for route in self.routes for each in route.partners(people, most)]
        mine, theirs = (np.concatenate(side) for side in zip(*found, strict=True))
        return mine[mine != theirs], theirs[mine != theirs]

    def pairs(self, a: Side, b: Side, _found: Mapping[Component, Floats]) -> Floats:
        """Return H of each pair of indices, 0 to 1."""
        return reciprocal(self.directed(a, b), self.directed(b, a))

    def evidence(self, a: int, b: int, _share: float) -> Iterator[tuple[float, Contribution]]:
        """Yield each match between two people with its part of H.

        H is homogeneous of degree 1, so it is exactly a·∂H/∂a + b·∂H/∂b; each direction's part is
        split by −ln(1 − p) over its matches.
        """
        there, back = self.directed(np.array([a, b]), np.array([b, a])).tolist()
        for giver, receiver, mine, theirs in ((a, b, there, back), (b, a, back, there)):
            found = self._of_direction(giver, receiver)
            logs = [-np.log1p(-min(counted, _CERTAIN)) for *_, counted in found]
            for (wish, gift, odds, _), log in zip(found, logs, strict=True):
                part = mine * _slope(mine, theirs) * float(log / sum(logs))
                first = giver == a
                yield part, _contribution(wish, gift, odds, self._ids[giver], giver_first=first)

    def _of_direction(self, giver: int, receiver: int) -> list[tuple[Trait, Trait, float, float]]:
        """Return wish, gift, odds, and odds as they count, of each match."""
        found = []
        for route in self.routes:
            best = route.best(np.array([giver]), np.array([receiver]))
            found += [
                (route.wishes.traits[wish], route.gifts.traits[gift], odds, counts)
                for wish, gift, odds, counts in zip(
                    best.wish, best.gift, best.odds, best.counts, strict=True
                )
            ]
        return found


def _contribution(
    wish: Trait, gift: Trait, odds: float, giver: str, *, giver_first: bool
) -> Contribution:
    return Contribution(
        component=Component.HELP,
        points=0,
        kind=wish.kind,
        value=wish.value,
        texts=(gift.text, wish.text) if giver_first else (wish.text, gift.text),
        giver=giver,
        how="same words" if wish.value == gift.value else "similar words",
        certainty=round(float(odds) * FULL),
        visibility=wish.visibility.stricter(gift.visibility),
    )


def reciprocal(there: Floats, back: Floats) -> Floats:
    """Return H: the mean of the harmonic and the arithmetic mean of the two directions.

    Examples
    --------
    >>> reciprocal(np.array([1.0, 1.0]), np.array([1.0, 0.0])).tolist()
    [1.0, 0.25]
    """
    both = there + back
    harmonic = np.divide(2 * there * back, both, out=np.zeros_like(both), where=both > 0)
    result: Floats = 0.5 * harmonic + 0.25 * both
    return result


def _slope(mine: float, theirs: float) -> float:
    """Return ∂H/∂mine."""
    both = mine + theirs
    return (theirs / both) ** 2 + 0.25 if both else 0.0
