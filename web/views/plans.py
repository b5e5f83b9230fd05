"""Plans: choose, make, watch, stop, read, print, take away."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events import runs, versions
from events.bundles import as_workbook, as_zip
from events.errors import StoreError, UnusableOption
from events.finished import FinishedPlan, PlannedPerson
from events.groups import shared_with
from events.launch import launch
from events.model import Event, Run, RunStatus
from events.people import thin
from events.revisions import newest_from
from matcher.fields import field
from matcher.meaning import compared_by
from web.choices import FAIRNESS, WEIGHTS
from web.database import database_path, finished_plan, people_of_plan, store
from web.downloads import XLSX, download
from web.drawings import TONES, draw_around
from web.foreseen import forecast_of
from web.forms import PlanForm
from web.kept import kept, live
from web.languages import number as in_digits
from web.languages import translated
from web.leaves import leaf_asked_for
from web.measures import figures, fits_targets
from web.pictures import distribution
from web.version_field import sent_number
from web.words import percent

__all__ = ["pages"]

pages = Blueprint("plans", __name__, url_prefix="/events/<event_id>/plans")

_FORM = "settings"
"""Id of the form of the next plan."""
_WORST_OFF = 6
_ON_A_PAGE = 100
"""People in a list, or whose cards change."""
_TYPES = {".csv": "text/csv", ".json": "application/json"}


@pages.get("/")
@kept
def index(event_id: str) -> ResponseReturnValue:
    """Show the settings of the next plan and the plans there are."""
    event = store().event(event_id)
    form = PlanForm()
    form.fill(event)
    return _index(event, form)


@pages.post("/")
def make(event_id: str) -> ResponseReturnValue:
    """Keep the settings and start a run, or only say what they mean."""
    event = store().event(event_id)
    form = PlanForm()
    fewer = request.form.get("few", 0, int)
    if fewer:
        form.rounds.data = fewer
    if not form.validate_on_submit():
        return _index(event, form)
    chosen = form.chosen(event)
    if fewer or "look" in request.form:
        return _index(chosen, form)
    if chosen != event:
        if form.version.data not in (None, event.version):
            form.version.data = event.version
            form.form_errors.append(
                _(
                    "Somebody else changed this event in the meantime. Nothing of yours is lost. "
                    "Save again to use what stands here."
                )
            )
            return _index(chosen, form)
        store().save_event(chosen)
    try:
        run = runs.start(store(), event_id, priced=form.priced.data)
    except (StoreError, UnusableOption) as problem:
        form.form_errors += translated(problem).splitlines()
        return _index(chosen, form)
    launch(database_path(), run)
    return redirect(url_for(".show", event_id=event_id, number=run.number))


@pages.post("/forecast")
def foreseen(event_id: str) -> ResponseReturnValue:
    """Say what settings mean that nobody has saved yet, as a piece of a page."""
    event = store().event(event_id)
    form = PlanForm()
    if not form.validate():
        return "", 204
    forecast = forecast_of(form.chosen(event), store().coming(event.id))
    return render_template("_forecast.html", forecast=forecast, settings=_FORM)


@pages.get("/<int:number>")
@kept
def show(event_id: str, number: int) -> ResponseReturnValue:
    """Show a run: how far it is, why it failed, which rules are in conflict, or the plan."""
    event, run = store().event(event_id), runs.find(store(), event_id, number)
    if not run.status.is_over:
        live()
        return render_template("plan_progress.html", event=event, run=run, shown=_how_far(run))
    if run.status is RunStatus.INFEASIBLE:
        answer = finished_plan(run).certificate
        return render_template("plan_conflict.html", event=event, run=run, certificate=answer)
    if not run.has_plan:
        return render_template("plan_failed.html", event=event, run=run)
    plan = finished_plan(run)
    return render_template(
        "plan.html",
        event=event,
        run=run,
        plan=plan,
        certificate=plan.certificate,
        compared_by=compared_by(plan.certificate.encoder),
        worst_off=plan.least_first[:_WORST_OFF],
        most=max((person.total for person in plan.people), default=1.0),
        since=_changed_since(event, run),
        spread=distribution(person.total for person in plan.people),
        figures=figures(plan.certificate.measures),
        judged=fits_targets(plan.certificate.people, plan.certificate.rounds),
        in_use=versions.in_use(store(), event_id),
        newest=newest_from(store(), run),
        others=_others(event_id, number),
        files=[name for name in runs.result_names(store(), run) if name.endswith(".csv")],
    )


@pages.get("/<int:number>/progress")
def progress(event_id: str, number: int) -> ResponseReturnValue:
    """Say how far a run is, for the page that watches it."""
    return jsonify(_how_far(runs.find(store(), event_id, number)))


@pages.post("/<int:number>/stop")
def stop(event_id: str, number: int) -> ResponseReturnValue:
    """Ask a run to stop with the best plan so far."""
    runs.cancel(store(), runs.find(store(), event_id, number))
    return redirect(url_for(".show", event_id=event_id, number=number))


@pages.post("/<int:number>/again")
def again(event_id: str, number: int) -> ResponseReturnValue:
    """Run again with the same people and settings."""
    run = runs.start_again(store(), runs.find(store(), event_id, number))
    launch(database_path(), run)
    return redirect(url_for(".show", event_id=event_id, number=run.number))


@pages.post("/<int:number>/price")
def price(event_id: str, number: int) -> ResponseReturnValue:
    """Make a plan again, and say what each of its rules costs."""
    run = runs.start_again(store(), _with_plan(event_id, number), priced=True)
    launch(database_path(), run)
    return redirect(url_for(".show", event_id=event_id, number=run.number))


@pages.get("/<int:number>/people")
@kept
def people(event_id: str, number: int) -> ResponseReturnValue:
    """List everybody in a plan, found by name."""
    event, run, plan = _plan(event_id, number)
    query = request.args.get("q", "").strip()
    by_name = request.args.get("sort") == "name"
    everybody = plan.people if by_name else plan.least_first
    found = [person for person in everybody if query.casefold() in person.name.casefold()]
    leaf, leaves = leaf_asked_for(len(found), _ON_A_PAGE)
    return render_template(
        "plan_people.html",
        event=event,
        run=run,
        query=query,
        by_name=by_name,
        people=found[(leaf - 1) * _ON_A_PAGE : leaf * _ON_A_PAGE],
        leaf=leaf,
        leaves=leaves,
        most=max((person.total for person in plan.people), default=1.0),
    )


@pages.get("/<int:number>/people/<int:position>")
@kept
def person(event_id: str, number: int, position: int) -> ResponseReturnValue:
    """Show what one person gets, with the reasons."""
    event, run, plan = _plan(event_id, number)
    if not 1 <= position <= len(plan.people):
        abort(404)
    person = plan.people[position - 1]
    return render_template(
        "plan_person.html",
        event=event,
        run=run,
        person=person,
        by_id=plan.by_id,
        introductions=plan.introductions.get(person.id, ()),
        tones=TONES,
        **_around(run, plan, person),
    )


@pages.post("/<int:number>/use")
def use(event_id: str, number: int) -> ResponseReturnValue:
    """Put a plan to use."""
    versions.use(store(), _with_plan(event_id, number))
    said = _("Plan %(number)s is in use. Print its cards; you can take this back.", number=number)
    flash(said, "success")
    return redirect(url_for(".show", event_id=event_id, number=number))


@pages.post("/<int:number>/take-back")
def take_back(event_id: str, number: int) -> ResponseReturnValue:
    """Undo putting a plan to use."""
    if versions.in_use(store(), event_id) == number:
        versions.take_back(store(), event_id)
    before = versions.in_use(store(), event_id)
    flash(
        _("Taken back. Plan %(number)s is in use again.", number=before)
        if before
        else _("Taken back. No plan is in use now."),
        "success",
    )
    return redirect(url_for(".show", event_id=event_id, number=number))


@pages.get("/<int:number>/compare", defaults={"other": None})
@pages.get("/<int:number>/compare/<int:other>")
@kept
def compare(event_id: str, number: int, other: int | None) -> ResponseReturnValue:
    """Show whose cards change from another plan, which a form may name, to this one."""
    event, run, plan = _plan(event_id, number)
    other = other or request.args.get("other", 0, sent_number)
    before = finished_plan(_with_plan(event_id, other))
    change = versions.compare_plans(before, plan)
    leaf, leaves = leaf_asked_for(len(change.people), _ON_A_PAGE)
    return render_template(
        "plan_compare.html",
        event=event,
        run=run,
        other=other,
        change=change,
        people=change.people[(leaf - 1) * _ON_A_PAGE : leaf * _ON_A_PAGE],
        leaf=leaf,
        leaves=leaves,
        gain=plan.certificate.total - before.certificate.total,
        others=_others(event_id, number),
    )


@pages.get("/<int:number>/files/<name>")
def file(event_id: str, number: int, name: str) -> ResponseReturnValue:
    """Hand out one file. A CSV gets the mark by which Excel knows UTF-8."""
    run = _with_plan(event_id, number)
    content = runs.result_file(store(), run, name)
    if name.endswith(".csv"):
        content = "\ufeff".encode() + content
    return download(content, name, _TYPES.get(Path(name).suffix, "application/octet-stream"))


@pages.get("/<int:number>/plan.zip")
def archive(event_id: str, number: int) -> ResponseReturnValue:
    """Hand out all files, byte for byte as they were made."""
    run = _with_plan(event_id, number)
    return download(
        as_zip(runs.result_files(store(), run)), f"seedbed-plan-{number}.zip", "application/zip"
    )


@pages.get("/<int:number>/plan.xlsx")
def workbook(event_id: str, number: int) -> ResponseReturnValue:
    """Hand out all tables as one workbook."""
    run = _with_plan(event_id, number)
    content = as_workbook(runs.result_files(store(), run))
    return download(content, f"seedbed-plan-{number}.xlsx", XLSX)


def _index(event: Event, form: PlanForm) -> ResponseReturnValue:
    everybody = store().coming(event.id)
    return render_template(
        "plans.html",
        event=event,
        form=form,
        forecast=forecast_of(event, everybody),
        settings=_FORM,
        effects={"weights": WEIGHTS, "fairness": FAIRNESS},
        people=len(everybody),
        thin=sum(map(thin, everybody)),
        all_runs=runs.list_runs(store(), event.id),
        in_use=versions.in_use(store(), event.id),
    )


def _around(run: Run, plan: FinishedPlan, person: PlannedPerson) -> dict[str, Any]:
    """Return the picture of one person and what it tells; none for whoever meets nobody."""
    told = plan.introductions.get(person.id, ())
    rounds = {each.partner: each.round for each in reversed(told) if each.partner}
    partners = sorted(rounds, key=lambda partner: (rounds[partner], partner))
    if not partners:
        return {"net": None}
    people = {each.id: each for each in people_of_plan(run)}
    others = [people[partner] for partner in partners]
    found = shared_with(people[person.id], others, runs.equals_in(store(), run))
    shared = [
        {
            "mark": mark,
            "text": each.text,
            "label": translated(field(each.kind).label),
            "others": each.others,
        }
        for mark, each in zip(_marks(), found, strict=False)
    ]
    net = draw_around(
        person.name,
        [(str(rounds[partner]), plan.by_id[partner].name) for partner in partners],
        [(each["mark"], each["text"], [*map(partners.index, each["others"])]) for each in shared],
    )
    return {"net": net, "partners": partners, "shared": shared}


def _marks() -> Iterator[str]:
    """Yield a, b, …, z, a2, b2, … without end."""
    for turn in count(1):
        yield from (letter + (str(turn) if turn > 1 else "") for letter in ascii_lowercase)


def _with_plan(event_id: str, number: int) -> Run:
    run = runs.find(store(), event_id, number)
    if not run.has_plan:
        abort(404)
    return run


def _others(event_id: str, number: int) -> list[int]:
    """Return the numbers of the other plans that there are, the newest first."""
    found = runs.list_runs(store(), event_id)
    return [each.number for each in found if each.has_plan and each.number != number]


def _plan(event_id: str, number: int) -> tuple[Event, Run, FinishedPlan]:
    run = _with_plan(event_id, number)
    return store().event(event_id), run, finished_plan(run)


def _changed_since(event: Event, run: Run) -> int:
    """Count the people who are new, gone or different since a plan was made."""
    then = {person.id: person for person in people_of_plan(run)}
    now = {person.id: person for person in store().coming(event.id)}
    return sum(then.get(who) != now.get(who) for who in then.keys() | now.keys())


def _how_far(run: Run) -> dict[str, Any]:
    """Return how far a run is, in words and as a share."""
    figures = ""
    if run.best is not None and run.bound:
        figures = _(
            "Best plan so far: %(best)s of at most %(bound)s (%(share)s).",
            best=in_digits(run.best / 2_000_000, 2),
            bound=in_digits(run.bound / 2_000_000, 2),
            share=percent(run.best / run.bound),
        )
    stopping = _("Stopping; the best plan so far is kept") if run.cancel_requested else ""
    stage = stopping or translated(run.stage) or _("Getting ready")
    return {"over": run.status.is_over, "stage": stage, "done": run.done, "figures": figures}
