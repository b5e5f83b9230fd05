"""Every rule in a sentence, wherever it was written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from matcher.rules import (
    AlreadyMet,
    Availability,
    Cohorts,
    Exclusions,
    FixedTables,
    FrozenRounds,
    Minimum,
    Pins,
    Quota,
    Row,
    SameOrganization,
    Tables,
)
from matcher.settings import Settings

from .found import RulesFound
from .sentence import Told, kind_of

__all__ = ["PHRASES", "standing", "tell"]


def standing(found: RulesFound, settings: Settings) -> tuple[Told, ...]:
    """Return what holds for everybody unless a switch, in settings or file, says otherwise."""
    chosen = replace(settings, **found.settings)
    switches = (
        (SameOrganization.kind, chosen.meet_same_organization, _COLLEAGUES),
        (AlreadyMet.kind, chosen.meet_again, _AGAIN),
    )
    return tuple(
        Told(says=says[lifted], source=found.source((kind, (), None, "")) or "settings")
        for kind, lifted, says in switches
    )


_COLLEAGUES = (
    "Nobody meets somebody of their own organization.",
    "People of the same organization may meet.",
)
_AGAIN = (
    "Nobody meets somebody they know or met at an earlier event.",
    "People who know each other may meet again.",
)
_COHORT = "The cohort “%(cohort)s”: %(people)s."
PHRASES = (*_COLLEAGUES, *_AGAIN, _COHORT)
"""Sentences that are told of rules beside those of `SENTENCES`."""


def tell(found: RulesFound) -> tuple[Told, ...]:
    """Return all rules and wishes of an event in sentences, kind by kind, beside `standing`."""
    rows = [row for rule in found.rules for row in rule.rows()]
    rows += found.influences
    alike: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        kind, ids, _, value = row
        alike.setdefault((kind, ids, "" if kind in _OF_ROUNDS else value), []).append(row)
    return tuple(
        told for same in alike.values() for told in [_TELLERS[same[0][0]](found, same)] if told
    )


_OF_ROUNDS = (Tables.kind,)
_Teller = Callable[[RulesFound, Sequence[Row]], Told | None]


def _two(name: str) -> _Teller:
    def tell_two(found: RulesFound, rows: Sequence[Row]) -> Told:
        one, other = rows[0][1]
        return _told(found, rows, name, {"one": (one,), "other": (other,)})

    return tell_two


def _one(name: str, gap: str) -> _Teller:
    def tell_one(found: RulesFound, rows: Sequence[Row]) -> Told:
        return _told(found, rows, name, {"person": rows[0][1]}, {gap: rows[0][3]})

    return tell_one


def _pin(found: RulesFound, rows: Sequence[Row]) -> Told:
    one, other = rows[0][1]
    people = {"one": (one,), "other": (other,)}
    rounds = _rounds(rows)
    return _told(found, rows, "round" if rounds else "together", people, {"round": rounds})


def _absent(found: RulesFound, rows: Sequence[Row]) -> Told:
    return _told(found, rows, "away", {"person": rows[0][1]}, {"rounds": _rounds(rows)})


def _cohort(found: RulesFound, rows: Sequence[Row]) -> Told:
    ids, name = rows[0][1], rows[0][3]
    says = _COHORT
    return Told(
        says=says, people={"people": ids}, gaps={"cohort": name}, source=_source(found, rows)
    )


def _cohorts(found: RulesFound, rows: Sequence[Row]) -> Told:
    one, other = rows[0][3].split("; ")
    return _told(found, rows, "cohorts", {}, {"cohort": one, "partner": other})


def _tables(found: RulesFound, rows: Sequence[Row]) -> Told:
    counts = "; ".join(row[3] for row in sorted(rows, key=lambda row: row[2] or 0))
    return _told(found, rows, "tables", {}, {"counts": counts})


def _frozen(found: RulesFound, rows: Sequence[Row]) -> Told | None:
    if rows[0][1]:
        return None  # one of its meetings
    return _told(found, rows, "frozen", {}, {"rounds": _rounds(rows)})


def _welcome(found: RulesFound, rows: Sequence[Row]) -> Told:
    newcomers, hosts = rows[0][3].split("; ")
    return _told(found, rows, "welcome", {}, {"newcomers": newcomers, "hosts": hosts})


def _urgency(found: RulesFound, rows: Sequence[Row]) -> Told:
    _, (person,), _, need = rows[0]
    gaps = {"need": need, "share": str(round(100 * found.urgency[person, need]))}
    return _told(found, rows, "need" if need else "needs", {"person": (person,)}, gaps)


def _told(
    found: RulesFound,
    rows: Sequence[Row],
    name: str,
    people: Mapping[str, tuple[str, ...]],
    gaps: Mapping[str, str] = MappingProxyType({}),
) -> Told:
    return Told(says=kind_of(name).says, people=people, gaps=gaps, source=_source(found, rows))


def _source(found: RulesFound, rows: Sequence[Row]) -> str:
    places = (place for row in rows for place in found.source(row).split("; ") if place)
    return "; ".join(dict.fromkeys(places))


def _rounds(rows: Sequence[Row]) -> str:
    """Return the rounds of some lines as people write them: ``1-3;5``."""
    numbers = sorted({row[2] for row in rows if row[2]})
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return ";".join(f"{span[0]}-{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans)


_TELLERS: Mapping[str, _Teller] = {
    Exclusions.kind: _two("apart"),
    AlreadyMet.kind: _two("known"),
    Pins.kind: _pin,
    Availability.kind: _absent,
    Quota.kind: _one("most", "count"),
    Minimum.kind: _one("fewest", "count"),
    FixedTables.kind: _one("table", "tables"),
    Cohorts.kind: _cohort,
    f"{Cohorts.kind}s": _cohorts,
    f"{Cohorts.kind}_trios": lambda found, rows: _told(found, rows, "trios", {}),
    Tables.kind: _tables,
    FrozenRounds.kind: _frozen,
    "wish": _two("wish"),
    "welcome": _welcome,
    "rivals": _one("rival", ""),
    "urgency": _urgency,
}
"""What tells the lines of `rules.csv` of each kind, and the keys that make no such line."""
