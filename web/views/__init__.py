"""Pages of the organizer, one blueprint each."""

from . import (
    changes,
    columns,
    data,
    events,
    exports,
    merging,
    people,
    plans,
    prints,
    review,
    rules,
    start,
    uploads,
    values,
    why,
    wording,
)

__all__ = ["BLUEPRINTS"]

BLUEPRINTS = (
    start.pages,
    events.pages,
    people.pages,
    merging.pages,
    uploads.pages,
    columns.pages,
    exports.pages,
    values.pages,
    rules.pages,
    wording.pages,
    plans.pages,
    why.pages,
    changes.pages,
    review.pages,
    prints.pages,
    data.pages,
)
"""Every group of pages."""
