"""A plan changed by hand: asked about, confirmed, read back from a file, or kept in part.

Nothing is overwritten: what is confirmed is made as a plan of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from events import runs, versions
from events.changes import Proposal, confirm, obstacles, propose, propose_meetings
from events.corrected import read_corrected
from events.errors import Conflict, EventsError, StoreError, UnusableOption
from events.finished import FinishedPlan, PlannedPerson, Table
from events.launch import launch
from events.model import Event, Keeping, Notice, Run
from events.revisions import newest_from, start_keeping
from events.seats import read_seats, write_seats
from matcher.changes import Impossible
from web.change_forms import ChangeForm, CorrectedForm
from web.database import database_path, finished_plan, replayed_plan, store
from web.languages import translated

__all__ = ["pages"]

pages = Blueprint("changes", __name__, url_prefix="/events/<event_id>/plans/<int:number>")

_TOLD = 20
"""People whose other cards are told where a plan was overtaken; more have a page of their own."""


@pages.get("/people/<int:position>/change")
def show(event_id: str, number: int, position: int) -> ResponseReturnValue:
    """Ask what shall be different for one person, and say what it costs."""
    event, run, plan = _plan(event_id, number)
    person = _person(plan, position)
    form = ChangeForm.of(plan, person, request.args)
    asked = _asked(run, form) if "do" in request.args else _Asked()
    return _change_page(event, run, plan, person, form, asked)


@pages.post("/people/<int:position>/change")
def make(event_id: str, number: int, position: int) -> ResponseReturnValue:
    """Make the changed plan."""
    event, run, plan = _plan(event_id, number)
    person = _person(plan, position)
    form = ChangeForm.of(plan, person, request.form)
    asked = _asked(run, form)
    if asked.proposal is not None:
        try:
            return _confirmed(event, run, asked.proposal, asked.said)
        except Conflict:
            return _overtaken(event, run, plan, asked.said)
        except (StoreError, UnusableOption) as refused:
            asked = replace(asked, problem=translated(refused))
    return _change_page(event, run, plan, person, form, asked)


@pages.route("/corrected", methods=["GET", "POST"])
def corrected(event_id: str, number: int) -> ResponseReturnValue:
    """Take a corrected pairings file, and say what is wrong with it or what it costs."""
    event, run, plan = _plan(event_id, number)
    form = CorrectedForm()
    proposal: Proposal | None = None
    problems: tuple[Notice, ...] = ()
    if form.validate_on_submit():
        try:
            found = read_corrected(form.file.data.read(), replayed_plan(run))
        except EventsError as unreadable:
            form.form_errors.append(translated(unreadable))
        else:
            proposal, problems = found.proposal, found.problems
    return render_template(
        "plan_corrected.html",
        event=event,
        run=run,
        by_id=plan.by_id,
        form=form,
        proposal=proposal,
        problems=problems,
        seats=write_seats(proposal.changed.meetings) if proposal else "",
        seen=newest_from(store(), run),
        **_told(run, proposal),
    )


@pages.post("/corrected/make")
def make_corrected(event_id: str, number: int) -> ResponseReturnValue:
    """Make the plan that a corrected file says, as it was shown."""
    event, run, plan = _plan(event_id, number)
    meetings = read_seats(request.form["seats"], plan.certificate.rounds)
    if any(member not in plan.by_id for each in meetings for member in each.members):
        abort(400)
    said = _("Meetings were read back from a corrected pairings file.")
    proposal = propose_meetings(replayed_plan(run), meetings, said)
    try:
        return _confirmed(event, run, proposal, said)
    except Conflict:
        return _overtaken(event, run, plan, said)


@pages.route("/keep", methods=["GET", "POST"])
def keep(event_id: str, number: int) -> ResponseReturnValue:
    """Let rounds and meetings be chosen that stay, and plan the rest."""
    event, run, plan = _plan(event_id, number)
    choice = _Choice.of(plan)
    problem = ""
    if request.form.get("do") == "plan":
        problem = _("Choose a round or a meeting that stays.")
        if choice.said:
            try:
                seen = request.form.get("seen", 0, int)
                made = start_keeping(store(), run, choice.keeping, said=choice.said, seen=seen)
            except Conflict:
                return _overtaken(event, run, plan, choice.said)
            except StoreError as refused:
                problem = translated(refused)
            else:
                launch(database_path(), made)
                return redirect(url_for("plans.show", event_id=event.id, number=made.number))
    shown = min(max(1, request.values.get("show", 1, int)), max(1, plan.certificate.rounds))
    tables = {f"{table.round}-{table.table}": table for table in plan.in_round(shown)}
    return render_template(
        "plan_keep.html",
        event=event,
        run=run,
        rounds=plan.certificate.rounds,
        shown=shown,
        tables=tables.items(),
        whole=choice.rounds,
        chosen=choice.tables,
        elsewhere=[key for key in choice.tables if key not in tables],
        problem=problem,
        seen=newest_from(store(), run),
    )


@dataclass(frozen=True, kw_only=True)
class _Choice:
    """What of a plan shall stay: whole rounds, and tables of two by round and number."""

    rounds: frozenset[int]
    tables: Mapping[str, Table]

    @classmethod
    def of(cls, plan: FinishedPlan) -> _Choice:
        """Return what the form of this request chooses; what is not in the plan is left out."""
        known = {f"{each.round}-{each.table}": each for each in plan.tables}
        keys = dict.fromkeys(request.form.getlist("keep"))
        rounds = range(1, plan.certificate.rounds + 1)
        return cls(
            rounds=frozenset(rounds).intersection(request.form.getlist("rounds", int)),
            tables={
                key: known[key] for key in keys if key in known and len(known[key].people) == 2
            },
        )

    @property
    def keeping(self) -> Keeping:
        """The same for a run; meetings of whole rounds stay with these."""
        pairs = {
            (*sorted(person.id for person in table.people), table.round)
            for table in self.tables.values()
            if table.round not in self.rounds
        }
        return Keeping(rounds=self.rounds, pairs=frozenset(pairs))

    @property
    def said(self) -> str:
        """The choice as a sentence; "" for none."""
        pairs = len(self.keeping.pairs)
        rounds = ", ".join(map(str, sorted(self.rounds)))
        parts = [_("Kept: round %(rounds)s.", rounds=rounds)] if rounds else []
        if pairs:
            parts.append(ngettext("Kept: %(num)s meeting.", "Kept: %(num)s meetings.", pairs))
        return " ".join((*parts, _("The rest was planned anew."))) if parts else ""


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What a form asks for, as a sentence, and what is in its way."""

    proposal: Proposal | None = None
    said: str = ""
    problem: str = ""


