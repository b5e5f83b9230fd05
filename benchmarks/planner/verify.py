"""Any method's plan as exported files, looked at by the independent checker."""

from __future__ import annotations

from benchmarks.planner.instances import ROUNDS, Event
from benchmarks.planner.methods import Rounds
from events.exporter import export
from matcher.affinity import PairAffinity
from matcher.check import check
from matcher.coverage import NOTHING
from matcher.introduce import Outcome
from matcher.plan import BoundCovers, Meeting, Plan, Status, StoppedBy
from matcher.preflight import preflight
from matcher.profile import Profile
from matcher.settings import Settings

__all__ = ["as_plan", "verify"]


def as_plan(event: Event, rounds: Rounds, bound: int) -> Plan:
    """Return another method's rounds as a plan, its certificate borrowed."""
    ids, (a, b, weight) = event.affinities.ids, event.permitted
    meetings = tuple(
        Meeting(
            round=number,
            table=table,
            members=(ids[a[pair]], ids[b[pair]]),
            value=2 * int(weight[pair]),
        )
        for number, pairs in enumerate(rounds, start=1)
        for table, pair in enumerate(sorted(pairs), start=1)
    )
    busy = {(each.round, member) for each in meetings for member in each.members}
    there = (
        (int(r) + 1, ids[person]) for r, person in zip(*event.present.T.nonzero(), strict=True)
    )
    total = sum(each.value for each in meetings)
    return Plan(
        ids=ids,
        rounds=ROUNDS,
        meetings=meetings,
        sit_outs=tuple(seat for seat in there if seat not in busy),
        bound=max(bound, total),
        welfare=total,
        welfare_bound=max(bound, total),
        bound_covers=BoundCovers.ALL,
        status=Status.OPTIMAL if total >= bound else Status.FEASIBLE,
        stopped_by=StoppedBy.EFFORT,
        repeatable=False,
    )


def verify(event: Event, plan: Plan) -> None:
    """Raise AssertionError with what the checker found in the plan's files, if anything."""
    pairs = sorted({pair for meeting in plan.meetings for pair in meeting.pairs})
    values = event.affinities.of_ids(pairs)
    outcome = Outcome(
        profiles=tuple(Profile(id=person, name=person) for person in plan.ids),
        settings=Settings(rounds=ROUNDS, fairness=0),
        rules=event.rules,
        plan=plan,
        explained={
            (a, b): PairAffinity(a=a, b=b, affinity=value)
            for (a, b), value in zip(pairs, values, strict=True)
        },
        introductions=(),
        pair_reasons=dict.fromkeys(pairs, ""),
        measures=(),
        coverage=NOTHING,
        encoder="",
        preflight=preflight(plan.ids, Settings(rounds=ROUNDS, fairness=0)),
        notices=(),
    )
    files = {name: content.decode() for name, content in export(outcome).items()}
    del files["introductions.json"]  # nothing was put into words
    found = check(files)
    if found:
        raise AssertionError(f"{event.kind}, {event.people} people: {found[0]}")
