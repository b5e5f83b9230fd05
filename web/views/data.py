"""The organizer's data as a whole: where it is, a backup of it, and bringing one back."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from events.backup import back_up, restore
from events.errors import EventsError
from web.database import close_store, database_path, store
from web.forms import RestoreForm

__all__ = ["pages"]

pages = Blueprint("data", __name__, url_prefix="/data")


@pages.route("/", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """Show where the data is; POST restores a backup."""
    form = RestoreForm()
    if form.validate_on_submit():
        content = form.file.data.read()
        close_store()
        try:
            saved = restore(database_path(), content)
        except EventsError as problem:
            form.file.errors = [str(problem)]
        else:
            flash(f"The backup is back. What was there before is kept in {saved}.", "success")
            return redirect(url_for("start.index"))
    path = database_path()
    return render_template(
        "data.html",
        form=form,
        path=path,
        megabytes=path.stat().st_size / 1e6,
        events=len(store().events()),
        people=sum(store().head_counts().values()),
    )


@pages.get("/backup")
def backup() -> ResponseReturnValue:
    """Hand out a backup of everything."""
    name = f"seedbed-backup-{date.today():%Y-%m-%d}.db"
    return Response(
        back_up(database_path()),
        mimetype="application/vnd.sqlite3",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
