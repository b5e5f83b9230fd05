"""The first page: all events, a new one, the demo."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from events import runs
from events.delete_date import those_due
from events.erase_event import contents_of
from events.launch import launch
from events.model import RunStatus
from events.sample import open_demo
from events.series import series_names
from web.database import database_path, store
from web.forms import EventForm
from web.kept import kept

__all__ = ["pages"]

pages = Blueprint("start", __name__)


@pages.get("/")
@kept
def index() -> ResponseReturnValue:
    """Show all events; first those whose delete date has come."""
    kept = store()
    counts = kept.head_counts()
    shown = [
        (event, counts.get(event.id, 0), next(iter(runs.list_runs(kept, event.id)), None))
        for event in kept.events()
    ]
    due = [(event, contents_of(kept, event.id)) for event in those_due(kept.events(), date.today())]
    return render_template("start.html", shown=shown, due=due)


@pages.route("/events/new", methods=["GET", "POST"])
@kept
def new() -> ResponseReturnValue:
    """Make a new event."""
    form = EventForm()
    if form.validate_on_submit():
        event = store().add_event(
            form.title.data, date=form.day, erase_on=form.delete_day, series=form.series.data
        )
        return redirect(url_for("people.index", event_id=event.id))
    return render_template("event_form.html", form=form, event=None, series=series_names(store()))


@pages.post("/demo")
def demo() -> ResponseReturnValue:
    """Open the demo, made if it is not there."""
    event, run = open_demo(store())
    if run.status is RunStatus.QUEUED:
        launch(database_path(), run)
    return redirect(url_for("plans.show", event_id=event.id, number=run.number))
