"""From attendees to an outcome: profiles, the rules that hold by default, and the run.

The command line and the worker of the web app both come through here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from events.model import Attendee
from events.profiles import to_profile
from matcher.affinity import AffinityModel
from matcher.introduce import OnProgress, Outcome, introduce
from matcher.rules import AlreadyMet, Rule, SameOrganization
from matcher.settings import Settings

__all__ = ["affinity_model", "introduce_attendees", "summary"]


def introduce_attendees(
    attendees: Sequence[Attendee],
    settings: Settings,
    *,
    rules: Sequence[Rule] = (),
    on_progress: OnProgress | None = None,
    clock: Callable[[], float] | None = None,
) -> Outcome:
    """Introduce the attendees of an event to each other.

    Parameters
    ----------
    rules
        The organizer's own, such as exclusions. Nobody meets someone of their own organization,
        nor someone they met before, unless the settings say so.

    Raises
    ------
    NoPlan
        If nobody can be introduced to anybody.
    """
    profiles = [to_profile(attendee) for attendee in attendees]
    held = [rule for rule in rules if not (settings.meet_again and isinstance(rule, AlreadyMet))]
    if not settings.meet_same_organization:
        held.append(SameOrganization.among(profiles))
    return introduce(
        profiles, settings, rules=held, met=_met(rules), on_progress=on_progress, clock=clock
    )


def affinity_model(attendees: Sequence[Attendee], rules: Sequence[Rule] = ()) -> AffinityModel:
    """Return the affinities that `introduce_attendees` plans with."""
    return AffinityModel([to_profile(attendee) for attendee in attendees], met=_met(rules))


def summary(outcome: Outcome) -> str:
    """Return what was planned, and how good it provably is, in one sentence each."""
    plan = outcome.plan
    trios = sum(len(meeting.members) == 3 for meeting in plan.meetings)
    parts = [
        f"{len(plan.ids)} people",
        _count(plan.rounds, "round"),
        _count(len(plan.meetings), "meeting") + (f" ({_count(trios, 'trio')})" if trios else ""),
        _count(len(plan.sit_outs), "sit-out") if plan.sit_outs else "nobody sits out",
    ]
    best = (
        "proved the best possible"
        if plan.status == "optimal"
        else f"within {plan.gap:.3%} of the best possible over {plan.bound_covers}"
    )
    return f"{', '.join(parts)}. Total affinity {plan.total / 2_000_000:.4f}, {best}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _met(rules: Sequence[Rule]) -> frozenset[tuple[str, str]]:
    return frozenset(pair for rule in rules if isinstance(rule, AlreadyMet) for pair in rule.pairs)
