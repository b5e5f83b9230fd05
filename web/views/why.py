"""Why these people meet, and why others do not: questions about a plan, for the organizer alone."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from events import runs
from events.finished import Guest
from events.pipeline import question_plan
from events.vectors import KeptVectors
from matcher.counterfactual import told
from matcher.meaning import meaning_named
from web.database import finished_plan, store

__all__ = ["pages"]

pages = Blueprint("why", __name__, url_prefix="/events/<event_id>/plans/<int:number>/people")


@pages.get("/<int:position>/why")
def show(event_id: str, number: int, position: int) -> ResponseReturnValue:
    """Show a person's partners among all they could have had; `with` names one to ask about."""
    run = runs.find(store(), event_id, number)
    if not run.has_plan:
        abort(404)
    plan = finished_plan(run)
    if not 1 <= position <= len(plan.guests):
        abort(404)
    guest = plan.guests[position - 1]
    question = question_plan(
        plan,
        runs.people_of(store(), run),
        run.settings,
        runs.rules_of(store(), run),
        runs.equals_in(store(), run),
        meaning=meaning_named(plan.certificate.encoder, KeptVectors(store())),
    )
    other = _wanted(plan.guests, request.args.get("with", 0, int))
    names = {each.id: each.name for each in plan.guests}
    return render_template(
        "plan_why.html",
        event=store().event(event_id),
        run=run,
        guest=guest,
        by_id=plan.by_id,
        others=sorted((g for g in plan.guests if g != guest), key=lambda g: g.position),
        these=question.why_these(guest.id),
        other=other,
        answer=told(question.why_not(guest.id, other.id), names)
        if other and other != guest
        else (),
    )


def _wanted(guests: tuple[Guest, ...], position: int) -> Guest | None:
    return guests[position - 1] if 1 <= position <= len(guests) else None