def _asked(run: Run, form: ChangeForm) -> _Asked:
    change = form.change()
    if change is None:
        return _Asked()
    try:
        proposal = propose(replayed_plan(run), change)
    except Impossible as impossible:
        return _Asked(problem=translated(impossible))
    return _Asked(proposal=proposal, said=translated(proposal.changed.text))


def _confirmed(event: Event, run: Run, proposal: Proposal, text: str) -> ResponseReturnValue:
    made = confirm(store(), run, proposal, said=text, seen=request.form.get("seen", 0, int))
    launch(database_path(), made)
    return redirect(url_for("plans.show", event_id=event.id, number=made.number))


def _change_page(
    event: Event,
    run: Run,
    plan: FinishedPlan,
    person: PlannedPerson,
    form: ChangeForm,
    asked: _Asked,
) -> ResponseReturnValue:
    return render_template(
        "plan_change.html",
        event=event,
        run=run,
        person=person,
        by_id=plan.by_id,
        stops=_stops(plan, person),
        form=form,
        proposal=asked.proposal,
        said=asked.said,
        problem=asked.problem,
        seen=newest_from(store(), run),
        **_told(run, asked.proposal),
    )


def _told(run: Run, proposal: Proposal | None) -> dict[str, object]:
    """Return the reasons of all meetings that go or come, and what is in the way."""
    if proposal is None:
        return {"reasons": {}, "refused": ()}
    replayed = replayed_plan(run)
    pairs = {pair for m in (*proposal.price.gone, *proposal.price.new) for pair in m.pairs}
    return {
        "reasons": replayed.reasons_of(pairs),
        "refused": obstacles(proposal),
    }


def _overtaken(event: Event, run: Run, plan: FinishedPlan, text: str) -> ResponseReturnValue:
    """Say that another plan was made from this one meanwhile, and how it differs."""
    newest = runs.find(store(), event.id, newest_from(store(), run))
    differs = versions.compare_plans(plan, finished_plan(newest)) if newest.has_plan else None
    sent = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", "seen")
    ]
    page = render_template(
        "plan_overtaken.html",
        event=event,
        run=run,
        newest=newest,
        differs=differs,
        most=_TOLD,
        text=text,
        sent=sent,
    )
    return page, 409


def _stops(
    plan: FinishedPlan, person: PlannedPerson
) -> list[tuple[int, int | None, tuple[PlannedPerson, ...]]]:
    """Return round, table and partners of a person; no table for a break or an absence."""
    seats = {table.round: table for table in plan.tables if person in table.people}
    return [
        (
            number,
            seats[number].table if number in seats else None,
            tuple(each for each in seats[number].people if each != person)
            if number in seats
            else (),
        )
        for number in range(1, plan.certificate.rounds + 1)
    ]


def _person(plan: FinishedPlan, position: int) -> PlannedPerson:
    if not 1 <= position <= len(plan.people):
        abort(404)
    return plan.people[position - 1]


def _plan(event_id: str, number: int) -> tuple[Event, Run, FinishedPlan]:
    run = runs.find(store(), event_id, number)
    if not run.has_plan:
        abort(404)
    return store().event(event_id), run, finished_plan(run)
