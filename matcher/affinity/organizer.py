"""Organizer: what somebody asked for by name. A wish weighs and guarantees nothing.

O = 1 for a pair of whom one, or the organizer, wishes that they meet, else 0. It is never shown to
attendees: who wished for whom is nobody else's business.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["Organizer"]

Side = NDArray[np.int32]


class Organizer:
    """Which pairs are wished for.

    Parameters
    ----------
    ids
        Sorted; indices below point into them.
    wishes
        Pairs of ids, in either order; people who are not there do not matter.
    """

    def __init__(self, ids: Sequence[str], wishes: Collection[tuple[str, str]] = ()) -> None:
        self._size = len(ids)
        at = {person: index for index, person in enumerate(ids)}
        known = [sorted((at[a], at[b])) for a, b in wishes if a in at and b in at and a != b]
        self._keys = np.unique(np.array([a * self._size + b for a, b in known], dtype=np.int64))

    def pairs(self, a: Side, b: Side) -> NDArray[np.float64]:
        """Return O of each pair of indices ``a < b``."""
        return np.isin(a.astype(np.int64) * self._size + b, self._keys).astype(np.float64)

    def added_to(self, a: Side, b: Side) -> tuple[Side, Side]:
        """Return sorted pairs ``a < b`` with the wished ones among them."""
        keys = np.union1d(a.astype(np.int64) * self._size + b, self._keys)
        return (keys // self._size).astype(np.int32), (keys % self._size).astype(np.int32)
