"""One pass over a RULES.toml: what all its readers need, and every mistake with its line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeGuard

from events.errors import UnusableOption

from .cells import cohorts_of
from .found import Found
from .register import Register, plain

__all__ = ["Reading", "is_texts"]


class Reading:
    """One pass over a parsed RULES.toml that collects every mistake with its line."""

    def __init__(self, text: str, register: Register, found: Found, since: str) -> None:
        self.lines = text.splitlines()
        self.register, self.found, self.since = register, found, since
        self.mistakes: list[tuple[int, str]] = []
        self._starts: dict[str, list[int]] = {}

    def mistake(self, name: str, place: int, problem: str, value: object = "") -> None:
        """Note a mistake in the n-th entry called so, or in a value of it."""
        self.mistakes.append((self._line(name, place, str(value)), problem))

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
            self.mistake(name, 0, f"write [[{name}]] and, below it, {form}.")
            return []
        result = []
        for place, entry in enumerate(value):
            names = [entry["person"]] if "person" in entry else entry.get("people")
            known = {"person" if "person" in entry else "people", *keys}
            if not is_texts(names) or not set(needs) <= entry.keys() <= known:
                self.mistake(name, place, f"{name} needs {form} and nothing else.")
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
            self.mistake(name, place, str(error), text)
            return None
        if person is None:
            self.mistake(name, place, f"'{text}' is nobody at this event.", text)
        return person

    def cohort(self, name: str, cohort: str) -> None:
        """Note a mistake where nobody is in a cohort; members in the file are known by now."""
        known = {n for p in self.register.attendees for text in p.cohort for n in cohorts_of(text)}
        known.update(*self.found.cohorts.values())
        if plain(cohort) not in known:
            listed = ", ".join(sorted(known)) or "none"
            problem = f"nobody is in a cohort '{cohort}'. Cohorts of this event: {listed}."
            self.mistake(name, 0, problem, cohort)


def is_texts(value: object) -> TypeGuard[list[str]]:
    """Return whether a value is a list of texts."""
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
