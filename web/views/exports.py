"""People as files: the whole list for the organizer, and one person's data for that person."""

from __future__ import annotations

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from events import runs
from events.attendee_file import write_attendees
from events.bundles import as_workbook, as_zip
from events.cells import read_csv, rewrite_csv
from events.list_files import person_files
from events.merging import records_behind
from web.database import store
from web.downloads import XLSX, download

__all__ = ["pages"]

pages = Blueprint("exports", __name__, url_prefix="/events/<event_id>/export")

_DELIMITERS = {"attendees.csv": ",", "attendees-semicolon.csv": ";"}


@pages.get("/<form>")
def people(event_id: str, form: str) -> ResponseReturnValue:
    """Hand out the list, archived people too; CSV with the mark by which Excel knows UTF-8."""
    store().event(event_id)
    stored = store().attendees(event_id)
    content = write_attendees(
        (entry.attendee for entry in stored),
        archived={entry.attendee.id for entry in stored if entry.archived},
    )
    if form == "attendees.xlsx":
        return download(as_workbook({"attendees.csv": content}), form, XLSX)
    if form not in _DELIMITERS:
        abort(404)
    rows = read_csv(content)
    return download(rewrite_csv(rows, delimiter=_DELIMITERS[form], excel=True), form, "text/csv")


@pages.get("/people/<int:number>.zip")
def person(event_id: str, number: int) -> ResponseReturnValue:
    """Hand out what is known of one person, their introductions in every plan included."""
    found = store().attendee(event_id, number).attendee
    merged = [each.attendee for each in records_behind(store(), event_id, number)]
    plans = {
        f"plan-{run.number}": runs.result_files(store(), run)
        for run in runs.list_runs(store(), event_id)
        if run.has_plan
    }
    return download(as_zip(person_files(found, plans, merged)), "about-you.zip", "application/zip")
