"""Printing a plan: choose a sheet, see it, print it from the browser or take it away as PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from events import prints, runs
from events.model import Run, RunStatus
from events.people import thin
from events.prints import Print
from web.card_forms import PrintForm
from web.cards import (
    SHEETS,
    CardsError,
    CardSheet,
    Imposition,
    PrintJob,
    changed_since,
)
from web.cards.handout import LETTER_REGIONS
from web.cards.signs import left_out
from web.database import cards_of_plan, database_path, store
from web.downloads import download
from web.languages import number as in_digits
from web.languages import translated
from web.print_worker import launch_print
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
    event, coming = store().event(event_id), store().coming(event_id)
    # The default job opens at once, without its cards: it can only speak of names.
    problem, notices = "", left_out((event.title, *(person.name for person in coming)))
    if request.args and form.validate():
        try:
            notices = form.job().notices(_sheet(event_id, number, form))
        except CardsError as wrong:
            problem = translated(wrong)
    return render_template(
        "print.html",
        event=event,
        run=run,
        form=form,
        problem=problem,
        notices=notices,
        files=[(_sheets(each), each) for each in prints.list_prints(store(), run)],
        chosen={name: value for name, value in _asked(event_id).items() if value},
        thin=[person for person in coming if thin(person)],
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


@pages.post("/sheets.pdf")
def make(event_id: str, number: int) -> ResponseReturnValue:
    """Hand out a job as a tagged PDF; a large one is made beside, for others to watch."""
    job, sheet = _chosen(event_id, number)
    right, down = job.imposition.shift
    session.permanent = True
    session[_PRINTER] = {"paper": job.paper, "right": f"{right:g}", "down": f"{down:g}"}
    if not job.is_large(sheet):
        return _download(job.pdf(sheet), number, job)
    before = _form(event_id, number).since.data
    since = _with_plan(event_id, int(before)) if before else None
    run = _with_plan(event_id, number)
    return _watch(run, prints.start(store(), run, job.to_json(), since=since))


@pages.get("/files/<int:file>")
def made(event_id: str, number: int, file: int) -> ResponseReturnValue:
    """Show how far a large job is, its file, or why there is none."""
    run, printed = _printed(event_id, number, file)
    return render_template(
        "print_file.html",
        event=store().event(event_id),
        run=run,
        printed=printed,
        sheets=_sheets(printed),
        shown=_how_far(printed),
    )


@pages.get("/files/<int:file>/progress")
def progress(event_id: str, number: int, file: int) -> ResponseReturnValue:
    """Say how far a large job is, for the page that watches it."""
    return jsonify(_how_far(_printed(event_id, number, file)[1]))


@pages.get("/files/<int:file>/sheets.pdf")
def pdf(event_id: str, number: int, file: int) -> ResponseReturnValue:
    """Hand out the file of a large job."""
    printed = _printed(event_id, number, file)[1]
    return _download(prints.content(store(), printed), number, PrintJob.from_json(printed.job))


@pages.post("/files/<int:file>/stop")
def stop(event_id: str, number: int, file: int) -> ResponseReturnValue:
    """Ask a large job to stop."""
    printed = _printed(event_id, number, file)[1]
    prints.cancel(store(), printed)
    return redirect(url_for(".made", event_id=event_id, number=number, file=file))


@pages.post("/files/<int:file>/again")
def again(event_id: str, number: int, file: int) -> ResponseReturnValue:
    """Start a job again that left no file."""
    run, printed = _printed(event_id, number, file)
    return _watch(run, prints.start_again(store(), printed))


@pages.post("/files/<int:file>/remove")
def remove(event_id: str, number: int, file: int) -> ResponseReturnValue:
    """Forget a large job with its file."""
    prints.remove(store(), _printed(event_id, number, file)[1])
    flash(_("The file is removed."), "success")
    return redirect(url_for(".choose", event_id=event_id, number=number))


def _watch(run: Run, printed: Print) -> ResponseReturnValue:
    """Start the worker of a job unless it has one, and lead to its page."""
    if printed.status is RunStatus.QUEUED:
        launch_print(database_path(), printed)
    address = {"event_id": run.event_id, "number": run.number, "file": printed.number}
    return redirect(url_for(".made", **address))


def _how_far(printed: Print) -> dict[str, Any]:
    """Return how far a job is, in words and as a share."""
    done, of = printed.done, printed.pieces
    if printed.cancel_requested:
        stage = _("Stopping")
    elif not of:
        stage = _("Getting ready")
    elif done < of:
        stage = _("%(done)s of %(of)s are set", done=in_digits(done), of=in_digits(of))
    else:
        stage = _("All %(of)s are set; the file is being put together", of=in_digits(of))
    return {"over": printed.status.is_over, "stage": stage, "done": done / of if of else 0.0}


def _sheets(printed: Print) -> str:
    return translated(dict(SHEETS)[PrintJob.from_json(printed.job).layout])


def _download(content: bytes, number: int, job: PrintJob) -> Response:
    return download(content, f"seedbed-plan-{number}-{job.layout}.pdf", "application/pdf")


def _printed(event_id: str, number: int, file: int) -> tuple[Run, Print]:
    run = _with_plan(event_id, number)
    return run, prints.find(store(), run, file)


def _asked(event_id: str) -> MultiDict[str, str]:
    """Return what was asked for; the event's address and this printer's offset if nothing was."""
    printer = session.get(_PRINTER, {})
    usual = {"paper": "letter", "layout": "letterx4"} if _on_letter(printer) else {}
    known = {"address": store().event(event_id).words.address, **printer, **usual}
    chosen = request.form if request.method == "POST" else request.args
    return MultiDict({**known, **chosen})


def _on_letter(printer: Mapping[str, str]) -> bool:
    """Whether the printer has Letter, or else the region that the browser says it is in."""
    _language, _, region = (request.accept_languages.best or "").upper().partition("-")
    return printer["paper"] == "letter" if printer else region in LETTER_REGIONS


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
    return cards_of_plan(_with_plan(event_id, number))


def _with_plan(event_id: str, number: int) -> Run:
    run = runs.find(store(), event_id, number)
    if not run.has_plan:
        abort(404)
    return run
