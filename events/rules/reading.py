"""One pass over what a source asks for: what all readers need, and every mistake with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeGuard

from events.errors import UnusableOption
from matcher.phrase import phrase

from .cells import cohorts_of
from .found import Found
from .register import Register, plain

__all__ = ["Lines", "Places", "Reading", "RuleMistakes", "below", "is_texts"]


class RuleMistakes(UnusableOption):
    """What is wrong with the rules of an event, one mistake a line.

    Parameters
    ----------
    rules
        Number of a sentence of the app to what is wrong with it.
    """

    def __init__(self, mistakes: Iterable[str], rules: Mapping[int, Sequence[str]]) -> None:
        super().__init__("\n".join(mistakes))
        self.rules = rules


class Places(Protocol):
    """Where the entries of a source stand, for messages and for `rules.csv`."""

    def told(self, name: str, place: int, value: str, problem: str) -> tuple[int, str]:
        """Return where the n-th entry called so stands, or a value of it, and the mistake there."""

    def source(self, name: str, place: int, value: str) -> str:
        """Return the same with the name of the source."""


class Lines:
    """Places in a RULES.toml: lines, numbered from 1."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self._starts: dict[str, list[int]] = {}

    def told(self, name: str, place: int, value: str, problem: str) -> tuple[int, str]:
        """Return the line in which an entry begins, or that holds the value, and the mistake."""
        line = self._line(name, place, value)
        return line, phrase("Line %(line)s: %(problem)s", line=str(line), problem=problem)

    def source(self, name: str, place: int, value: str) -> str:
        """Return the line with the name of the file."""
        return f"RULES.toml, line {self._line(name, place, value)}"

    def _line(self, name: str, place: int, value: str) -> int:
        if name not in self._starts:
            self._starts[name] = self._starts_of(name)
        starts = self._starts[name]
        if not starts:
            return 1
        start = starts[min(place, len(starts) - 1)]
        end = starts[place + 1] if place + 1 < len(starts) else len(self.lines)
        holds = (i for i in range(start, end) if value and value in self.lines[i])
        return next(holds, start) + 1

    def _starts_of(self, name: str) -> list[int]:
        """Return where the entries called so begin.

        Behind the first section a bare key belongs to a section, whatever it is called.
        """
        header = re.compile(rf"\s*(\[\[?\s*)?[\"']?{re.escape(name)}[\"']?\s*(\]|=|\.)")
        found = [(i, each) for i, line in enumerate(self.lines) if (each := header.match(line))]
        sections = (i for i, line in enumerate(self.lines) if line.lstrip()[:1] == "[")
        first = next(sections, len(self.lines))
        return [i for i, each in found if each[1] or i < first]


class Reading:
    """One pass over what a source asks for, as RULES.toml says it; collects every mistake."""

    def __init__(self, places: Places, register: Register, found: Found, since: str) -> None:
        self.places = places
        self.register, self.found, self.since = register, found, since
        self.mistakes: list[tuple[int, str, str]] = []
        """Place, for order; the mistake with its place in words; the mistake."""

    def mistake(self, name: str, place: int, problem: str, value: object = "") -> None:
        """Note a mistake in the n-th entry called so, or in a value of it."""
        told = self.places.told(name, place, str(value), problem)
        self.mistakes.append((*told, problem))

    def note(
        self, name: str, place: int, kind: str, ids: Sequence[str] = (), at: int | None = None
    ) -> None:
        """Note that the n-th entry called so is where a rule stands."""
        self.found.note(self.source(name, place), kind, ids, at)

    def note_each(self, name: str, place: int, kind: str, ids: Iterable[str]) -> None:
        """Note it for each person: what an earlier entry said of them counts no more."""
        for person in ids:
            self.found.note(self.source(name, place), kind, (person,), alone=True)

    def source(self, name: str, place: int = 0, value: str = "") -> str:
        """Return where the n-th entry called so stands, or a value of it."""
        return self.places.source(name, place, value)

    def entries(
        self, name: str, value: Any, form: str, keys: Collection[str], needs: Collection[str]
    ) -> list[tuple[int, dict[str, Any], list[str]]]:
        """Return the well-formed entries of [[name]]: place, values, and the ids of its people.

        Parameters
        ----------
        form
            How an entry is written, for messages.
        keys, needs
            What may stand beside the people; what of it must.
        """
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.mistake(name, 0, below(f"[[{name}]]", form))
            return []
        result = []
        for place, entry in enumerate(value):
            names = [entry["person"]] if "person" in entry else entry.get("people")
            known = {"person" if "person" in entry else "people", *keys}
            if not is_texts(names) or not set(needs) <= entry.keys() <= known:
                problem = phrase("%(name)s needs %(form)s and nothing else.", name=name, form=form)
                self.mistake(name, place, problem)
                continue
            people = [self.person(name, place, text) for text in names]
            ids = [person for person in people if person is not None]
            if len(ids) == len(people):
                result.append((place, entry, list(dict.fromkeys(ids))))
        return result

    def person(self, name: str, place: int, text: str) -> str | None:
        """Return the id of whoever is named; None with a mistake when it is not one person."""
        try:
            person = self.register.find(text)
        except UnusableOption as error:
            self.mistake(name, place, error.args[0], text)
            return None
        if person is None:
            problem = phrase("'%(who)s' is nobody at this event.", who=text)
            self.mistake(name, place, problem, text)
        return person

    def cohort(self, name: str, cohort: str) -> None:
        """Note a mistake where nobody is in a cohort; members in the file are known by now."""
        known = {n for p in self.register.attendees for text in p.cohort for n in cohorts_of(text)}
        known.update(*self.found.cohorts.values())
        if plain(cohort) not in known:
            listed = ", ".join(sorted(known)) or "none"
            problem = phrase(
                "nobody is in a cohort '%(cohort)s'. Cohorts of this event: %(listed)s.",
                cohort=cohort,
                listed=listed,
            )
            self.mistake(name, 0, problem, cohort)


def below(section: str, form: str) -> str:
    """Say how a section is written."""
    return phrase("write %(section)s and, below it, %(form)s.", section=section, form=form)


def is_texts(value: object) -> TypeGuard[list[str]]:
    """Return whether a value is a list of texts."""
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
