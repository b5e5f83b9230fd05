"""The organizer's own words on cards, and what they make of any two people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events import runs
from events.errors import Conflict
from events.matches import KeptMatches
from events.meaning import meaning_here
from events.model import Attendee
from events.preview import preview_pair
from events.series import equals_of
from events.vectors import KeptVectors
from events.words import to_style
from matcher.meaning import Meaning
from web.card_forms import WordsForm
from web.cards import CardSheet, PrintJob, sheet_from_files
from web.database import store
from web.kept import kept
from web.security import print_policy

__all__ = ["pages"]

pages = Blueprint("wording", __name__, url_prefix="/events/<event_id>/words")


@pages.route("/", methods=["GET", "POST"])
@kept
def edit(event_id: str) -> ResponseReturnValue:
    """Change the words, and choose two people to look at."""
    event = store().event(event_id)
    form = WordsForm()
    if form.validate_on_submit():
        settings = replace(event.settings, language=form.language.data)
        changed = replace(
            event, words=form.words(), settings=settings, version=form.version.data or 0
        )
        try:
            store().save_event(changed)
        except Conflict:
            form.version.data = event.version
            form.form_errors.append(
                _(
                    "Somebody else changed this event in the meantime. Nothing of yours is lost. "
                    "Save again to use what stands here."
                )
            )
        else:
            flash(_("Saved. The next plan speaks so; these two cards do already."), "success")
            return redirect(url_for("wording.edit", event_id=event.id, **request.args))
    elif not form.is_submitted():
        form.fill(event.words, event.settings.language, event.version)
    people = store().coming(event_id)
    return render_template("words.html", event=event, form=form, people=people, pair=_pair(people))


@pages.get("/preview.png")
def preview(event_id: str) -> ResponseReturnValue:
    """Draw the cards of two people."""
    return Response(_job(event_id).preview(_sheet(event_id)), mimetype="image/png")


@pages.get("/preview")
def page(event_id: str) -> ResponseReturnValue:
    """Show the cards of two people as a page."""
    job = _job(event_id)
    policy = {"Content-Security-Policy": print_policy(job.style_hash)}
    return Response(job.html(_sheet(event_id)), headers=policy)


def _job(event_id: str) -> PrintJob:
    return PrintJob(address=store().event(event_id).words.address)


def _sheet(event_id: str) -> CardSheet:
    event, people = store().event(event_id), store().coming(event_id)
    one, other = _pair(people)
    settings = replace(event.settings, title=event.title)
    files = preview_pair(
        people,
        one,
        other,
        settings,
        style=to_style(event.words, settings.language),
        equals=equals_of(store(), event_id),
        meaning=_meaning(event_id),
    )
    return sheet_from_files(files)


def _meaning(event_id: str) -> Meaning:
    """Return what compares needs with offers; it looks among what the newest plan found first."""
    here = meaning_here(KeptVectors(store()))
    made = next((run for run in runs.list_runs(store(), event_id) if run.has_plan), None)
    return here.remembering(KeptMatches(store(), made.id, adds=False)) if made else here


def _pair(people: Sequence[Attendee]) -> tuple[str, str]:
    """Return the ids of the two who were chosen, else of the first two; "" for nobody."""
    known = [person.id for person in people]
    first, second, *_ = *known, "", ""
    one, other = request.args.get("one", first), request.args.get("other", second)
    return one if one in known else first, other if other in known else second
