"""Attendee files: upload, see what was understood, correct it, import.

Until Import is pressed nothing is written but the file itself and how it is to be read.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from events.affected import affected_cards
from events.cells import read_csv, rewrite_csv
from events.equal_values import review
from events.erased import erased_from
from events.errors import EventsError, UnusableOption
from events.importer import Column, Import, Options, Reason
from events.importer.separators import SPLITS, split
from events.importer.targets import TARGETS
from events.list_files import list_files
from events.model import RULE_COLUMNS, Event, Severity, Upload, by_kind
from events.records import options_from_json, options_to_json
from events.reimport import compare, import_people
from events.remembered import read_like_before
from events.series import equals_of
from events.undo_import import Undone, undo_import
from matcher.fields import FIELDS, Visibility
from web.consent import consent_of
from web.database import forget_plans, store, understood_upload
from web.downloads import download
from web.encodings import ENCODINGS
from web.forms import PasteForm, UploadForm
from web.kept import kept
from web.languages import ngettext, translated
from web.reading_form import chosen_options
from web.words import for_page

__all__ = ["LABELS", "pages"]

pages = Blueprint("uploads", __name__, url_prefix="/events/<event_id>/uploads")

_SHOWN_PEOPLE = 12
_SPLITS = {
    "none": _l("not split"),
    "semicolon": _l("split at semicolons"),
    "comma": _l("split at commas"),
    "line": _l("split at line breaks"),
    "slash": _l("split at slashes"),
    "bar": _l("split at bars"),
    "tab": _l("split at tabs"),
}
_NOT_OF_PEOPLE = {
    "id": "Id of the person",
    "product_id": "Ticket or user number",
    "status": "Status: comes or not",
    "ticket": "Kind of ticket",
    "submitted": "Time of the answer",
    "checked_in": "Checked in",
    "consent": "Consent",
    "guests": "Number of guests",
    "quantity": "Number of tickets",
    "credentials": "Titles behind the name",
    "pronouns": "Pronouns",
    "pronunciation": "Pronunciation",
    "access": "Access and diet",
    "notes": "Notes",
    "ignore": "Not used",
}
LABELS = {line.name: line.label for line in FIELDS} | RULE_COLUMNS | _NOT_OF_PEOPLE
"""What a column can be read as, and how pages call it."""
_CAN_PRINT = {target.name for target in TARGETS if target.answer} - {
    line.name for line in FIELDS if line.visibility is Visibility.PRINT
}
"""Fields whose answers stand on cards only when the organizer says so."""


@pages.route("/new", methods=["GET", "POST"])
@kept
def new(event_id: str) -> ResponseReturnValue:
    """Take a file and keep it."""
    event = store().event(event_id)
    form = UploadForm()
    if form.validate_on_submit():
        file = form.file.data
        return _kept(event_id, file.filename, file.read())
    return _upload_page(event, form, PasteForm(formdata=None))


@pages.post("/paste")
def paste(event_id: str) -> ResponseReturnValue:
    """Take cells copied from a spreadsheet as if they were a file."""
    event = store().event(event_id)
    pasted = PasteForm()
    if pasted.validate_on_submit():
        return _kept(event_id, _("pasted cells"), pasted.cells.data.encode())
    return _upload_page(event, UploadForm(formdata=None), pasted)


def _upload_page(event: Event, form: UploadForm, pasted: PasteForm) -> str:
    return render_template(
        "upload.html", event=event, form=form, pasted=pasted, consent=consent_of(event)
    )


def _kept(event_id: str, name: str, content: bytes) -> ResponseReturnValue:
    """Keep a file and show it, read as the last one with such columns was."""
    added = store().add_upload(event_id, name, content)

    def understand(options: Options) -> Import:
        return understood_upload(added, options)

    upload, earlier = read_like_before(store(), added, content, understand)
    if earlier:
        said = [*map(translated, earlier.told), _("Change what differs below.")]
        flash(" ".join(said), "success")
    store().save_upload(upload)
    return redirect(url_for(".show", event_id=event_id, number=upload.number))


@pages.route("/<int:number>", methods=["GET", "POST"])
@kept
def show(event_id: str, number: int) -> ResponseReturnValue:
    """Show what was understood; POST changes how the file is read."""
    event, upload = store().event(event_id), store().upload(event_id, number)
    if request.method == "POST":
        before = options_from_json(upload.options)
        chosen = chosen_options(
            request.form, before, lambda said: understood_upload(upload, said).columns
        )
        store().save_upload(replace(upload, options=options_to_json(chosen)))
        return redirect(url_for(".show", event_id=event_id, number=number))
    try:
        understood = _read(upload)
    except EventsError as problem:
        return _unread(event, upload, problem)
    changes = compare(
        *(store().attendees(event_id, merged=True), understood.people),
        is_own=understood.is_own,
        erased=erased_from(store(), event_id),
    )
    return render_template(
        "upload_preview.html",
        event=event,
        upload=upload,
        understood=understood,
        changes=changes,
        affected=affected_cards(store(), event_id, changes),
        options=options_from_json(upload.options),
        notices=by_kind(n for n in understood.notices if n.severity is not Severity.SET_ASIDE),
        names_by_reason=_names_by_reason(understood),
        can_print=_CAN_PRINT,
        encodings=ENCODINGS,
        labels={name: translated(label) for name, label in LABELS.items()},
        splits=_SPLITS,
        split_at={mark: name for name, mark in SPLITS.items()},
        pieces={column.index: _pieces(column) for column in understood.columns},
        shown_people=_SHOWN_PEOPLE,
    )


@pages.get("/<int:number>/<any('notices.csv', 'set_aside.csv'):name>")
def remarks(event_id: str, number: int, name: str) -> ResponseReturnValue:
    """Hand out what is to be looked at, or the rows set aside, as a file for a spreadsheet."""
    understood = _read(store().upload(event_id, number))
    said = (replace(each, remedy=for_page(each.remedy)) for each in understood.notices)
    content = list_files(replace(understood, notices=tuple(said)))[name]
    return download(rewrite_csv(read_csv(content), excel=True), name, "text/csv")


@pages.post("/<int:number>/import")
def take(event_id: str, number: int) -> ResponseReturnValue:
    """Bring the people into the event."""
    upload = store().upload(event_id, number)
    understood = _read(upload)
    try:
        changes = import_people(
            store(),
            upload,
            understood.people,
            archive_gone="archive_gone" in request.form,
            is_own=understood.is_own,
            overruled=_overruled(),
            answers=_answers(),
            brought_back=request.form.getlist("bring_back"),
        )
    except UnusableOption as problem:
        flash(translated(problem), "danger")
        return redirect(url_for(".show", event_id=event_id, number=number))
    said = [ngettext("%(num)s person added", "%(num)s people added", len(changes.added))]
    if changes.changed:
        said.append(ngettext("%(num)s changed", "%(num)s changed", len(changes.changed)))
    if changes.unchanged:
        said.append(ngettext("%(num)s as before", "%(num)s as before", len(changes.unchanged)))
    flash(f"{', '.join(said)}.{_perhaps_same(event_id)}", "success")
    return redirect(url_for("people.index", event_id=event_id))


def _overruled() -> frozenset[tuple[int, str]]:
    """Return the fields, by record, in which the file shall win over what was typed."""
    marked = (value.partition(":") for value in request.form.getlist("overrule"))
    return frozenset((int(number), name) for number, _, name in marked if number.isdecimal())


def _answers() -> dict[str, int | None]:
    """Return who those in doubt are: id in the file to number of the record, None for new."""
    said = {
        name.removeprefix("same-"): value
        for name, value in request.form.items()
        if name.startswith("same-")
    }
    return {who: int(value) if value.isdecimal() else None for who, value in said.items()}


def _perhaps_same(event_id: str) -> str:
    count = len(review(store().coming(event_id), equals_of(store(), event_id)).proposals)
    if not count:
        return ""
    return " " + ngettext(
        "%(num)s answer may mean the same as another: see “Same or different?”.",
        "%(num)s answers may mean the same as others: see “Same or different?”.",
        count,
    )


@pages.post("/undo")
def undo(event_id: str) -> ResponseReturnValue:
    """Take the latest import back."""
    undone = undo_import(store(), event_id)
    said = [_("The import of “%(name)s” is taken back", name=undone.upload.name)]
    if undone.removed:
        said.append(ngettext("%(num)s person removed", "%(num)s people removed", undone.removed))
    if undone.restored:
        said.append(
            ngettext("%(num)s person as before", "%(num)s people as before", undone.restored)
        )
    flash(f"{', '.join(said)}.{_kept_in_words(undone)}", "success")
    return redirect(url_for("people.index", event_id=event_id))


def _kept_in_words(undone: Undone) -> str:
    if not undone.kept:
        return ""
    names = "; ".join(undone.kept)
    return " " + _("Edited since, therefore left as they are now: %(names)s.", names=names)


@pages.post("/<int:number>/discard")
def discard(event_id: str, number: int) -> ResponseReturnValue:
    """Forget a file that was not imported."""
    upload = store().upload(event_id, number)
    store().discard_upload(event_id, number)
    forget_plans()
    flash(_("“%(name)s” was put away. Nothing was imported.", name=upload.name), "success")
    return redirect(url_for("people.index", event_id=event_id))


def _unread(event: Event, upload: Upload, problem: EventsError) -> ResponseReturnValue:
    return render_template(
        "upload_unread.html",
        event=event,
        upload=upload,
        problem=for_page(problem),
        options=options_from_json(upload.options),
        encodings=ENCODINGS,
    )


def _read(upload: Upload) -> Import:
    return understood_upload(upload, options_from_json(upload.options))


def _pieces(column: Column) -> tuple[str, ...]:
    """Return the answers in the sample of a column that holds most of them, to be looked at."""
    if not column.is_list:
        return ()
    return max(
        (split(s, column.separator, column.options) for s in column.samples), key=len, default=()
    )


def _names_by_reason(understood: Import) -> dict[Reason, list[str]]:
    """Return who was set aside for each reason, by name or row."""
    names: dict[Reason, list[str]] = {}
    for entry in understood.set_aside:
        names.setdefault(entry.reason, []).append(entry.name or _("row %(row)s", row=entry.row))
    return {
        reason: [*found[:20], *(["…"] if found[20:] else [])] for reason, found in names.items()
    }
