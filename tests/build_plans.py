"""Builders of plans and affinities for tests of what is said about them."""

from random import Random

from matcher.affinity import Component, Contribution, PairAffinity
from matcher.canon import canonical
from matcher.fields import Visibility
from matcher.plan.plan import BoundCovers, Meeting, Plan, Status, StoppedBy

__all__ = ["help_", "pair", "plan", "random_plan", "shared"]


def plan(*rounds, sit_outs=()):
    """Return a plan from one list of tables a round; a table is a text such as ``"a b"``."""
    meetings = tuple(
        Meeting(round=number, table=table, members=tuple(sorted(names.split())), value=0)
        for number, tables in enumerate(rounds, 1)
        for table, names in enumerate(tables, 1)
    )
    ids = {member for meeting in meetings for member in meeting.members}
    return Plan(
        ids=tuple(sorted(ids | {person for _, person in sit_outs})),
        rounds=len(rounds),
        meetings=meetings,
        sit_outs=tuple(sit_outs),
        bound=0,
        welfare=0,
        welfare_bound=0,
        bound_covers=BoundCovers.ALL,
        status=Status.FEASIBLE,
        stopped_by=StoppedBy.EFFORT,
        repeatable=True,
    )


def random_plan(people, rounds, seed):
    """Return a plan with pairs at random, and a trio in every round if `people` is odd."""
    random = Random(seed)
    tables = []
    for _ in range(rounds):
        left = random.sample(range(people), people)
        groups = [left[at : at + 2] for at in range(0, people - people % 2, 2)]
        if people % 2:
            groups[-1].append(left[-1])
        tables.append([" ".join(f"p{member:03d}" for member in group) for group in groups])
    return plan(*tables)


def pair(a, b, *contributions):
    """Return the affinity of a pair; points fall from contribution to contribution."""
    return PairAffinity(
        a=a,
        b=b,
        affinity=sum(said.points for said in contributions),
        contributions=tuple(sorted(contributions, key=lambda said: -said.points)),
    )


def shared(
    kind, mine, theirs="", *, points=1000, holders=2, visibility=Visibility.PRINT, texts=(), how=""
):
    """Return the contribution of a shared fact; `texts` where neither says the value itself."""
    return Contribution(
        component=Component.SHARED,
        points=points,
        kind=kind,
        value=canonical(kind, mine),
        texts=texts or (mine, theirs or mine),
        how=how,
        holders=holders,
        printed_holders=holders,
        answered=holders,
        visibility=visibility,
    )


def help_(
    giver, mine, theirs, *, kind="need", points=1000, certainty=900_000, visibility=Visibility.PRINT
):
    """Return the contribution of a met need; texts are in the order of the pair."""
    return Contribution(
        component=Component.HELP,
        points=points,
        kind=kind,
        value=(theirs if giver == "ana" else mine).casefold(),
        texts=(mine, theirs),
        giver=giver,
        how="similar words",
        certainty=certainty,
        visibility=visibility,
    )
