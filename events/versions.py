"""Plans of one event beside each other: what changes between two, and which one is in use.

Nothing is overwritten. Putting a plan to use adds a line to a list; taking that back strikes it out
and the plan before it is in use again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .database import utc_now
from .finished import FinishedPlan, PlannedPerson
from .model import Run
from .store import Store

__all__ = [
    "CardChange",
    "PersonChange",
    "PlanChange",
    "Stop",
    "compare_plans",
    "in_use",
    "take_back",
    "use",
]


@dataclass(frozen=True, kw_only=True)
class Stop:
    """Where somebody is in one round, and with whom.

    Parameters
    ----------
    partners
        Their names; empty for a break.
    table
        None for a break.
    """

    partners: tuple[str, ...] = ()
    table: int | None = None


@dataclass(frozen=True, kw_only=True)
class CardChange:
    """What one person does in one round, before and after; None when they are not there."""

    round: int
    before: Stop | None
    after: Stop | None


@dataclass(frozen=True, kw_only=True)
class PersonChange:
    """One person whose cards differ, by round."""

    name: str
    cards: tuple[CardChange, ...]


@dataclass(frozen=True, kw_only=True)
class PlanChange:
    """Everything that differs between two plans.

    Parameters
    ----------
    people
        Whose cards differ, by surname as in the newer plan, then those who are only in the older.
    cards
        How many cards differ in all.
    same
        How many people keep all their cards.
    """

    people: tuple[PersonChange, ...]
    cards: int
    same: int


def compare_plans(before: FinishedPlan, after: FinishedPlan) -> PlanChange:
    """Find whose cards change from one plan to another: other partners, or another table."""
    old, new = _stops(before), _stops(after)
    gone = {who: person for who, person in before.by_id.items() if who not in after.by_id}
    people = {**after.by_id, **gone}
    changes = [
        PersonChange(name=person.name, cards=cards)
        for person in people.values()
        if (cards := _cards(old.get(person.id, {}), new.get(person.id, {})))
    ]
    return PlanChange(
        people=tuple(changes),
        cards=sum(len(change.cards) for change in changes),
        same=len(people) - len(changes),
    )


def use(store: Store, run: Run) -> None:
    """Put a plan to use; the one that was in use before stays in the list."""
    if in_use(store, run.event_id) != run.number:
        row = {"event_id": run.event_id, "run_id": run.id, "since": utc_now(), "taken_back": ""}
        store.insert("uses", row)


def take_back(store: Store, event_id: str) -> None:
    """Undo the latest `use` of an event."""
    sql = (
        "update uses set taken_back = ? where number ="
        " (select max(number) from uses where event_id = ? and taken_back = '')"
    )
    store.change(sql, (utc_now(), event_id))


def in_use(store: Store, event_id: str) -> int | None:
    """Return the number of the plan that is in use, None when there is none."""
    sql = (
        "select runs.number from uses join runs on runs.id = uses.run_id"
        " where uses.event_id = ? and taken_back = '' order by uses.number desc limit 1"
    )
    row = next(store.rows(sql, (event_id,)), None)
    return None if row is None else int(row["number"])


def _stops(plan: FinishedPlan) -> dict[str, dict[int, Stop]]:
    """Return person id → round → where they are and with whom."""
    stops = {person.id: dict.fromkeys(person.sit_outs, Stop()) for person in plan.people}
    for table in plan.tables:
        for person in table.people:
            stops[person.id][table.round] = _stop(person, table.people, table.table)
    return stops


def _stop(reader: PlannedPerson, people: tuple[PlannedPerson, ...], table: int) -> Stop:
    partners = tuple(person.name for person in people if person is not reader)
    return Stop(partners=partners, table=table)


def _cards(old: Mapping[int, Stop], new: Mapping[int, Stop]) -> tuple[CardChange, ...]:
    return tuple(
        CardChange(round=number, before=old.get(number), after=new.get(number))
        for number in sorted({*old, *new})
        if old.get(number) != new.get(number)
    )
