"""What a column can feed: the matcher's fields and what only an import needs.

One visible table. Names that people type (`--map needs=…`) are resolved here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from events.errors import UnusableOption
from matcher.fields import FIELDS, Purpose, Visibility

__all__ = ["MARKS", "TARGETS", "Expects", "Target", "target_called"]


class Expects(StrEnum):
    """What the cells of a column must look like to feed a target."""

    NAME = "name"
    EMAIL = "email"
    TEXT = "text"
    ROLE = "role"
    NUMBER = "number"
    DATE = "date"
    STATUS = "status"
    ANYTHING = "anything"


@dataclass(frozen=True, kw_only=True)
class Target:
    """One line of the table.

    Parameters
    ----------
    name
        Name of a field in `matcher.fields`, or of something only an import needs.
    expects
        See `Expects`.
    many
        Whether a cell may hold several values.
    columns
        Whether several columns may feed it.
    marks
        What may separate values in one cell, strongest first. Commas never do in companies and
        roles; a field that holds one answer keeps the cell whole whatever stands in it.
    answer
        Whether its values become `Answer`s of the attendee.
    visibility
        Default of its answers.
    """

    name: str
    expects: Expects
    many: bool = False
    columns: bool = False
    marks: tuple[str, ...] = ()
    answer: bool = False
    visibility: Visibility = Visibility.ORGANIZER


MARKS = (";", "；", "|", "\t", "•", "·", "<br>", " // ", " / ", "、", "\n", ",", "，")
"""What separates several answers in one cell, the least ambiguous first."""

_MARKS_OF_SINGLE = {"role": (";",), "organization": (";",), "city": (";",), "industry": (";",)}
_MARKS_OF_LISTS = {"lived": tuple(mark for mark in MARKS if mark not in (",", "，"))}
"""A comma may say where a place lies ("Paris, TX"): `matcher.canon` reads lists of places."""
_LIST_MARKS = (";", "|", "\n")
_NAMES = ("name", "given_name", "family_name")
_EXPECTED = dict.fromkeys(_NAMES, Expects.NAME) | {"email": Expects.EMAIL, "role": Expects.ROLE}

_OF_FIELDS = tuple(
    Target(
        name=entry.name,
        expects=_EXPECTED.get(entry.name, Expects.TEXT),
        many=entry.many,
        columns=entry.many,
        marks=_MARKS_OF_LISTS.get(entry.name, MARKS)
        if entry.many
        else _MARKS_OF_SINGLE.get(entry.name, ()),
        answer=entry.purpose is not Purpose.IDENTITY,
        visibility=entry.visibility,
    )
    for entry in FIELDS
)

# name, what cells look like, several values in a cell?, several columns?
_OF_IMPORTS: tuple[tuple[str, Expects, bool, bool], ...] = (
    ("id", Expects.ANYTHING, False, False),
    ("product_id", Expects.ANYTHING, False, False),
    ("status", Expects.STATUS, False, True),
    ("ticket", Expects.ANYTHING, False, False),
    ("submitted", Expects.DATE, False, False),
    ("checked_in", Expects.ANYTHING, False, False),
    ("consent", Expects.ANYTHING, False, True),
    ("guests", Expects.ANYTHING, False, False),
    ("quantity", Expects.NUMBER, False, False),
    ("not_with", Expects.ANYTHING, True, True),
    ("already_met", Expects.ANYTHING, True, True),
    ("cohort", Expects.ANYTHING, False, False),
    ("available", Expects.ANYTHING, False, False),
    ("quota", Expects.NUMBER, False, False),
    ("min_meetings", Expects.NUMBER, False, False),
    ("table", Expects.ANYTHING, False, False),
    ("pin", Expects.ANYTHING, True, False),
    ("wish", Expects.ANYTHING, True, True),
    ("rivals", Expects.ANYTHING, False, False),
    ("urgency", Expects.ANYTHING, False, False),
    ("credentials", Expects.TEXT, False, False),
    ("pronouns", Expects.TEXT, False, False),
    ("pronunciation", Expects.TEXT, False, False),
    ("access", Expects.TEXT, False, True),
    ("notes", Expects.ANYTHING, False, True),
    ("ignore", Expects.ANYTHING, False, True),
)

TARGETS: tuple[Target, ...] = _OF_FIELDS + tuple(
    Target(
        name=name, expects=expects, many=many, columns=columns, marks=_LIST_MARKS if many else ()
    )
    for name, expects, many, columns in _OF_IMPORTS
)
"""Every target, in the order in which answers are kept."""

_BY_NAME = {target.name: target for target in TARGETS}

_ALIASES = {
    "first_name": "given_name",
    "last_name": "family_name",
    "company": "organization",
    "tags": "interest",
    "hobbies": "hobby",
    "communities": "community",
    "industries": "industry",
    "cities": "city",
} | {f"{name}s": name for name in _BY_NAME}


def target_called(name: str) -> Target:
    """Return the target of this name; plurals and a few usual words are understood.

    Raises
    ------
    UnusableOption
        If there is none; the message lists the known ones.

    Examples
    --------
    >>> target_called("needs").name
    'need'
    """
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    found = _BY_NAME.get(wanted) or _BY_NAME.get(_ALIASES.get(wanted, ""))
    if found is None:
        raise UnusableOption(f"There is no field {name!r}. Known fields: {listed(_BY_NAME)}.")
    return found


def listed(names: Iterable[str]) -> str:
    """Return names as one sorted enumeration."""
    return ", ".join(sorted(names))
