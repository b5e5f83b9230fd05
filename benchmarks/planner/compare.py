"""One event, all methods: figures of each, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import process_time

from benchmarks.planner.instances import ROUNDS, Event
from benchmarks.planner.methods import METHODS, Method
from benchmarks.planner.verify import as_plan, verify
from matcher.plan import Plan, Progress, make_plan
from matcher.settings import Settings

__all__ = ["GOOD", "HEADER", "Line", "compare", "seedbed"]

GOOD = 0.998
"""Share of the bound from which a plan counts as good: what round-by-round matching reaches."""
HEADER = ("people", "kind", "method", "seconds", "total ÷ bound", "sit-outs", "times as long")


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one method made of one event.

    Parameters
    ----------
    seconds
        Processor seconds of this process, the solver's threads included; None when not tried.
    share
        Total as a share of Seedbed's proven bound. Above 1 only where sit-outs are more or less
        evenly shared than the bound allows.
    ratio
        Its seconds, divided by Seedbed's until its first plan of `GOOD`.
    remark
        Why it was not tried, or what is known of the plan.
    """

    event: Event
    method: str
    seconds: float | None = None
    share: float = 0.0
    sit_outs: int = 0
    ratio: float | None = None
    remark: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as text, in the order of `HEADER`."""
        start = (f"{self.event.people:,}", self.event.kind, self.method)
        if self.seconds is None:
            return (*start, "–", f"not tried: {self.remark}", "–", "–")
        share = f"{self.share:.3%}" + (f", {self.remark}" if self.remark else "")
        ratio = "–" if self.ratio is None else f"{self.ratio:,.1f}"
        return (*start, f"{self.seconds:.2f}", share, f"{self.sit_outs:,}", ratio)


def compare(event: Event, methods: Sequence[Method] = METHODS) -> Iterator[Line]:
    """Yield Seedbed's first good plan, its final one, and every other method's."""
    plan, seconds, first = seedbed(event)
    verify(event, plan)
    remark = "proved" if plan.status == "optimal" else ""
    label = f"Seedbed, first plan of {GOOD:.1%}"
    if first is None:
        yield Line(event=event, method=label, remark="no plan was that near to the bound")
    else:
        yield Line(event=event, method=label, seconds=first[0], share=first[1], ratio=1.0)
    yield _line(event, "Seedbed", seconds, plan, plan.bound, first, remark)
    for method in methods:
        refusal = method.refusal(event)
        if refusal:
            yield Line(event=event, method=method.name, remark=refusal)
            continue
        start = process_time()
        rounds = method.run(event)
        seconds = process_time() - start
        other = as_plan(event, rounds, plan.bound)
        verify(event, other)
        if _shortage(other) <= _shortage(plan) and other.total > plan.bound:
            raise AssertionError(f"{method.name} beats a proven bound: {event.kind}")
        remark = "" if other.meetings else "no plan in its time"
        yield _line(event, method.name, seconds, other, plan.bound, first, remark)


def _shortage(plan: Plan) -> tuple[int, int, int]:
    """Return what comes before the total: sit-outs, most of one person, how uneven; less is better.

    The bound speaks of plans that are as good in this.
    """
    counts = Counter(person for _, person in plan.sit_outs).values()
    return sum(counts), max(counts, default=0), sum(count**2 for count in counts)


def seedbed(event: Event) -> tuple[Plan, float, tuple[float, float] | None]:
    """Return the plan, its seconds, and seconds and share of the first good plan."""
    seen: list[tuple[float, int]] = []
    start = process_time()

    def on_progress(progress: Progress) -> bool:
        if progress.best is not None:
            seen.append((process_time() - start, progress.best))
        return True

    settings = Settings(rounds=ROUNDS, fairness=0)
    plan = make_plan(event.affinities, settings, rules=event.rules, on_progress=on_progress)
    seconds = process_time() - start
    seen.append((seconds, plan.total))
    good = (
        (at, best / plan.bound if plan.bound else 1.0)
        for at, best in seen
        if best >= GOOD * plan.bound
    )
    return plan, seconds, next(good, None)


def _line(
    event: Event,
    method: str,
    seconds: float,
    plan: Plan,
    bound: int,
    first: tuple[float, float] | None,
    remark: str,
) -> Line:
    return Line(
        event=event,
        method=method,
        seconds=seconds,
        share=plan.total / bound if bound else 1.0,
        sit_outs=len(plan.sit_outs),
        ratio=seconds / first[0] if first and first[0] else None,
        remark=remark,
    )
