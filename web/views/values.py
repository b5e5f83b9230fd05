"""Same or different?: which answers count as equal, decided by the organizer for a series."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events import series
from events.equal_file import read_in_words, write_decisions
from events.equal_values import Review, join, likeliest_first, review, told_apart
from events.errors import EventsError
from events.meaning import meaning_here
from events.vectors import KeptVectors
from matcher.canon import Decision, Equals, Held
from matcher.fields import FIELDS
from web.database import store
from web.forms import EqualForm, SameForm
from web.kept import kept
from web.languages import ngettext, translated

__all__ = ["pages"]

pages = Blueprint("values", __name__, url_prefix="/events/<event_id>/values")

_SHOWN_NAMES = 3


@pages.get("/")
@kept
def index(event_id: str) -> ResponseReturnValue:
    """Show what may be the same, what was decided, and what is taken as the same."""
    return _page(event_id, SameForm(formdata=None), request.args.get("kind", ""))


@pages.post("/decide")
def decide(event_id: str) -> ResponseReturnValue:
    """Keep what was ticked among the proposals."""
    held = {(one.kind, one.id): one for one in _review(event_id).held}
    asked = zip(*map(request.form.getlist, ("kind", "value", "other")), strict=False)
    count = outdated = 0
    for at, (kind, value, other) in enumerate(asked):
        answer = request.form.get(f"same-{at}")
        if answer not in ("yes", "no"):
            continue
        if (kind, value) not in held or (kind, other) not in held:
            outdated += 1
            continue
        texts = (held[kind, value].text, held[kind, other].text)
        try:
            series.decide(store(), event_id, Decision(kind, value, other, answer == "yes"), texts)
        except EventsError as problem:
            flash(translated(problem), "danger")
        else:
            count += 1
    if outdated:
        flash(
            ngettext(
                "%(num)s answer left out: people's answers have changed.",
                "%(num)s answers left out: people's answers have changed.",
                outdated,
            ),
            "danger",
        )
    flash(_saved(count), "success")
    return redirect(url_for(".index", event_id=event_id))


@pages.post("/join")
def join_two(event_id: str) -> ResponseReturnValue:
    """Say that two values are the same which nothing proposed."""
    form = SameForm()
    kind = form.kind.data
    if form.validate_on_submit():
        texts = (form.value.data, form.other.data)
        try:
            decision = join(kind, *texts, _equals(event_id))
            series.decide(store(), event_id, decision, texts)
        except EventsError as problem:
            form.form_errors.append(translated(problem))
        else:
            said = _(
                "“%(one)s” counts as “%(other)s” from the next plan on.",
                one=texts[0],
                other=texts[1],
            )
            flash(said, "success")
            return redirect(url_for(".index", event_id=event_id, kind=kind))
    return _page(event_id, form, kind)


@pages.post("/apart")
def apart(event_id: str) -> ResponseReturnValue:
    """Let words stand for themselves that a table takes for something else."""
    kind, text = request.form.get("kind", ""), request.form.get("text", "")
    found = next((one for one in _review(event_id).groups if _has(one.held, kind, text)), None)
    decision = told_apart(kind, text) if found else None
    if not found or not decision:
        abort(404)
    name = next((other for other in found.held.texts if other != text), found.held.id)
    series.decide(store(), event_id, decision, (text, name))
    flash(_("“%(text)s” stands for itself from the next plan on.", text=text), "success")
    return redirect(url_for(".index", event_id=event_id, kind=kind))


@pages.post("/<int:number>/undo")
def undo(event_id: str, number: int) -> ResponseReturnValue:
    """Forget a decision."""
    store().event(event_id)
    series.take_back(store(), event_id, number)
    flash(_("Undone. It is open again."), "success")
    return redirect(url_for(".index", event_id=event_id))


@pages.post("/file")
def take_file(event_id: str) -> ResponseReturnValue:
    """Keep the decisions of a file such as `file` hands out."""
    form = EqualForm()
    if form.validate_on_submit():
        try:
            made = read_in_words(form.file.data.read().decode("utf-8-sig"))
            series.decide_all(store(), event_id, made)
        except UnicodeDecodeError:
            form.file.errors = [_("This is not UTF-8 text. Save it as CSV UTF-8.")]
        except EventsError as problem:
            form.file.errors = str(problem).splitlines()
        else:
            flash(_saved(len(made)), "success")
            return redirect(url_for(".index", event_id=event_id))
    return _page(event_id, SameForm(formdata=None), "", form)


@pages.get("/equal.csv")
def file(event_id: str) -> ResponseReturnValue:
    """Hand out the decisions as the file that `--equal` of the command line reads."""
    store().event(event_id)
    return Response(
        write_decisions(series.decided(store(), event_id)),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="equal.csv"'},
    )


def _page(
    event_id: str, form: SameForm, kind: str, from_file: EqualForm | None = None
) -> ResponseReturnValue:
    people = store().coming(event_id)
    found = review(people, _equals(event_id))
    counts = Counter(one.kind for one in found.held)
    merged = Counter(group.held.kind for group in found.groups)
    kinds = [line for line in FIELDS if counts[line.name]]
    some = [line.name for line in kinds if merged[line.name]] or [line.name for line in kinds]
    chosen = kind if counts[kind] else next(iter(some), "")
    form.kind.data = chosen
    return render_template(
        "values.html",
        event=store().event(event_id),
        form=form,
        from_file=from_file or EqualForm(formdata=None),
        found=found,
        proposals=likeliest_first(found.proposals, meaning_here(KeptVectors(store()))),
        decided=series.decided(store(), event_id)[::-1],
        names={person.id: person.name for person in people},
        shown_names=_SHOWN_NAMES,
        kinds=kinds,
        merged=merged,
        chosen=chosen,
        label={line.name: translated(line.label) for line in FIELDS},
    )


def _saved(count: int) -> str:
    return ngettext(
        "%(num)s decision saved. It counts from the next plan on.",
        "%(num)s decisions saved. They count from the next plan on.",
        count,
    )


def _review(event_id: str) -> Review:
    return review(store().coming(event_id), _equals(event_id))


def _equals(event_id: str) -> Equals:
    return series.equals_of(store(), event_id)


def _has(held: Held, kind: str, text: str) -> bool:
    return held.kind == kind and text in held.texts
