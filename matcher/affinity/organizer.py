"""Organizer: what somebody asked for. It weighs and guarantees nothing.

O = 1 for a pair of whom one, or the organizer, wishes that they meet, .6 for a newcomer and a host,
else 0. It is never shown to attendees: who wished for whom is nobody else's business.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from matcher.affinity.table import Component, Contribution, Side
from matcher.profile import Profile

__all__ = ["HOSTS", "Organizer"]

_WELCOME = 0.6
"""O of a newcomer and a host for whom nobody wished."""
HOSTS = 40
"""Hosts of a newcomer, at most, where there are candidates only."""


class Organizer:
    """Which pairs are wished for, and which are a newcomer and a host.

    Parameters
    ----------
    profiles
        Sorted by id; indices below point into them.
    wishes
        Pairs of ids, in either order; people who are not there do not matter.
    most_hosts
        Hosts for each newcomer, who take turns along the list; None for all.
    """

    component: ClassVar[Component] = Component.ORGANIZER

    def __init__(
        self,
        profiles: Sequence[Profile],
        wishes: Collection[tuple[str, str]] = (),
        most_hosts: int | None = None,
    ) -> None:
        self._size = len(profiles)
        at = {profile.id: index for index, profile in enumerate(profiles)}
        known = [sorted((at[a], at[b])) for a, b in wishes if a in at and b in at and a != b]
        self._wished = np.unique(np.array([a * self._size + b for a, b in known], dtype=np.int64))
        self._welcome = _welcomes(profiles, most_hosts)

    def pairs(
        self, a: Side, b: Side, _found: Mapping[Component, NDArray[np.float64]]
    ) -> NDArray[np.float64]:
        """Return O of each pair of indices ``a < b``."""
        keys = a.astype(np.int64) * self._size + b
        welcome = np.where(np.isin(keys, self._welcome), _WELCOME, 0.0)
        return np.where(np.isin(keys, self._wished), 1.0, welcome)

    def evidence(self, _a: int, _b: int, share: float) -> Iterator[tuple[float, Contribution]]:
        """Yield the wish, or the welcome, if there is one: neither has words."""
        if share:
            how = "welcome" if share == _WELCOME else ""
            yield share, Contribution(component=self.component, points=0, how=how)

    @property
    def asked(self) -> NDArray[np.int64]:
        """Return the pairs with an O above 0 as keys ``a * people + b``, sorted."""
        return np.union1d(self._wished, self._welcome)


def _welcomes(profiles: Sequence[Profile], most: int | None) -> NDArray[np.int64]:
    """Return the keys of newcomers with their hosts, sorted."""
    newcomers = np.flatnonzero([profile.newcomer for profile in profiles])
    hosts = np.flatnonzero([profile.host for profile in profiles])
    each = len(hosts) if most is None else min(most, len(hosts))
    turns = np.arange(len(newcomers) * each) % max(1, len(hosts))
    mine, theirs = np.repeat(newcomers, each), hosts[turns]
    keys = np.minimum(mine, theirs) * len(profiles) + np.maximum(mine, theirs)
    result: NDArray[np.int64] = np.unique(keys[mine != theirs])
    return result
