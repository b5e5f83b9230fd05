"""Conditions in the `needs` list of a template.

partner.<field>:print    the partner has a printable answer to that field
self.<field>:print       the reader has one
shared.<field>           both have the same printable answer
round>=2                 not before that round
group=pair, group=trio   how many are at the table
event.title              the event has a name that may be printed
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from matcher.errors import BankError, ProfileError
from matcher.fields import Visibility, field
from matcher.profile import Profile

__all__ = ["Situation", "check_condition", "holds"]

_FIELD = re.compile(r"(partner|self)\.(\w+):print|(shared)\.(\w+)")
_ROUND = re.compile(r"round>=(\d+)")


@dataclass(frozen=True, kw_only=True)
class Situation:
    """One reader asking one partner: what conditions look at."""

    reader: Profile
    partner: Profile
    round: int
    trio: bool
    titled: bool


def check_condition(condition: str) -> None:
    """Refuse a condition that is not in the vocabulary.

    Raises
    ------
    BankError
        The message lists what is known.
    """
    found = _FIELD.fullmatch(condition)
    if found:
        name = found[2] or found[4]
        try:
            identity = not field(name).purpose.is_trait
        except ProfileError as error:
            raise BankError(f"Condition {condition!r}: {error}") from None
        if identity:
            raise BankError(f"Condition {condition!r}: {name} identifies a person.")
    elif not (_ROUND.fullmatch(condition) or condition in _PLAIN):
        known = "partner.<field>:print, self.<field>:print, shared.<field>, round>=<number>"
        raise BankError(f"Unknown condition {condition!r}. Known: {known}, {', '.join(_PLAIN)}.")


def holds(condition: str, at: Situation) -> bool:
    """Whether a condition that `check_condition` accepts holds."""
    if condition in _PLAIN:
        return _PLAIN[condition](at)
    turn = _ROUND.fullmatch(condition)
    if turn:
        return at.round >= int(turn[1])
    found = _FIELD.fullmatch(condition)
    assert found is not None, condition
    mine, theirs = (_printable(who, found[2] or found[4]) for who in (at.reader, at.partner))
    if found[3]:
        return bool(mine & theirs)
    return bool(theirs if found[1] == "partner" else mine)


def _printable(profile: Profile, kind: str) -> set[str]:
    return {trait.value for trait in profile.of(kind) if trait.visibility is Visibility.PRINT}


_PLAIN: Mapping[str, Callable[[Situation], bool]] = {
    "event.title": lambda at: at.titled,
    "group=pair": lambda at: not at.trio,
    "group=trio": lambda at: at.trio,
}
