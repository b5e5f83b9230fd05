"""What is kept of an event's files, column by column, and dropping columns for good."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.drop_columns import drop_columns, kept_columns, what_goes
from events.errors import UnusableOption
from web.database import forget_plans, store
from web.kept import forget_pages, kept
from web.languages import translated
from web.views.uploads import LABELS

__all__ = ["pages"]

pages = Blueprint("columns", __name__, url_prefix="/events/<event_id>/columns")


@pages.get("/")
@kept
def index(event_id: str) -> ResponseReturnValue:
    """Show every column in which something stands, to choose some."""
    return _choice(event_id)


@pages.post("/")
def drop(event_id: str) -> ResponseReturnValue:
    """Say what would go with the chosen columns; drop them when confirmed."""
    headers, answers = request.form.getlist("column"), "answers" in request.form
    try:
        if "confirmed" not in request.form:
            going = what_goes(store(), event_id, headers, answers=answers)
            event = store().event(event_id)
            return render_template(
                "columns_drop.html", event=event, going=going, answers=answers, labelled=_labelled
            )
        dropped = drop_columns(store(), event_id, headers, answers=answers)
    except UnusableOption as problem:
        return _choice(event_id, translated(problem), headers)
    forget_plans()
    forget_pages()
    named = ", ".join(f"“{header}”" for header in dropped.headers)
    flash(_("Dropped for good: %(columns)s.", columns=named), "success")
    return redirect(url_for(".index", event_id=event_id))


def _choice(event_id: str, problem: str = "", chosen: list[str] | None = None) -> str:
    event = store().event(event_id)
    columns, unread = kept_columns(store(), event_id)
    return render_template(
        "columns.html",
        event=event,
        columns=columns,
        unread=unread,
        labelled=_labelled,
        problem=problem,
        chosen=chosen or [],
    )


def _labelled(fields: Iterable[str]) -> str:
    return ", ".join(translated(LABELS[field]) for field in fields)
