"""How time and memory grow from a thousand people to a hundred thousand.

Every size runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from time import process_time

import numpy as np

from benchmarks.people import attendee_csv, with_rare_answers
from benchmarks.planner.instances import ROUNDS, sparse
from events.importer import read_people
from events.profiles import to_profile
from matcher.affinity import AffinityModel
from matcher.plan import Plan, make_plan
from matcher.settings import Settings

__all__ = ["HEADERS", "Figures", "exponent", "growth", "measure", "measured"]

_STAGES = (
    *("people", "pairs", "profiles", "affinities", "plan"),
    *("together", "total ÷ bound", "sit-outs", "peak GiB"),
)
HEADERS = {
    "plan": ("people", "pairs", "plan", "total ÷ bound", "sit-outs", "peak GiB"),
    "profiles": _STAGES,
    "rare": _STAGES,
}
"""What is measured and its columns: from a given sparse table, from invented profiles, and from
profiles all of whose answers are rare."""

Figures = dict[str, float]


def growth(what: str, sizes: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Yield one line a size, and a last one with the exponents of growth."""
    found: list[Figures] = []
    for people in sizes:
        found.append(measured(what, people))
        yield tuple(_cell(name, found[-1][name]) for name in HEADERS[what])
    timed = [name for name in HEADERS[what] if name in SECONDS]
    yield tuple(
        f"exponent {exponent(found, name):.2f}" if name in timed and len(found) > 1 else ""
        for name in HEADERS[what]
    )


def measured(what: str, people: int) -> Figures:
    """Return the figures of one size from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.planner.growth", what, str(people)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    result: Figures = json.loads(answer.stdout)
    return result


SECONDS = ("profiles", "affinities", "plan", "together")


def exponent(found: Sequence[Figures], name: str) -> float:
    """Return the slope of log seconds over log people, by least squares."""
    people = [math.log(each["people"]) for each in found]
    seconds = [math.log(max(each[name], 1e-3)) for each in found]
    return float(np.polyfit(people, seconds, 1)[0])


def _cell(name: str, value: float) -> str:
    if name in SECONDS:
        return f"{value:.2f}"
    if name == "total ÷ bound":
        return f"{value:.4%}"
    return f"{value:.2f}" if name == "peak GiB" else f"{int(value):,}"


def measure(what: str, people: int) -> Figures:
    """Return the figures of one size, in processor seconds of this process."""
    if what == "plan":
        return _from_table(people)
    content = attendee_csv(people)
    return _from_profiles(with_rare_answers(content) if what == "rare" else content)


def _from_table(people: int) -> Figures:
    table = sparse(people, 1).affinities
    start = process_time()
    plan = make_plan(table, Settings(rounds=ROUNDS, fairness=0))
    return {"plan": process_time() - start, **_figures(plan, len(table.a))}


def _from_profiles(content: bytes) -> Figures:
    attendees = read_people(content).people
    marks = [process_time()]
    profiles = [to_profile(attendee) for attendee in attendees]
    marks.append(process_time())
    table = AffinityModel(profiles).table()
    marks.append(process_time())
    plan = make_plan(table, Settings(rounds=ROUNDS, fairness=0))
    marks.append(process_time())
    stages = dict(zip(SECONDS, np.diff(marks).tolist(), strict=False))
    return {**stages, "together": marks[-1] - marks[0], **_figures(plan, len(table.a))}


def _figures(plan: Plan, pairs: int) -> Figures:
    return {
        "people": len(plan.ids),
        "pairs": pairs,
        "total ÷ bound": plan.total / plan.bound,
        "sit-outs": len(plan.sit_outs),
        "peak GiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
    }


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
