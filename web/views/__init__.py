"""Pages of the organizer, one blueprint each."""

from . import data, events, people, plans, start, uploads

__all__ = ["BLUEPRINTS"]

BLUEPRINTS = (
    start.pages,
    events.pages,
    people.pages,
    uploads.pages,
    plans.pages,
    data.pages,
)
"""Every group of pages."""
