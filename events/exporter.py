"""Results as files: names and bytes, the same for the same plan. `events.files` writes them.

Plan files never hold contact data, nor answers that their owner did not give for printing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from importlib.metadata import version

import msgspec

from events.amount import Amount
from events.cells import join, write_csv
from events.plan_tables import (
    INTRODUCTIONS,
    SCHEDULE,
    SIT_OUTS,
    introduction_rows,
    schedule_rows,
    sit_out_rows,
)
from matcher.coverage import Said
from matcher.introduce import Outcome
from matcher.phrase import Phrase
from matcher.plan import Conflict, Meeting, Status
from matcher.prices import RulePrice
from matcher.profile import Profile
from matcher.rules import Minimum
from matcher.settings import Settings

__all__ = ["export", "export_conflict"]

PAIRINGS = ("round", "table", "a", "b", "c", "name_a", "name_b", "name_c", "affinity", "reason")
PEOPLE = ("id", "name", "given_name", "family_name", "rounds", "partners", "sit_outs", "total")
RULES = ("kind", "ids", "round", "value", "held", "source")
SCORES = ("a", "b", "affinity")


def export(outcome: Outcome, *, input_sha256: str = "") -> dict[str, bytes]:
    """Return the files of a plan by name: `pairings.csv`, `people.csv`, `plan.json`, and so on.

    Parameters
    ----------
    input_sha256
        Hash of the attendee file, for information only; "" when the people came from a form.
    """
    return {
        "introductions.csv": write_csv(INTRODUCTIONS, introduction_rows(outcome)),
        "introductions.json": _json(outcome.introductions),
        "pairings.csv": write_csv(PAIRINGS, _pairings(outcome)),
        "people.csv": write_csv(PEOPLE, _people(outcome)),
        "plan.json": _json(_plan(outcome, input_sha256)),
        "rules.csv": write_csv(RULES, _rules(outcome)),
        "schedule.csv": write_csv(SCHEDULE, schedule_rows(outcome)),
        "scores.csv": write_csv(SCORES, _scores(outcome)),
        "sit_outs.csv": write_csv(SIT_OUTS, sit_out_rows(outcome)),
    }


def export_conflict(
    conflict: Conflict, settings: Settings, people: int, *, input_sha256: str = ""
) -> dict[str, bytes]:
    """Return the one file of a plan that cannot be: `plan.json` with what is in conflict.

    Parameters
    ----------
    people
        Number of people it was asked for.
    input_sha256
        As for `export`.
    """
    answer = {
        "status": Status.INFEASIBLE,
        "conflict": conflict.requirements,
        "irreducible": conflict.irreducible,
        "people": people,
        "rounds": conflict.rounds,
        "seed": settings.seed,
        "settings": settings,
        "input_sha256": input_sha256,
        "version": version("seedbed"),
    }
    return {"plan.json": _json(answer)}


def _pairings(outcome: Outcome) -> Iterator[tuple[object, ...]]:
    names = {profile.id: profile.name for profile in outcome.profiles}
    for meeting in outcome.plan.meetings:
        members = (*meeting.members, "")[:3]
        yield (
            meeting.round,
            meeting.table,
            *members,
            *(names.get(member, "") for member in members),
            Amount(meeting.value),
            _reason(outcome, meeting),
        )


def _reason(outcome: Outcome, meeting: Meeting) -> str:
    """Return what brings a table together: of a trio, what its strongest pair has to show."""
    pairs = sorted(meeting.pairs, key=lambda pair: (-outcome.explained[pair].affinity, pair))
    return next(filter(None, map(outcome.pair_reasons.__getitem__, pairs)), "")


def _people(outcome: Outcome) -> Iterator[tuple[object, ...]]:
    worth = _worth(outcome)
    pauses: dict[str, list[int]] = {person: [] for person in outcome.plan.ids}
    for at, who in outcome.plan.sit_outs:
        pauses[who].append(at)
    for person in sorted(outcome.profiles, key=lambda profile: profile.sort_key):
        meetings = outcome.plan.of_person[person.id]
        yield (
            person.id,
            person.name,
            person.given_name,
            person.family_name,
            join(meeting.round for meeting in meetings),
            join(partner for meeting in meetings for partner in meeting.partners(person.id)),
            join(pauses[person.id]),
            Amount(worth[person.id]),
        )


def _worth(outcome: Outcome) -> dict[str, int]:
    """Return what each person gets, in half-units: a trio is worth the mean of its two pairs."""
    worth = dict.fromkeys(outcome.plan.ids, 0)
    for meeting in outcome.plan.meetings:
        for a, b in meeting.pairs:
            share = outcome.explained[a, b].affinity * (2 if len(meeting.members) == 2 else 1)
            worth[a] += share
            worth[b] += share
    return worth


def _rules(outcome: Outcome) -> Iterator[tuple[object, ...]]:
    rows = {row for rule in outcome.rules for row in rule.rows()}
    for row in sorted(rows, key=lambda row: (row[0], row[1], row[2] or 0, row[3])):
        kind, ids, at, value = row
        yield (
            kind,
            join(ids),
            "" if at is None else at,
            value,
            _held(outcome, kind, ids, value),
            outcome.sources.get(row, ""),
        )


def _held(outcome: Outcome, kind: str, ids: tuple[str, ...], value: str) -> str:
    """Say whether a rule held: all but minimums are never bent, or there would be no plan."""
    missed = kind == Minimum.kind and any(
        len(outcome.plan.of_person.get(person, ())) < int(value) for person in ids
    )
    return "no" if missed else "yes"


def _scores(outcome: Outcome) -> Iterator[tuple[object, ...]]:
    for (a, b), found in sorted(outcome.explained.items()):
        yield a, b, Amount(2 * found.affinity)


def _plan(outcome: Outcome, input_sha256: str) -> dict[str, object]:
    plan, worth = outcome.plan, _worth(outcome)
    least = min(worth.values())
    return {
        "status": plan.status,
        "stopped_by": plan.stopped_by,
        "repeatable": plan.repeatable,
        "objective": "fair total affinity" if outcome.settings.fairness else "total affinity",
        "total": Amount(plan.total),
        "bound": Amount(plan.bound),
        "gap": round(plan.gap, 9),
        "welfare": Amount(plan.welfare),
        "welfare_bound": Amount(plan.welfare_bound),
        "welfare_gap": round(plan.welfare_gap, 9),
        "bound_covers": plan.bound_covers,
        "people": len(plan.ids),
        "rounds": plan.rounds,
        "pairings": len(plan.meetings),
        "trios": sum(len(meeting.members) == 3 for meeting in plan.meetings),
        "sit_outs": len(plan.sit_outs),
        "worst_off": {
            "ids": [person for person in plan.ids if worth[person] == least],
            "total": Amount(least),
        },
        "measures": outcome.measures,
        "help": {
            "needs": _counts(outcome.coverage.wishes),
            "offers": _counts(outcome.coverage.gifts),
        },
        "influences": list(_influences(outcome)),
        "preflight": outcome.preflight,
        "rule_prices": [_price(price) for price in outcome.prices],
        "notices": outcome.notices,
        "by_hand": plan.by_hand,
        "encoder": outcome.encoder,
        "seed": outcome.settings.seed,
        "settings": outcome.settings,
        "input_sha256": input_sha256,
        "plan_id": _plan_id(outcome),
        "version": version("seedbed"),
    }


def _influences(outcome: Outcome) -> Iterator[dict[str, object]]:
    """Yield what counted in affinities and is no rule; a need may not be for printing."""
    rules = {row for rule in outcome.rules for row in rule.rows()}
    for row in sorted(outcome.sources.keys() - rules, key=lambda row: (row[0], row[1], row[3])):
        yield {"kind": row[0], "ids": row[1], "source": outcome.sources[row]}


def _counts(answers: Sequence[Said]) -> dict[str, int]:
    """Count only: the answers themselves may not be for printing."""
    return {
        "stated": len(answers),
        "could": sum(said.met or said.other is not None for said in answers),
        "met": sum(said.met for said in answers),
    }


def _price(price: RulePrice) -> dict[str, object]:
    return {**asdict(price), "total": Amount(price.total)}


def _plan_id(outcome: Outcome) -> str:
    """Return a short hash of everything that a reprint must have in common with this plan."""
    people = [_canonical(profile) for profile in outcome.profiles]
    pairings = [(at.round, at.table, at.members) for at in outcome.plan.meetings]
    whole = json.dumps([people, asdict(outcome.settings), pairings], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:12]


def _canonical(profile: Profile) -> list[object]:
    return [profile.id, profile.name, sorted((t.kind, t.value, t.text) for t in profile.traits)]


def _json(value: object) -> bytes:
    encoded = msgspec.json.encode(value, enc_hook=_plainly, order="sorted")
    return msgspec.json.format(encoded, indent=2) + b"\n"


def _plainly(value: object) -> object:
    if isinstance(value, Amount):
        return msgspec.Raw(str(value).encode())
    if isinstance(value, Phrase):
        return str.__str__(value)
    raise TypeError(f"{type(value).__name__} has no place in a file.")
