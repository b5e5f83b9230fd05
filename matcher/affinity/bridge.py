"""Bridge: an introduction across circles, once there is something to talk about.

B = the share of {organization, industry, role, community}, among those both people answered, in
which they differ. It counts only beside shared facts (S ≥ .15) or help (H ≥ .2): a stranger in
every respect is no bridge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matcher.affinity.table import Component, Contribution, Side
from matcher.profile import Profile

__all__ = ["Bridge"]

_CIRCLES = ("organization", "industry", "role", "community")
_ENOUGH_SHARED, _ENOUGH_HELP = 0.15, 0.20


class Bridge:
    """Who belongs to which circle, ready to be compared for many pairs at once."""

    component: ClassVar[Component] = Component.BRIDGE

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._circles = [_memberships(profiles, kind) for kind in _CIRCLES]

    def pairs(
        self, a: Side, b: Side, found: Mapping[Component, NDArray[np.float64]]
    ) -> NDArray[np.float64]:
        """Return B of each pair of indices, 0 to 1; facts and help were found before."""
        shared, help_ = found[Component.SHARED], found[Component.HELP]
        share = np.zeros(len(a))
        enough = np.flatnonzero((shared >= _ENOUGH_SHARED) | (help_ >= _ENOUGH_HELP))
        share[enough] = self._differences(a[enough], b[enough])
        return share

    def evidence(self, _a: int, _b: int, share: float) -> Iterator[tuple[float, Contribution]]:
        """Yield the bridge, if there is one: it has no words."""
        if share:
            yield share, Contribution(component=self.component, points=0)

    def _differences(self, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return the share of circles, among those both answered, in which two people differ."""
        both, differ = np.zeros(len(a)), np.zeros(len(a))
        for circle in self._circles:
            answers = np.diff(circle.indptr)
            comparable = np.flatnonzero((answers[a] > 0) & (answers[b] > 0))
            both[comparable] += 1
            differ[comparable] += ~_meet(circle, a[comparable], b[comparable])
        return np.divide(differ, both, out=np.zeros(len(a)), where=both > 0)


def _meet(circle: csr_array, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which pairs of people, all of whom belong somewhere, belong to the same."""
    first, answers = circle.indptr[:-1], np.diff(circle.indptr)
    result: NDArray[np.bool_] = circle.indices[first[a]] == circle.indices[first[b]]
    several = np.flatnonzero((answers[a] > 1) | (answers[b] > 1))
    common = circle[a[several]].multiply(circle[b[several]])
    result[several] = np.asarray(common.sum(axis=1)).ravel() > 0
    return result


def _memberships(profiles: Sequence[Profile], kind: str) -> csr_array:
    found = {
        (row, trait.value) for row, profile in enumerate(profiles) for trait in profile.of(kind)
    }
    values = sorted({value for _, value in found})
    column = {value: at for at, value in enumerate(values)}
    cells = sorted((row, column[value]) for row, value in found)
    rows, columns = np.array(cells, dtype=np.int64).reshape(-1, 2).T
    return csr_array((np.ones(len(cells)), (rows, columns)), shape=(len(profiles), len(values)))
