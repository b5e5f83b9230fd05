"""Figures of give and take. What nobody could have met is not held against the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from statistics import median

from matcher.coverage import Said

from .findings import Findings

__all__ = ["given", "needs_met", "received", "reciprocity"]


def needs_met(found: Findings) -> Fraction | None:
    """Count needs, not challenges."""
    could = _possible([said for said in found.coverage.wishes if said.kind == "need"])
    return Fraction(sum(said.met for said in could), len(could)) if could else None


def received(found: Findings) -> Fraction | None:
    """Count people with a need or challenge that somebody could meet."""
    return _people(found.coverage.wishes)


def given(found: Findings) -> Fraction | None:
    """Count people with an offer or experience that somebody could use."""
    return _people(found.coverage.gifts)


def reciprocity(found: Findings) -> Fraction | None:
    """Weigh help by its points. Where people meet across cohorts only, help goes one way."""
    if found.has_sides:
        return None
    gave: Counter[str] = Counter()
    got: Counter[str] = Counter()
    for giver, receiver, said in found.help:
        gave[giver] += said.points
        got[receiver] += said.points
    balances = [
        1 - Fraction(abs(gave[person] - got[person]), gave[person] + got[person])
        for person in sorted(gave.keys() | got.keys())
        if gave[person] + got[person]
    ]
    return median(balances) if balances else None


def _people(answers: Sequence[Said]) -> Fraction | None:
    could = {said.person for said in _possible(answers)}
    did = {said.person for said in answers if said.met}
    return Fraction(len(did), len(could)) if could else None


def _possible(answers: Sequence[Said]) -> list[Said]:
    return [said for said in answers if said.other is not None or said.met]
