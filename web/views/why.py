"""Why these people meet, whose needs stay open: questions about a plan, for the organizer alone."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from events import runs
from events.finished import FinishedPlan, PlannedPerson
from events.model import Run
from events.needs import state, write_needs
from matcher.coverage import Said
from web.database import finished_plan, replayed_plan, store
from web.kept import kept
from web.leaves import leaf_asked_for

__all__ = ["pages"]

pages = Blueprint("why", __name__, url_prefix="/events/<event_id>/plans/<int:number>")

_AT_FIRST, _ON_A_PAGE = 50, 100
"""Answers of each list on the page of all lists, and on a page of one."""


@pages.get("/people/<int:position>/why")
@kept
def show(event_id: str, number: int, position: int) -> ResponseReturnValue:
    """Show a person's partners among all they could have had; `with` names one to ask about."""
    run, plan = _plan(event_id, number)
    if not 1 <= position <= len(plan.people):
        abort(404)
    person = plan.people[position - 1]
    replayed = replayed_plan(run)
    other = _wanted(plan.people, request.args.get("with", 0, int))
    answer = replayed.why_not(person.id, other.id) if other and other != person else ()
    these = replayed.question.why_these(person.id)
    reasons = replayed.reasons_of([(person.id, each.id) for each in these.partners])
    return render_template(
        "plan_why.html",
        event=store().event(event_id),
        run=run,
        person=person,
        by_id=plan.by_id,
        others=sorted((g for g in plan.people if g != person), key=lambda g: g.position),
        these=these,
        reasons={partner: told for (_, partner), told in reasons.items()},
        other=other,
        answer=answer,
    )


@pages.get("/needs")
@kept
def needs(event_id: str, number: int) -> ResponseReturnValue:
    """List the needs that stay open and the offers that help nobody; `show` names one long list."""
    run, plan = _plan(event_id, number)
    coverage = replayed_plan(run).coverage
    wishes, gifts = _by_state(coverage.wishes), _by_state(coverage.gifts)
    lists = {
        "nobody": wishes["nobody"],
        "apart": wishes["apart"],
        "unused": gifts["apart"],
        "unasked": gifts["nobody"],
    }
    shown = request.args.get("show", "")
    if shown not in lists:
        shown = ""
    size = _ON_A_PAGE if shown else _AT_FIRST
    leaf, leaves = leaf_asked_for(len(lists[shown]), size) if shown else (1, 1)
    return render_template(
        "plan_needs.html",
        event=store().event(event_id),
        run=run,
        by_id=plan.by_id,
        asked=len(coverage.wishes),
        wanted=len(wishes["met"]),
        given=len(coverage.gifts),
        used=len(gifts["met"]),
        parts={
            name: {"total": len(said), "list": said[(leaf - 1) * size : leaf * size]}
            for name, said in lists.items()
            if said and shown in ("", name)
        },
        shown=shown,
        leaf=leaf,
        leaves=leaves,
    )


@pages.get("/needs.csv")
def file(event_id: str, number: int) -> ResponseReturnValue:
    """Hand out the same as a file. A CSV gets the mark by which Excel knows UTF-8."""
    replayed = replayed_plan(_plan(event_id, number)[0])
    return Response(
        "\ufeff".encode() + write_needs(replayed.coverage, replayed.names),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="needs.csv"'},
    )


def _plan(event_id: str, number: int) -> tuple[Run, FinishedPlan]:
    run = runs.find(store(), event_id, number)
    if not run.has_plan:
        abort(404)
    return run, finished_plan(run)


def _wanted(people: tuple[PlannedPerson, ...], position: int) -> PlannedPerson | None:
    return people[position - 1] if 1 <= position <= len(people) else None


def _by_state(answers: tuple[Said, ...]) -> dict[str, list[Said]]:
    return {
        name: [said for said in answers if state(said) == name]
        for name in ("met", "apart", "nobody")
    }
