"""Gate: the one factor on everything, for people who already know each other and for rivals.

By default such meetings are forbidden by rules (`matcher.rules`); the gate's novelty values apply
where the organizer switched a rule off. Rivals (same industry and role, different organization)
may meet, at .6 of the value unless both agreed to it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.profile import Profile

__all__ = ["Gate"]

_SAME_ORGANIZATION, _MET_BEFORE, _DORMANT, _RIVALS = 0.15, 0.6, 0.8, 0.6


class Gate:
    """Who knows whom and who competes with whom.

    Parameters
    ----------
    profiles
        Sorted by id; indices below point into them.
    met
        Pairs of ids that met before.
    dormant
        Those of them who met so long ago that they have news.
    """

    def __init__(
        self,
        profiles: Sequence[Profile],
        met: Collection[tuple[str, str]] = (),
        dormant: Collection[tuple[str, str]] = (),
    ) -> None:
        self._size = len(profiles)
        self._organization = _codes(profiles, "organization")
        self._industry = _codes(profiles, "industry")
        self._role = _codes(profiles, "role")
        self._open = np.array([profile.meets_rivals for profile in profiles], dtype=np.bool_)
        at = {profile.id: index for index, profile in enumerate(profiles)}
        self._met, self._dormant = (_keys(pairs, at) for pairs in (met, dormant))

    def pairs(self, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return the factor of each pair of indices ``a < b``, above 0 to 1."""
        same_organization = _same(self._organization, a, b)
        keys = a.astype(np.int64) * self._size + b
        novelty = np.where(np.isin(keys, self._met), _MET_BEFORE, 1.0)
        novelty[np.isin(keys, self._dormant)] = _DORMANT
        novelty[same_organization] = _SAME_ORGANIZATION
        rivals = _same(self._industry, a, b) & _same(self._role, a, b) & ~same_organization
        rivals &= ~(self._open[a] & self._open[b])
        return np.where(rivals, _RIVALS * novelty, novelty)


def _keys(pairs: Collection[tuple[str, str]], at: Mapping[str, int]) -> NDArray[np.int64]:
    """Return one number for each pair of people who are there."""
    known = [sorted((at[a], at[b])) for a, b in pairs if a in at and b in at]
    return np.array([a * len(at) + b for a, b in known], dtype=np.int64)


def _codes(profiles: Sequence[Profile], kind: str) -> NDArray[np.int64]:
    """Return a number per distinct first value of a kind, -1 where there is none."""
    first = [next((trait.value for trait in profile.of(kind)), "") for profile in profiles]
    number = {value: at for at, value in enumerate(sorted(set(first) - {""}))}
    return np.array([number.get(value, -1) for value in first], dtype=np.int64)


def _same(
    codes: NDArray[np.int64], a: NDArray[np.int32], b: NDArray[np.int32]
) -> NDArray[np.bool_]:
    result: NDArray[np.bool_] = (codes[a] == codes[b]) & (codes[a] >= 0)
    return result
