"""One reader asking one partner, and the fact of the partner that it is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.profile import Profile
from matcher.questions.facts import Fact

__all__ = ["AREAS_A_PERSON", "Asking", "spread"]

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
    A person with k cards may come back to an area k − min(k, `AREAS_A_PERSON`) times. Askings
    choose in turn. Last come facts that would break this for reader or partner; before them,
    facts that no reason names; among either, those that the partner was asked about before.
    """
    used: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    cards = Counter(end for asking in askings for end in _ends(asking))
    heard: Counter[tuple[str, str, str]] = Counter()
    picked: list[Fact | None] = []
    for asking, facts in zip(askings, options, strict=True):
        ends = _ends(asking)
        partner = asking.partner.id
        worn = {
            area: sum(_wears_out(used[end], cards[end], area) for end in ends)
            for area in {fact.area for fact in facts}
        }
        ranked = [
            (
                worn[fact.area],
                (fact.kind, fact.value) not in asking.reasons,
                heard[partner, fact.kind, fact.value],
                at,
            )
            for at, fact in enumerate(facts)
        ]
        fact = facts[min(ranked)[-1]] if ranked else None
        picked.append(fact)
        if fact is not None:
            heard[partner, fact.kind, fact.value] += 1
            for end in ends:
                used[end][fact.area] += 1
    return picked


def _ends(asking: Asking) -> tuple[tuple[int, str], tuple[int, str]]:
    return (0, asking.reader.id), (1, asking.partner.id)


def _wears_out(used: Counter[str], cards: int, area: str) -> bool:
    """Whether one more card of `area` leaves too few for the areas that are to come."""
    if not used[area]:
        return False
    return used.total() - len(used) >= cards - min(cards, AREAS_A_PERSON)
