"""What connects two people, and what would bring them together, in sentences for the organizer.

For the organizer alone: affinities, and answers that may stand on no card, are told here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matcher.affinity import BASE, FULL, Component, Contribution, PairAffinity
from matcher.counterfactual import WhyNot
from matcher.fields import Visibility, field

__all__ = ["told_chain", "told_change", "told_reasons"]

_WISHED = "One of them, or you, wishes for it"
_ONE_WAY = 0.25
"""What certain help in one direction is worth, of what it is worth in both."""


def told_reasons(pair: PairAffinity, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return everything that the affinity of a pair is made of, most points first.

    Parameters
    ----------
    names
        How to call people; ids stand for those it does not have.

    Notes
    -----
    The figures sum to the affinity, each rounded to three decimals. The first one that may stand
    on cards is their headline, if it can be put into words there.
    """
    lines = [_reason(said, pair, names) for said in pair.contributions if said.points]
    if pair.gate < FULL:
        lines.append(
            f"All but the base counts at {pair.gate / FULL:.0%}: they know each other, or compete."
        )
    return tuple(lines)


def _reason(said: Contribution, pair: PairAffinity, names: Mapping[str, str]) -> str:
    points = f"{said.points / FULL:.3f}"
    if said.component is Component.BASE:
        return f"Everybody may meet ({points})."
    if said.component is Component.BRIDGE:
        return f"They come from different circles ({points})."
    if said.component is Component.ORGANIZER:
        why = "One is new here, the other a host" if said.how == "welcome" else _WISHED
        return f"{why} ({points})."
    kept = "" if said.visibility is Visibility.PRINT else "; for matching only"
    if said.component is Component.SHARED:
        return (
            f"{field(said.kind).label}: {_both(said.texts)} "
            f"({points}; {said.holders} of {said.answered} who answered{kept})."
        )
    mine, theirs = said.texts
    gift, wish = (mine, theirs) if said.giver == pair.a else (theirs, mine)
    giver, seeker = (pair.a, pair.b) if said.giver == pair.a else (pair.b, pair.a)
    return (
        f"{names.get(giver, giver)} could help {names.get(seeker, seeker)}: “{gift}” for “{wish}” "
        f"({points}; {said.certainty / FULL:.0%} sure{kept})."
    )


def _both(texts: tuple[str, str]) -> str:
    mine, theirs = texts
    return f"“{mine}”" if mine == theirs else f"“{mine}” and “{theirs}”"


def told_change(
    answer: WhyNot, pair: PairAffinity, weights: Mapping[Component, float]
) -> tuple[str, ...]:
    """Return what would have to be added so that the nearest exchange gains in total.

    Nothing where the two meet, a rule forbids it, or there is no exchange.

    Parameters
    ----------
    weights
        The part of each component, as in `matcher.affinity.AffinityModel`.
    """
    if answer.round is not None or answer.forbidden or answer.exchange is None:
        return ()
    short = -answer.exchange.change
    if short <= 0:
        return ("That exchange would cost nothing in total: other aims stand before it.",)
    enough = [
        f"{what} ({gain / FULL:.3f})" for what, gain in _gains(pair, weights) if gain >= short
    ]
    said = f"For that exchange to pay, the two would have to be worth {short / FULL:.3f} more."
    if not enough:
        return (f"{said} No wish, and no help between them, adds as much.",)
    return (f"{said} Enough would be: {', or '.join(enough)}.",)


def _gains(pair: PairAffinity, weights: Mapping[Component, float]) -> Iterator[tuple[str, int]]:
    """Yield what could be added to a pair, and the points it would bring."""
    there = {said.component for said in pair.contributions}
    whole = (1 - BASE) * pair.gate
    if Component.ORGANIZER not in there:
        yield "a wish of one of them", round(whole * weights[Component.ORGANIZER])
    if Component.HELP not in there:
        helped = whole * weights[Component.HELP]
        yield "an offer of one that meets a need of the other", round(_ONE_WAY * helped)
        yield "help in both directions", round(helped)


def told_chain(chain: Sequence[str] | None, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return who could introduce two people, from the chain of acquaintances between them."""
    if chain is None:
        return ()
    called = [names.get(person, person) for person in chain]
    if len(chain) == 2:
        return (f"{called[0]} and {called[1]} know each other.",)
    if len(chain) == 3:
        return (f"{called[1]} knows them both.",)
    return (f"Nobody knows both; the shortest chain is {', '.join(called)}.",)
