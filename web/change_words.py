"""How pages say what a change does and what is in its way, in the language in use."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from events.changes import Proposal
from matcher.changes import Change, sentence
from matcher.rules import Violation

from .languages import translated

__all__ = ["BROKEN", "obstacles", "said"]

BROKEN = {
    "place": _l("%(who)s would be in two places in round %(round)s."),
    "rematch": _l("%(who)s would meet twice."),
    "seat": _l("%(who)s would have no table of their own in round %(round)s."),
    "trio": _l("%(who)s would be three at one table in round %(round)s without need."),
    "exclusion": _l("%(who)s are never to meet."),
    "organization": _l("%(who)s belong to the same organization."),
    "history": _l("%(who)s have met before."),
    "cohort": _l("%(who)s are of cohorts that do not meet."),
    "availability": _l("%(who)s is not there in round %(round)s."),
    "quota": _l("%(who)s would have more meetings than agreed."),
    "tables": _l("Round %(round)s would have more meetings than tables."),
    "table": _l("%(who)s would sit at another table than agreed in round %(round)s."),
    "pin": _l("%(who)s must meet, and would not."),
    "frozen": _l("%(who)s: nothing may change in round %(round)s, which is frozen."),
}
"""Kind of what is broken to words."""

_PROMISES = ("place", "rematch", "seat", "trio")
"""What always holds; everything else is a rule, which can be lifted."""


def said(change: Change, proposal: Proposal) -> str:
    """Return a change as a sentence."""
    return sentence(change, proposal.board.names, translated)


def obstacles(proposal: Proposal) -> tuple[str, ...]:
    """Return what a change would break, and what to do instead; nothing where it may be made."""
    broken = proposal.price.broken
    if not broken:
        return ()
    lines = dict.fromkeys(_line(each, proposal) for each in broken)
    if all(each.kind in _PROMISES for each in broken):
        return (*lines, _("Choose another change."))
    return (*lines, _("Change the rule first, or choose another change."))


def _line(broken: Violation, proposal: Proposal) -> str:
    *first, last = (proposal.board.name(person) for person in broken.ids or ("",))
    who = _("%(some)s and %(last)s", some=", ".join(first), last=last) if first else last
    return str(BROKEN[broken.kind]) % {"who": who, "round": broken.round}
