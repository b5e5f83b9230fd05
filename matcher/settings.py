"""What an organizer chooses about a plan, as one value. No defaults live anywhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from matcher.errors import ProfileError

__all__ = ["Odd", "Settings", "Weights"]

Weights = tuple[int, int, int, int]
"""What shared facts, help, bridges and wishes count, relative to their sum."""


class Odd(StrEnum):
    """What happens in a round with an odd number of people present."""

    TRIO = "trio"
    SIT_OUT = "sit-out"
    HOST = "host"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that, with the people, the rules and the version, decides a plan.

    Parameters
    ----------
    rounds
        Number of rounds, at least 1.
    seed
        The integer that all randomness of a run comes from.
    odd
        See `Odd`.
    fairness
        How much whoever gets little counts more than whoever gets much, 0 to 1: 0 is the plain
        total, 1 is nearly the worst-off alone.
    weights
        What shared facts, help, bridges and wishes count in an affinity: whole numbers from 0 to
        100, of which only the relations matter.
    tables
        Most meetings in a round; None for as many as needed.
    start
        Start of round 1 as ``HH:MM``; empty when cards shall not show times.
    minutes, gap
        Length of a round and of the pause between two, in minutes.
    language
        Main language of the cards (a shipped language code).
    meet_same_organization, meet_again
        Switch off a rule that holds by default: same organization, met before.
    introducers
        Name on cards who knows both people. Off unless people agreed to that.
    limit_seconds
        Wall-clock limit of the planner; None for the deterministic default effort. A plan that
        the clock cut short is marked as not repeatable.
    title
        Name of the event as questions and sheets may show it; may be empty.
    """

    rounds: int = 6
    seed: int = 0
    odd: Odd = Odd.TRIO
    fairness: float = 0.0
    weights: Weights = (30, 45, 15, 10)
    tables: int | None = None
    start: str = ""
    minutes: int = 10
    gap: int = 2
    language: str = "en"
    meet_same_organization: bool = False
    meet_again: bool = False
    introducers: bool = False
    limit_seconds: float | None = None
    title: str = ""

    def __post_init__(self) -> None:
        """Refuse values outside their range."""
        checks = (
            (1 <= self.rounds <= 100, "rounds", "a number from 1 to 100"),
            (0 <= self.fairness <= 1, "fairness", "a number from 0 to 1"),
            (
                len(self.weights) == 4
                and all(0 <= each <= 100 for each in self.weights)
                and any(self.weights),
                "weights",
                "four whole numbers from 0 to 100, not all 0",
            ),
            (self.tables is None or self.tables >= 1, "tables", "at least 1"),
            (1 <= self.minutes <= 240, "minutes", "a number from 1 to 240"),
            (0 <= self.gap <= 240, "gap", "a number from 0 to 240"),
            (
                not self.start or re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", self.start),
                "start",
                "a time such as 18:30",
            ),
            (self.limit_seconds is None or self.limit_seconds > 0, "limit_seconds", "above 0"),
        )
        for holds, name, want in checks:
            if not holds:
                raise ProfileError(f"{name} is {getattr(self, name)!r}; it must be {want}.")

    def clock_time(self, round_number: int) -> str:
        """Return the start of a round as ``HH:MM``, or "" when no start is set.

        Examples
        --------
        >>> Settings(start="18:30").clock_time(3)
        '18:54'
        """
        return self._after((round_number - 1) * (self.minutes + self.gap))

    @property
    def total_minutes(self) -> int:
        """From the start of the first round to the end of the last, in minutes."""
        return self.rounds * self.minutes + (self.rounds - 1) * self.gap

    @property
    def end(self) -> str:
        """The end of the last round as ``HH:MM``, or "" when no start is set."""
        return self._after(self.total_minutes)

    def _after(self, passed: int) -> str:
        if not self.start:
            return ""
        hours, minutes = map(int, self.start.split(":"))
        at = hours * 60 + minutes + passed
        return f"{at // 60 % 24:02d}:{at % 60:02d}"
