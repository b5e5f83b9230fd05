"""Seedbed's own list, `attendees.csv`: everything known of people, written and read back exactly.

The importer knows such a file by its header. What stands in it was understood once already, so
nothing is repaired, guessed or taken for empty. The file holds what no card may say: keep it as
carefully as the list itself, and write it only when asked to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.fields import FIELDS, Visibility

from .cells import join, split, unguard, write_csv
from .model import RULE_COLUMNS, Answer, Attendee, Notice
from .people import by_surname

__all__ = ["ARCHIVED", "ATTENDEE_COLUMNS", "ListedPerson", "read_listed", "write_attendees"]

_TEXTS = ("id", "name", "given_name", "family_name", "email", "typed_name", "credentials")
_FIELDS = {entry.name: entry for entry in FIELDS if entry.name not in _TEXTS}
ATTENDEE_COLUMNS = (*_TEXTS, *_FIELDS, *RULE_COLUMNS, "visibility", "status", "source_row")
"""Columns of the file; new ones are added at the end."""
ARCHIVED, _COMING = "archived", "coming"


@dataclass(frozen=True)
class ListedPerson:
    """One row of the file.

    Parameters
    ----------
    attendee
        As written; the id may be empty in a row that somebody added.
    archived
        Whether the person is kept but not coming.
    notices
        What could not be read, without row numbers.
    """

    attendee: Attendee
    archived: bool
    notices: tuple[Notice, ...] = ()


def write_attendees(people: Iterable[Attendee], archived: Collection[str] = ()) -> bytes:
    """Return the list as CSV, by surname, given name and id.

    Parameters
    ----------
    archived
        Ids of those who are kept but not coming.

    Examples
    --------
    >>> content = write_attendees([Attendee(id="ana", name="Ana")])
    >>> content.splitlines()[1].startswith(b'"ana","Ana","","",')
    True
    """
    rows = (tuple(_row(person, person.id in archived)) for person in sorted(people, key=by_surname))
    return write_csv(ATTENDEE_COLUMNS, rows)


def read_listed(cells: Sequence[str]) -> ListedPerson:
    """Return what one row says; cells as decoded, missing ones at the end are empty.

    The inverse of a row of `write_attendees`, for any text.
    """
    padded = (*map(unguard, cells), *[""] * len(ATTENDEE_COLUMNS))
    row = dict(zip(ATTENDEE_COLUMNS, padded, strict=False))
    seen, notices = _visibilities(row["visibility"])
    texts: dict[str, Any] = {name: row[name] for name in _TEXTS}
    rules: dict[str, Any] = {name: split(row[name]) for name in RULE_COLUMNS}
    attendee = Attendee(
        **texts,
        **rules,
        answers=tuple(
            Answer(field=name, texts=said, visibility=seen.get(name, entry.visibility))
            for name, entry in _FIELDS.items()
            if (said := split(row[name]))
        ),
        source_row=int(row["source_row"]) if row["source_row"].isdecimal() else None,
    )
    return ListedPerson(attendee, row["status"].strip().casefold() == ARCHIVED, tuple(notices))


def _row(person: Attendee, archived: bool) -> Iterator[object]:
    said = {answer.field: answer for answer in person.answers}
    yield from (getattr(person, name) for name in _TEXTS)
    yield from (join(said[name].texts) if name in said else "" for name in _FIELDS)
    yield from (join(getattr(person, name)) for name in RULE_COLUMNS)
    yield "; ".join(f"{name}={said[name].visibility}" for name in _FIELDS if name in said)
    yield ARCHIVED if archived else _COMING
    yield "" if person.source_row is None else person.source_row


def _visibilities(cell: str) -> tuple[Mapping[str, Visibility], list[Notice]]:
    """Return who may see which answer; what cannot be read stays on the organizer's screens."""
    seen: dict[str, Visibility] = {}
    notices = []
    for entry in split(cell):
        name, _, word = (part.strip() for part in entry.partition("="))
        known = name in _FIELDS and word in set(Visibility)
        if name in _FIELDS:
            seen[name] = Visibility(word) if known else Visibility.ORGANIZER
        if not known:
            words = ", ".join(Visibility)
            notices.append(
                Notice(
                    column="visibility",
                    value=entry,
                    problem="does not say who may see which answer; it is kept to you alone.",
                    remedy=f"Write FIELD=WORD, such as need=print. The words are {words}.",
                )
            )
    return seen, notices
