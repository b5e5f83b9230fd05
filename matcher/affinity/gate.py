"""Gate: the one factor on everything, for people who already know each other and for rivals.

By default such meetings are forbidden by rules (`matcher.rules`); the gate's novelty values apply
where the organizer switched a rule off. Rivals (same industry and role, different organization)
may meet, at .6 of the value.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.profile import Profile

__all__ = ["Gate"]

_SAME_ORGANIZATION, _MET_BEFORE, _RIVALS = 0.15, 0.6, 0.6


class Gate:
    """Who knows whom and who competes with whom.

    Parameters
    ----------
    profiles
        Sorted by id; indices below point into them.
    met
        Pairs of ids that met before.
    """

    def __init__(self, profiles: Sequence[Profile], met: Collection[tuple[str, str]] = ()) -> None:
        self._size = len(profiles)
        self._organization = _codes(profiles, "organization")
        self._industry = _codes(profiles, "industry")
        self._role = _codes(profiles, "role")
        at = {profile.id: index for index, profile in enumerate(profiles)}
        known = [sorted((at[a], at[b])) for a, b in met if a in at and b in at]
        self._met = np.array([a * self._size + b for a, b in known], dtype=np.int64)

    def pairs(self, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return the factor of each pair of indices ``a < b``, above 0 to 1."""
        same_organization = _same(self._organization, a, b)
        met = np.isin(a.astype(np.int64) * self._size + b, self._met)
        novelty = np.where(same_organization, _SAME_ORGANIZATION, np.where(met, _MET_BEFORE, 1.0))
        rivals = _same(self._industry, a, b) & _same(self._role, a, b) & ~same_organization
        return np.where(rivals, _RIVALS * novelty, novelty)


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
