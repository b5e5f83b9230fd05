"""What is known of people two by two, beside what each says of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["DORMANT_YEARS", "NO_RELATIONS", "Relations"]

DORMANT_YEARS = 3
"""Years without a meeting after which two acquaintances have news for each other."""

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Relations:
    """Who met whom, knows whom, and would like to meet whom; pairs of ids are sorted.

    Parameters
    ----------
    met
        Pairs that met before this event.
    wishes
        Pairs of whom one wishes to meet the other, or the organizer wishes that they meet.
    ties
        Pairs who know each other, as both say or the organizer knows, to the day they last met
        (``YYYY-MM-DD``), "" where nobody says.

    Examples
    --------
    >>> Relations(ties={("ana", "ben"): "2021-05-01", ("ana", "cyd"): "2026-05-01"}).dormant
    frozenset({('ana', 'ben')})
    """

    met: frozenset[Pair] = frozenset()
    wishes: frozenset[Pair] = frozenset()
    ties: Mapping[Pair, str] = field(default_factory=dict)

    @property
    def dormant(self) -> frozenset[Pair]:
        """The ties that are three years older than the newest one, or more."""
        newest = max(self.ties.values(), default="")
        if not newest:
            return frozenset()
        long_ago = f"{int(newest[:4]) - DORMANT_YEARS:04d}{newest[4:]}"
        return frozenset(pair for pair, day in self.ties.items() if day and day <= long_ago)


NO_RELATIONS = Relations()
"""Of people who are strangers to each other, as far as anybody knows."""
