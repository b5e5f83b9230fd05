"""How pages say values: the words of templates, in one place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from flask import Flask

from events.model import Notice, RunStatus
from matcher.canon import Because
from matcher.fields import Visibility
from matcher.questions import Formality
from matcher.settings import Odd
from web.cards import Order

__all__ = [
    "BECAUSE",
    "LANGUAGE",
    "ODD",
    "ORDER",
    "RULES_EXAMPLE",
    "STATUS",
    "TONE",
    "VISIBILITY",
    "WEIGHTS",
    "for_page",
    "percent",
    "plural",
    "teach",
]

VISIBILITY = {
    Visibility.PRINT: "May be on cards",
    Visibility.MATCH: "Matching only",
    Visibility.ORGANIZER: "Only you",
    Visibility.OFF: "Not used",
}
ODD = {
    Odd.TRIO: "Three people share one table",
    Odd.SIT_OUT: "One person has a break, shared out fairly",
    Odd.HOST: "A host meets the one who is left",
}
FAIRNESS = {
    0.0: "The greatest total, whoever gets it",
    0.5: "Balanced: a little less in total, more for those who get little",
    0.75: "Fair: clearly more for those who get little",
    1.0: "As even as can be: first those who get least",
}
WEIGHTS = {
    "30 45 15 10": "As research suggests: help first, then what people share",
    "45 30 15 10": "What people share, then help",
    "15 65 10 10": "Help above all",
    "25 30 35 10": "People from different circles",
    "20 30 10 40": "The wishes of people, and yours",
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
    Because.INITIALISM: "The one is the initials of the other.",
    Because.TYPO: "They are a slip of typing apart.",
}
TONE = {
    "": "as is usual",
    Formality.INFORMAL: "informally",
    Formality.FORMAL: "formally",
}
LANGUAGE = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}
ORDER = {
    Order.NAME: "by person",
    Order.ROUND: "by round",
    Order.TABLE: "by table",
}
STATUS = {
    RunStatus.QUEUED: "starting",
    RunStatus.RUNNING: "being made",
    RunStatus.DONE: "done",
    RunStatus.CANCELLED: "stopped",
    RunStatus.INFEASIBLE: "rules in conflict",
    RunStatus.FAILED: "not possible",
    RunStatus.INTERRUPTED: "interrupted",
}


def plural(number: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun.

    Examples
    --------
    >>> plural(1, "person", "people"), plural(2, "round")
    ('1 person', '2 rounds')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """Return a share as a percentage that never rounds something up to nothing or to all.

    Examples
    --------
    >>> percent(0.9998), percent(0.5), percent(0), percent(1), percent(0.99999)
    ('99.98 %', '50 %', '0 %', '100 %', 'more than 99.99 %')
    """
    if 0 < share < 0.0001:
        return "less than 0.01 %"
    if 0.9999 < share < 1:
        return "more than 99.99 %"
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + " %"


def day(iso: str) -> str:
    """Return an ISO date as people write a day.

    Examples
    --------
    >>> day("2027-03-01"), day("")
    ('1 March 2027', '')
    """
    if not iso:
        return ""
    read = date.fromisoformat(iso)
    return f"{read.day} {read:%B %Y}"


def moment(iso: str) -> str:
    """Return a time in UTC as day and time here, on the organizer's own computer."""
    here = datetime.fromisoformat(iso).astimezone()
    return f"{here.day} {here:%B %Y}, {here:%H:%M}"


_ON_THIS_PAGE = (
    ("--print", "Tick “on cards” below if people were told that others will read them."),
    ("--keep-set-aside", "Tick the reason below to take such rows as people."),
    ("--guests", "Say below what to call guests without a name to add them."),
    ("--header-row", "Correct the row of the headers below."),
    ("--map", "Choose below what the column is read as."),
    ("--encoding", "Choose another text encoding below."),
    ("--sheet", "Choose another worksheet below."),
)
"""What to do in the browser where a remedy names an option of the command line."""


def for_page(remedy: str) -> str:
    """Return a remedy in the words of a page.

    Examples
    --------
    >>> for_page("Use --sheet 'Guests'."), for_page("Add a name.")
    ('Choose another worksheet below.', 'Add a name.')
    """
    found = (words for option, words in _ON_THIS_PAGE if option in remedy)
    return next(found, remedy)


def notice_line(notice: Notice) -> str:
    """Return a notice in the words of a page."""
    return str(replace(notice, remedy=for_page(notice.remedy)))


def teach(app: Flask) -> None:
    """Give the words to all templates."""
    app.jinja_env.filters.update(
        plural=plural, percent=percent, day=day, moment=moment, notice=notice_line
    )
    app.jinja_env.globals.update(STATUS=STATUS, VISIBILITY=VISIBILITY, ODD=ODD, BECAUSE=BECAUSE)
