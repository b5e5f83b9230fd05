"""What follows from people, rules and settings before anything is planned, by counting alone.

Instant also for ten thousand people; nothing here solves anything or promises that a plan exists.
Every figure is a limit that no plan can pass; what a plan then reaches stands in its own notices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from matcher.affinity.table import Affinities
from matcher.phrase import phrase
from matcher.rules import Rule
from matcher.settings import Settings

from .counts import Counts
from .findings import Finding, Severity, findings

__all__ = ["Preflight", "preflight"]


@dataclass(frozen=True, kw_only=True)
class Preflight:
    """What is known before solving.

    Parameters
    ----------
    possible
        Different meetings that rules permit; None where only known to be more than enough.
    wanted
        Pairs that would meet if everybody had a meeting whenever they are there.
    sit_outs
        Sit-outs that no plan can avoid.
    meets
        Fewest and most meetings that anybody can get in the rounds still to be planned.
    tables
        Tables in use in the fullest round.
    findings
        In the order in which they are shown.
    """

    people: int
    rounds: int
    possible: int | None
    wanted: int
    sit_outs: int
    meets: tuple[int, int]
    tables: int
    findings: tuple[Finding, ...]

    @property
    def troubles(self) -> tuple[Finding, ...]:
        """What an organizer will want to change."""
        return tuple(each for each in self.findings if each.severity is Severity.BAD)


def preflight(
    ids: Sequence[str],
    settings: Settings,
    *,
    rules: Sequence[Rule] = (),
    affinities: Affinities | None = None,
    names: Mapping[str, str] = MappingProxyType({}),
) -> Preflight:
    """Say what these people, rules and settings mean for any plan.

    Parameters
    ----------
    ids
        Everybody, sorted.
    affinities
        When given, pairs that it does not permit are no possible meetings.
    names
        How sentences call people; ids stand for those it does not have.

    Notes
    -----
    Time grows with the listed pairs, or with people × rounds where all pairs are permitted; people
    whose partners are hard to find are compared with everybody.

    Examples
    --------
    >>> found = preflight(["a", "b", "c", "d"], Settings(rounds=3, start="18:00"))
    >>> [finding.text for finding in found.findings]
    ['Everybody meets 3 people, one in each round.', 'From 18:00 to 18:34, at 2 tables.']
    """
    if len(ids) < 2:
        text = (
            phrase("An introduction takes two: add one more person first.")
            if ids
            else phrase("An introduction takes two: add two people first.")
        )
        alone = Finding("alone", text, Severity.BAD)
        return Preflight(
            people=len(ids),
            rounds=settings.rounds,
            possible=0,
            wanted=0,
            sit_outs=len(ids) * settings.rounds,
            meets=(0, 0),
            tables=0,
            findings=(alone,),
        )
    counts = Counts(ids, settings, rules, affinities)
    return Preflight(
        people=len(ids),
        rounds=settings.rounds,
        possible=counts.permitted.pairs,
        wanted=counts.wanted(),
        sit_outs=counts.forced(),
        meets=counts.meets(),
        tables=counts.needed(),
        findings=tuple(findings(counts, names)),
    )
