"""What each choice of weights and of fairness gives at the demo, as pages and documents tell it.

    python -m benchmarks.choices

Every plan is compared with the usual one: the share of other pairs; how many of the needs that
could be met are; who receives help; how many cards open with something that few share; what the
lowest tenth gets, as a share of the average; and the total lost, where the weights are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from events.demo import DEMO_PRINTED, DEMO_SETTINGS, demo_people
from events.importer import Options, read_people
from events.pipeline import introduce_attendees
from matcher.introduce import Outcome
from web.choices import FAIRNESS, WEIGHTS

__all__ = ["Effect", "effects", "measured"]


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What one choice gives: shares of 1."""

    others: float
    needs: float
    received: float
    rare: float
    tenth: float
    lost: float


def effects() -> Iterator[tuple[str, Effect]]:
    """Yield each choice, the usual one of both first, with what it gives."""
    usual = measured()
    for weights in WEIGHTS:
        yield weights.value, _effect(usual, measured(weights=weights.value))
    for fairness in FAIRNESS:
        yield str(fairness.value), _effect(usual, measured(fairness=fairness.value))


def measured(**choice: object) -> Outcome:
    """Return the outcome of the demo, compared by wording, with another choice."""
    if "weights" in choice:
        choice["weights"] = tuple(map(int, str(choice["weights"]).split()))
    reading = Options(printed=frozenset(DEMO_PRINTED))
    people = read_people(demo_people(), name="demo.csv", options=reading).people
    return introduce_attendees(people, replace(DEMO_SETTINGS, **choice))  # type: ignore[arg-type]


def _effect(usual: Outcome, found: Outcome) -> Effect:
    pairs, before = ({m.members for m in each.plan.meetings} for each in (found, usual))
    figures = {each.name: each.value or 0.0 for each in found.measures}
    return Effect(
        others=len(pairs - before) / len(pairs),
        needs=figures["needs_met"],
        received=figures["received"],
        rare=figures["rare_headlines"],
        tenth=figures["tenth"],
        lost=1 - found.plan.total / usual.plan.total,
    )


def main() -> None:
    """Print the table as Markdown."""
    print("| choice | other pairs | needs met | receive help | rare headlines | lowest tenth |")
    print("|---|--:|--:|--:|--:|--:|")
    for choice, each in effects():
        shares = (each.others, each.needs, each.received, each.rare, each.tenth)
        print(f"| {choice} | {' | '.join(f'{share:.0%}' for share in shares)} |", flush=True)


if __name__ == "__main__":
    main()
