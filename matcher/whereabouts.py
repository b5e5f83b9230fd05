"""What the places of an event certainly lie in.

A town is known by its name alone where it is far larger than all others of that name. That is good
enough to find two people who wrote the same, not to say where they are: at an event in Florida,
"Naples" may well lie there. What people here named beyond doubt decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from matcher.canon import PLACES, within
from matcher.profile import Profile

__all__ = ["Whereabouts"]


class Whereabouts:
    """The region and country that each place of some profiles lies in.

    Parameters
    ----------
    profiles
        Everyone at the event. One doubtful answer makes its place doubtful for all who hold it.
    """

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self._elsewhere: dict[str, set[str]] = defaultdict(set)
        for profile in profiles:
            for trait in profile.traits:
                if trait.kind in PLACES:
                    self._elsewhere[trait.value].update(trait.elsewhere)
        self._named = {_country(value) for value, others in self._elsewhere.items() if not others}

    def around(self, value: str) -> tuple[str, ...]:
        """Return what a place lies in, the nearest first; empty for what is no place, or in doubt.

        Notes
        -----
        Whatever it returns for a place, it returns the end of that for what the place lies in.
        """
        others = self._elsewhere.get(value, ())
        for wider in within(value):
            if all(
                other.startswith(f"{wider}.") or _country(other) not in self._named
                for other in others
            ):
                return (wider, *self.around(wider))
        return ()


def _country(value: str) -> str:
    return (within(value) or (value,))[-1]
