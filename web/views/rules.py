"""The rules of an event in sentences: said, taken out, put back; and where each one stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from events import runs, sentences
from events.errors import Conflict
from events.forecast import Forecast
from events.model import Attendee, Event
from events.rules import (
    SENTENCES,
    Register,
    RuleMistakes,
    RulesFound,
    Sentence,
    SentenceKind,
    Told,
    Topic,
    called,
    plain,
    standing,
    tell,
    write_toml,
)
from web.database import store
from web.downloads import download
from web.foreseen import forecast_of
from web.forms import RulesForm
from web.kept import kept
from web.languages import translated
from web.leaves import leaf_asked_for
from web.rule_form import RuleForm, filled, pieces
from web.rule_places import in_words as place_of
from web.rule_places import whose
from web.words import RULES_EXAMPLE, TOPIC

__all__ = ["pages"]

pages = Blueprint("rules", __name__, url_prefix="/events/<event_id>/rules")

_OFFERED = 12
_PER_PAGE = 100
_TAKEN_OUT = 10
_SWITCHES = ("meet_same_organization", "meet_again")
_KINDS = {kind.name: kind for kind in SENTENCES}


@pages.get("/")
@kept
def index(event_id: str) -> ResponseReturnValue:
    """Show all rules, and the form of one more."""
    return _page(event_id, _empty(_kind(request.args.get("say", SENTENCES[0].name))))


@pages.post("/")
def say(event_id: str) -> ResponseReturnValue:
    """Keep one more rule, or ask whom it means."""
    event, kind = store().event(event_id), _kind(request.form.get("kind", ""))
    form, sentence = filled(kind, request.form, Register(store().coming(event_id)))
    if form.is_wrong:
        return _page(event_id, form)
    since = runs.pairings_in_use(store(), event_id)
    try:
        said, replaced = sentences.say(store(), event_id, sentence, since=since)
    except sentences.Refused as refused:
        return _page(event_id, form.refused(refused))
    names = _names(event_id)
    flash(_("From the next plan on: %(rule)s", rule=_plainly(said.told, names)), "success")
    for each in replaced:
        flash(_("This holds no longer: %(rule)s", rule=_plainly(each.told, names)), "success")
    return redirect(url_for(".index", event_id=event.id, say=kind.name))


@pages.post("/<int:number>/out")
def take_out(event_id: str, number: int) -> ResponseReturnValue:
    """Let a rule hold no longer."""
    gone = sentences.take_out(store(), event_id, number)
    rule = _plainly(gone.told, _names(event_id))
    flash(_("Taken out: %(rule)s You can put it back below.", rule=rule), "success")
    return redirect(url_for(".index", event_id=event_id))


@pages.post("/<int:number>/back")
def put_back(event_id: str, number: int) -> ResponseReturnValue:
    """Let a rule hold again."""
    back = sentences.put_back(store(), event_id, number)
    rule = _plainly(back.told, _names(event_id))
    flash(_("From the next plan on: %(rule)s", rule=rule), "success")
    return redirect(url_for(".index", event_id=event_id))


@pages.post("/switch")
def switch(event_id: str) -> ResponseReturnValue:
    """Lift a rule that holds by default, or let it hold again."""
    name, event = request.form.get("name", ""), store().event(event_id)
    if name not in _SWITCHES:
        abort(404)
    settings = replace(event.settings, **{name: request.form.get("lift") == "yes"})
    store().save_event(replace(event, settings=settings))
    flash(_("Saved for the next plan."), "success")
    return redirect(url_for(".index", event_id=event_id))


@pages.post("/file")
def save_file(event_id: str) -> ResponseReturnValue:
    """Keep the RULES.toml of the event."""
    event, form = store().event(event_id), RulesForm()
    if form.validate_on_submit():
        changed = replace(event, rules=form.rules.data, version=form.version.data or 0)
        problem = forecast_of(changed, store().coming(event_id)).problem
        if isinstance(problem, RuleMistakes):
            form.refuse(translated(problem))
        else:
            try:
                store().save_event(changed)
            except Conflict:
                form.version.data = event.version
                form.form_errors.append(
                    _(
                        "Somebody else changed this event in the meantime. Nothing of yours is "
                        "lost. Save again to use what stands here."
                    )
                )
            else:
                flash(_("Saved for the next plan."), "success")
                return redirect(url_for(".index", event_id=event_id))
    return _page(event_id, _empty(SENTENCES[0]), form)


@pages.get("/RULES.toml")
def file(event_id: str) -> ResponseReturnValue:
    """Hand out the rules that were added here as a file that `--rules` reads."""
    store().event(event_id)
    text = write_toml(sentences.sentences(store(), event_id))
    return download(text.encode(), "RULES.toml", "application/toml")


@pages.get("/people")
def offered(event_id: str) -> ResponseReturnValue:
    """Offer people whose name begins as somebody types, as a piece of a page."""
    register = Register(store().coming(event_id))
    found = register.like(request.args.get("q", ""), _OFFERED)
    return render_template("_people_offered.html", people=found, register=register)


def _page(event_id: str, form: RuleForm, from_file: RulesForm | None = None) -> str:
    event, stored = store().event(event_id), store().attendees(event_id)
    everybody = [each.attendee for each in stored if not each.archived]
    names = {each.attendee.id: each.attendee.name for each in stored}
    forecast = forecast_of(event, everybody)
    said = sentences.sentences(store(), event_id)
    if from_file is None:
        from_file = RulesForm(formdata=None, rules=event.rules, version=event.version)
    return render_template(
        "rules.html",
        event=event,
        form=form,
        pieces=list(pieces(translated(form.kind.says))),
        topics=[(TOPIC[topic], [*kinds]) for topic, kinds in groupby(SENTENCES, _topic)],
        offered=everybody[:_OFFERED],
        register=Register(everybody),
        cohorts=_cohorts(everybody, said),
        forecast=forecast,
        shown=_with_dots,
        standing=_standing(forecast, event),
        said=[(each, _in_words(each.told, names)) for each in said],
        coming={person.id for person in everybody},
        problems=_problems(forecast),
        gone=[
            (each, _in_words(each.told, names))
            for each in sentences.taken_out(store(), event_id)[:_TAKEN_OUT]
        ],
        from_file=from_file,
        rules_example=RULES_EXAMPLE,
        **_elsewhere(forecast, names, {each.attendee.id: each.number for each in stored}),
    )


def _elsewhere(
    forecast: Forecast, names: Mapping[str, str], numbers: Mapping[str, int]
) -> dict[str, Any]:
    """Return a leaf of the rules that stand elsewhere, of those that fit what is looked for.

    Each in words, with its place, and the number of the person in whose form it can be changed.
    """
    query = request.args.get("q", "").strip()
    told = tell(forecast.rules) if forecast.rules else ()
    others = [each for each in told if not each.source.startswith("app, ")]
    wanted = query.casefold()
    found = [each for each in others if not wanted or wanted in _plainly(each, names).casefold()]
    leaf, leaves = leaf_asked_for(len(found), _PER_PAGE)
    shown = found[(leaf - 1) * _PER_PAGE : leaf * _PER_PAGE]
    return {
        "query": query,
        "count": len(others),
        "leaf": leaf,
        "leaves": leaves,
        "others": [
            (_in_words(each, names), place_of(each.source), numbers.get(whose(each.source) or ""))
            for each in shown
        ],
    }


def _standing(forecast: Forecast, event: Event) -> list[tuple[str, str, bool, str]]:
    """Return what holds by default: name of its switch, words, whether it is lifted, and source."""
    rules = standing(forecast.rules or RulesFound(), event.settings)
    return [
        (name, translated(told.says), getattr(forecast.settings, name), told.source)
        for name, told in zip(_SWITCHES, rules, strict=True)
    ]


def _problems(forecast: Forecast) -> Mapping[int, Sequence[str]]:
    """Return what is wrong with rules of the app, by number."""
    return forecast.problem.rules if isinstance(forecast.problem, RuleMistakes) else {}


def _cohorts(everybody: Sequence[Attendee], said: Sequence[Sentence]) -> list[str]:
    """Return the cohorts that anybody belongs to, in one way of typing each."""
    typed = [name for each in everybody for text in each.cohort for name in text.split(";")]
    typed += [each.blanks["cohort"] for each in said if each.kind == "member"]
    return sorted({plain(name): name.strip() for name in typed if name.strip()}.values())


def _plainly(told: Told, names: Mapping[str, str]) -> str:
    return replace(told, says=translated(told.says)).words(names)


def _in_words(told: Told, names: Mapping[str, str]) -> Markup:
    """Return a rule in the language of the page, each name in its own direction of writing."""
    people = {gap: Markup("<bdi>%s</bdi>") % called(ids, names) for gap, ids in told.people.items()}
    return Markup(translated(told.says)) % {**told.gaps, **people}  # noqa: S704 - our own sentence


def _names(event_id: str) -> dict[str, str]:
    return {each.attendee.id: each.attendee.name for each in store().attendees(event_id)}


def _kind(name: str) -> SentenceKind:
    return _KINDS.get(name) or abort(404)


def _with_dots(kind: SentenceKind) -> str:
    """Return a sentence with dots in its gaps."""
    return (translated(kind.says) % dict.fromkeys(kind.blanks, "…")).replace("….", "…")


def _topic(kind: SentenceKind) -> Topic:
    return kind.topic


def _empty(kind: SentenceKind) -> RuleForm:
    return filled(kind, {}, Register(()))[0]
