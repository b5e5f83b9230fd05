"""What the events of a series remember: decisions about answers that mean the same.

A decision belongs to the event it was made in and holds in all events of its series. Whoever erases
that event leaves it to another one of the series, if there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.canon import Decision, Equals, decided_as

from .errors import Conflict
from .store import Store

__all__ = [
    "Kept",
    "decide",
    "decide_all",
    "decided",
    "equals_of",
    "is_last",
    "series_names",
    "take_back",
]

# The event itself, and those that bear the name of its series.
_OF_SERIES = (
    "event_id in (select id from events where id = :event or (series <> '' and series ="
    " (select series from events where id = :event)))"
)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A decision as it stands in the store.

    Parameters
    ----------
    texts
        The two values of the decision in words that people typed.
    """

    number: int
    decision: Decision
    texts: tuple[str, str]


def decided(store: Store, event_id: str) -> tuple[Kept, ...]:
    """Return the decisions that hold in an event, the oldest first."""
    sql = f"select * from decisions where {_OF_SERIES} order by number"  # noqa: S608
    return tuple(
        Kept(
            number=row["number"],
            decision=Decision(row["kind"], row["value"], row["other"], bool(row["same"])),
            texts=(row["value_text"], row["other_text"]),
        )
        for row in store.rows(sql, {"event": event_id})
    )


def equals_of(store: Store, event_id: str) -> Equals:
    """Return the decisions that hold in an event, ready to be asked."""
    return Equals(kept.decision for kept in decided(store, event_id))


def decide(store: Store, event_id: str, decision: Decision, texts: Sequence[str]) -> None:
    """Remember a decision in place of an earlier one about the same two values.

    Parameters
    ----------
    texts
        The two values in words that people typed.

    Raises
    ------
    Conflict
        If it would make the same what somebody said is different.
    """
    kind = decided_as(decision.kind)
    pair = {decision.value, decision.other}
    with store.writing():
        others = []
        for kept in decided(store, event_id):
            if kept.decision.kind == kind and {kept.decision.value, kept.decision.other} == pair:
                take_back(store, event_id, kept.number)
            else:
                others.append(kept)
        if decision.same:
            _require_free(decision, others)
        store.insert(
            "decisions",
            {
                "event_id": store.event(event_id).id,
                "kind": kind,
                "value": decision.value,
                "other": decision.other,
                "value_text": texts[0],
                "other_text": texts[1],
                "same": int(decision.same),
            },
        )


def decide_all(store: Store, event_id: str, made: Iterable[tuple[Decision, Sequence[str]]]) -> None:
    """Remember several decisions with their words, or none of them; raises `Conflict`."""
    with store.writing():
        for decision, texts in made:
            decide(store, event_id, decision, texts)


def take_back(store: Store, event_id: str, number: int) -> None:
    """Forget a decision, if it is still there."""
    sql = f"delete from decisions where number = :number and {_OF_SERIES}"  # noqa: S608
    store.change(sql, {"event": event_id, "number": number})


def is_last(store: Store, event_id: str) -> bool:
    """Whether no other event shares the series of this one, so that its decisions go with it."""
    sql = (
        "select 1 from events where id <> :event and series <> '' and series ="
        " (select series from events where id = :event)"
    )
    return next(store.rows(sql, {"event": event_id}), None) is None


def series_names(store: Store) -> tuple[str, ...]:
    """Return the names of all series, sorted."""
    sql = "select distinct series from events where series <> '' order by series"
    return tuple(row["series"] for row in store.rows(sql))


def _require_free(decision: Decision, others: Sequence[Kept]) -> None:
    """Refuse to join what was said to be different, through others if not directly."""
    equals = Equals(kept.decision for kept in others)
    if not equals.apart(decision.kind, decision.value, decision.other):
        return
    joined = Equals((*(kept.decision for kept in others), decision))
    for kept in others:
        one = kept.decision
        if not one.same and joined.of(one.kind, one.value) == joined.of(one.kind, one.other):
            raise Conflict(
                f"That would make “{kept.texts[0]}” and “{kept.texts[1]}” the same, of which you "
                "said that they are different. Undo that first."
            )
