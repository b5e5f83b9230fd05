"""Checks of the measures in plan.json, as far as the other files hold what they rest on.

Lift, help, rarity and bridging need answers and affinities that no file of a plan holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from .export import Entry, Export
from .violation import Code, Violation

__all__ = ["MEASURE_CHECKS"]

_STEP = Fraction(1, 10**6)  # measures are rounded to six decimals


def measures(export: Export) -> Iterator[Violation]:
    """Each measure that files can prove or disprove is what they make it."""
    for name, compute in _RECOMPUTED:
        if name not in export.figures.measures:
            continue
        said, true = export.figures.measures[name], compute(export)
        if (said is None) != (true is None) or (
            said is not None and true is not None and abs(Fraction(said) - true) > _STEP
        ):
            shown = "nothing" if true is None else f"{float(true):.6f}"
            yield Violation(
                code=Code.WRONG_MEASURE,
                file="plan.json",
                sentence=f"The measure {name} is given as {said}; the files make it {shown}. "
                "Make the plan again.",
            )


def _optimality(export: Export) -> Fraction | None:
    figures = export.figures
    if not figures.welfare_bound:
        return None
    return Fraction(figures.welfare * 10**6 // figures.welfare_bound, 10**6)


def _worth(export: Export) -> list[Fraction]:
    """Return what each person gets in a meeting, rising."""
    return sorted(Fraction(each.total, max(1, len(each.rounds))) for each in export.people)


def _worst_off(export: Export) -> Fraction | None:
    worth = _worth(export)
    return worth[0] * len(worth) / sum(worth) if any(worth) else None


def _tenth(export: Export) -> Fraction | None:
    worth = _worth(export)
    return worth[(len(worth) + 9) // 10 - 1] * len(worth) / sum(worth) if any(worth) else None


def _inequality(export: Export) -> Fraction | None:
    """Return the mean difference of two people by twice the mean (Gini 1912)."""
    worth = _worth(export)
    n, whole = len(worth), sum(worth)
    spread = sum(each * (2 * rank - n + 1) for rank, each in enumerate(worth))
    return Fraction(spread) / (n * whole) if whole else None


def _sit_out_spread(export: Export) -> Fraction:
    counts = [len(each.sit_outs) for each in export.people]
    return Fraction(max(counts) - min(counts))


def _askability(export: Export) -> Fraction | None:
    areas = [area for entry in export.entries or () for area in entry.opened]
    return Fraction(sum(area != "event" for area in areas), len(areas)) if areas else None


def _question_repeats(export: Export) -> Fraction | None:
    entries = [entry for entry in export.entries or () if entry.templates]
    if not entries:
        return None
    return Fraction(
        _repeats(entries, lambda entry: entry.reader)
        + _repeats(entries, lambda entry: entry.partner)
    )


def _repeats(entries: list[Entry], person: Callable[[Entry], str | None]) -> int:
    asked = [(person(entry), template) for entry in entries for template in entry.templates]
    return len(asked) - len(set(asked))


_RECOMPUTED: tuple[tuple[str, Callable[[Export], Fraction | None]], ...] = (
    ("optimality", _optimality),
    ("worst_off", _worst_off),
    ("tenth", _tenth),
    ("inequality", _inequality),
    ("askability", _askability),
    ("question_repeats", _question_repeats),
    ("sit_out_spread", _sit_out_spread),
)

MEASURE_CHECKS = (measures,)
"""In the order in which they are reported."""
