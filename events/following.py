"""Rules that name somebody made to name another: when two records become one person, and back.

Three places name people: rules of the app (by id), RULES.toml, and what other people say of whom
they never want to meet, know, must or wish to meet (by id, name or address).
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from .model import NAMING_COLUMNS, Attendee
from .records import blanks_to_json
from .rules import Register, Sentence, kind_of, pin_of
from .sentences import sentences, take_out, taken_out
from .store import Store

__all__ = ["Following", "about_both", "follow", "unfollow"]


@dataclass(frozen=True, kw_only=True)
class Following:
    """What was made to name another person, before and after.

    Parameters
    ----------
    said
        Number of a record, name of the rule column, its texts before and after.
    sentences
        Number of a rule of the app, its gaps before and after, as JSON.
    taken_out
        Numbers of rules of the app that hold no longer.
    rules
        Text of RULES.toml before and after; both "" where it stays.
    """

    said: tuple[tuple[int, str, tuple[str, ...], tuple[str, ...]], ...] = ()
    sentences: tuple[tuple[int, str, str], ...] = ()
    taken_out: tuple[int, ...] = ()
    rules: tuple[str, str] = ("", "")

    def to_json(self) -> str:
        """Write it as one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        return cls(
            said=tuple((at, name, tuple(old), tuple(new)) for at, name, old, new in data["said"]),
            sentences=tuple((at, old, new) for at, old, new in data["sentences"]),
            taken_out=tuple(data["taken_out"]),
            rules=(data["rules"][0], data["rules"][1]),
        )


def about_both(store: Store, event_id: str, one: Attendee, other: Attendee) -> tuple[Sentence, ...]:
    """Return the rules of the app that hold between two people."""
    both = {one.id, other.id}
    return tuple(each for each in sentences(store, event_id) if both <= set(each.people))


def follow(
    store: Store, event_id: str, kept: Attendee, other: Attendee, person: Attendee
) -> Following:
    """Let everything that names either of two records name the person that they become.

    Parameters
    ----------
    kept, other
        The two records, the id of the first stays.
    person
        What they become.
    """
    coming = [entry.attendee for entry in store.attendees(event_id)]
    names = _Names(Register(coming), frozenset({kept.id, other.id}), person)
    said = []
    for entry in store.attendees(event_id):
        if entry.attendee.id in names.both:
            continue
        for name in NAMING_COLUMNS:
            old: tuple[str, ...] = getattr(entry.attendee, name)
            new = tuple(names.followed(text, is_pin=name == "pin") for text in old)
            if new != old:
                said.append((entry.number, name, old, new))
    _say(store, event_id, {(number, name): new for number, name, _, new in said})
    event = store.event(event_id)
    rules = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", names.quoted, event.rules)
    if rules != event.rules:
        store.save_event(replace(event, rules=rules))
    return Following(
        said=tuple(said),
        taken_out=_silenced(store, event_id, kept, other),
        sentences=_renamed(store, event_id, kept, other),
        rules=("", "") if rules == event.rules else (event.rules, rules),
    )


def unfollow(store: Store, event_id: str, steps: Following) -> None:
    """Let everything name whom it named before; what was changed since stays."""
    now = {entry.number: entry.attendee for entry in store.attendees(event_id, merged=True)}
    _say(
        store,
        event_id,
        {
            (number, name): old
            for number, name, old, new in steps.said
            if number in now and getattr(now[number], name) == new
        },
    )
    for number, old, new in steps.sentences:
        sql = "update sentences set blanks = ? where event_id = ? and number = ? and blanks = ?"
        store.change(sql, (old, event_id, number, new))
    for number in steps.taken_out:
        sql = "update sentences set removed = 0 where event_id = ? and number = ?"
        store.change(sql, (event_id, number))
    event = store.event(event_id)
    before, after = steps.rules
    if after and event.rules == after:
        store.save_event(replace(event, rules=before))


@dataclass(frozen=True)
class _Names:
    """What may be called by a name, and what to write instead once two people are one."""

    register: Register
    both: frozenset[str]
    person: Attendee

    def followed(self, text: str, *, is_pin: bool = False) -> str:
        """Return a text that names the person, the same one unless it names either of the two."""
        name = pin_of(text)[0] if is_pin else text
        meant = {each.id for each in self.register.called(name)}
        if not meant or not meant <= self.both or Register([self.person]).called(name):
            return text
        return text.replace(name, self.person.id, 1)

    def quoted(self, found: re.Match[str]) -> str:
        """Return a text in quotes of RULES.toml that names the person."""
        text = found[0][1:-1]
        followed = self.followed(text)
        return found[0] if followed == text else json.dumps(followed, ensure_ascii=False)


def _say(store: Store, event_id: str, said: dict[tuple[int, str], tuple[str, ...]]) -> None:
    changed: dict[int, dict[str, Any]] = {}
    for (number, name), texts in said.items():
        changed.setdefault(number, {})[name] = texts
    for entry in store.attendees(event_id, merged=True):
        if entry.number in changed:
            attendee = replace(entry.attendee, **changed[entry.number])
            store.save_attendee(event_id, replace(entry, attendee=attendee))


def _silenced(store: Store, event_id: str, kept: Attendee, other: Attendee) -> tuple[int, ...]:
    """Take out the rules between two people who are one, and those said twice then."""
    between = about_both(store, event_id, kept, other)
    held = [each for each in sentences(store, event_id) if each not in between]
    subjects = {_of(kept, other, each).subject: each.number for each in held}  # the later one stays
    twice = [each for each in held if subjects[_of(kept, other, each).subject] != each.number]
    for each in (*between, *twice):
        take_out(store, event_id, each.number)
    return tuple(each.number for each in (*between, *twice))


def _renamed(
    store: Store, event_id: str, kept: Attendee, other: Attendee
) -> tuple[tuple[int, str, str], ...]:
    """Let rules of the app name the kept person; those between the two stay, taken out."""
    steps = []
    for each in (*sentences(store, event_id), *taken_out(store, event_id)):
        if other.id in each.people and kept.id not in each.people:
            old, new = blanks_to_json(each.blanks), blanks_to_json(_of(kept, other, each).blanks)
            sql = "update sentences set blanks = ? where event_id = ? and number = ?"
            store.change(sql, (new, event_id, each.number))
            steps.append((each.number, old, new))
    return tuple(steps)


def _of(kept: Attendee, other: Attendee, sentence: Sentence) -> Sentence:
    """Return a rule as it names the kept person in place of the other."""
    people = kind_of(sentence.kind).people
    blanks = {
        gap: kept.id if gap in people and text == other.id else text
        for gap, text in sentence.blanks.items()
    }
    return replace(sentence, blanks=blanks)
