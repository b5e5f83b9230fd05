"""The people of an event: list, add, edit, archive."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from events.erase import erase_person, footprint
from events.errors import Conflict
from events.listing import FILTERS, ORDERS, Listing, find_people
from events.merging import last_merge, merged_into
from events.model import Attendee, StoredAttendee
from events.people import new_id, thin
from events.splitting import last_split
from events.undo_import import last_import
from web.database import forget_plans, store
from web.kept import forget_pages, kept
from web.person_form import SECTIONS, PersonForm, shown_value
from web.views.merging import person_here

__all__ = ["pages"]

pages = Blueprint("people", __name__, url_prefix="/events/<event_id>")

_PER_PAGE = 100
_ORDERS = {
    "name": _l("by surname"),
    "organization": _l("by organization"),
    "least": _l("who told least first"),
    "newest": _l("newest first"),
}
_FILTERS = {
    "all": _l("Everybody"),
    "thin": _l("Told little"),
    "asks": _l("Ask for nothing"),
    "offers": _l("Offer nothing"),
    "archived": _l("Archived"),
}


@dataclass(frozen=True, kw_only=True)
class _Page:
    """One page of a list of people, as the address asks for it; what it says wrongly is ignored."""

    listing: Listing
    shown: tuple[StoredAttendee, ...]
    query: str
    order: str
    show: str
    cohort: str
    number: int
    last: int


@pages.get("/")
@kept
def index(event_id: str) -> ResponseReturnValue:
    """List the people."""
    event = store().event(event_id)
    page = _page(store().attendees(event_id))
    return render_template(
        "people.html",
        event=event,
        page=page,
        addresses=[e.attendee.email for e in page.listing.found if e.attendee.email],
        orders=_ORDERS,
        filters=_FILTERS,
        uploads=store().uploads(event_id),
        last_import=last_import(store(), event_id),
        is_thin=thin,
    )


@pages.route("/people/new", methods=["GET", "POST"])
@kept
def new(event_id: str) -> ResponseReturnValue:
    """Add somebody by form."""
    event = store().event(event_id)
    form = PersonForm(event.settings.language)
    if form.validate_on_submit():
        typed = form.person(Attendee(id="new", name=form.name.data))
        with store().writing():
            taken = {entry.attendee.id for entry in store().attendees(event_id, merged=True)}
            person = replace(typed, id=new_id(typed, taken), typed_name=typed.name)
            store().add_attendee(event_id, person)
        flash(_("%(name)s is in the list.", name=person.name), "success")
        then = "people.new" if "another" in request.form else "people.index"
        return redirect(url_for(then, event_id=event_id))
    return render_template(
        "person.html",
        event=event,
        form=form,
        stored=None,
        sections=SECTIONS,
        theirs=None,
        merged=(),
        undoable=None,
        second=None,
    )


@pages.route("/people/<int:number>", methods=["GET", "POST"])
@kept
def edit(event_id: str, number: int) -> ResponseReturnValue:
    """Change somebody by form."""
    event = store().event(event_id)
    stored = person_here(event_id, number)
    form = PersonForm(event.settings.language, version=stored.version)
    if not form.is_submitted():
        form.fill(stored.attendee)
    theirs: list[tuple[str, str]] | None = None
    if form.validate_on_submit():
        typed = form.person(stored.attendee)
        changed = replace(stored, attendee=typed, version=form.version.data or 0)
        try:
            store().save_attendee(event_id, changed)
        except Conflict:
            theirs = _differences(stored, typed, event.settings.language)
            form.version.data = stored.version
        else:
            flash(_("%(name)s is saved.", name=typed.name), "success")
            return redirect(url_for("people.index", event_id=event_id))
    return render_template(
        "person.html",
        event=event,
        form=form,
        stored=stored,
        sections=SECTIONS,
        theirs=theirs,
        merged=merged_into(store(), event_id, number),
        undoable=last_merge(store(), event_id, number),
        second=last_split(store(), event_id, number),
    )


@pages.post("/people/<int:number>/archive")
def archive(event_id: str, number: int) -> ResponseReturnValue:
    """Leave somebody out of new plans; nothing of them is lost."""
    return _set_archived(
        event_id, number, True, _l("%(name)s is archived and left out of new plans.")
    )


@pages.post("/people/<int:number>/restore")
def restore(event_id: str, number: int) -> ResponseReturnValue:
    """Take somebody back from the archive."""
    return _set_archived(event_id, number, False, _l("%(name)s is back in the list."))


@pages.route("/people/<int:number>/erase", methods=["GET", "POST"])
def erase(event_id: str, number: int) -> ResponseReturnValue:
    """Say where somebody stands; erase them there when confirmed, with a receipt."""
    event, number = store().event(event_id), person_here(event_id, number).number
    if request.method == "POST":
        receipt = erase_person(store(), event_id, number)
        forget_plans()
        forget_pages()
        return render_template("person_erased.html", event=event, receipt=receipt)
    found = footprint(store(), event_id, number)
    return render_template("person_erase.html", event=event, found=found, stored=found.person)


def _set_archived(
    event_id: str, number: int, archived: bool, words: LazyString
) -> ResponseReturnValue:
    stored = person_here(event_id, number)
    if stored.archived != archived:
        store().save_attendee(event_id, replace(stored, archived=archived))
    flash(words % {"name": stored.attendee.name}, "success")
    return redirect(url_for("people.index", event_id=event_id))


def _page(everybody: tuple[StoredAttendee, ...]) -> _Page:
    asked = request.args
    query, cohort = asked.get("q", "").strip(), asked.get("cohort", "")
    show = asked.get("show", "") if asked.get("show", "") in FILTERS else "all"
    order = asked.get("sort", "") if asked.get("sort", "") in ORDERS else "name"
    listing = find_people(everybody, show=show, cohort=cohort, query=query, order=order)
    last = max(1, math.ceil(len(listing.found) / _PER_PAGE))
    number = min(max(1, asked.get("page", 1, int)), last)
    return _Page(
        listing=listing,
        shown=listing.found[(number - 1) * _PER_PAGE : number * _PER_PAGE],
        query=query,
        order=order,
        show=show,
        cohort=cohort,
        number=number,
        last=last,
    )


def _differences(saved: StoredAttendee, typed: Attendee, language: str) -> list[tuple[str, str]]:
    """Return label and saved value of everything on the form that the two fill in differently."""
    theirs, ours = PersonForm(language, formdata=None), PersonForm(language, formdata=None)
    theirs.fill(saved.attendee)
    ours.fill(typed)
    found = [
        (there.label.text, shown_value(there) or _("(empty)"))
        for there, here in zip(theirs, ours, strict=True)
        if there.data != here.data
    ]
    return found + [(_("Archived"), _("yes"))] * saved.archived
