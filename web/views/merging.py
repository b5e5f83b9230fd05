"""Two entries of the list that are one person: found, compared, made one, taken apart again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.errors import Conflict, EventsError, NotFound, UnusableOption
from events.following import about_both
from events.merging import Take, choices, keeper_of, merge, merged_into, undo_merge
from events.model import Attendee, StoredAttendee
from events.records import options_from_json
from events.rules import Register, Sentence
from events.splitting import Behind, join_again, read_behind, split
from web.database import store, understood_upload
from web.kept import kept
from web.languages import translated
from web.version_field import sent_number

__all__ = ["pages", "person_here"]

pages = Blueprint("merging", __name__, url_prefix="/events/<event_id>/people/<int:number>")

_OFFERED = 12


def person_here(event_id: str, number: int) -> StoredAttendee:
    """Return somebody of the list; whoever was merged into another person leads to that one."""
    entry = store().attendee(event_id, number)
    if entry.merged_into is not None:
        kept = keeper_of(store(), event_id, entry)
        if request.method == "POST":
            flash(_not_saved(entry, kept), "danger")
        abort(redirect(url_for("people.edit", event_id=event_id, number=kept.number)))
    return entry


@pages.get("/same")
@kept
def same(event_id: str, number: int) -> ResponseReturnValue:
    """Ask whom somebody is the same person as; then show both, part by part."""
    entry = person_here(event_id, number)
    asked = request.args.get("who", "").strip()
    others = [one for one in store().attendees(event_id) if one.number != number]
    register = Register([one.attendee for one in others])
    meant = {one.id for one in register.called(asked)}
    found = [one for one in others if one.attendee.id in meant]
    if len(found) == 1:
        return _compare(event_id, entry, found[0])
    return render_template(
        "person_same_as.html",
        event=store().event(event_id),
        kept=entry,
        asked=asked,
        found=found,
        offered=_likely(entry.attendee, register),
        register=register,
    )


@pages.post("/same")
def unite(event_id: str, number: int) -> ResponseReturnValue:
    """Make the two one person."""
    kept = person_here(event_id, number)
    other = person_here(event_id, request.form.get("other", 0, sent_number))
    try:
        takes = {
            name.removeprefix("take-"): Take(value)
            for name, value in request.form.items()
            if name.startswith("take-")
        }
    except ValueError:
        abort(400)
    try:
        one = merge(
            *(store(), event_id),
            replace(kept, version=request.form.get("kept_version", 0, sent_number)),
            replace(other, version=request.form.get("other_version", 0, sent_number)),
            takes,
        )
    except Conflict:
        flash(
            _(
                "Somebody else changed one of the two in the meantime. Nothing was done. "
                "This is how they stand now."
            ),
            "danger",
        )
        return _compare(event_id, kept, other, takes)
    except UnusableOption as problem:
        flash(translated(problem), "danger")
        return redirect(url_for(".same", event_id=event_id, number=number))
    flash(
        _(
            "%(other)s is now the same person as %(kept)s. You can take it back below.",
            other=other.attendee.name,
            kept=one.attendee.name,
        ),
        "success",
    )
    return redirect(url_for("people.edit", event_id=event_id, number=number))


@pages.post("/apart")
def apart(event_id: str, number: int) -> ResponseReturnValue:
    """Take the last merge into somebody back."""
    try:
        again = undo_merge(store(), event_id, number, request.form.get("other", 0, sent_number))
    except NotFound as problem:
        flash(translated(problem), "danger")
    else:
        flash(_("%(name)s is in the list again.", name=again.attendee.name), "success")
    return redirect(url_for("people.edit", event_id=event_id, number=number))


@pages.get("/rows")
def rows(event_id: str, number: int) -> ResponseReturnValue:
    """Show the rows of the files behind somebody, to make two people of several."""
    entry = person_here(event_id, number)
    return render_template(
        "person_rows.html",
        event=store().event(event_id),
        stored=entry,
        own=_behind(event_id, entry),
        others=[(each, _behind(event_id, each)) for each in merged_into(store(), event_id, number)],
    )


@pages.post("/rows")
def divide(event_id: str, number: int) -> ResponseReturnValue:
    """Make somebody else of the chosen rows."""
    entry = person_here(event_id, number)
    seen = replace(entry, version=request.form.get("version", 0, sent_number))
    try:
        added = split(store(), event_id, seen, request.form.getlist("row", int))
    except (Conflict, UnusableOption) as problem:
        flash(translated(problem), "danger")
        return redirect(url_for(".rows", event_id=event_id, number=number))
    flash(_("This is the second person. Change what differs, the name above all."), "success")
    return redirect(url_for("people.edit", event_id=event_id, number=added.number))


@pages.post("/join")
def join(event_id: str, number: int) -> ResponseReturnValue:
    """Take the last split of somebody back."""
    try:
        one = join_again(store(), event_id, number, request.form.get("other", 0, sent_number))
    except NotFound as problem:
        flash(translated(problem), "danger")
    else:
        flash(_("%(name)s is one person again.", name=one.attendee.name), "success")
    return redirect(url_for("people.edit", event_id=event_id, number=number))


def _behind(event_id: str, entry: StoredAttendee) -> Behind | None:
    """Return the rows behind an entry; None where there is no file any more that can be read."""
    if entry.upload is None:
        return None
    upload = store().upload(event_id, entry.upload)
    try:
        return read_behind(understood_upload(upload, options_from_json(upload.options)), entry)
    except EventsError:
        return None


def _compare(
    event_id: str,
    kept: StoredAttendee,
    other: StoredAttendee,
    takes: dict[str, Take] | None = None,
) -> ResponseReturnValue:
    names = {one.attendee.id: one.attendee.name for one in store().attendees(event_id)}
    between = about_both(store(), event_id, kept.attendee, other.attendee)
    return render_template(
        "person_same.html",
        event=store().event(event_id),
        kept=kept,
        other=other,
        choices=choices(kept, other),
        takes=takes or {},
        between=[_plainly(each, names) for each in between],
    )


def _likely(person: Attendee, register: Register) -> list[Attendee]:
    """Return whom somebody may be: the same name first, then names with the same words."""
    alike = register.like(person.family_name or person.name, _OFFERED)
    return list({one.id: one for one in (*register.called(person.name), *alike)}.values())


def _plainly(rule: Sentence, names: Mapping[str, str]) -> str:
    told = rule.told
    return replace(told, says=translated(told.says)).words(names)


def _not_saved(entry: StoredAttendee, kept: StoredAttendee) -> str:
    return _(
        "Nothing was saved: %(other)s is the same person as %(kept)s by now.",
        other=entry.attendee.name,
        kept=kept.attendee.name,
    )
