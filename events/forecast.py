"""What people, rules and settings mean for any plan, before one is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from matcher.canon import Equals
from matcher.errors import ProfileError
from matcher.preflight import Finding, Preflight, Severity, preflight
from matcher.profile import Profile
from matcher.rules import FrozenRounds, Pins, Rule, SameOrganization
from matcher.settings import Settings

from .errors import UnusableOption
from .model import Attendee
from .pipeline import switched
from .profiles import to_profile
from .rules import RulesFound, Sentence, read_rules

__all__ = ["Forecast", "foresee"]

_UNDECIDED = Equals()


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What is known of a plan to come.

    Parameters
    ----------
    settings
        What was chosen, with what the rules decide of it.
    preflight
        What follows by counting; without the rules where these cannot be used.
    rules
        What the people and the event ask for; None where it cannot be read.
    problem
        Why the rules cannot be used; None when they can.
    """

    settings: Settings
    preflight: Preflight
    rules: RulesFound | None = None
    problem: UnusableOption | ProfileError | None = None

    @property
    def is_possible(self) -> bool:
        """Whether nothing is known that would keep any plan from being made."""
        return {each.code for each in self.findings}.isdisjoint(("alone", "conflict", "rules"))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every sentence about a plan to come."""
        return self.preflight.findings


def foresee(
    attendees: Sequence[Attendee],
    settings: Settings,
    *,
    toml: str = "",
    sentences: Sequence[Sentence] = (),
    since: str = "",
    equals: Equals = _UNDECIDED,
) -> Forecast:
    """Say what these people, the rules and the settings mean for any plan.

    Parameters
    ----------
    toml, sentences, since
        As `events.rules.read_rules` takes them. What cannot be read is a finding like others.
    equals
        What somebody decided about answers that mean the same, such as names of organizations.
    """
    names = {attendee.id: attendee.name for attendee in attendees}
    ids, found = sorted(names), None
    try:
        found = read_rules(attendees, settings, toml=toml, sentences=sentences, since=since)
        settings = replace(settings, **found.settings)
        held = list(_held(attendees, settings, found, equals))
        counted = preflight(ids, settings, rules=held, names=names)
        conflict = _conflict(ids, settings, held, names)
    except (UnusableOption, ProfileError) as problem:
        counted = preflight(ids, settings, names=names)
        unusable = [Finding("rules", line, Severity.BAD) for line in str(problem).splitlines()]
        return Forecast(
            settings=settings,
            preflight=replace(counted, findings=(*unusable, *counted.findings)),
            rules=found,
            problem=problem,
        )
    counted = replace(counted, findings=(*conflict, *counted.findings))
    return Forecast(settings=settings, preflight=counted, rules=found)


def _held(
    attendees: Sequence[Attendee], settings: Settings, found: RulesFound, equals: Equals
) -> Iterator[Rule]:
    yield from switched(found.rules, settings)
    if not settings.meet_same_organization:
        yield SameOrganization.among([_membership(attendee, equals) for attendee in attendees])


def _membership(attendee: Attendee, equals: Equals) -> Profile:
    """Return a profile of the organization alone: all that the rule needs, in a tenth of time."""
    answers = tuple(answer for answer in attendee.answers if answer.field == "organization")
    return to_profile(Attendee(id=attendee.id, name=attendee.name, answers=answers), equals)


def _conflict(
    ids: Sequence[str], settings: Settings, held: Sequence[Rule], names: dict[str, str]
) -> list[Finding]:
    """Return what cannot hold together, with all whom it concerns."""
    if not any(isinstance(rule, Pins | FrozenRounds) for rule in held):
        return []
    # Late: loading OR-Tools takes half a second, and few events have pins.
    from matcher.plan.pins.settle import find_conflict

    found = find_conflict(ids, settings, held, names)
    if found is None:
        return []
    people = sorted({person for each in found.requirements for person in each.ids})
    return [Finding("conflict", str(found), Severity.BAD, tuple(people))]
