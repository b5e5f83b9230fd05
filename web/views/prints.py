"""Printing a plan: choose a sheet, see it, print it from the browser or take it away as PDF."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, abort, render_template, request, session
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from events import runs
from events.model import Run
from events.people import thin
from web.card_forms import PrintForm
from web.cards import CardsError, CardSheet, Imposition, PrintJob, changed_since, sheet_from_files
from web.database import store
from web.security import print_policy

__all__ = ["pages"]

pages = Blueprint("prints", __name__, url_prefix="/events/<event_id>/plans/<int:number>/print")

_PRINTER = "printer"
"""What of a job is remembered in this browser: it belongs to the printer, not to the event."""


@pages.get("")
def choose(event_id: str, number: int) -> ResponseReturnValue:
    """Show everything that can be printed, and the sheet that is chosen."""
    run = _with_plan(event_id, number)
    form = _form(event_id, number)
    problem, notices = "", ()
    if form.validate():
        try:
            notices = form.job().notices(_sheet(event_id, number, form))
        except CardsError as wrong:
            problem = str(wrong)
    return render_template(
        "print.html",
        event=store().event(event_id),
        run=run,
        form=form,
        problem=problem,
        notices=notices,
        chosen={name: value for name, value in _asked(event_id).items() if value},
        thin=[
            person.attendee
            for person in store().attendees(event_id)
            if not person.archived and thin(person.attendee)
        ],
    )


@pages.get("/page")
def page(event_id: str, number: int) -> ResponseReturnValue:
    """Show a job as a page that the browser prints; it carries its own styles."""
    job, sheet = _chosen(event_id, number)
    html = replace(job, imposition=Imposition()).html(sheet)
    return Response(html, headers={"Content-Security-Policy": print_policy(job.style_hash)})


@pages.get("/preview.png")
def preview(event_id: str, number: int) -> ResponseReturnValue:
    """Draw the first sheet of a job."""
    job, sheet = _chosen(event_id, number)
    return Response(job.preview(sheet), mimetype="image/png")


@pages.get("/sheets.pdf")
def pdf(event_id: str, number: int) -> ResponseReturnValue:
    """Hand out a job as a tagged PDF."""
    job, sheet = _chosen(event_id, number)
    right, down = job.imposition.shift
    session.permanent = True
    session[_PRINTER] = {"paper": job.paper, "right": f"{right:g}", "down": f"{down:g}"}
    name = f"seedbed-plan-{number}-{job.layout}.pdf"
    return Response(
        job.pdf(sheet),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _asked(event_id: str) -> MultiDict[str, str]:
    """Return what was asked for; the event's address and this printer's offset if nothing was."""
    printer = session.get(_PRINTER, {})
    known = {"address": store().event(event_id).words.address, **printer}
    return MultiDict({**known, **request.args})


def _form(event_id: str, number: int) -> PrintForm:
    form = PrintForm(_asked(event_id), meta={"csrf": False})
    plans = (run for run in runs.list_runs(store(), event_id) if run.has_plan)
    form.offer([run.number for run in plans if run.number != number])
    return form


def _chosen(event_id: str, number: int) -> tuple[PrintJob, CardSheet]:
    """Return what to print, and how."""
    form = _form(event_id, number)
    if not form.validate():
        problems = (f"{form[name].label.text}: {said[0]}" for name, said in form.errors.items())
        raise CardsError(" ".join(problems))
    job = replace(form.job(), welcome=store().event(event_id).words.welcome)
    return job, _sheet(event_id, number, form)


def _sheet(event_id: str, number: int, form: PrintForm) -> CardSheet:
    sheet = _cards(event_id, number)
    return (
        changed_since(sheet, _cards(event_id, int(form.since.data))) if form.since.data else sheet
    )


def _cards(event_id: str, number: int) -> CardSheet:
    return sheet_from_files(runs.result_files(store(), _with_plan(event_id, number)))


def _with_plan(event_id: str, number: int) -> Run:
    run = runs.find(store(), event_id, number)
    if not run.has_plan:
        abort(404)
    return run
