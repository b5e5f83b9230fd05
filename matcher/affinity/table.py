"""Affinities of many pairs at once, and the evidence behind the affinity of one pair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.errors import ProfileError
from matcher.fields import Visibility

__all__ = [
    "FULL",
    "SAME_COUNTRY",
    "SAME_REGION",
    "Affinities",
    "Component",
    "Contribution",
    "PairAffinity",
    "Part",
    "Score",
    "Side",
]

Side = NDArray[np.int32]
Score = Callable[[Side, Side], NDArray[np.int64]]
"""``score(a, b)``: the affinity of each pair of indices ``a < b``."""

FULL = 1_000_000
"""The greatest affinity: affinities are integers from 0 to FULL, shown as 0 to 1."""


SAME_REGION, SAME_COUNTRY = "same region", "same country"
"""How places match that only lie in the shared one, or of which one does."""


class Component(StrEnum):
    """A family of evidence."""

    SHARED = "shared"
    HELP = "help"
    BRIDGE = "bridge"
    ORGANIZER = "organizer"
    BASE = "base"


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """One share of one pair's affinity, with its evidence.

    Parameters
    ----------
    component
        Family of evidence.
    points
        Share of the affinity after weight and gate; all contributions of a pair sum exactly to it.
    kind
        Trait kind of the shared fact; of the *need* (or challenge) for help; "" for the rest.
    value
        Canonical id of the shared fact; "" for the rest.
    texts
        Both people's own words, in the order of the pair.
    holders, printed_holders
        Attendees who hold a shared value; those of them who let it be printed.
    answered
        Attendees who answered that kind.
    giver
        Id of the one who could help; None unless the component is help.
    how
        How the two texts were matched: ``same value``, ``same words``, ``similar words``,
        `SAME_REGION` or `SAME_COUNTRY`; of the organizer's part, ``welcome`` without a wish.
    certainty
        How sure the match is, 0 to FULL.
    visibility
        The stricter of the two people's: what may be done with a sentence made of both.
    """

    component: Component
    points: int
    kind: str = ""
    value: str = ""
    texts: tuple[str, str] = ("", "")
    holders: int = 0
    printed_holders: int = 0
    answered: int = 0
    giver: str | None = None
    how: str = ""
    certainty: int = FULL
    visibility: Visibility = Visibility.MATCH


class Part(Protocol):
    """One component of the sum; each has a file of its own, and `AffinityModel` lists them."""

    component: ClassVar[Component]

    def pairs(
        self, a: Side, b: Side, found: Mapping[Component, NDArray[np.float64]]
    ) -> NDArray[np.float64]:
        """Return the component of each pair of indices ``a < b``, 0 to 1.

        Parameters
        ----------
        found
            The components listed before this one, of the same pairs.
        """
        ...

    def evidence(self, a: int, b: int, share: float) -> Iterable[tuple[float, Contribution]]:
        """Yield what the component of a pair comes from, without points, with its part of it.

        Parameters
        ----------
        share
            The component of the pair, of which the parts are in proportion.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class PairAffinity:
    """The affinity of one pair of ids ``a < b`` and where it comes from.

    Parameters
    ----------
    gate
        The factor of novelty and rivalry that was applied, 0 to FULL.
    contributions
        Most points first, ties by component, kind and value; they sum to `affinity`.
    """

    a: str
    b: str
    affinity: int
    gate: int = FULL
    contributions: tuple[Contribution, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Affinities:
    """Affinities among `ids`: the listed pairs one by one, all other pairs alike.

    Parameters
    ----------
    ids
        Attendee ids, sorted, unique; indices below point into it.
    a, b
        Indices of the listed pairs, ``a < b``, sorted by (a, b), each pair once.
    value
        Their affinities, 0 to FULL.
    others
        Affinity of every pair that is not listed; None when such pairs are not permitted.
    exact
        False when some unlisted pair may be worth more than `others` (candidates only, at size):
        then no bound can speak for all permitted pairs.
    score
        What unlisted pairs are worth, where that is not `others` exactly.
    """

    ids: tuple[str, ...]
    a: NDArray[np.int32]
    b: NDArray[np.int32]
    value: NDArray[np.int64]
    others: int | None = None
    exact: bool = True
    score: Score | None = field(default=None, repr=False, compare=False)
    _keys: NDArray[np.int64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse tables that later stages would misread."""
        n = len(self.ids)
        if list(self.ids) != sorted(set(self.ids)):
            raise ProfileError("ids must be sorted and unique.")
        keys = self.a.astype(np.int64) * n + self.b
        object.__setattr__(self, "_keys", keys)
        if not len(self.a) == len(self.b) == len(self.value):
            raise ProfileError("a, b and value must have one entry a pair.")
        if len(keys) and (
            np.any(self.a >= self.b)
            or np.any(np.diff(keys) <= 0)
            or self.a.min() < 0
            or self.b.max() >= n
        ):
            raise ProfileError("Pairs must be sorted, unique, with 0 <= a < b < len(ids).")
        if np.any(self.value < 0) or np.any(self.value > FULL):
            raise ProfileError(f"Affinities must lie between 0 and {FULL}.")

    def of(self, a: Side, b: Side) -> NDArray[np.int64]:
        """Return the affinity of each pair of indices ``a < b``, -1 where not permitted."""
        wanted = a.astype(np.int64) * len(self.ids) + b
        result = np.full(len(wanted), -1 if self.others is None else self.others, dtype=np.int64)
        listed = np.zeros(len(wanted), dtype=np.bool_)
        if len(self._keys):
            at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
            listed = self._keys[at] == wanted
            result[listed] = self.value[at[listed]]
        if self.score is not None:
            result[~listed] = self.score(a[~listed], b[~listed])
        return result

    def of_ids(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        """Return the affinity of each sorted pair of ids, -1 where not permitted."""
        at = {person: index for index, person in enumerate(self.ids)}
        indices = np.array([(at[a], at[b]) for a, b in pairs], dtype=np.int32).reshape(-1, 2)
        return [int(value) for value in self.of(indices[:, 0], indices[:, 1])]
