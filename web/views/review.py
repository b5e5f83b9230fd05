"""A finished plan looked through: what each person gets in words, and the room round by round.

For the organizer alone. Shows what the plan's files say; changes nothing.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from events import runs
from events.finished import FinishedPlan
from events.groups import Group, by_answer, by_community, comparable, meetings_between
from events.model import Event, Run
from matcher.fields import field
from web.database import finished_plan, people_of_plan, store
from web.drawings import TONES, draw_matrix, draw_net, draw_shades
from web.kept import kept
from web.languages import translated
from web.leaves import leaf_asked_for

__all__ = ["pages"]

pages = Blueprint("review", __name__, url_prefix="/events/<event_id>/plans/<int:number>")

_PEOPLE, _TABLES = 20, 200
"""People, and tables, on one page."""

_DRAWN_EACH = 120
"""Most people who are drawn one by one: more are neither told apart nor placed in good time."""


@pages.get("/review")
@kept
def show(event_id: str, number: int) -> ResponseReturnValue:
    """Tell what each person gets, whoever gets least first."""
    event, run, plan = _plan(event_id, number)
    leaf, leaves = leaf_asked_for(len(plan.people), _PEOPLE)
    return render_template(
        "plan_review.html",
        event=event,
        run=run,
        people=plan.least_first[(leaf - 1) * _PEOPLE : leaf * _PEOPLE],
        everybody=len(plan.people),
        first=(leaf - 1) * _PEOPLE + 1,
        introductions=plan.introductions,
        by_id=plan.by_id,
        leaf=leaf,
        leaves=leaves,
    )


@pages.get("/rooms")
@kept
def rooms(event_id: str, number: int) -> ResponseReturnValue:
    """Show who sits where in one round, who has a break and who is not there."""
    event, run, plan = _plan(event_id, number)
    shown = min(max(1, request.args.get("round", 1, int)), max(1, plan.certificate.rounds))
    tables = plan.in_round(shown)
    leaf, leaves = leaf_asked_for(len(tables), _TABLES)
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


@pages.get("/pictures")
@kept
def pictures(event_id: str, number: int) -> ResponseReturnValue:
    """Draw who meets whom and who is tied to whom; of a large event, in groups by one answer."""
    event, run, plan = _plan(event_id, number)
    drawn = _each(run, plan) if len(plan.people) <= _DRAWN_EACH else _grouped(run, plan)
    return render_template(
        "plan_pictures.html", event=event, run=run, by_id=plan.by_id, tones=TONES, **drawn
    )


def _each(run: Run, plan: FinishedPlan) -> dict[str, Any]:
    groups, ties = by_community(people_of_plan(run), runs.equals_in(store(), run))
    group_of = {person: group.number for group in groups for person in group.people}
    order = [person for group in groups for person in group.people]
    return {
        "matrix": draw_matrix(order, group_of, plan.pairs),
        "net": draw_net(ties, group_of, {person.id: person.name for person in plan.people}),
        "ties": ties.number_of_edges(),
        **_told(groups, plan),
    }


def _grouped(run: Run, plan: FinishedPlan) -> dict[str, Any]:
    people = people_of_plan(run)
    kinds = comparable(people)
    asked = request.args.get("by", "")
    by = asked if asked in kinds else next(iter(kinds), "")
    groups = by_answer(people, runs.equals_in(store(), run), by) if by else ()
    told = _told(groups, plan)
    place = {group.number: at for at, group in enumerate(groups)}
    counts = {
        (min(ends), max(ends)): count
        for (one, other), count in told["counts"].items()
        for ends in [(place[one], place[other])]
    }
    return {
        "kinds": [(kind, translated(field(kind).label)) for kind in kinds],
        "by": by,
        "shades": draw_shades([len(group.people) for group in groups], counts),
        **told,
    }


def _told(groups: tuple[Group, ...], plan: FinishedPlan) -> dict[str, Any]:
    """Return groups with their meetings, inside and with others: what the pictures tell."""
    counts = meetings_between(groups, plan.pairs) if groups else {}
    inside = {group.number: counts.get((group.number, group.number), 0) for group in groups}
    outside = {
        group.number: sum(
            count
            for (one, other), count in counts.items()
            if (one == group.number) != (other == group.number)
        )
        for group in groups
    }
    return {"groups": groups, "counts": counts, "inside": inside, "outside": outside}


def _plan(event_id: str, number: int) -> tuple[Event, Run, FinishedPlan]:
    run = runs.find(store(), event_id, number)
    if not run.has_plan:
        abort(404)
    return store().event(event_id), run, finished_plan(run)
