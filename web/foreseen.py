"""What the rules and settings of an event mean for any plan, as pages show it."""

from __future__ import annotations

from collections.abc import Sequence

from events import runs
from events.forecast import Forecast, foresee
from events.model import Attendee, Event
from events.sentences import sentences
from events.series import equals_of
from web.database import store

__all__ = ["forecast_of"]


def forecast_of(event: Event, everybody: Sequence[Attendee]) -> Forecast:
    """Return what an event, saved or not, means for a plan of these people."""
    return foresee(
        everybody,
        event.settings,
        toml=event.rules,
        sentences=sentences(store(), event.id),
        since=runs.pairings_in_use(store(), event.id),
        equals=equals_of(store(), event.id),
    )
