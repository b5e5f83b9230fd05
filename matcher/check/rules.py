"""Checks of rules.csv: each rule of the plan, by its kind, against the meetings.

Written from the file format alone: nothing here is shared with the rules that build plans.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from .export import Export, Meeting, Rule
from .violation import Code, Violation

__all__ = ["RULE_CHECKS", "RULE_KINDS"]

_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_COUNTS = re.compile(r"[1-9]\d{0,8}(; [1-9]\d{0,8})*", re.ASCII)
_NAME = re.compile(r"[^;]+")
_NAMES = re.compile(r"[^;]+; [^;]+")
_TABLE_OR_NOTHING = re.compile(r"([1-9]\d{0,8})?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class RuleKind:
    """What a row of one kind must fill, and how the plan is checked against it.

    Parameters
    ----------
    check
        Yields the violations of one well-formed rule.
    ids
        Fewest and most people in a row.
    needs_round
        Whether `round` must be filled; otherwise an empty one means every round.
    value
        What `value` must look like; None when it does not matter.
    """

    check: Callable[[Export, Rule], Iterator[Violation]]
    ids: tuple[int, int]
    needs_round: bool = False
    value: re.Pattern[str] | None = None

    def fits(self, rule: Rule) -> bool:
        """Whether the row is filled as its kind asks."""
        fewest, most = self.ids
        return (
            fewest <= len(set(rule.ids)) == len(rule.ids) <= most
            and (rule.round is not None or not self.needs_round)
            and (self.value is None or self.value.fullmatch(rule.value) is not None)
        )


def rules(export: Export) -> Iterator[Violation]:
    """Every rule is of a known kind, well-formed, and holds; it may name people not in the plan."""
    for rule in export.rules:
        if rule.kind not in RULE_KINDS:
            says = (
                f"'{rule.kind}' is no rule this check knows. Check with the version that planned."
            )
            yield _of_rule(Code.UNKNOWN_RULE, rule, says)
        elif not RULE_KINDS[rule.kind].fits(rule):
            says = f"The row is not filled as '{rule.kind}' asks. Export the plan again."
            yield _of_rule(Code.BAD_RULE, rule, says)
        else:
            yield from RULE_KINDS[rule.kind].check(export, rule)


def _apart(code: Code, why: str) -> Callable[[Export, Rule], Iterator[Violation]]:
    """Return the check that no two of the ids meet."""

    def check(export: Export, rule: Rule) -> Iterator[Violation]:
        ids = frozenset(rule.ids)
        for person in sorted(ids):
            for meeting in export.of_person.get(person, ()):
                for pair in meeting.pairs:
                    if pair[0] == person and pair[1] in ids:
                        says = f"{export.who(*pair)} {why}. Give them other partners."
                        yield _of_meeting(code, meeting, says)

    return check


def _availability(export: Export, rule: Rule) -> Iterator[Violation]:
    """The person is not there in the round."""
    for meeting in export.of_person.get(rule.ids[0], ()):
        if meeting.round == rule.round:
            says = f"{export.who(*rule.ids)} is not there in round {rule.round}. Free the round."
            yield _of_meeting(Code.ABSENT, meeting, says)


def _quota(export: Export, rule: Rule) -> Iterator[Violation]:
    """The person has at most `value` meetings."""
    for meeting in export.of_person.get(rule.ids[0], ())[int(rule.value) :]:
        says = f"{export.who(*rule.ids)} wants at most {rule.value} meetings. Remove this one."
        yield _of_meeting(Code.OVER_QUOTA, meeting, says)


def _table(export: Export, rule: Rule) -> Iterator[Violation]:
    """The person stays at one of the tables of `value`."""
    tables = [int(number) for number in rule.value.split("; ")]
    for meeting in export.of_person.get(rule.ids[0], ()):
        if meeting.table not in tables:
            says = (
                f"{export.who(*rule.ids)} needs table {' or '.join(map(str, tables))}, not "
                f"{meeting.table}. Exchange the tables."
            )
            yield _of_meeting(Code.WRONG_TABLE, meeting, says)


def _cohort(export: Export, rule: Rule) -> Iterator[Violation]:
    """Members meet only those of whose cohorts one may meet one of theirs."""
    for person in rule.ids:
        own = export.cohorts[person]
        if rule.value != min(own):
            continue  # this person's other row looks after it
        for meeting in export.of_person.get(person, ()):
            sharing = export.sharing_in(meeting)
            for a, b in meeting.pairs:
                apart = a == person and (a, b) not in sharing
                if apart and not export.may_meet(a, b):
                    says = f"{export.who(a, b)} are of cohorts that do not meet. Seat them apart."
                    yield _of_meeting(Code.COHORTS_APART, meeting, says)


def _frozen(export: Export, rule: Rule) -> Iterator[Violation]:
    """With people: they meet there in that round. Without: nobody else meets in the round."""
    if rule.ids:
        members = tuple(sorted(rule.ids))
        known = all(person in export.person for person in members)
        if known and (rule.round, rule.value, members) not in export.seatings:
            says = (
                f"{export.who(*members)} do not meet at table {rule.value} in round {rule.round}, "
                "which is frozen. Put them back."
            )
            yield _of_rule(Code.FROZEN_ROUND, rule, says)
        return
    for meeting in export.meetings:
        if meeting.round == rule.round and meeting.seating not in export.frozen:
            says = (
                f"{export.who(*meeting.members)} meet at table {meeting.table} in round "
                f"{meeting.round}, which is frozen without them. Take this meeting out."
            )
            yield _of_meeting(Code.FROZEN_ROUND, meeting, says)


def _no_promise(export: Export, rule: Rule) -> Iterator[Violation]:
    """The row is only read: `cohort` rows look up `cohorts` and `cohort_trios`.

    A minimum is no promise: `plan.json` names those below their minimum in its notices.
    """
    return iter(())


def _tables(export: Export, rule: Rule) -> Iterator[Violation]:
    """A round, or every round, has at most `value` meetings; the last row holds on."""
    last = max(each.round or 0 for each in export.rules if each.kind == "tables")
    counts = Counter(meeting.round for meeting in export.meetings)
    for number, count in counts.items():
        if rule.round in (None, min(number, last)) and count > int(rule.value):
            says = f"Round {number} has {count} meetings but {rule.value} tables. Remove some."
            yield _of_rule(Code.TABLE_LIMIT, rule, says)


def _pin(export: Export, rule: Rule) -> Iterator[Violation]:
    """The people meet, in the round if there is one."""
    pair = tuple(sorted(rule.ids))
    meetings = export.met.get((pair[0], pair[1]), ())
    if not any(rule.round in (None, meeting.round) for meeting in meetings):
        when = f"in round {rule.round}" if rule.round else "once"
        says = f"{export.who(*pair)} should meet {when} and do not. Plan again with the pin."
        yield _of_rule(Code.MISSING_PIN, rule, says)


def _of_rule(code: Code, rule: Rule, sentence: str) -> Violation:
    return Violation(code=code, file="rules.csv", row=rule.row, sentence=sentence)


def _of_meeting(code: Code, meeting: Meeting, sentence: str) -> Violation:
    return Violation(code=code, file="pairings.csv", row=meeting.row, sentence=sentence)


_GROUP = (2, 1_000_000)

RULE_KINDS: Mapping[str, RuleKind] = {
    "exclusion": RuleKind(check=_apart(Code.FORBIDDEN_PAIR, "must not meet"), ids=_GROUP),
    "organization": RuleKind(
        check=_apart(Code.SAME_ORGANIZATION, "are from the same organization"), ids=_GROUP
    ),
    "history": RuleKind(check=_apart(Code.MET_BEFORE, "have met before"), ids=_GROUP),
    "cohort": RuleKind(check=_cohort, ids=(1, 1_000_000), value=_NAME),
    "cohorts": RuleKind(check=_no_promise, ids=(0, 0), value=_NAMES),
    "cohort_trios": RuleKind(check=_no_promise, ids=(0, 0)),
    "availability": RuleKind(check=_availability, ids=(1, 1), needs_round=True),
    "quota": RuleKind(check=_quota, ids=(1, 1), value=_COUNT),
    "minimum": RuleKind(check=_no_promise, ids=(1, 1), value=_COUNT),
    "table": RuleKind(check=_table, ids=(1, 1), value=_COUNTS),
    "tables": RuleKind(check=_tables, ids=(0, 0), value=_COUNT),
    "pin": RuleKind(check=_pin, ids=(2, 2)),
    "frozen": RuleKind(check=_frozen, ids=(0, 3), needs_round=True, value=_TABLE_OR_NOTHING),
}
"""How each kind is checked; a kind that is not here is itself a violation."""

RULE_CHECKS = (rules,)
"""In the order in which they are reported."""
