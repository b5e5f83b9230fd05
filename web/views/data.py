"""Settings: the language of pages, and the data as a whole with its backups."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import refresh

from events.backup import back_up, restore
from events.errors import EventsError
from web.database import close_store, database_path, store
from web.forms import LanguageForm, RestoreForm
from web.languages import choose_language, chosen_language, translated

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
            form.file.errors = [translated(problem)]
        else:
            flash(
                _("The backup is back. What was there before is kept in %(file)s.", file=saved),
                "success",
            )
            return redirect(url_for("start.index"))
    return _settings(form, LanguageForm(formdata=None, language=chosen_language()))


def _settings(form: RestoreForm, language_form: LanguageForm) -> str:
    path = database_path()
    return render_template(
        "data.html",
        form=form,
        language_form=language_form,
        path=path,
        megabytes=path.stat().st_size / 1e6,
        events=len(store().events()),
        people=sum(store().head_counts().values()),
    )


@pages.post("/language")
def speak() -> ResponseReturnValue:
    """Keep the language of the pages."""
    form = LanguageForm()
    if not form.validate():
        return _settings(RestoreForm(formdata=None), form)
    choose_language(form.language.data)
    refresh()
    flash(_("Saved."), "success")
    return redirect(url_for("data.index"))


@pages.get("/backup")
def backup() -> ResponseReturnValue:
    """Hand out a backup of everything."""
    name = f"seedbed-backup-{date.today():%Y-%m-%d}.db"
    return Response(
        back_up(database_path()),
        mimetype="application/vnd.sqlite3",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
