"""What connects two people, and what would bring them together, in sentences for the organizer.

For the organizer alone: affinities, and answers that may stand on no card, are told here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matcher.affinity import BASE, FULL, Component, Contribution, PairAffinity
from matcher.counterfactual import WhyNot
from matcher.fields import Visibility, field
from matcher.phrase import Phrase, phrase

__all__ = ["told_chain", "told_change", "told_reasons"]

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
            phrase(
                "All but the base counts at %(share)s%%: they know each other, or compete.",
                share=round(100 * pair.gate / FULL),
            )
        )
    return tuple(lines)


def _reason(said: Contribution, pair: PairAffinity, names: Mapping[str, str]) -> Phrase:
    points = said.points / FULL
    if said.component is Component.BASE:
        return phrase("Everybody may meet (%(points)s).", points=points)
    if said.component is Component.BRIDGE:
        return phrase("They come from different circles (%(points)s).", points=points)
    if said.component is Component.ORGANIZER:
        if said.how == "welcome":
            return phrase("One is new here, the other a host (%(points)s).", points=points)
        return phrase("One of them, or you, wishes for it (%(points)s).", points=points)
    kept = "" if said.visibility is Visibility.PRINT else phrase("; for matching only")
    if said.component is Component.SHARED:
        return phrase(
            "%(kind)s: %(texts)s (%(points)s; %(holders)s of %(answered)s who answered%(kept)s).",
            kind=phrase(field(said.kind).label),
            texts=_both(said.texts),
            points=points,
            holders=said.holders,
            answered=said.answered,
            kept=kept,
        )
    mine, theirs = said.texts
    gift, wish = (mine, theirs) if said.giver == pair.a else (theirs, mine)
    giver, seeker = (pair.a, pair.b) if said.giver == pair.a else (pair.b, pair.a)
    return phrase(
        "%(giver)s could help %(seeker)s: “%(gift)s” for “%(wish)s” (%(points)s; %(sure)s%% "
        "sure%(kept)s).",
        giver=names.get(giver, giver),
        seeker=names.get(seeker, seeker),
        gift=gift,
        wish=wish,
        points=points,
        sure=round(100 * said.certainty / FULL),
        kept=kept,
    )


def _both(texts: tuple[str, str]) -> str:
    mine, theirs = texts
    if mine == theirs:
        return phrase("“%(text)s”", text=mine)
    return phrase("“%(mine)s” and “%(theirs)s”", mine=mine, theirs=theirs)


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
        return (phrase("That exchange would cost nothing in total: other aims stand before it."),)
    enough = [
        phrase("Enough would be %(what)s (%(gain)s).", what=what, gain=gain / FULL)
        for what, gain in _gains(pair, weights)
        if gain >= short
    ]
    said = phrase(
        "For that exchange to pay, the two would have to be worth %(short)s more.",
        short=short / FULL,
    )
    return (said, *(enough or [phrase("No wish, and no help between them, adds as much.")]))


def _gains(pair: PairAffinity, weights: Mapping[Component, float]) -> Iterator[tuple[Phrase, int]]:
    """Yield what could be added to a pair, and the points it would bring."""
    there = {said.component for said in pair.contributions}
    whole = (1 - BASE) * pair.gate
    if Component.ORGANIZER not in there:
        yield phrase("a wish of one of them"), round(whole * weights[Component.ORGANIZER])
    if Component.HELP not in there:
        helped = whole * weights[Component.HELP]
        yield phrase("an offer of one that meets a need of the other"), round(_ONE_WAY * helped)
        yield phrase("help in both directions"), round(helped)


def told_chain(chain: Sequence[str] | None, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return who could introduce two people, from the chain of acquaintances between them."""
    if chain is None:
        return ()
    called = [names.get(person, person) for person in chain]
    if len(chain) == 2:
        one, other = called
        return (phrase("%(one)s and %(other)s know each other.", one=one, other=other),)
    if len(chain) == 3:
        return (phrase("%(person)s knows them both.", person=called[1]),)
    people = ", ".join(called)
    return (phrase("Nobody knows both; the shortest chain is %(people)s.", people=people),)
