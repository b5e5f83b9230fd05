"""What a person decided about equal values: these two mean the same, those two never."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from matcher.canon.value import How, Value

__all__ = ["Decision", "Equals"]


@dataclass(frozen=True)
class Decision:
    """One decision about two values of a kind.

    Parameters
    ----------
    value, other
        Canonical ids; if `same`, `value` counts as `other` from now on.
    same
        False when they must never be linked.
    """

    kind: str
    value: str
    other: str
    same: bool


class Equals:
    """Decisions, ready to be asked; an earlier one gives way to a later one about the same two.

    Examples
    --------
    >>> equals = Equals([Decision("school", "tum asia", "tum", same=True)])
    >>> equals.of("school", "tum asia"), equals.of("school", "tu wien")
    ('tum', 'tu wien')
    """

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        latest = {_pair(decision): decision for decision in decisions}
        self._apart = frozenset(pair for pair, decision in latest.items() if not decision.same)
        self._same = {
            (decision.kind, decision.value): decision.other
            for decision in latest.values()
            if decision.same
        }

    def of(self, kind: str, value: str) -> str:
        """Return the id that stands for a canonical id; most stand for themselves."""
        seen = {value}
        while (kind, value) in self._same:
            following = self._same[kind, value]
            if following in seen:  # a circle: all in it are one, whichever was asked for
                return min(seen)
            value = following
            seen.add(value)
        return value

    def applied(self, kind: str, value: Value) -> Value:
        """Return a value as it counts after the decisions."""
        stands_for = self.of(kind, value.id)
        return value if stands_for == value.id else replace(value, id=stands_for, how=How.ACCEPTED)

    def apart(self, kind: str, value: str, other: str) -> bool:
        """Whether somebody said that these two must never be linked."""
        return (kind, *sorted((value, other))) in self._apart


def _pair(decision: Decision) -> tuple[str, ...]:
    return (decision.kind, *sorted((decision.value, decision.other)))
