"""Rules as organizers write them: RULES.toml, columns of the people file, and past meetings.

Everything that names a person is looked up among the attendees here; the matcher sees only ids.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, TypeGuard

from matcher.rules import AlreadyMet, Exclusions, Rule, sorted_pairs

from .cells import unguard
from .errors import UnusableOption
from .model import Attendee, Notice, Severity

__all__ = ["RulesFile", "read_history", "read_rules_toml", "rules_from_attendees"]

Pairs = Collection[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class RulesFile:
    """What a RULES.toml says.

    Parameters
    ----------
    rules
        Rule objects over ids.
    settings
        Fields of `matcher.settings.Settings` that the file decides.
    """

    rules: tuple[Rule, ...] = ()
    settings: Mapping[str, bool | int] = field(default_factory=dict)


def rules_from_attendees(
    attendees: Sequence[Attendee],
) -> tuple[tuple[Rule, ...], tuple[Notice, ...]]:
    """Return the rules that stand in the attendees' own columns, and what could not be used.

    Raises
    ------
    UnusableOption
        If a name fits two people; the message names both, for every such cell.
    """
    register = _Register(attendees)
    pairs: dict[str, set[tuple[str, str]]] = {"not_with": set(), "already_met": set()}
    notices, unclear = [], []
    for attendee in attendees:
        for column, found in pairs.items():
            for text in getattr(attendee, column):
                try:
                    other = register.find(text)
                except UnusableOption as error:
                    unclear.append(f"{attendee.name} ({attendee.id}), {column}: {error}")
                    continue
                if other is None or other == attendee.id:
                    notices.append(_nobody(attendee, column, text, oneself=other is not None))
                else:
                    found.add((attendee.id, other))
    if unclear:
        raise UnusableOption("\n".join(unclear))
    return _pair_rules(pairs["not_with"], pairs["already_met"]), tuple(notices)


def read_history(
    texts: Iterable[str], attendees: Sequence[Attendee]
) -> tuple[tuple[Rule, ...], tuple[Notice, ...]]:
    """Return who met before, from files of earlier events.

    Parameters
    ----------
    texts
        CSV files with columns ``a,b`` (ids, names or e-mail addresses; ``date`` may follow), or the
        ``pairings.csv`` of an earlier plan, whose trios count as three meetings.
    attendees
        Those of this event; meetings with anybody else do not matter.

    Raises
    ------
    UnusableOption
        If a file lacks the columns, or a name fits two people.
    """
    register = _Register(attendees)
    met: set[tuple[str, str]] = set()
    strangers = 0
    for text in texts:
        for members in _meetings(text):
            found = [person for person in map(register.find, members) if person is not None]
            strangers += len(members) - len(found)
            met.update(combinations(found, 2))
    return _pair_rules((), {pair for pair in met if pair[0] != pair[1]}), _strangers(strangers)


def read_rules_toml(text: str, attendees: Sequence[Attendee]) -> RulesFile:
    """Return the rules of a RULES.toml.

    Parameters
    ----------
    text
        For example::

            organization = false        # people of one organization may meet
            history = false             # so may people who met before
            tables = 12                 # most meetings in a round

            [[exclusion]]
            people = ["ana", "ben"]     # ids, names or e-mail addresses

            [[history]]
            people = ["ana", "cy"]      # they know each other already

    attendees
        Where the people are looked up.

    Raises
    ------
    UnusableOption
        With every mistake in the file, each with its line.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnusableOption(f"RULES.toml is not valid TOML: {error}.") from None
    reading = _Reading(text, _Register(attendees))
    result = reading.read(data)
    if reading.mistakes:
        lines = sorted(reading.mistakes)
        raise UnusableOption("\n".join(f"Line {line}: {problem}" for line, problem in lines))
    return result


class _Register:
    """Finds attendees by id, name or e-mail address."""

    def __init__(self, attendees: Sequence[Attendee]) -> None:
        self._ids = {attendee.id for attendee in attendees}
        self._called: dict[str, list[Attendee]] = {}
        for attendee in attendees:
            for key in {_plain(attendee.name), _plain(attendee.typed_name), _plain(attendee.email)}:
                if key:
                    self._called.setdefault(key, []).append(attendee)

    def find(self, text: str) -> str | None:
        """Return the id of whoever is meant, None when nobody is.

        Raises
        ------
        UnusableOption
            If it could be two people.
        """
        if text.strip() in self._ids:
            return text.strip()
        found = self._called.get(_plain(text), [])
        if len(found) > 1:
            who = " and ".join(f"{each.name} ({each.id})" for each in found)
            raise UnusableOption(f"'{text}' could be {who}. Write the id instead.")
        return found[0].id if found else None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _pair_rules(excluded: Pairs, met: Pairs) -> tuple[Rule, ...]:
    rules = (Exclusions(sorted_pairs(excluded)), AlreadyMet(sorted_pairs(met)))
    return tuple(rule for rule in rules if rule.pairs)


