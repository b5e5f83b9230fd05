"""Keys of RULES.toml that forbid nothing and weigh in affinities, beside wishes."""

from __future__ import annotations

from typing import Any

from events.model import Attendee
from matcher.phrase import phrase

from .reading import Reading, below, is_texts
from .register import plain

__all__ = ["needs_of", "read_rivals", "read_urgency", "read_welcome"]


def read_rivals(reading: Reading, name: str, value: Any) -> None:
    """Read who agreed to meet competitors."""
    if not is_texts(value):
        form = 'rivals = ["…", "…"]'
        problem = phrase("write %(form)s: who agreed to meet competitors.", form=form)
        reading.mistake(name, 0, problem)
        return
    people = [reading.person(name, 0, text) for text in value]
    known = [person for person in people if person is not None]
    reading.found.meeting_rivals.update(known)
    reading.note_each(name, 0, name, known)


def read_welcome(reading: Reading, name: str, value: Any) -> None:
    """Read which cohort is new here, and which one welcomes it."""
    keys = ("newcomers", "hosts")
    if not isinstance(value, dict) or value.keys() != set(keys) or not is_texts([*value.values()]):
        form = 'newcomers = "newcomer", hosts = "host"'
        reading.mistake(name, 0, below("[welcome]", form))
        return
    for key in keys:
        reading.cohort(name, value[key])
    reading.found.welcome = plain(value["newcomers"]), plain(value["hosts"])
    reading.found.note(reading.source(name), name, value="; ".join(reading.found.welcome))


def read_urgency(reading: Reading, name: str, value: Any) -> None:
    """Read how much needs count: one that is named, or all others of a person."""
    form = 'person = "…" and urgency = 0.5 (above 0, to 1), and need = "…" for one of several'
    for place, entry, ids in reading.entries(name, value, form, ("urgency", "need"), ("urgency",)):
        urgency, need = entry["urgency"], entry.get("need", "")
        if isinstance(urgency, bool) or not isinstance(urgency, int | float):
            urgency = 0
        if not 0 < urgency <= 1 or not isinstance(need, str):
            problem = phrase("%(name)s needs %(form)s.", name=name, form=form)
            reading.mistake(name, place, problem)
            continue
        for person in ids:
            if need and plain(need) not in needs_of(reading.register.attendee(person)):
                who = reading.register.who(person)
                problem = phrase("%(who)s has no need '%(need)s'.", who=who, need=need)
                reading.mistake(name, place, problem, need)
            reading.found.urgency[person, plain(need)] = float(urgency)
            source = reading.source(name, place)
            reading.found.note(source, name, (person,), value=plain(need), alone=True)


def needs_of(attendee: Attendee) -> set[str]:
    """Return whatever may count as a need of somebody, folded."""
    return {
        plain(text)
        for answer in attendee.answers
        if answer.field in ("need", "offer")
        for text in answer.texts
    }
