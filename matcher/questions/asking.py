"""One reader asking one partner, and the fact of the partner that it is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.profile import Profile
from matcher.questions.facts import Fact

__all__ = ["AREAS_A_PERSON", "Asking", "spread"]

_End = tuple[int, str]
"""0 for a reader, 1 for a partner, and who it is."""

AREAS_A_PERSON = 4
"""Areas that one person's cards come from at least, as reader and as partner, where possible."""


@dataclass(frozen=True, kw_only=True)
class Asking:
    """One reader asking one partner.

    Parameters
    ----------
    trio, full
        Whether three sit at the table, and whether the card has all three questions: the second
        partner of a trio gets an opener only.
    reasons
        (kind, value) of what the two have to talk about, strongest reason first.
    """

    round: int
    reader: Profile
    partner: Profile
    language: str = "en"
    trio: bool = False
    full: bool = True
    reasons: tuple[tuple[str, str], ...] = ()


def spread(askings: Sequence[Asking], options: Sequence[Sequence[Fact]]) -> list[Fact | None]:
    """Choose the fact each asking is about: the strongest that leaves room for variety.

    Parameters
    ----------
    options
        One entry an asking: the partner's facts, strongest first.

    Returns
    -------
    list of Fact or None
        None where the partner has no fact.

    Notes
    -----
    Askings choose in turn, then those of people with fewer than `AREAS_A_PERSON` areas choose
    again if that helps. A heuristic: a person may be left with fewer areas than they could have.
    """
    return _Spread(askings, options).chosen()


class _Spread:
    """What has been chosen so far, by reader and by partner."""

    def __init__(self, askings: Sequence[Asking], options: Sequence[Sequence[Fact]]) -> None:
        self._askings = askings
        self._options = options
        self._picked: list[Fact | None] = [None] * len(askings)
        self._used: dict[_End, Counter[str]] = defaultdict(Counter)
        self._heard: Counter[tuple[str, str, str]] = Counter()
        cards = Counter(end for asking in askings for end in _ends(asking))
        self._wanted = {end: min(count, AREAS_A_PERSON) for end, count in cards.items()}
        self._spare = {end: count - self._wanted[end] for end, count in cards.items()}

    def chosen(self) -> list[Fact | None]:
        for at, asking in enumerate(self._askings):
            if self._options[at]:
                self._pick(at, self._strongest(asking, self._options[at]))
        for at, asking in enumerate(self._askings):
            if any(self._lacks(end) for end in _ends(asking)):
                self._widen(at)
        return self._picked

    def _strongest(self, asking: Asking, facts: Sequence[Fact]) -> Fact:
        """Return the first fact that does not wear an area out, preferably named by a reason.

        Facts that no reason names come after those that one does; among either, those first that
        the partner was asked about less often.
        """
        areas = {fact.area for fact in facts}
        tight = [self._used[end] for end in _ends(asking) if self._is_tight(end)]
        worn = {area: sum(bool(used[area]) for used in tight) for area in areas}
        ranks = [
            (
                worn[fact.area],
                (fact.kind, fact.value) not in asking.reasons,
                self._heard[asking.partner.id, fact.kind, fact.value],
                at,
            )
            for at, fact in enumerate(facts)
        ]
        return facts[min(ranks)[-1]]

    def _pick(self, at: int, fact: Fact) -> None:
        asking, before = self._askings[at], self._picked[at]
        for end in _ends(asking):
            self._used[end][fact.area] += 1
            if before is not None:
                self._used[end][before.area] -= 1
        self._heard[asking.partner.id, fact.kind, fact.value] += 1
        self._picked[at] = fact

    def _widen(self, at: int) -> None:
        """Choose the strongest fact by which the two people lack fewer areas, if there is one."""
        before, ends = self._picked[at], _ends(self._askings[at])
        if before is None:
            return
        for fact in self._options[at]:
            if fact.area != before.area:
                new = sum(not self._used[end][fact.area] and self._lacks(end) for end in ends)
                gone = sum(self._needs(end, before.area) for end in ends)
                if new > gone:
                    self._pick(at, fact)
                    return

    def _areas(self, end: _End) -> int:
        return sum(count > 0 for count in self._used[end].values())

    def _lacks(self, end: _End) -> bool:
        return self._areas(end) < self._wanted[end]

    def _needs(self, end: _End, area: str) -> bool:
        """Whether the one card of `area` is one of the areas that are wanted."""
        return self._used[end][area] == 1 and self._areas(end) <= self._wanted[end]

    def _is_tight(self, end: _End) -> bool:
        """Whether one more card of an area it has leaves too few for the areas to come."""
        return self._used[end].total() - self._areas(end) >= self._spare[end]


def _ends(asking: Asking) -> tuple[_End, _End]:
    return (0, asking.reader.id), (1, asking.partner.id)
