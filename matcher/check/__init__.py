"""Verifies a finished plan from the texts of its exported files alone.

A second opinion is worth something only if it is formed independently: this package imports
nothing but the standard library and itself, least of all the planner, its rules or the affinity
(an import-linter contract holds it to that). It computes in integers and fractions, never in
floating point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from .against import Against, against_input
from .export import Export
from .figures import FIGURE_CHECKS
from .introductions import INTRODUCTION_CHECKS
from .measures import MEASURE_CHECKS
from .meetings import MEETING_CHECKS
from .people import PEOPLE_CHECKS
from .reading import read
from .rules import RULE_CHECKS
from .violation import Code, Violation
from .welfare import WELFARE_CHECKS

__all__ = ["CHECKS", "Against", "Code", "Violation", "check"]

CHECKS: tuple[Callable[[Export], Iterator[Violation]], ...] = (
    *MEETING_CHECKS,
    *PEOPLE_CHECKS,
    *RULE_CHECKS,
    *FIGURE_CHECKS,
    *WELFARE_CHECKS,
    *MEASURE_CHECKS,
    *INTRODUCTION_CHECKS,
)
"""Everything that is checked, in the order in which it is reported."""


def check(files: Mapping[str, str], against: Against | None = None) -> tuple[Violation, ...]:
    """Return everything that is wrong with a plan; nothing when all its promises hold.

    Parameters
    ----------
    files
        Text of each file by name: ``plan.json``, ``pairings.csv``, ``people.csv``, ``rules.csv``,
        ``scores.csv``, and ``introductions.json`` where there is one. Others are ignored.
    against
        The input, when it shall be compared too.

    Returns
    -------
    tuple of Violation
        Files that cannot be read are reported alone: nothing that rests on them would mean
        anything.

    Notes
    -----
    Linear in the size of the files, apart from sorting. Not verified: that the bound is a bound
    (only that the plan does not exceed it), nor that the sit-outs are as few and even as they
    could be; both need the pairs that were *not* planned.
    """
    export, unreadable = read(files)
    if export is None:
        return unreadable
    found = [violation for check_one in CHECKS for violation in check_one(export)]
    if against is not None:
        found += against_input(export, against)
    return tuple(found)
