"""Bridge: an introduction across circles, once there is something to talk about.

B = the share of {organization, industry, role, community}, among those both people answered, in
which they differ. It counts only beside shared facts (S ≥ .15) or help (H ≥ .2): a stranger in
every respect is no bridge.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matcher.profile import Profile

__all__ = ["Bridge"]

_CIRCLES = ("organization", "industry", "role", "community")
_ENOUGH_SHARED, _ENOUGH_HELP = 0.15, 0.20


class Bridge:
    """Who belongs to which circle, ready to be compared for many pairs at once."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._circles = [_memberships(profiles, kind) for kind in _CIRCLES]

    def pairs(
        self,
        a: NDArray[np.int32],
        b: NDArray[np.int32],
        shared: NDArray[np.float64],
        help_: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """Return B of each pair of indices, 0 to 1."""
        both, differ = np.zeros(len(a)), np.zeros(len(a))
        for circle in self._circles:
            common = np.asarray(circle[a].multiply(circle[b]).sum(axis=1)).ravel() > 0
            answered = np.diff(circle.indptr) > 0
            comparable = answered[a] & answered[b]
            both += comparable
            differ += comparable & ~common
        share = np.divide(differ, both, out=np.zeros(len(a)), where=both > 0)
        return np.where((shared >= _ENOUGH_SHARED) | (help_ >= _ENOUGH_HELP), share, 0.0)


def _memberships(profiles: Sequence[Profile], kind: str) -> csr_array:
    values = sorted({trait.value for profile in profiles for trait in profile.of(kind)})
    column = {value: at for at, value in enumerate(values)}
    cells = sorted(
        {
            (row, column[trait.value])
            for row, profile in enumerate(profiles)
            for trait in profile.of(kind)
        }
    )
    rows, columns = np.array(cells, dtype=np.int64).reshape(-1, 2).T
    return csr_array((np.ones(len(cells)), (rows, columns)), shape=(len(profiles), len(values)))
