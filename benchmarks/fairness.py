"""What fairness costs in total, and what it gives to those who get least, on every kind of event.

    python -m benchmarks.fairness --people 100

Each row compares with the plan of fairness 0: the total lost; what the worst-off and the lowest
tenth get per round, as a share of the average; the Gini coefficient; welfare over its bound.
"""

from __future__ import annotations

import argparse
from time import process_time

import numpy as np

from benchmarks.planner.instances import KINDS, ROUNDS, Event
from matcher.plan import Plan, make_plan
from matcher.settings import Settings

FAIRNESS = (0, 0.25, 0.5, 0.75, 1)


def spread(event: Event, plan: Plan) -> tuple[float, float, float]:
    """Return the least and the tenth percentile as shares of the mean, and the Gini coefficient."""
    amounts = dict.fromkeys(plan.ids, 0)
    for meeting in plan.meetings:
        for member in meeting.members:
            amounts[member] += meeting.value
    there = event.present.sum(axis=1)
    each = np.sort(np.array(list(amounts.values())) / there)
    place = 2 * np.arange(1, len(each) + 1) - len(each) - 1
    gini = float(place @ each / (len(each) * each.sum()))
    return each[0] / each.mean(), float(np.percentile(each, 10) / each.mean()), gini


def rows(event: Event) -> list[str]:
    """Return one line of the table for each fairness."""
    found, most = [], 0
    for fairness in FAIRNESS:
        start = process_time()
        plan = make_plan(
            event.affinities, Settings(rounds=ROUNDS, fairness=fairness), rules=event.rules
        )
        seconds = process_time() - start
        most = most or plan.total
        least, tenth, gini = spread(event, plan)
        figures = (
            *(event.kind, f"{fairness}", f"{1 - plan.total / most:.2%}", f"{least:.3f}"),
            *(f"{tenth:.3f}", f"{gini:.4f}", f"{plan.welfare / plan.welfare_bound:.3%}"),
            f"{seconds:.1f}",
        )
        found.append(f"| {' | '.join(figures)} |")
    return found


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    print("| kind | f | total lost | least | tenth | Gini | welfare ÷ bound | seconds |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for kind in KINDS:
        print("\n".join(rows(kind(chosen.people, chosen.seed))), flush=True)


if __name__ == "__main__":
    main()
