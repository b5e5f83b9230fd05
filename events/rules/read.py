"""All sources of rules in the order in which they count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from events.model import Attendee, Keeping, Notice
from matcher.phrase import listed, phrase
from matcher.rules import FrozenRounds, Pins, sorted_pairs
from matcher.settings import Settings

from .acquaintances import read_acquaintances
from .columns import read_columns
from .found import Found, RulesFound
from .history import frozen_meetings, read_history
from .register import Register
from .sentence import Sentence
from .toml import read_written

__all__ = ["read_rules"]

_NOTHING = Keeping()
_KEPT = "kept by hand for this plan"


def read_rules(
    attendees: Sequence[Attendee],
    settings: Settings,
    *,
    toml: str = "",
    sentences: Sequence[Sentence] = (),
    histories: Iterable[str] = (),
    since: str = "",
    keeping: Keeping = _NOTHING,
) -> RulesFound:
    """Return what columns and files ask of a plan.

    Parameters
    ----------
    toml
        Text of a RULES.toml; its keys are listed in ``docs/reference.md``. What it says of a person
        stands before the same column of the people file.
    sentences
        Rules put together in the app; what they say of a person stands before all else.
    histories
        See `events.rules.history.read_history`.
    since
        `pairings.csv` of the plan whose rounds ``[frozen]`` and `keeping` keep.
    keeping
        What of that plan stays for this once, beside the rules.

    Raises
    ------
    UnusableOption
        With every mistake in TOML and sentences, each with its line or number, or every cell that
        names somebody whom two people fit.
    """
    register, found = Register(attendees), Found()
    read_written(toml, sentences, register, found, since)
    _keep(found, since, keeping)
    read_columns(register, found)
    read_acquaintances(register, found)
    read_history(histories, register, found)
    found.notices += [*_cohort_notices(register, found), *_table_notices(register, found, settings)]
    newcomers, hosts = found.welcoming()
    return RulesFound(
        rules=found.rules(settings.rounds),
        wishes=sorted_pairs(found.wishes),
        ties=dict(sorted(found.ties.items())),
        meeting_rivals=frozenset(found.meeting_rivals),
        newcomers=newcomers,
        hosts=hosts,
        urgency=found.urgency,
        settings=found.settings,
        notices=tuple(found.notices),
        sources=found.sources,
    )


def _keep(found: Found, since: str, keeping: Keeping) -> None:
    """Keep rounds and meetings of the plan before; all its people are there."""
    found.pins.update(keeping.pairs)
    more = keeping.rounds - found.frozen
    found.frozen |= more
    for each in frozen_meetings(since, more) if more else ():
        found.kept.append((each.round, each.table, tuple(sorted(each.members))))
    for number in more:
        found.note(_KEPT, FrozenRounds.kind, at=number)
    for a, b, at in keeping.pairs:
        found.note(_KEPT, Pins.kind, (a, b), at)


def _cohort_notices(register: Register, found: Found) -> list[Notice]:
    """Say who is outside the table of cohorts, where there is one."""
    if found.may_meet is None:
        return []
    named = {name for pair in found.may_meet for name in pair}
    free = [each.id for each in register.attendees if each.id not in found.cohorts]
    alone = [
        each.id
        for each in register.attendees
        if each.id in found.cohorts and named.isdisjoint(found.cohorts[each.id])
    ]
    notices = []
    if free:
        problem = phrase(
            "In no cohort, so they may meet anybody: %(people)s.", people=_named(register, free)
        )
        remedy = phrase("Fill in the column cohort if they belong to one.")
        notices.append(Notice(problem=problem, remedy=remedy))
    if alone:
        problem = phrase(
            "In a cohort that may meet nobody: %(people)s.", people=_named(register, alone)
        )
        remedy = phrase("Add their cohort to [cohorts] allowed.")
        notices.append(Notice(problem=problem, remedy=remedy))
    return notices


def _table_notices(register: Register, found: Found, settings: Settings) -> list[Notice]:
    """Say whose tables are all beyond the last one: they could meet nobody."""
    limits = [each for each in (settings.tables, found.settings.get("tables")) if each]
    last = max(found.tables or limits[-1:], default=0)
    beyond = [who for who, tables in sorted(found.seats.items()) if last and min(tables) > last]
    if not beyond:
        return []
    problem = phrase(
        "Their tables are beyond the last one, which is table %(last)s: %(people)s.",
        last=str(last),
        people=_named(register, beyond),
    )
    remedy = phrase("Give them another table, or plan with more tables.")
    return [Notice(problem=problem, remedy=remedy)]


def _named(register: Register, ids: Sequence[str]) -> str:
    return listed([register.who(person) for person in ids])
