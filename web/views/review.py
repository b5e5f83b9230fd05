"""A finished plan looked through: what each person gets in words, and the room round by round.

For the organizer alone. Shows what the plan's files say; changes nothing.
"""

from __future__ import annotations

from math import ceil

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from events import runs
from events.finished import FinishedPlan
from events.model import Event, Run
from web.database import finished_plan, store

__all__ = ["pages"]

pages = Blueprint("review", __name__, url_prefix="/events/<event_id>/plans/<int:number>")

_PEOPLE, _TABLES = 20, 200
"""People, and tables, on one page."""


@pages.get("/review")
def show(event_id: str, number: int) -> ResponseReturnValue:
    """Tell what each person gets, whoever gets least first."""
    event, run, plan = _plan(event_id, number)
    leaf, leaves = _leaf(len(plan.guests), _PEOPLE)
    return render_template(
        "plan_review.html",
        event=event,
        run=run,
        guests=plan.least_first[(leaf - 1) * _PEOPLE : leaf * _PEOPLE],
        everybody=len(plan.guests),
        first=(leaf - 1) * _PEOPLE + 1,
        introductions=plan.introductions,
        by_id=plan.by_id,
        leaf=leaf,
        leaves=leaves,
    )


@pages.get("/rooms")
def rooms(event_id: str, number: int) -> ResponseReturnValue:
    """Show who sits where in one round, who has a break and who is not there."""
    event, run, plan = _plan(event_id, number)
    shown = min(max(1, request.args.get("round", 1, int)), max(1, plan.certificate.rounds))
    tables = plan.in_round(shown)
    leaf, leaves = _leaf(len(tables), _TABLES)
    return render_template(
        "plan_rooms.html",
        event=event,
        run=run,
        rounds=plan.certificate.rounds,
        shown_round=shown,
        tables=tables[(leaf - 1) * _TABLES : leaf * _TABLES],
        table_count=len(tables),
        breaks=plan.on_break(shown),
        absent=plan.absent(shown),
        leaf=leaf,
        leaves=leaves,
    )


def _plan(event_id: str, number: int) -> tuple[Event, Run, FinishedPlan]:
    run = runs.find(store(), event_id, number)
    if not run.has_plan:
        abort(404)
    return store().event(event_id), run, finished_plan(run)


def _leaf(count: int, size: int) -> tuple[int, int]:
    """Return which part of a long list the address asks for, and how many parts there are."""
    leaves = max(1, ceil(count / size))
    return min(max(1, request.args.get("page", 1, int)), leaves), leaves
