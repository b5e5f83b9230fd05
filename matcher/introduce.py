"""The whole job as one function: profiles in, plan and introductions in words out.

    profiles → affinities → plan → evidence of the chosen pairs → words → measures

No stage reaches back. Everything that decides the result is an argument.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from matcher.affinity import Affinities, AffinityModel, PairAffinity, compared_texts
from matcher.coverage import Coverage, cover
from matcher.errors import NoPlan
from matcher.explain import write_introductions
from matcher.introducers import Acquaintances, with_introducers
from matcher.introduction import Introduction
from matcher.meaning import LEXICAL, READ_UP_TO, Meaning
from matcher.measure import Findings, Measure, measure
from matcher.phrase import phrase
from matcher.plan import Arrangement, Plan, Progress, arrange_plan, make_plan
from matcher.preflight import Preflight, preflight
from matcher.prices import RulePrice, rule_prices
from matcher.profile import Profile
from matcher.questions.language import SHIPPED_STYLE, Style
from matcher.relations import NO_RELATIONS, Relations
from matcher.rules import Exclusions, Row, Rule, sharing
from matcher.settings import Settings

__all__ = ["OnPreflight", "OnProgress", "Outcome", "introduce", "introduce_scored"]

_TOO_MANY_TEXTS = phrase(
    "Needs and offers were compared by their wording alone: more than %(most)s different texts "
    "would take the encoder long. --meaning sentence on the command line insists on it.",
    most=READ_UP_TO,
)

OnProgress = Callable[[Progress], bool]
"""Called with the state of a run; answers False to stop with the best plan so far."""
OnPreflight = Callable[[Preflight], None]
"""Called once, before anything is solved."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Everything a run found out.

    Parameters
    ----------
    profiles
        Everyone, sorted by id.
    explained
        Affinity and contributions of every pair that meets, by sorted pair of ids.
    introductions
        Sorted by round, table, reader, partner.
    pair_reasons
        What the organizer reads of every pair that meets, by sorted pair of ids; may be "".
    coverage
        Who could be helped by whom, and is, in this plan; for the organizer alone.
    encoder
        Name of what compared needs with offers; "" when the affinities were given.
    preflight
        What was known before solving.
    prices
        What each kind of rule costs, where that was asked for.
    notices
        What the organizer should know before printing, in sentences.
    sources
        Line of `rules.csv` to where the rule was written down; the caller knows, and adds what is
        no rule and counted in affinities.
    """

    profiles: tuple[Profile, ...]
    settings: Settings
    rules: tuple[Rule, ...]
    plan: Plan
    explained: Mapping[tuple[str, str], PairAffinity]
    introductions: tuple[Introduction, ...]
    pair_reasons: Mapping[tuple[str, str], str]
    measures: tuple[Measure, ...]
    coverage: Coverage
    encoder: str
    preflight: Preflight
    notices: tuple[str, ...]
    prices: tuple[RulePrice, ...] = ()
    sources: Mapping[Row, str] = field(default_factory=dict)


def introduce(
    profiles: Sequence[Profile],
    settings: Settings,
    *,
    rules: Sequence[Rule] = (),
    priced: bool = False,
    style: Style = SHIPPED_STYLE,
    relations: Relations = NO_RELATIONS,
    meaning: Meaning = LEXICAL,
    arranged: Arrangement | None = None,
    on_preflight: OnPreflight | None = None,
    on_progress: OnProgress | None = None,
    clock: Callable[[], float] | None = None,
) -> Outcome:
    """Introduce the people of an event to each other.

    Parameters
    ----------
    profiles
        Everyone present; order does not matter.
    rules
        What every plan must respect; one meeting a round and no rematch always hold.
    priced
        Plan again without each kind of rule, to say what it costs.
    style
        Tone, questions and banned words of the organizer, and what no card names.
    relations
        Who met whom before, weighed where no rule forbids them to meet again; who wishes to meet
        whom, weighed and never guaranteed; who knows whom and so could introduce them, if the
        settings say so.
    meaning
        Compares needs with offers.
    arranged
        Meetings chosen by hand, to be told in words instead of planned.
    on_preflight
        Told what is known before solving.
    clock
        Seconds from any origin; only needed with ``settings.limit_seconds``.

    Raises
    ------
    NoPlan
        If nobody can be introduced to anybody; the message says why and what to change.
    """
    names = {profile.id: profile.name for profile in profiles}
    profiles = [profile.keeping_off(style.kept_off) for profile in profiles]
    before = preflight(sorted(names), settings, rules=rules, names=names)
    if on_preflight is not None:
        on_preflight(before)
    _read_ahead(profiles, meaning, on_progress)
    _report(on_progress, "Comparing profiles", 0.2)
    model = AffinityModel(profiles, meaning, relations, settings.weights)
    affinities = model.table()
    plan = (
        make_plan(
            affinities,
            settings,
            rules=rules,
            names=names,
            on_progress=_part(on_progress, 0.3, 0.9),
            clock=clock,
        )
        if arranged is None
        else arrange_plan(arranged, affinities, model.of_ids, settings, rules, names)
    )
    _report(on_progress, "Writing introductions", 0.9)
    explained = model.explain(pair for meeting in plan.meetings for pair in meeting.pairs)
    explained |= _uncounted(plan, rules)
    found = Findings(
        plan=plan,
        profiles=profiles,
        explained=explained,
        affinities=affinities,
        rules=rules,
        relations=relations,
        coverage=cover(model, plan.meetings, rules, settings.rounds),
        seed=settings.seed,
    )
    told = _tell(found, before, settings, style, model.encoder)
    if model.encoder != meaning.name:
        told = replace(told, notices=(_TOO_MANY_TEXTS, *told.notices))
    return _priced(told, affinities, on_progress) if priced else told


def _read_ahead(
    profiles: Sequence[Profile], meaning: Meaning, on_progress: OnProgress | None
) -> None:
    """Let an encoder read what people wrote: the one slow thing before planning."""

    def on_read(done: int, of: int) -> bool:
        stage = f"Reading needs and offers: {done} of {of}"
        return on_progress is None or on_progress(Progress(stage=stage, done=0.2 * done / of))

    texts = compared_texts(profiles)
    if not meaning.fit_for(len(texts)).read_ahead(texts, on_read):
        raise NoPlan(phrase("Stopped, no plan: the run was ended before it had one. Start again."))


def introduce_scored(
    profiles: Sequence[Profile],
    affinities: Affinities,
    settings: Settings,
    *,
    rules: Sequence[Rule] = (),
    relations: Relations = NO_RELATIONS,
    priced: bool = False,
    style: Style = SHIPPED_STYLE,
    on_preflight: OnPreflight | None = None,
    on_progress: OnProgress | None = None,
    clock: Callable[[], float] | None = None,
) -> Outcome:
    """Introduce people by affinities from elsewhere; nothing is known of why.

    Parameters
    ----------
    relations
        Only who knows whom counts: what wishes and earlier meetings are worth, affinities say.

    Raises
    ------
    NoPlan
        As `introduce`.
    """
    before = preflight(affinities.ids, settings, rules=rules, affinities=affinities)
    if on_preflight is not None:
        on_preflight(before)
    report = _part(on_progress, 0.0, 0.9)
    plan = make_plan(affinities, settings, rules=rules, on_progress=report, clock=clock)
    pairs = sorted({pair for meeting in plan.meetings for pair in meeting.pairs})
    explained = {
        (a, b): PairAffinity(a=a, b=b, affinity=affinity)
        for (a, b), affinity in zip(pairs, affinities.of_ids(pairs), strict=True)
    } | _uncounted(plan, rules)
    found = Findings(
        plan=plan,
        profiles=profiles,
        explained=explained,
        affinities=affinities,
        rules=rules,
        relations=relations,
        seed=settings.seed,
    )
    told = _tell(found, before, settings, style, encoder="")
    return _priced(told, affinities, on_progress) if priced else told


def _uncounted(plan: Plan, rules: Sequence[Rule]) -> dict[tuple[str, str], PairAffinity]:
    """Return nothing as the affinity of those who only share a partner in a trio."""
    pairs = sharing(plan.meetings, rules, plan.rounds)
    return {(a, b): PairAffinity(a=a, b=b, affinity=0) for a, b in pairs}


def _tell(
    found: Findings,
    before: Preflight,
    settings: Settings,
    style: Style,
    encoder: str,
) -> Outcome:
    """Put a plan into words, and those into its figures."""
    ordered = tuple(sorted(found.profiles, key=lambda profile: profile.id))
    written = write_introductions(found.plan, ordered, found.explained, settings, style)
    introductions = written.introductions
    known = found.relations
    if settings.introducers and known.ties:
        apart = {
            pair for rule in found.rules if isinstance(rule, Exclusions) for pair in rule.pairs
        }
        introductions = with_introducers(introductions, Acquaintances(known.ties, apart), known.met)
    return Outcome(
        profiles=ordered,
        settings=settings,
        rules=tuple(found.rules),
        plan=found.plan,
        explained=found.explained,
        introductions=introductions,
        pair_reasons=written.pair_reasons,
        measures=measure(replace(found, introductions=introductions)),
        coverage=found.coverage,
        encoder=encoder,
        preflight=before,
        notices=(*found.plan.notices, *written.notices),
    )


def _priced(outcome: Outcome, affinities: Affinities, on_progress: OnProgress | None) -> Outcome:
    report = _part(on_progress, 0.9, 1.0)
    prices = rule_prices(outcome.plan, affinities, outcome.settings, outcome.rules, report)
    return replace(outcome, prices=prices)


def _report(on_progress: OnProgress | None, stage: str, done: float) -> None:
    """Say where the run is. A wish to stop here is heard at the planner's next report."""
    if on_progress is not None:
        on_progress(Progress(stage=stage, done=done))


def _part(on_progress: OnProgress | None, start: float, end: float) -> OnProgress | None:
    """Return a callback for a stage that spans `start` to `end` of the whole run."""
    if on_progress is None:
        return None
    report = on_progress
    return lambda progress: report(replace(progress, done=start + (end - start) * progress.done))
