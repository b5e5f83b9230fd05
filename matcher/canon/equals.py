"""What a person decided about equal values: these two mean the same, those two never."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import networkx as nx

from matcher.canon.text import fold
from matcher.canon.value import ORGANIZATIONS, PLACES, How, Value

__all__ = ["Decision", "Equals", "decided_as"]


@dataclass(frozen=True)
class Decision:
    """One decision about two values of a kind.

    Parameters
    ----------
    value, other
        Canonical ids; if `same`, `value` counts as `other` from now on. Not the same may also be
        the folded words of an answer, and the id that a table gives them.
    same
        False when they must never be linked.
    """

    kind: str
    value: str
    other: str
    same: bool


def decided_as(kind: str) -> str:
    """Return the kind under which decisions are kept: a town is one wherever people live.

    Examples
    --------
    >>> decided_as("lived"), decided_as("past_organization"), decided_as("skill")
    ('city', 'organization', 'skill')
    """
    return next((alike[0] for alike in (PLACES, ORGANIZATIONS) if kind in alike), kind)


class Equals:
    """Decisions, ready to be asked; an earlier one gives way to a later one about the same two.

    What was joined, directly or through others, is one value. It goes by the name that stands for
    others and for which none stands; where that names none or several, by the first of them.

    Examples
    --------
    >>> equals = Equals([Decision("school", "tum asia", "tum", same=True)])
    >>> equals.of("school", "tum asia"), equals.of("school", "tu wien")
    ('tum', 'tu wien')
    """

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._latest: dict[_Pair, Decision] = {}
        for decision in decisions:
            pair = _pair(decision.kind, decision.value, decision.other)
            self._latest.pop(pair, None)
            self._latest[pair] = decision
        self._stands_for = _joined(one for one in self._latest.values() if one.same)
        apart = [(pair[0], one) for pair, one in self._latest.items() if not one.same]
        self._by_words = frozenset((kind, one.value, one.other) for kind, one in apart)
        self._apart = frozenset(
            _pair(kind, self.of(kind, one.value), self.of(kind, one.other)) for kind, one in apart
        )

    def with_proposals(self, proposed: Iterable[Decision]) -> Equals:
        """Return these decisions and those proposed ones that link nothing said to be apart."""
        asked = [one for one in proposed if not self.apart(one.kind, one.value, one.other)]
        equals = Equals((*self._latest.values(), *asked))
        if all(one != other for _, one, other in equals._apart):
            return equals
        equals = self
        for one in asked:  # in a chain, the last link is the one too many
            if not equals.apart(one.kind, one.value, one.other):
                equals = Equals((*equals._latest.values(), one))
        return equals

    def of(self, kind: str, value: str) -> str:
        """Return the id that stands for a canonical id; most stand for themselves."""
        return self._stands_for.get((decided_as(kind), value), value)

    def read(self, kind: str, value: Value) -> Value:
        """Return a value, or its words where they were told apart from what a table makes of them.

        Whether it stands for another is left open.
        """
        words = fold(value.text) if self._by_words else ""
        if (decided_as(kind), words, value.id) in self._by_words:
            return replace(value, id=words, name=words, how=How.APART, elsewhere=())
        return value

    def applied(self, kind: str, value: Value) -> Value:
        """Return a value as it counts after the decisions."""
        value = self.read(kind, value)
        stands_for = self.of(kind, value.id)
        if stands_for == value.id:
            return value
        return replace(value, id=stands_for, how=How.ACCEPTED, elsewhere=())

    def apart(self, kind: str, value: str, other: str) -> bool:
        """Whether linking these two would link any that somebody said must never be."""
        return _pair(kind, self.of(kind, value), self.of(kind, other)) in self._apart


_Pair = tuple[str, str, str]


def _pair(kind: str, value: str, other: str) -> _Pair:
    return decided_as(kind), min(value, other), max(value, other)


def _joined(same: Iterable[Decision]) -> dict[tuple[str, str], str]:
    """Return what each value stands for that somebody said is the same as another."""
    graph: nx.Graph[Any] = nx.Graph()
    given_up = set()
    for one in same:
        kind = decided_as(one.kind)
        graph.add_edge((kind, one.value), (kind, one.other))
        given_up.add((kind, one.value))
    return {
        node: min(together - given_up or together)[1]
        for together in nx.connected_components(graph)
        for node in together
    }
