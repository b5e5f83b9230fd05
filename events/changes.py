"""A change of a finished plan by hand, before and after it is confirmed.

Nothing is overwritten: a confirmed change is told in words by a run of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcher.affinity import FULL
from matcher.changes import Board, Change, Changed, Price, make_change, price
from matcher.phrase import Phrase, phrase
from matcher.plan import Meeting
from matcher.rules import Exclusions, Rule, Violation

from .errors import UnusableOption
from .model import Run
from .replay import Replay
from .revisions import start_changed
from .rules import Sentence
from .runs import pairings_in_use
from .seats import write_seats
from .sentences import say
from .store import Store

__all__ = [
    "OBSTACLES",
    "PROMISES",
    "Proposal",
    "confirm",
    "obstacle",
    "obstacles",
    "propose",
    "propose_meetings",
    "rules_text",
    "told",
]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A change and what it costs.

    Parameters
    ----------
    board
        The plan as it is.
    changed
        The plan as it would be.
    """

    board: Board
    changed: Changed
    price: Price

    @property
    def is_nothing(self) -> bool:
        """Whether neither a card nor a rule changes."""
        return self.price.is_nothing and not self.changed.rules

    @property
    def concerned(self) -> tuple[str, ...]:
        """Ids of those whose cards change."""
        return tuple(sorted({*(share.id for share in self.price.shares), *self.price.moved}))


def propose(replayed: Replay, change: Change) -> Proposal:
    """Return what a change would do to a plan; raises `matcher.changes.Impossible`."""
    return _proposed(replayed.board, make_change(replayed.board, change))


def propose_meetings(replayed: Replay, meetings: Sequence[Meeting], text: str) -> Proposal:
    """Return what it would do to a plan to have other meetings."""
    changed = Changed(meetings=tuple(meetings), rules=(), text=text)
    return _proposed(replayed.board, changed)


def confirm(store: Store, run: Run, proposal: Proposal, *, said: str = "", seen: int = 0) -> Run:
    """Queue the run that tells a changed plan, and return it.

    What the change sets as a rule becomes a rule of the event, which further plans keep, too.

    Parameters
    ----------
    run
        Whose plan is changed; it stays.
    said
        What is done in the organizer's language; "" for the English of the proposal.
    seen
        As for `events.revisions.start_changed`.

    Raises
    ------
    UnusableOption
        If the change breaks something, or changes nothing.
    Conflict
        If a newer plan was made from this one in the meantime.
    StoreError
        If a run of this event is under way.
    """
    if proposal.is_nothing:
        raise UnusableOption(phrase("Nothing changes, so there is nothing to make."))
    if proposal.price.broken:
        raise UnusableOption("\n".join(obstacles(proposal)))
    changed = proposal.changed
    since = pairings_in_use(store, run.event_id)
    with store.writing():
        kept = [
            say(store, run.event_id, each, since=since)[0] for each in _sentences(changed.rules)
        ]
        return start_changed(
            store,
            run,
            seats=write_seats(changed.meetings),
            said=said or changed.text,
            more=kept,
            seen=seen,
        )


def _sentences(rules: Sequence[Rule]) -> Iterator[Sentence]:
    """Yield rules about two people as rules of the app."""
    for kind, (one, other), number, _ in (row for rule in rules for row in rule.rows()):
        pair = {"one": one, "other": other}
        if kind == Exclusions.kind:
            yield Sentence(kind="apart", blanks=pair)
        elif number is None:
            yield Sentence(kind="together", blanks=pair)
        else:
            yield Sentence(kind="round", blanks={**pair, "round": str(number)})


def _proposed(board: Board, changed: Changed) -> Proposal:
    costs = price(board, changed.meetings, changed.rules)
    return Proposal(board=board, changed=changed, price=costs)


def rules_text(rules: Sequence[Rule]) -> str:
    """Return rules that name people, as entries of a RULES.toml."""
    return "".join(_entry(*row) for rule in rules for row in rule.rows())


def _entry(kind: str, ids: tuple[str, ...], number: int | None, _: str) -> str:
    people = ", ".join(json.dumps(person, ensure_ascii=False) for person in ids)
    when = "" if number is None else f"round = {number}\n"
    return f"\n[[{kind}]]\npeople = [{people}]\n{when}"


