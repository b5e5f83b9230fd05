"""What the wording of needs and offers rules out, whatever they are about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.meaning.statement import STRICT, Direction, Statement

__all__ = ["Structure"]

_OFTEN_GIVEN = [STRICT.index(kind) for kind in ("funding", "work")]  # gifts only for who asks so


class Structure:
    """What the wording of needs and offers rules out, or makes less likely."""

    def __init__(self, left: Sequence[Statement], right: Sequence[Statement]) -> None:
        self._gives = np.array([said.direction is Direction.GIVE or not said.core for said in left])
        self._asks = np.array([said.direction is Direction.ASK or not said.core for said in right])
        self._left, self._right = _strict_kinds(left), _strict_kinds(right)

    def lacking(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return for each pair whether one speaks of a kind of help that the other lacks."""
        asked, given = self._left[rows].astype(np.float32), self._right.astype(np.float32)
        unmet = asked @ (1 - given).T
        unwanted = (1 - asked[:, _OFTEN_GIVEN]) @ given[:, _OFTEN_GIVEN].T
        result: NDArray[np.bool_] = np.greater(unmet + unwanted, 0)
        return result

    def wrong_way(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return for each pair whether the "need" gives, the "offer" asks, or one says nothing."""
        result: NDArray[np.bool_] = self._gives[rows][:, None] | self._asks
        return result

    def wrong_pairs(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return the same for single pairs."""
        result: NDArray[np.bool_] = self._gives[rows] | self._asks[columns]
        return result

    def lacking_pairs(
        self, rows: NDArray[np.int64], columns: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Return `lacking` for single pairs."""
        asked, given = self._left[rows], self._right[columns]
        unmet, unwanted = asked & ~given, given & ~asked
        result: NDArray[np.bool_] = np.any(unmet, axis=1) | np.any(
            unwanted[:, _OFTEN_GIVEN], axis=1
        )
        return result


def _strict_kinds(statements: Sequence[Statement]) -> NDArray[np.bool_]:
    return np.array([[kind in said.kinds for kind in STRICT] for said in statements])
