"""Printing a plan: choose a sheet, see it, print it from the browser or take it away as PDF."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from events import runs
from events.model import Run
from events.people import thin
from web.cards import CardsError, CardSheet, PrintJob, sheet_from_files
from web.database import store
from web.forms import PrintForm
from web.security import print_policy

__all__ = ["pages"]

pages = Blueprint("prints", __name__, url_prefix="/events/<event_id>/plans/<int:number>/print")


@pages.get("")
def choose(event_id: str, number: int) -> ResponseReturnValue:
    """Show everything that can be printed, and the sheet that is chosen."""
    run = _with_plan(event_id, number)
    form = PrintForm(request.args, meta={"csrf": False})
    problem = ""
    if form.validate():
        try:
            form.job()
        except CardsError as wrong:
            problem = str(wrong)
    return render_template(
        "print.html",
        event=store().event(event_id),
        run=run,
        form=form,
        problem=problem,
        chosen={name: value for name, value in request.args.items() if value},
        thin=[
            person.attendee
            for person in store().attendees(event_id)
            if not person.archived and thin(person.attendee)
        ],
    )


@pages.get("/page")
def page(event_id: str, number: int) -> ResponseReturnValue:
    """Show a job as a page that the browser prints; it carries its own styles."""
    job = _job()
    html = PrintJob(layout=job.layout, paper=job.paper, order=job.order).html(
        _sheet(event_id, number)
    )
    return Response(html, headers={"Content-Security-Policy": print_policy(job.style_hash)})


@pages.get("/preview.png")
def preview(event_id: str, number: int) -> ResponseReturnValue:
    """Draw the first sheet of a job."""
    return Response(_job().preview(_sheet(event_id, number)), mimetype="image/png")


@pages.get("/sheets.pdf")
def pdf(event_id: str, number: int) -> ResponseReturnValue:
    """Hand out a job as a tagged PDF."""
    job = _job()
    name = f"seedbed-plan-{number}-{job.layout}.pdf"
    return Response(
        job.pdf(_sheet(event_id, number)),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _job() -> PrintJob:
    form = PrintForm(request.args, meta={"csrf": False})
    if not form.validate():
        problems = (f"{form[name].label.text}: {said[0]}" for name, said in form.errors.items())
        raise CardsError(" ".join(problems))
    return form.job()


def _sheet(event_id: str, number: int) -> CardSheet:
    return sheet_from_files(runs.result_files(store(), _with_plan(event_id, number)))


def _with_plan(event_id: str, number: int) -> Run:
    run = runs.find(store(), event_id, number)
    if not run.has_plan:
        abort(404)
    return run
