"""Erasing one event: what is in it, named before and told on the receipt."""

from __future__ import annotations

from dataclasses import dataclass

from .database import utc_now
from .series import decided, is_last
from .store import Store

__all__ = ["EventContents", "EventReceipt", "contents_of", "erase_event"]


@dataclass(frozen=True, kw_only=True)
class EventContents:
    """What goes with an event.

    Parameters
    ----------
    people
        Archived ones too.
    plans
        With all cards and print files.
    decisions
        About equal answers; 0 while another event of the series keeps them.
    """

    people: int
    uploads: int
    plans: int
    decisions: int


@dataclass(frozen=True, kw_only=True)
class EventReceipt:
    """What was erased and when; holds nothing of the people."""

    title: str
    erased: str
    contents: EventContents


def contents_of(store: Store, event_id: str) -> EventContents:
    """Count what is in an event."""
    counts = {
        table: next(
            store.rows(f"select count(*) as n from {table} where event_id = ?", (event_id,))  # noqa: S608
        )["n"]
        for table in ("attendees", "uploads", "runs")
    }
    return EventContents(
        people=counts["attendees"],
        uploads=counts["uploads"],
        plans=counts["runs"],
        decisions=len(decided(store, event_id)) if is_last(store, event_id) else 0,
    )


def erase_event(store: Store, event_id: str) -> EventReceipt:
    """Erase an event with everything in it, and overwrite the places in the file.

    Raises
    ------
    NotFound
        If there is no such event.
    """
    title, contents = store.event(event_id).title, contents_of(store, event_id)
    store.delete_event(event_id)
    return EventReceipt(title=title, erased=utc_now(), contents=contents)
