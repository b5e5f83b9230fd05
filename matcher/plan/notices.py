"""What an organizer should know before printing: who sits out how often, and why.

What follows from people, tables and rules alone is said before planning (`matcher.preflight`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matcher.phrase import Phrase, phrase, phrases
from matcher.rules.rule import Mask
from matcher.settings import Odd

from .bound.aims import odd_rounds, seats_at_tables

if TYPE_CHECKING:
    from .draft import Draft

__all__ = ["notices", "told_short", "told_sit_outs"]


def notices(draft: Draft, odd: Odd, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return remarks on a schedule, each with its reason and remedy.

    Parameters
    ----------
    draft
        The finished schedule.
    odd
        What was asked for with an odd number of people present.
    names
        How to call people; ids stand for those it does not have.
    """
    found = [
        _sit_outs(draft),
        *_too_few_seats(draft, names),
        _below_minimum(draft, names),
        _missing_trios(draft),
        _host(draft, odd),
    ]
    return tuple(text for text in found if text)


def _sit_outs(draft: Draft) -> str:
    counts = (draft.problem.present.sum(axis=1) + draft.problem.idle.sum(axis=1)) - draft.meetings
    return told_sit_outs(counts)


def told_sit_outs(counts: NDArray[np.int64]) -> str:
    """Return how often people sit out, from the count of each; "" when nobody does."""
    if not counts.any():
        return ""
    return phrase(
        "%(total)s, shared by %(people)s: at most %(most)s each.",
        total=phrases("%(num)s break", "%(num)s breaks", int(counts.sum())),
        people=phrases("%(num)s person", "%(num)s people", int(np.count_nonzero(counts))),
        most=int(counts.max()),
    )


def _too_few_seats(draft: Draft, names: Mapping[str, str]) -> list[str]:
    problem = draft.problem
    return [
        phrases(
            "%(num)s seat at table %(tables)s in all rounds, for %(people)s, who sit nowhere else: "
            "they sit out more often. Give them more tables.",
            "%(num)s seats at table %(tables)s in all rounds, for %(people)s, who sit nowhere "
            "else: they sit out more often. Give them more tables.",
            seats,
            tables=", ".join(map(str, sorted(tables))),
            people=", ".join(names.get(problem.ids[i], problem.ids[i]) for i in bound),
        )
        for tables, bound, seats in seats_at_tables(problem)
        if int(problem.most[bound].sum()) > seats
    ]


def _below_minimum(draft: Draft, names: Mapping[str, str]) -> str:
    problem, meetings = draft.problem, draft.meetings
    short = np.flatnonzero(meetings < problem.fewest)
    settled = Counter(person for meeting in problem.fixed for person in meeting.members)
    return told_short(
        (
            names.get(problem.ids[i], problem.ids[i]),
            meetings[i] + settled[i],
            problem.fewest[i] + settled[i],
        )
        for i in short.tolist()
    )


def told_short(short: Iterable[tuple[str, int, int]]) -> str:
    """Return who has fewer meetings than their minimum: names, meetings and minimums."""
    people = ", ".join(f"{name} ({has} of {fewest})" for name, has, fewest in short)
    return people and phrase(
        "Fewer meetings than their minimum: %(people)s. Add rounds or tables, lift a rule for "
        "them, or lower the minimum.",
        people=people,
    )


def _missing_trios(draft: Draft) -> str:
    missing = len(odd_rounds(draft.problem)) - len(draft.trios)
    if missing <= 0:
        return ""
    return phrases(
        "%(num)s round with an odd number of people without a trio: its three pairs would take "
        "meetings away from others, or are not permitted.",
        "%(num)s rounds with an odd number of people without a trio: its three pairs would take "
        "meetings away from others, or are not permitted.",
        missing,
    )


def _host(draft: Draft, odd: Odd) -> str:
    problem = draft.problem
    sitting = (problem.idle | problem.present & ~draft.busy).sum(axis=0)
    if odd is not Odd.HOST or not sitting.any():
        return ""
    alone = _rounds(sitting > 0)
    if not np.any(sitting > 1):
        return phrase("The host meets whoever sits out, in %(rounds)s.", rounds=alone)
    return phrase(
        "The host meets whoever sits out, in %(rounds)s. In %(crowded)s more than one person sits "
        "out, and the host can join one.",
        rounds=alone,
        crowded=_rounds(sitting > 1),
    )


def _rounds(which: Mask) -> Phrase:
    numbers = [str(number + 1) for number in np.flatnonzero(which)]
    return phrases("round %(list)s", "rounds %(list)s", len(numbers), list=", ".join(numbers))
