"""The form that says how an attendee file is to be read: and what its answers mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from events.errors import EventsError
from events.importer import Column, Options
from events.importer.separators import SPLITS

__all__ = ["chosen_options"]

_Columns = Callable[[Options], Sequence[Column]]


def chosen_options(form: MultiDict[str, str], before: Options, columns_read: _Columns) -> Options:
    """Return the options of the submitted form; what was left alone is found out again.

    Parameters
    ----------
    before
        Those that the form was made for.
    columns_read
        The columns of the file as read with some options.
    """
    header_row = form.get("header_row", "")
    options = Options(
        encoding=form.get("encoding") or before.encoding,
        sheet=form.get("sheet") or None,
        header_row=int(header_row) if header_row.isdecimal() else None,
        keep_set_aside=frozenset(form.getlist("keep")),
        printed=frozenset(form.getlist("printed")),
        guests=form.get("guests", "").strip(),
    )
    names = form.get("names", "").strip()
    if names:
        return replace(options, mapping={"name": (names,)})
    options = replace(options, mapping=_mapping(form, options, before.mapping, columns_read))
    return replace(options, splits=_splits(form, options, columns_read))


def _splits(form: Mapping[str, str], options: Options, columns_read: _Columns) -> dict[str, str]:
    """Return header → mark where one was chosen for a column that holds several answers."""
    try:
        columns = columns_read(options)
    except EventsError:
        return {}
    return {
        column.header: SPLITS[said]
        for column in columns
        if form.get(f"header-{column.index}") == column.header
        and (said := form.get(f"split-{column.index}", "")) in SPLITS
        and column.can_be_list
    }


def _mapping(
    form: Mapping[str, str], options: Options, before: Mapping[str, Any], columns_read: _Columns
) -> dict[str, Any]:
    """Return field → headers for every column that is to be read otherwise than it would be.

    What the form says of a column counts only while the column is still the same: another sheet or
    header row has other columns, and options that cannot be have none.

    Parameters
    ----------
    before
        Choices to start from where the file cannot be read without any.
    """
    for start in ({}, before):
        try:
            columns = columns_read(replace(options, mapping=start))
        except EventsError:
            continue
        return _changed(form, columns, start)
    return {}


def _changed(
    form: Mapping[str, str], columns: Iterable[Column], start: Mapping[str, Any]
) -> dict[str, Any]:
    found: dict[str, list[str]] = {field: list(headers) for field, headers in start.items()}
    for column in columns:
        same = form.get(f"header-{column.index}") == column.header
        wanted = form.get(f"column-{column.index}", "")
        if same and wanted and wanted != (column.field or "ignore"):
            for headers in found.values():
                headers[:] = [header for header in headers if header != column.header]
            found.setdefault(wanted, []).append(column.header)
    return {field: tuple(headers) for field, headers in found.items() if headers}
