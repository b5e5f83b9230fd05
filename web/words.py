"""How pages say values: the words of templates, in one place."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date
from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from events.delete_date import is_due
from events.model import Notice, RunStatus
from events.rules import Topic
from matcher.canon import Because
from matcher.fields import Visibility
from matcher.questions import Formality
from matcher.settings import Odd
from web.cards import Order

from .languages import language, number, translated

__all__ = [
    "BECAUSE",
    "LANGUAGE",
    "ODD",
    "ORDER",
    "RULES_EXAMPLE",
    "STATUS",
    "TONE",
    "TOPIC",
    "VISIBILITY",
    "for_page",
    "percent",
    "teach",
]

VISIBILITY = {
    Visibility.PRINT: _l("May be on cards"),
    Visibility.MATCH: _l("Matching only"),
    Visibility.ORGANIZER: _l("Only you"),
    Visibility.OFF: _l("Not used"),
}
ODD = {
    Odd.TRIO: _l("Three people share one table"),
    Odd.SIT_OUT: _l("One person has a break, shared out fairly"),
    Odd.HOST: _l("A host meets the one who is left"),
}
TOPIC = {
    Topic.TWO: _l("Two people"),
    Topic.ONE: _l("One person"),
    Topic.COHORTS: _l("Cohorts"),
    Topic.TABLES: _l("Tables and rounds"),
    Topic.WEIGHTS: _l("What counts more or less"),
}
RULES_EXAMPLE = """\
[[pin]]                       # these two meet
people = ["Ana", "Ben"]
round = 2                     # leave out for any round

[[exclusion]]                 # these never do
people = ["Ana", "Cleo"]

[[availability]]
person = "Ben"
rounds = "1-3"                # or absent = [4]

[tables]
count = 12
features = { quiet = [1, 2] }

[[table]]
person = "Cleo"
tables = "quiet"

[welcome]                     # two cohorts that had better meet
newcomers = "newcomer"
hosts = "host"
"""
"""What the plan form shows of RULES.toml; every key stands in docs/reference.md."""

BECAUSE = {
    Because.INITIALISM: _l("The one is the initials of the other."),
    Because.TYPO: _l("They are a slip of typing apart."),
}
TONE = {
    "": _l("as is usual"),
    Formality.INFORMAL: _l("informally"),
    Formality.FORMAL: _l("formally"),
}
LANGUAGE = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}
ORDER = {
    Order.NAME: _l("by person"),
    Order.ROUND: _l("by round"),
    Order.TABLE: _l("by table"),
}
STATUS = {
    RunStatus.QUEUED: _l("starting"),
    RunStatus.RUNNING: _l("being made"),
    RunStatus.DONE: _l("done"),
    RunStatus.CANCELLED: _l("stopped"),
    RunStatus.INFEASIBLE: _l("rules in conflict"),
    RunStatus.FAILED: _l("not possible"),
    RunStatus.INTERRUPTED: _l("interrupted"),
}


def percent(share: float) -> str:
    """Return a share as a percentage that never rounds something up to nothing or to all.

    Examples
    --------
    >>> percent(0.9998), percent(0.5), percent(0), percent(1), percent(0.99999)
    ('99.98 %', '50 %', '0 %', '100 %', 'more than 99.99 %')
    """
    if 0 < share < 0.0001:
        return _("less than %(share)s %%", share=number(0.01, 2))
    if 0.9999 < share < 1:
        return _("more than %(share)s %%", share=number(99.99, 2))
    return _("%(share)s %%", share=number(share * 100, 2, keep_zeros=False))


def day(iso: str) -> str:
    """Return an ISO date as people write a day.

    Examples
    --------
    >>> day("2027-03-01"), day("")
    ('1 March 2027', '')
    """
    return format_date(date.fromisoformat(iso), "long", locale=_where()) if iso else ""


def moment(iso: str) -> str:
    """Return a time in UTC as day and time here, on the organizer's own computer."""
    here = datetime.fromisoformat(iso).astimezone()
    return f"{format_date(here, 'long', locale=_where())}, {here:%H:%M}"


def _where() -> str:
    """Return the locale of dates: English ones are written day first, as before."""
    return "en_GB" if language() == "en" else language()


_ON_THIS_PAGE = (
    ("--print", _l("Tick “on cards” below if people were told that others will read them.")),
    ("--keep-set-aside", _l("Tick the reason below to take such rows as people.")),
    ("--split", _l("Choose below where the answers are split, if they are several.")),
    ("--guests", _l("Say below what to call guests without a name to add them.")),
    ("--header-row", _l("Correct the row of the headers below.")),
    ("--map", _l("Choose below what the column is read as.")),
    ("--encoding", _l("Choose another text encoding below.")),
    ("--sheet", _l("Choose another worksheet below.")),
)
"""What to do in the browser where a remedy names an option of the command line."""


def for_page(remedy: str | Exception) -> str:
    """Return a remedy in the words of a page, in its language.

    Examples
    --------
    >>> for_page("Use --sheet 'Guests'."), for_page("Add a name.")
    ('Choose another worksheet below.', 'Add a name.')
    """
    found = (str(words) for option, words in _ON_THIS_PAGE if option in str(remedy))
    return next(found, translated(remedy))


def notice_line(notice: Notice) -> str:
    """Return a notice in the words of a page: where, what, how to fix."""
    row = [_("Row %(row)s", row=notice.row)] if notice.row else []
    where = ", ".join([*row, *([notice.column] if notice.column else [])])
    said = (f"{where}:" if where else "", f"'{notice.value}'" if notice.value else "")
    return " ".join(filter(None, (*said, translated(notice.problem), for_page(notice.remedy))))


def teach(app: Flask) -> None:
    """Give the words to all templates."""
    app.jinja_env.filters.update(percent=percent, day=day, moment=moment, notice=notice_line)
    app.jinja_env.tests.update(due=lambda event: is_due(event, date.today()))
    app.jinja_env.globals.update(STATUS=STATUS, VISIBILITY=VISIBILITY, ODD=ODD, BECAUSE=BECAUSE)
