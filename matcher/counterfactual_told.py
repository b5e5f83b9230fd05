"""Answers to "why these, and why not those?" in sentences for the organizer."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.affinity.table import FULL
from matcher.counterfactual import Exchange, WhyNot, WhyThese
from matcher.phrase import Phrase, phrase

__all__ = ["told_why_not", "told_why_these"]


def told_why_not(answer: WhyNot, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return an answer to "why not these two?" in sentences for the organizer.

    Parameters
    ----------
    names
        How to call people; ids stand for those it does not have.
    """
    one, other = (names.get(person, person) for person in answer.pair)
    if answer.round is not None:
        return (
            phrase(
                "%(one)s and %(other)s do meet, in round %(round)s.",
                one=one,
                other=other,
                round=answer.round,
            ),
        )
    if answer.forbidden or answer.affinity is None:
        lift = phrase("Lift the rule if they should be able to meet, and plan again.")
        return (*answer.forbidden, lift)
    said = [
        phrase(
            "%(one)s and %(other)s would be worth %(affinity)s.",
            one=one,
            other=other,
            affinity=answer.affinity / FULL,
        )
    ]
    for name, least in zip((one, other), answer.lowest, strict=True):
        if least is not None:
            said.append(
                phrase(
                    "The least of %(name)s's meetings is worth %(least)s.",
                    name=name,
                    least=least / FULL,
                )
            )
    said.append(_exchange(answer.exchange, names))
    said.append(phrase("Pin the two, and the best plan with them is found."))
    return tuple(said)


def told_why_these(answer: WhyThese, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return an answer to "why these?" in sentences for the organizer; `names` as above."""
    called = names.get(answer.person, answer.person)
    lines = [f"{called} could meet {answer.possible} people."]
    for each in answer.partners:
        where = f"number {each.rank} of {answer.possible}"
        who = names.get(each.id, each.id)
        lines.append(f"Round {each.round}: {who}, {_shown(each.affinity)}, {where}.")
    if answer.better:
        others = ", ".join(
            f"{names.get(each.id, each.id)} ({_shown(each.affinity)})" for each in answer.better
        )
        lines.append(f"Worth more than the least of these, and not met: {others}.")
    return tuple(lines)


def _exchange(exchange: Exchange | None, names: Mapping[str, str]) -> Phrase:
    if exchange is None:
        return phrase("No exchange of two meetings would bring them together.")
    (a, b), (c, d) = (tuple(names.get(each, each) for each in pair) for pair in exchange.instead)
    amount = abs(exchange.change) / FULL
    change = (
        phrase("%(amount)s less", amount=amount)
        if exchange.change <= 0
        else phrase("%(amount)s more", amount=amount)
    )
    return phrase(
        "The nearest way: in round %(round)s, in place of %(a)s with %(b)s and %(c)s with %(d)s; "
        "in total that is %(change)s.",
        round=exchange.round,
        a=a,
        b=b,
        c=c,
        d=d,
        change=change,
    )


def _shown(points: int) -> str:
    return f"{points / FULL:.3f}"
