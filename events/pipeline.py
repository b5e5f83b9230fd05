"""From attendees to an outcome: profiles, the rules that hold by default, and the run.

The command line and the worker of the web app both come through here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from events.model import Attendee
from events.profiles import misplaced, to_profiles
from events.rules import RulesFound, read_rules
from matcher.affinity import Affinities, AffinityModel
from matcher.canon import Equals
from matcher.introduce import OnPreflight, OnProgress, Outcome, introduce, introduce_scored
from matcher.meaning import LEXICAL, Meaning, compared_by
from matcher.plan import Arrangement
from matcher.profile import Profile
from matcher.questions.language import SHIPPED_STYLE, Style
from matcher.rules import AlreadyMet, Row, Rule, SameOrganization
from matcher.settings import Settings, Weights

__all__ = [
    "affinity_model",
    "in_force",
    "introduce_attendees",
    "introduce_table",
    "summary",
    "switched",
]

_NO_RULES = RulesFound()
_STANDING = "organization of each person"
_UNDECIDED = Equals()


def introduce_attendees(
    attendees: Sequence[Attendee],
    settings: Settings,
    *,
    rules: RulesFound | None = None,
    equals: Equals = _UNDECIDED,
    priced: bool = False,
    meaning: Meaning = LEXICAL,
    style: Style = SHIPPED_STYLE,
    arranged: Arrangement | None = None,
    on_preflight: OnPreflight | None = None,
    on_progress: OnProgress | None = None,
    clock: Callable[[], float] | None = None,
) -> Outcome:
    """Introduce the attendees of an event to each other.

    Parameters
    ----------
    rules
        What `events.rules.read_rules` found in these attendees' columns and in files; None when
        there are no files. Unless the settings say so, nobody meets someone of their own
        organization, nor someone they met before.
    equals
        What somebody decided about answers that mean the same (`events.equal_values`).
    priced
        Plan again without each kind of rule, to say what it costs.
    meaning
        Compares needs with offers.
    arranged
        Meetings chosen by hand, to be told in words instead of planned.

    Raises
    ------
    NoPlan
        If nobody can be introduced to anybody.
    UnusableOption
        If an attendee's rule names somebody whom two people fit.
    """
    found = rules or read_rules(attendees, settings)
    settings = replace(settings, **found.settings)
    profiles = to_profiles(attendees, found, equals)
    outcome = introduce(
        profiles,
        settings,
        rules=in_force(found.rules, profiles, settings),
        style=style,
        relations=found.relations,
        priced=priced,
        meaning=meaning,
        arranged=arranged,
        on_preflight=on_preflight,
        on_progress=on_progress,
        clock=clock,
    )
    notices = (*found.notices, *misplaced(attendees))
    return replace(
        outcome,
        notices=(*map(str, notices), *outcome.notices),
        sources=_sources(outcome.rules, found),
    )


def introduce_table(
    affinities: Affinities,
    settings: Settings,
    *,
    rules: RulesFound = _NO_RULES,
    priced: bool = False,
    style: Style = SHIPPED_STYLE,
    on_preflight: OnPreflight | None = None,
    on_progress: OnProgress | None = None,
    clock: Callable[[], float] | None = None,
) -> Outcome:
    """Introduce people of whom only ids and affinities are known.

    Raises
    ------
    NoPlan
        If nobody can be introduced to anybody.
    """
    settings = replace(settings, **rules.settings)
    outcome = introduce_scored(
        [Profile(id=person, name=person) for person in affinities.ids],
        affinities,
        settings,
        rules=switched(rules.rules, settings),
        relations=rules.relations,
        priced=priced,
        style=style,
        on_preflight=on_preflight,
        on_progress=on_progress,
        clock=clock,
    )
    notices = (*map(str, rules.notices), *_without_influence(rules))
    return replace(
        outcome,
        notices=(*notices, *outcome.notices),
        sources=_sources(outcome.rules, rules),
    )


def _sources(held: Iterable[Rule], found: RulesFound) -> dict[Row, str]:
    """Return where each line of `rules.csv`, and each influence, was written down, if anywhere."""
    return {
        row: found.source(row) or (_STANDING if isinstance(rule, SameOrganization) else "")
        for rule in held
        for row in rule.rows()
    } | {row: found.source(row) for row in found.influences}


def _without_influence(rules: RulesFound) -> Iterator[str]:
    """Say what weighs in affinities and cannot where these are given."""
    said = {
        "wish": rules.wishes,
        "welcome": rules.newcomers and rules.hosts,
        "rivals": rules.meeting_rivals,
        "urgency": rules.urgency,
    }
    if any(said.values()):
        names = ", ".join(name for name, people in said.items() if people)
        yield f"{names}: nothing changes, as affinities are given. Raise those of pairs instead."


def in_force(
    rules: Sequence[Rule], profiles: Sequence[Profile], settings: Settings
) -> tuple[Rule, ...]:
    """Return every rule that holds: those found and not switched off, and the standing one."""
    colleagues = () if settings.meet_same_organization else (SameOrganization.among(profiles),)
    return (*switched(rules, settings), *colleagues)


def switched(rules: Sequence[Rule], settings: Settings) -> tuple[Rule, ...]:
    """Return the rules that the settings leave in force."""
    return tuple(
        rule for rule in rules if not (settings.meet_again and isinstance(rule, AlreadyMet))
    )


def affinity_model(
    attendees: Sequence[Attendee],
    *,
    toml: str = "",
    histories: Iterable[str] = (),
    since: str = "",
    equals: Equals = _UNDECIDED,
    meaning: Meaning = LEXICAL,
    weights: Weights = Settings.weights,
) -> AffinityModel:
    """Return the affinities that `introduce_attendees` plans with.

    Parameters
    ----------
    toml, histories, since
        As `events.rules.read_rules` takes them: wishes and earlier meetings weigh.
    equals
        What somebody decided about answers that mean the same.
    meaning
        Compares needs with offers.
    weights
        See `matcher.settings.Settings`.
    """
    found = read_rules(attendees, Settings(rounds=100), toml=toml, histories=histories, since=since)
    profiles = to_profiles(attendees, found, equals)
    return AffinityModel(profiles, meaning, found.relations, weights)


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
        else f"within {plan.welfare_gap:.3%} of the best possible over {plan.bound_covers}"
    )
    total = f"{', '.join(parts)}. Total affinity {plan.total / 2_000_000:.4f}, {best}."
    return f"{total} {compared_by(outcome.encoder)}".rstrip()


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
