"""Checks of affinities, totals and the certificate, in exact arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from .export import BOUND_COVERS, Export, Meeting, decimals
from .violation import Code, Violation

__all__ = ["FIGURE_CHECKS"]


def scores(export: Export) -> Iterator[Violation]:
    """scores.csv holds every pair that meets once, sorted, and no other."""
    for before, after in pairwise(export.scores):
        if before.pair >= after.pair:
            says = f"{export.who(*after.pair)} stand too late or twice. Sort by a and b."
            yield _broken(Code.UNSORTED, "scores.csv", says, after.row)
    for score in export.scores:
        if score.pair not in export.met:
            says = f"{export.who(*score.pair)} have a score but do not meet. Remove the row."
            yield _broken(Code.STRAY_SCORE, "scores.csv", says, score.row)
    for pair, meetings in export.met.items():
        if pair not in export.score:
            says = f"{export.who(*pair)} meet, but scores.csv does not list them. Add their score."
            yield _broken(Code.MISSING_SCORE, "pairings.csv", says, meetings[0].row)


def shared_partners(export: Export) -> Iterator[Violation]:
    """Two who only share a partner in a trio count nothing."""
    for score in export.scores:
        if score.pair in export.sharing and score.affinity:
            says = f"{export.who(*score.pair)} only share a partner. Set their score to 0."
            yield _broken(Code.WRONG_SCORE, "scores.csv", says, score.row)


def affinities(export: Export) -> Iterator[Violation]:
    """A meeting counts its pair's score, a trio half the sum of its three."""
    for meeting in export.meetings:
        true = _worth(export, meeting)
        if true is not None and meeting.affinity != true:
            says = (
                f"{export.who(*meeting.members)} have affinity {decimals(meeting.affinity)} here, "
                f"by scores.csv {decimals(true)}. Correct the one that is wrong."
            )
            yield _broken(Code.WRONG_AFFINITY, "pairings.csv", says, meeting.row)


def total(export: Export) -> Iterator[Violation]:
    """The total is the sum over all meetings."""
    true = sum(meeting.affinity for meeting in export.meetings)
    if export.figures.total != true:
        says = (
            f"The total is given as {decimals(export.figures.total)}; the meetings sum to "
            f"{decimals(true)}. Correct total."
        )
        yield _broken(Code.WRONG_TOTAL, "plan.json", says)


def bound(export: Export) -> Iterator[Violation]:
    """No plan exceeds the bound, this one included."""
    figures = export.figures
    if figures.bound < figures.total:
        says = (
            f"The bound {decimals(figures.bound)} is below the total {decimals(figures.total)}, so "
            "it bounds nothing. Plan again and report this."
        )
        yield _broken(Code.WRONG_BOUND, "plan.json", says)


def gap(export: Export) -> Iterator[Violation]:
    """The gap is the distance to the bound as a fraction of it, rounded to nine decimals."""
    figures = export.figures
    true = Fraction(figures.bound - figures.total, figures.bound) if figures.bound else Fraction()
    if abs(Fraction(figures.gap) - true) > Fraction(1, 10**9):
        says = (
            f"The gap is given as {figures.gap}; total and bound make it {float(true):.9f}. "
            "Correct gap."
        )
        yield _broken(Code.WRONG_GAP, "plan.json", says)


def optimal(export: Export) -> Iterator[Violation]:
    """The welfare of a plan proved optimal meets its bound, over all pairs."""
    figures = export.figures
    if figures.status != "optimal":
        return
    if figures.welfare < figures.welfare_bound:
        says = (
            f"The status is optimal, but the welfare {decimals(figures.welfare)} is below its "
            f"bound {decimals(figures.welfare_bound)}. Set status to feasible."
        )
        yield _broken(Code.NOT_OPTIMAL, "plan.json", says)
    if figures.bound_covers != BOUND_COVERS[0]:
        says = (
            f"The status is optimal, but the bound covers {figures.bound_covers} only. "
            "Set status to feasible."
        )
        yield _broken(Code.NOT_OPTIMAL, "plan.json", says)


def counts(export: Export) -> Iterator[Violation]:
    """plan.json counts what the other files list."""
    figures = export.figures
    pairs = (
        ("people", figures.people, len(export.people)),
        ("pairings", figures.pairings, len(export.meetings)),
        ("trios", figures.trios, sum(len(meeting.members) > 2 for meeting in export.meetings)),
        ("sit_outs", figures.sit_outs, sum(len(person.sit_outs) for person in export.people)),
    )
    for name, said, true in pairs:
        if said != true:
            says = f"{name} is {said}; the other files list {true}. Correct the one that is wrong."
            yield _broken(Code.WRONG_COUNT, "plan.json", says)


def worst_off(export: Export) -> Iterator[Violation]:
    """plan.json names everybody who gets least, and how much that is."""
    least = min((person.total for person in export.people), default=0)
    true = frozenset(person.id for person in export.people if person.total == least)
    if export.figures.worst_off != (true, least):
        says = (
            f"By people.csv {export.who(*sorted(true))} get least, {decimals(least)}. "
            "Correct worst_off."
        )
        yield _broken(Code.WRONG_WORST_OFF, "plan.json", says)


def _worth(export: Export, meeting: Meeting) -> int | None:
    values = [export.score.get(pair) for pair in meeting.pairs]
    known = [value for value in values if value is not None]
    if not values or len(known) < len(values):
        return None
    return sum(known) // (2 if len(meeting.members) > 2 else 1)


def _broken(code: Code, file: str, sentence: str, row: int | None = None) -> Violation:
    return Violation(code=code, file=file, row=row, sentence=sentence)


FIGURE_CHECKS = (scores, shared_partners, affinities, total, bound, gap, optimal, counts, worst_off)
"""In the order in which they are reported."""
