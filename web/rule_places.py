"""Where a rule was written down, in the words of a page."""

from __future__ import annotations

import re

from flask_babel import gettext as _

from events.model import RULE_COLUMNS
from matcher.fields import field
from web.languages import translated

__all__ = ["in_words", "whose"]

_PLACE = re.compile(
    r"RULES\.toml, line (?P<line>\d+)|app, rule (?P<rule>\d+)|column (?P<whole>\w+)"
    r"|(?P<column>\w+) of (?P<id>.+), (?:row (?P<row>\d+)|form)"
)
"""The sources that `events.rules` gives rules of an event in the app."""


def in_words(source: str) -> str:
    """Return where a rule stands; a source may name several places.

    Parameters
    ----------
    source
        As `rules.csv` has it.
    """
    return "; ".join(map(_place, source.split("; ")))


def whose(source: str) -> str | None:
    """Return the id of the first person whose own entry a source is, None where it is none."""
    found = (_PLACE.fullmatch(place) for place in source.split("; "))
    return next((each["id"] for each in found if each and each["id"]), None)


def _place(source: str) -> str:
    found = _PLACE.fullmatch(source)
    if found is None:
        return source
    if found["line"]:
        return _("file below, line %(line)s", line=found["line"])
    if found["rule"]:
        return _("rule %(number)s", number=found["rule"])
    column = _label(found["whole"] or found["column"])
    if found["whole"]:
        return _("list and forms: %(column)s", column=column)
    if found["row"]:
        return _("row %(row)s of the list: %(column)s", row=found["row"], column=column)
    return _("form: %(column)s", column=column)


def _label(column: str) -> str:
    return translated(RULE_COLUMNS.get(column) or field(column).label)
