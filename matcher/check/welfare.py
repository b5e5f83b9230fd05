"""Checks of the welfare: the plain total made fair, recomputed in whole numbers and fractions.

Everybody counts once for each round in which they could meet somebody. What an amount per round is
worth falls off by the power α = f / (1 − f), at most 8, of its distance from the foot of the curve,
a tenth of the fair share below 0. The curve is a chain of straight pieces, and the welfare is the
total that would be worth as much if everybody had the same. docs/planner.md defines all of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import accumulate, pairwise

from .export import UNIT, Export, decimals
from .violation import Code, Violation

__all__ = ["WELFARE_CHECKS"]

HALF_UNIT = UNIT // 2_000_000
"""What the planner counts in: half a millionth."""
MOST = 2_000_000
"""Half-units that a meeting can be worth."""


def welfare(export: Export) -> Iterator[Violation]:
    """The welfare follows from the meetings, their scores and the fairness."""
    amounts, figures = _amounts(export), export.figures
    if amounts is None:
        return  # a missing score is reported elsewhere
    rounds = _rounds(export)
    share = 2 * figures.bound // HALF_UNIT // max(1, sum(rounds.values()))
    true = _equal(amounts, rounds, figures.fairness, max(1, share)) * HALF_UNIT
    if figures.welfare != true:
        says = (
            f"The welfare is given as {decimals(figures.welfare)}; meetings, scores and fairness "
            f"make it {decimals(true)}. Correct welfare."
        )
        yield _broken(Code.WRONG_WELFARE, says)


def welfare_bound(export: Export) -> Iterator[Violation]:
    """No plan exceeds the bound, this one included."""
    figures = export.figures
    if figures.welfare_bound < figures.welfare:
        says = (
            f"The bound {decimals(figures.welfare_bound)} is below the welfare "
            f"{decimals(figures.welfare)}, so it bounds nothing. Plan again and report this."
        )
        yield _broken(Code.WRONG_BOUND, says)


def welfare_gap(export: Export) -> Iterator[Violation]:
    """The gap is the distance to the bound as a fraction of it, rounded to nine decimals."""
    figures = export.figures
    bound = figures.welfare_bound
    true = Fraction(bound - figures.welfare, bound) if bound else Fraction()
    if abs(Fraction(figures.welfare_gap) - true) > Fraction(1, 10**9):
        says = (
            f"The gap is given as {figures.welfare_gap}; welfare and its bound make it "
            f"{float(true):.9f}. Correct welfare_gap."
        )
        yield _broken(Code.WRONG_GAP, says)


def _amounts(export: Export) -> dict[str, int] | None:
    """Return what each person gets, in half-units; None where a score is missing."""
    amounts = dict.fromkeys(export.person, 0)
    for meeting in export.meetings:
        for pair in meeting.pairs:
            if pair not in export.score:
                return None
            worth = export.score[pair] // HALF_UNIT // (1 if len(meeting.members) == 2 else 2)
            for member in pair:
                amounts[member] = amounts.get(member, 0) + worth
    return amounts


def _rounds(export: Export) -> dict[str, int]:
    """Return in how many rounds each person could have a meeting."""
    most = dict.fromkeys(export.person, export.figures.rounds)
    for person, at in export.absences:
        if at <= export.figures.rounds:
            most[person] = most.get(person, export.figures.rounds) - 1
    for rule in export.rules:
        if rule.kind == "quota" and rule.value.isdecimal():
            for person in rule.ids:
                most[person] = min(most.get(person, export.figures.rounds), int(rule.value))
    return most


def _equal(amounts: dict[str, int], rounds: dict[str, int], fairness: Decimal, share: int) -> int:
    """Return the total, in half-units rounded down, that is worth as much when shared equally."""
    ends, slopes = _curve(fairness, share)
    pieces = [slope * (b - a) for slope, (a, b) in zip(slopes, pairwise(ends), strict=True)]
    heights = [0, *accumulate(pieces)]

    def piece(marks: list[int], value: Fraction) -> int:
        return min(bisect_right(marks, value), len(slopes)) - 1

    worth = Fraction(0)
    for person, amount in amounts.items():
        there = max(1, rounds.get(person, 1))
        at = piece(ends, Fraction(amount, there))
        worth += there * heights[at] + slopes[at] * (amount - there * ends[at])
    everybody = max(1, sum(rounds.values()))
    at = piece(heights, worth / everybody)
    each = ends[at] + (worth / everybody - heights[at]) / slopes[at]
    return everybody * each // 2


def _curve(fairness: Decimal, share: int) -> tuple[list[int], list[int]]:
    """Return where the pieces of the curve end, in half-units, and how steep each is."""
    ends, slopes = [0], list[int]()
    with localcontext(prec=60):
        alpha = min(fairness / (1 - fairness), Decimal(8)) if fairness < 1 else Decimal(8)
        step = Decimal("1.0025")
        power = -int(Decimal(11).ln() / step.ln())  # of the first knot above 0
        while ends[-1] < MOST:
            end = int((11 * step**power - 1) * share / 10)
            if end > ends[-1]:
                steep = round(4096 * step ** (-alpha * (power - 1)))
                slopes.append(min(2**26, max(1, steep)))
                ends.append(end)
            power += 1
    return ends, slopes


def _broken(code: Code, sentence: str) -> Violation:
    return Violation(code=code, file="plan.json", row=None, sentence=sentence)


WELFARE_CHECKS = (welfare, welfare_bound, welfare_gap)
"""In the order in which they are reported."""