def _nobody(attendee: Attendee, column: str, text: str, *, oneself: bool) -> Notice:
    problem = "is the person's own name." if oneself else "is nobody at this event."
    return Notice(
        row=attendee.source_row,
        column=column,
        value=text,
        problem=problem,
        remedy="Write the id or full name of another attendee, or ignore this.",
    )


def _strangers(count: int) -> tuple[Notice, ...]:
    if not count:
        return ()
    problem = f"{count} entries of earlier events name somebody who is not at this one."
    return (Notice(problem=problem, remedy="Nothing to do.", severity=Severity.INFO),)


def _meetings(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the people of each meeting in a history file or an earlier `pairings.csv`."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    columns = {(name or "").strip().casefold(): name for name in reader.fieldnames or ()}
    if not {"a", "b"} <= columns.keys():
        raise UnusableOption(
            "A history file needs the columns a and b (a date may follow), or must be the "
            "pairings.csv of an earlier plan."
        )
    wanted = [columns[name] for name in ("a", "b", "c") if name in columns]
    for row in reader:
        cells = [unguard(row[name] or "").strip() for name in wanted]
        yield tuple(cell for cell in cells if cell)


_SWITCHES = {"organization": "meet_same_organization", "history": "meet_again"}


class _Reading:
    """One pass over a parsed RULES.toml that collects every mistake with its line."""

    def __init__(self, text: str, register: _Register) -> None:
        self.lines = text.splitlines()
        self.register = register
        self.mistakes: list[tuple[int, str]] = []
        self.pairs: dict[str, set[tuple[str, str]]] = {"exclusion": set(), "history": set()}
        self.settings: dict[str, bool | int] = {}

    def read(self, data: Mapping[str, Any]) -> RulesFile:
        """Return the rules; `mistakes` says what is wrong with them."""
        readers: dict[str, Callable[[str, Any], None]] = {
            "exclusion": self._people_lists,
            "history": self._switch_or_lists,
            "organization": self._switch,
            "tables": self._tables,
        }
        for name, value in data.items():
            if name in readers:
                readers[name](name, value)
            else:
                known = ", ".join(sorted(readers))
                self._mistake(name, 0, f"there is no rule '{name}'. Known: {known}.")
        rules = _pair_rules(self.pairs["exclusion"], self.pairs["history"])
        return RulesFile(rules=rules, settings=self.settings)

    def _switch_or_lists(self, name: str, value: Any) -> None:
        (self._switch if isinstance(value, bool) else self._people_lists)(name, value)

    def _switch(self, name: str, value: Any) -> None:
        if isinstance(value, bool):
            self.settings[_SWITCHES[name]] = not value
        else:
            self._mistake(name, 0, f"{name} is true or false.")

    def _tables(self, name: str, value: Any) -> None:
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
            self.settings["tables"] = value
        else:
            self._mistake(name, 0, "tables is a whole number, 1 or more.")

    def _people_lists(self, name: str, value: Any) -> None:
        if not isinstance(value, list):
            self._mistake(name, 0, f'write [[{name}]] and, below it, people = ["…", "…"].')
            return
        for place, entry in enumerate(value):
            people = self._people(name, place, entry)
            self.pairs[name].update(combinations(people, 2))

    def _people(self, name: str, place: int, entry: Any) -> list[str]:
        people = entry.get("people") if isinstance(entry, dict) else None
        if not _is_list_of_texts(people) or set(entry) != {"people"}:
            self._mistake(name, place, f'{name} needs people = ["…", "…"] and nothing else.')
            return []
        found = [self._found(name, place, text) for text in people]
        known = sorted({person for person in found if person is not None})
        if None not in found and len(known) < 2:
            self._mistake(name, place, f"{name} needs two or more different people.")
        return known

    def _found(self, name: str, place: int, text: str) -> str | None:
        try:
            person = self.register.find(text)
        except UnusableOption as error:
            self._mistake(name, place, str(error), text)
            return None
        if person is None:
            self._mistake(name, place, f"'{text}' is nobody at this event.", text)
        return person

    def _mistake(self, name: str, place: int, problem: str, value: str = "") -> None:
        self.mistakes.append((self._line(name, place, value), problem))

    def _line(self, name: str, place: int, value: str) -> int:
        """Return the line of the n-th entry called so, or of a value in it; lines count from 1."""
        header = re.compile(rf"\s*(\[\[?\s*)?[\"']?{re.escape(name)}[\"']?\s*(\]|=)")
        starts = [i for i, line in enumerate(self.lines) if header.match(line)]
        if not starts:
            return 1
        start = starts[min(place, len(starts) - 1)]
        end = starts[place + 1] if place + 1 < len(starts) else len(self.lines)
        holds = (i for i in range(start, end) if value and value in self.lines[i])
        return next(holds, start) + 1


def _is_list_of_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
