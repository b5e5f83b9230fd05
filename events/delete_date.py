"""The day on which an event shall go. Nothing is erased by it: whoever opens the app is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from .model import Event

__all__ = ["is_due", "suggested", "those_due"]

_KEPT_DAYS = 90


def is_due(event: Event, today: date) -> bool:
    """Whether the day has come on which an event shall go.

    Examples
    --------
    >>> event = Event(id="1", title="Evening", erase_on="2026-08-06")
    >>> is_due(event, date(2026, 8, 5)), is_due(event, date(2026, 8, 6))
    (False, True)
    """
    return bool(event.erase_on) and date.fromisoformat(event.erase_on) <= today


def those_due(events: Iterable[Event], today: date) -> tuple[Event, ...]:
    """Return the events that shall go by today, the longest due first."""
    due = (event for event in events if is_due(event, today))
    return tuple(sorted(due, key=lambda event: (event.erase_on, event.id)))


def suggested(event: Event) -> str:
    """Return the day to suggest: 90 days after the event; "" while it has no day.

    Examples
    --------
    >>> suggested(Event(id="1", title="Evening", date="2026-05-08"))
    '2026-08-06'
    """
    try:
        day = date.fromisoformat(event.date) + timedelta(days=_KEPT_DAYS)
    except (ValueError, OverflowError):  # no day yet, or one at the end of the calendar
        return ""
    return day.isoformat()
