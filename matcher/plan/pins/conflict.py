"""When pins and frozen rounds cannot hold: which requirements are in each other's way.

An answer to the organizer, not an error of the program; it names people, round and rule.
"""

from __future__ import annotations

from dataclasses import dataclass

from matcher.errors import NoPlan

__all__ = ["Conflict", "Infeasible", "Requirement"]


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One thing that was asked of the plan.

    Parameters
    ----------
    kind
        Kind of the rule; ``affinity`` for a pair that the given affinities do not permit.
    ids
        Those concerned, sorted; empty when it is about a whole round.
    round
        Numbered from 1; None when it is about all rounds.
    text
        The requirement as a sentence, people by name.
    """

    kind: str
    ids: tuple[str, ...]
    round: int | None
    text: str


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Requirements that no plan meets together.

    Parameters
    ----------
    rounds
        Rounds of the event.
    requirements
        In the order: frozen rounds, pins, rules.
    irreducible
        Whether it is proved that the rest can hold whichever one of them is dropped.
    """

    rounds: int
    requirements: tuple[Requirement, ...]
    irreducible: bool

    def __str__(self) -> str:
        """Return the conflict in words, a line for each requirement."""
        rounds = f"{self.rounds} round" + ("" if self.rounds == 1 else "s")
        remedy = (
            "Drop or change any one of these, and the others can hold."
            if self.irreducible
            else "Drop or change some of these; perhaps fewer of them are in conflict already."
        )
        lines = [f"No plan of {rounds} keeps all of these:"]
        lines += [f"- {requirement.text}" for requirement in self.requirements]
        return "\n".join([*lines, remedy])


class Infeasible(NoPlan):
    """Pins or frozen rounds are in conflict with rules or each other.

    Parameters
    ----------
    conflict
        What cannot hold together; the message says it in words.
    """

    def __init__(self, conflict: Conflict) -> None:
        super().__init__(str(conflict))
        self.conflict = conflict
