"""One event: its name, day and series, and erasing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.delete_date import suggested
from events.erase_event import contents_of, erase_event
from events.errors import Conflict
from events.series import series_names
from web.database import forget_plans, store
from web.forms import EventForm
from web.kept import forget_pages, kept

__all__ = ["pages"]

pages = Blueprint("events", __name__, url_prefix="/events/<event_id>")


@pages.route("/settings", methods=["GET", "POST"])
@kept
def edit(event_id: str) -> ResponseReturnValue:
    """Change the name, the day, the day on which it shall go, or the series."""
    event = store().event(event_id)
    form = EventForm(
        title=event.title,
        date=date.fromisoformat(event.date) if event.date else None,
        erase_on=date.fromisoformat(event.erase_on) if event.erase_on else None,
        series=event.series,
        version=event.version,
    )
    if form.validate_on_submit():
        changed = replace(
            event,
            title=form.title.data,
            date=form.day,
            erase_on=form.delete_day,
            series=form.series.data,
            version=form.version.data or 0,
        )
        try:
            store().save_event(changed)
        except Conflict:
            form.version.data = event.version
            form.form_errors.append(
                _(
                    "Somebody else changed this event in the meantime: it is now “%(title)s”. "
                    "Nothing of yours is lost. Save again to use what stands here.",
                    title=event.title,
                )
            )
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("people.index", event_id=event.id))
    return render_template(
        "event_form.html",
        form=form,
        event=event,
        series=series_names(store()),
        suggested=suggested(event),
    )


@pages.route("/erase", methods=["GET", "POST"])
def erase(event_id: str) -> ResponseReturnValue:
    """Say what erasing would destroy; do it when confirmed, with a receipt."""
    event = store().event(event_id)
    if request.method == "POST":
        receipt = erase_event(store(), event.id)
        forget_plans()
        forget_pages()
        return render_template("event_erased.html", receipt=receipt)
    return render_template("event_erase.html", event=event, contents=contents_of(store(), event.id))