def obstacles(proposal: Proposal) -> tuple[Phrase, ...]:
    """Return what a change would break and what to do instead; nothing where it may be made."""
    broken = proposal.price.broken
    lines = dict.fromkeys(obstacle(each, proposal.board) for each in broken)
    return (*lines, _remedy(broken)) if lines else ()


def obstacle(broken: Violation, board: Board) -> Phrase:
    """Return what would be broken, in words that can be translated."""
    if isinstance(broken.text, Phrase):
        return broken.text
    who, number = board.who(broken.ids) if broken.ids else "", broken.round or 0
    return OBSTACLES[broken.kind](who, number)


OBSTACLES: Mapping[str, Callable[[str, int], Phrase]] = {
    "place": lambda who, number: phrase(
        "%(who)s would be in two places in round %(round)s.", who=who, round=number
    ),
    "rematch": lambda who, _: phrase("%(who)s would meet twice.", who=who),
    "exclusion": lambda who, _: phrase("%(who)s are never to meet.", who=who),
    "organization": lambda who, _: phrase("%(who)s belong to the same organization.", who=who),
    "history": lambda who, _: phrase("%(who)s have met before.", who=who),
    "cohort": lambda who, _: phrase("%(who)s are of cohorts that do not meet.", who=who),
    "availability": lambda who, number: phrase(
        "%(who)s is not there in round %(round)s.", who=who, round=number
    ),
    "quota": lambda who, _: phrase("%(who)s would have more meetings than agreed.", who=who),
    "tables": lambda _, number: phrase(
        "Round %(round)s would have more meetings than tables.", round=number
    ),
    "table": lambda who, number: phrase(
        "%(who)s would sit at another table than agreed in round %(round)s.",
        who=who,
        round=number,
    ),
    "pin": lambda who, _: phrase("%(who)s must meet, and would not.", who=who),
    "frozen": lambda who, number: phrase(
        "%(who)s: nothing may change in round %(round)s, which is frozen.",
        who=who,
        round=number,
    ),
}
"""Kind of what is broken to how that is said of people and a round."""

PROMISES = ("place", "rematch", "seat", "trio")
"""What always holds; everything else is a rule, which can be lifted."""


def _remedy(broken: Sequence[Violation]) -> Phrase:
    if all(each.kind in PROMISES for each in broken):
        return phrase("Choose another change.")
    return phrase("Change the rule first, or choose another change.")


def told(proposal: Proposal, replayed: Replay) -> tuple[str, ...]:
    """Return a change and its price in sentences for the organizer."""
    costs, board = proposal.price, proposal.board
    if proposal.is_nothing:
        return ("Nothing changes: everybody meets the same people at the same tables.",)
    lines = [proposal.changed.text, _total(costs)]
    lines += [f"{board.name(each.id)} {_amount(each.change)}." for each in costs.shares]
    if costs.breaks:
        lines.append(f"{abs(costs.breaks)} {'more' if costs.breaks > 0 else 'fewer'} breaks.")
    for says, meetings in (("No longer", costs.gone), ("New", costs.new)):
        for meeting in meetings:
            lines += _meeting(says, meeting, board, replayed)
    if proposal.concerned:
        lines.append(f"Cards change for {board.who(proposal.concerned)}.")
    return (*lines, *obstacles(proposal))


def _total(costs: Price) -> str:
    if not costs.total:
        return "The total stays the same."
    says = "rises" if costs.total > 0 else "falls"
    return f"The total {says} by {_shown(abs(costs.total))}."


def _amount(change: int) -> str:
    if not change:
        return "gets as much as before"
    return f"{'gains' if change > 0 else 'loses'} {_shown(abs(change))}"


def _meeting(says: str, meeting: Meeting, board: Board, replayed: Replay) -> Iterator[str]:
    who, worth = board.who(meeting.members), _shown(meeting.value)
    yield f"{says} in round {meeting.round}, table {meeting.table}: {who} ({worth})."
    for pair in meeting.pairs:
        yield from (f"  {reason}" for reason in replayed.reasons(*pair))


def _shown(half_units: int) -> str:
    return f"{half_units / (2 * FULL):.3f}"
