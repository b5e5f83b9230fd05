"""The affinity of every pair in one event, as a gated sum of components.

    A = base + (1 − base) · G · (.30 S + .45 H + .15 B + .10 O)    base = .02: everyone may meet

S shared facts, H help, B bridge, O what the organizer asks for, G gate: one file each. The weights
are priors from research, not estimates from data, and the organizer may choose others; nothing here
predicts that two people will like each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.affinity.bridge import Bridge
from matcher.affinity.candidates import LOOKED_AT, MATCHES, candidates, every_pair
from matcher.affinity.gate import Gate
from matcher.affinity.help import Help, compared_texts
from matcher.affinity.organizer import HOSTS, Organizer
from matcher.affinity.shared import Shared
from matcher.affinity.table import FULL, Affinities, Component, Contribution, PairAffinity, Part
from matcher.graph import ProfileGraph
from matcher.meaning import LEXICAL, Meaning
from matcher.profile import Profile
from matcher.relations import NO_RELATIONS, Relations
from matcher.settings import Settings, Weights

__all__ = ["BASE", "EXACT_UP_TO", "AffinityModel"]

BASE = 0.02
EXACT_UP_TO = 2_000
"""Up to this many people every pair is compared; above, there are candidates."""


class AffinityModel:
    """Everything needed to score any pair and to say why.

    Parameters
    ----------
    profiles
        In any order; results do not depend on it.
    meaning
        Compares needs with offers.
    relations
        Who met whom before, and who wishes to meet whom.
    weights
        See `matcher.settings.Settings`.

    Attributes
    ----------
    weights
        The part of each component, which sum to 1.
    graph, help
        What the people have in common, and who could help whom.
    encoder
        Name of what did compare them: wordings where there are too many texts for the given one.
    """

    def __init__(
        self,
        profiles: Sequence[Profile],
        meaning: Meaning = LEXICAL,
        relations: Relations = NO_RELATIONS,
        weights: Weights = Settings.weights,
    ) -> None:
        self._profiles = sorted(profiles, key=lambda profile: profile.id)
        self.graph = ProfileGraph(self._profiles)
        self._at = {person: index for index, person in enumerate(self.graph.ids)}
        self._exact = len(self._profiles) <= EXACT_UP_TO
        self._shared = Shared(self.graph, None if self._exact else LOOKED_AT)
        fit = meaning.fit_for(len(compared_texts(self._profiles)))
        self.encoder = fit.name  # and not its vectors: a model is kept for as long as people ask
        self.help = Help(self._profiles, fit, None if self._exact else MATCHES)
        self._organizer = Organizer(
            self._profiles, relations.wishes, None if self._exact else HOSTS
        )
        self._gate = Gate(self._profiles, relations.met, relations.dormant)
        # All components, in the order of the weights; each may look at those before it.
        self._parts: tuple[Part, ...] = (
            self._shared,
            self.help,
            Bridge(self._profiles),
            self._organizer,
        )
        self.weights = _weighed(self._parts, weights)

    def table(self) -> Affinities:
        """Return the affinity of every pair that has more in common than the base.

        Notes
        -----
        With more than `EXACT_UP_TO` people, everybody's best candidates and all pairs that share
        a rare value (see `candidates`), and the result says so (`Affinities.exact`). Whoever meets
        outside the candidates is worth as much there as in `explain` (`Affinities.score`).
        """
        find = every_pair if self._exact else candidates
        a, b, value = find(
            len(self._profiles), self._shared, self.help, self._score, self._organizer.asked
        )
        return Affinities(
            ids=self.graph.ids,
            a=a,
            b=b,
            value=value,
            others=round(BASE * FULL),
            exact=self._exact,
            score=None if self._exact else self._score,
        )

    @property
    def ids(self) -> tuple[str, ...]:
        """Everybody's id, sorted."""
        return self.graph.ids

    def of_ids(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        """Return the affinity of each sorted pair of ids, whether it is a candidate or not."""
        return [int(value) for value in self._score(*self._sides(pairs))]

    def explain(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], PairAffinity]:
        """Return affinity and contributions of each pair of ids, keyed by the sorted pair."""
        keys = sorted({(min(pair), max(pair)) for pair in pairs})
        a, b = self._sides(keys)
        found = self._components(a, b)
        scores, gates = self._score(a, b), self._gate.pairs(a, b)
        return {
            key: self._explain(
                key,
                int(scores[at]),
                float(gates[at]),
                {component: float(values[at]) for component, values in found.items()},
            )
            for at, key in enumerate(keys)
        }

    def _sides(self, pairs: Sequence[tuple[str, str]]) -> tuple[NDArray[np.int32], ...]:
        at = [(self._at[a], self._at[b]) for a, b in pairs]
        a, b = np.array(at, dtype=np.int32).reshape(-1, 2).T
        return a, b

    def _score(self, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.int64]:
        found = self._components(a, b)
        weighed = sum(
            (self.weights[component] * values for component, values in found.items()),
            start=np.zeros(len(a)),
        )
        affinity = BASE + (1 - BASE) * self._gate.pairs(a, b) * weighed
        # Rounded twice: the last bits of a float must not decide between two integers.
        return np.rint(np.round(affinity * FULL, 3)).astype(np.int64)

    def _components(
        self, a: NDArray[np.int32], b: NDArray[np.int32]
    ) -> dict[Component, NDArray[np.float64]]:
        """Return every component of each pair, 0 to 1."""
        found: dict[Component, NDArray[np.float64]] = {}
        for part in self._parts:
            found[part.component] = part.pairs(a, b, found)
        return found

    def _explain(
        self, key: tuple[str, str], affinity: int, gate: float, found: Mapping[Component, float]
    ) -> PairAffinity:
        a, b = (self._at[person] for person in key)
        parts = [
            (self.weights[part.component] * share, said)
            for part in self._parts
            for share, said in part.evidence(a, b, found[part.component])
        ]
        return PairAffinity(
            a=key[0],
            b=key[1],
            affinity=affinity,
            gate=round(gate * FULL),
            contributions=_apportion(affinity, parts),
        )


def _weighed(parts: Iterable[Part], weights: Weights) -> dict[Component, float]:
    """Return what each component counts; the sum is 1."""
    whole = sum(weights)
    return {part.component: each / whole for part, each in zip(parts, weights, strict=True)}


def _apportion(
    affinity: int, parts: Sequence[tuple[float, Contribution]]
) -> tuple[Contribution, ...]:
    """Share out the points above the base in proportion to `parts`, exactly.

    Largest remainder method (Hamilton 1792): floors first, the points left over to the largest
    fractions, ties by component, kind and value.
    """
    base = min(affinity, round(BASE * FULL)) if parts else affinity
    whole = sum(part for part, _ in parts) or 1.0  # what weighs nothing stays, with no points
    quotas = [(affinity - base) * part / whole for part, _ in parts]
    points = [int(quota) for quota in quotas]
    by_fraction = sorted(
        range(len(parts)), key=lambda at: (points[at] - quotas[at], _order(parts[at][1]))
    )
    for at in by_fraction[: affinity - base - sum(points)]:
        points[at] += 1
    shares = [replace(said, points=mine) for (_, said), mine in zip(parts, points, strict=True)]
    shares.append(Contribution(component=Component.BASE, points=base))
    return tuple(sorted(shares, key=lambda said: (-said.points, _order(said))))


def _order(said: Contribution) -> tuple[str, str, str, str]:
    return said.component.value, said.kind, said.value, said.giver or ""
