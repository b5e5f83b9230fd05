"""Checks of people.csv against the meetings: who meets when, who sits out, what each one gets."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from .export import Export, Person, decimals
from .violation import Code, Violation

__all__ = ["PEOPLE_CHECKS", "received"]


def duplicates(export: Export) -> Iterator[Violation]:
    """Everybody has one row."""
    for person in export.people:
        if export.person[person.id] is not person:
            says = f"{export.who(person.id)} has two rows. Give each person an id of their own."
            yield _broken(Code.DUPLICATE_PERSON, person, says)


def order(export: Export) -> Iterator[Violation]:
    """Rows stand by surname, given name and id."""
    for before, after in pairwise(export.people):
        if _surname_first(before) > _surname_first(after):
            says = f"{export.who(after.id)} stands too late. Sort by surname, given name and id."
            yield _broken(Code.UNSORTED, after, says)


def placed(export: Export) -> Iterator[Violation]:
    """Everybody who is there meets somebody or sits out, in every round."""
    for person in export.people:
        busy = {meeting.round for meeting in export.of_person.get(person.id, ())}
        for number in range(1, export.figures.rounds + 1):
            there = (person.id, number) not in export.absences
            if there and number not in busy and number not in person.sit_outs:
                says = (
                    f"{export.who(person.id)} has neither a meeting nor a sit-out in round "
                    f"{number}. Give them one."
                )
                yield _broken(Code.NOT_PLACED, person, says)


def sit_outs(export: Export) -> Iterator[Violation]:
    """A sit-out is in a round of the plan, of somebody who is there without a meeting."""
    for person in export.people:
        busy = {meeting.round for meeting in export.of_person.get(person.id, ())}
        for number in person.sit_outs:
            away = number > export.figures.rounds or (person.id, number) in export.absences
            if number in busy or away:
                why = "meets somebody then" if number in busy else "is not there then"
                says = f"{export.who(person.id)} sits out in round {number} but {why}. Remove it."
                yield _broken(Code.FALSE_SIT_OUT, person, says)


def rounds(export: Export) -> Iterator[Violation]:
    """The rounds in which a person meets are those of their meetings."""
    for person in export.people:
        true = tuple(meeting.round for meeting in export.of_person.get(person.id, ()))
        if person.rounds != true:
            yield _differs(Code.PERSON_ROUNDS, export, person, "rounds", person.rounds, true)


def partners(export: Export) -> Iterator[Violation]:
    """The partners of a person are those of their meetings, by round, then id."""
    for person in export.people:
        true = tuple(
            member
            for meeting in export.of_person.get(person.id, ())
            for member in sorted(set(meeting.members) - {person.id})
        )
        if person.partners != true:
            yield _differs(Code.PERSON_PARTNERS, export, person, "partners", person.partners, true)


def totals(export: Export) -> Iterator[Violation]:
    """What a person gets is a pair's affinity, or in a trio the mean of their two pairs'."""
    for person in export.people:
        true = received(export, person.id)
        if true is not None and person.total != true:
            said, want = (decimals(person.total),), (decimals(true),)
            yield _differs(Code.PERSON_TOTAL, export, person, "total", said, want)


def received(export: Export, person: str) -> int | None:
    """Sum what a person gets in all rounds, in UNIT; None where a score is missing."""
    total = 0
    for meeting in export.of_person.get(person, ()):
        mine = [pair for pair in meeting.pairs if person in pair]
        if any(pair not in export.score for pair in mine):
            return None
        total += sum(export.score[pair] for pair in mine) // max(1, len(mine))
    return total


def _surname_first(person: Person) -> tuple[str, str, str]:
    surname = person.family_name or person.name
    return _plain(surname), _plain(person.given_name), person.id


def _plain(name: str) -> str:
    """Return a name as a list is searched: letters of the alphabet, whatever stands on them."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in letters if not "\u0300" <= letter <= "\u036f")
    for letter, looked_up in zip("đðłøæœþ", ("d", "d", "l", "o", "ae", "oe", "th"), strict=True):
        bare = bare.replace(letter, looked_up)
    return bare


def _differs(
    code: Code,
    export: Export,
    person: Person,
    column: str,
    said: tuple[object, ...],
    true: tuple[object, ...],
) -> Violation:
    texts = ["; ".join(map(str, values)) or "none" for values in (said, true)]
    says = (
        f"{column} of {export.who(person.id)}: people.csv says {texts[0]}, the meetings say "
        f"{texts[1]}. Correct the one that is wrong."
    )
    return _broken(code, person, says)


def _broken(code: Code, person: Person, sentence: str) -> Violation:
    return Violation(code=code, file="people.csv", row=person.row, sentence=sentence)


PEOPLE_CHECKS = (duplicates, order, placed, sit_outs, rounds, partners, totals)
"""In the order in which they are reported."""
