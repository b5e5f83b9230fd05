"""Checks of a plan against the people and scores it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .export import UNIT, Export, decimals
from .violation import Code, Violation

__all__ = ["Against", "against_input"]


@dataclass(frozen=True, kw_only=True)
class Against:
    """What the input says, made by the caller from the input and not from the plan.

    Parameters
    ----------
    ids
        Everyone the plan must contain.
    scores
        Affinity of each listed pair of ids ``a < b``, from 0 to 1.
    others
        Affinity of every pair that is not listed; None when such pairs are not permitted.
    """

    ids: frozenset[str]
    scores: Mapping[tuple[str, str], Decimal]
    others: Decimal | None = None


def against_input(export: Export, against: Against) -> Iterator[Violation]:
    """The people are those of the input, and every planned pair has its score there."""
    for missing in sorted(against.ids - export.person.keys()):
        says = f"'{missing}' is in the input but not in the plan. Plan again with everybody."
        yield Violation(code=Code.MISSING_PERSON, file="people.csv", sentence=says)
    for person in export.people:
        if person.id not in against.ids:
            says = f"{export.who(person.id)} is not in the input. Check against the right file."
            code = Code.UNKNOWN_PERSON
            yield Violation(code=code, file="people.csv", row=person.row, sentence=says)
    for score in export.scores:
        if score.pair in export.sharing:
            continue  # no pair of the plan
        true = against.scores.get(score.pair, against.others)
        if true is None:
            code, says = Code.NOT_PERMITTED, "are no pair of the input. Give them other partners."
        elif true * UNIT != score.affinity:
            code = Code.WRONG_SCORE
            says = f"score {decimals(score.affinity)} here and {true} in the input. Plan again."
        else:
            continue
        who = export.who(*score.pair)
        yield Violation(code=code, file="scores.csv", row=score.row, sentence=f"{who} {says}")
