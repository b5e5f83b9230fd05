"""What the cells of rule columns must look like; one visible table, and the readers of each shape.

The importer and the form of a person refuse with the same sentences what cannot be read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from matcher.phrase import Phrase, phrase

from .register import plain

__all__ = [
    *("CELLS", "agreed", "cohorts_of", "count_of", "pin_of", "rounds_of", "tables_of"),
    *("quoted", "unusable", "urgency_of", "why"),
]

_MOST = 100
_COUNT = re.compile(r"\d{1,3}", re.ASCII)
_SPAN = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?", re.ASCII)
_PART = re.compile(r"\d{1,3}(?:[.,]\d{1,6})?", re.ASCII)
_PIN = re.compile(r"(.+?)\s*@\s*(\d{1,3})", re.ASCII)


def rounds_of(text: str) -> frozenset[int]:
    """Return the rounds that ``1-3;5`` means.

    Raises
    ------
    ValueError
        If it means none; the text says what to write.

    Examples
    --------
    >>> sorted(rounds_of("1-3; 5"))
    [1, 2, 3, 5]
    """
    rounds: set[int] = set()
    for part in re.split(r"[;,]", text):
        span = _SPAN.fullmatch(part.strip())
        first = int(span[1]) if span else 0
        last = int(span[2] or first) if span else 0
        if not 1 <= first <= last <= _MOST:
            raise ValueError(phrase("is no list of rounds. Write rounds such as 1-3;5."))
        rounds.update(range(first, last + 1))
    return frozenset(rounds)


def count_of(text: str) -> int:
    """Return a number of meetings.

    Raises
    ------
    ValueError
        If it is none.
    """
    if not _COUNT.fullmatch(text.strip()):
        raise ValueError(phrase("is no number of meetings. Write a whole number, 0 or more."))
    return int(text)


def pin_of(text: str) -> tuple[str, int | None]:
    """Return who is meant by ``ana@2``, and the round or None.

    Text behind an @ that is no number belongs to the name: addresses hold one.

    Raises
    ------
    ValueError
        If the round is 0 or beyond any event.

    Examples
    --------
    >>> pin_of("Ana Ruiz @ 2"), pin_of("ana@example.org")
    (('Ana Ruiz', 2), ('ana@example.org', None))
    """
    found = _PIN.fullmatch(text.strip())
    if not found:
        return text.strip(), None
    if not 1 <= int(found[2]) <= _MOST:
        raise ValueError(
            phrase("names no round. Write a name, @ and a round from 1, such as Ana@2.")
        )
    return found[1], int(found[2])


def tables_of(text: str) -> frozenset[int] | str:
    """Return the tables that ``3;4`` means, or the text if it is the name of some.

    Raises
    ------
    ValueError
        If it begins like numbers and is none.

    Examples
    --------
    >>> sorted(tables_of("3; 4")), tables_of("quiet")
    ([3, 4], 'quiet')
    """
    parts = [part.strip() for part in re.split(r"[;,]", text)]
    if not parts[0][:1].isdigit():
        return text.strip()
    if not all(part.isascii() and part.isdigit() and int(part) > 0 for part in parts):
        raise ValueError(
            phrase("is no table. Write a number from 1, several such as 3;4, or a name.")
        )
    return frozenset(map(int, parts))


def cohorts_of(text: str) -> frozenset[str]:
    """Return the names in ``mentor; newcomer``, folded as names of people are."""
    return frozenset(plain(part) for part in text.split(";") if part.strip())


def agreed(text: str) -> bool:
    """Return whether somebody agreed to meet competitors.

    Raises
    ------
    ValueError
        If that is not said plainly.
    """
    word = plain(text).rstrip(".!")
    if word not in _YES | _NO:
        raise ValueError(
            phrase("is neither yes nor no. Write yes if they agreed to meet competitors.")
        )
    return word in _YES


_YES = frozenset("yes y true x 1 ✓ ✔ ja j oui sí si s sim tak はい 是".split())
_NO = frozenset("no n false 0 - nein nee non não nao nie いいえ 否".split())
_URGENT = {
    **dict.fromkeys("low niedrig gering faible bajo baja baixa laag niski 低".split(), 0.3),
    **dict.fromkeys("medium mittel moyen moyenne medio media gemiddeld średni 中".split(), 0.6),
    **dict.fromkeys("high hoch élevé élevée alto alta hoog wysoki 高".split(), 1.0),
}
"""What forms let people tick, in words."""


def urgency_of(text: str) -> dict[str, float]:
    """Return how much needs count, by folded need; "" stands for all others of the person.

    Raises
    ------
    ValueError
        If an entry says no urgency above 0, to 1.

    Examples
    --------
    >>> urgency_of("0.5"), urgency_of("a first pilot: 50 %; low")
    ({'': 0.5}, {'a first pilot': 0.5, '': 0.3})
    """
    found = {}
    for part in filter(None, map(plain, text.split(";"))):
        need, _, said = part.rpartition(":")
        found[need.strip()] = _urgency(said.strip())
    if not found:
        raise ValueError(_NO_URGENCY)
    return found


def _urgency(said: str) -> float:
    if said in _URGENT:
        return _URGENT[said]
    number = said.removesuffix("%").strip()
    if _PART.fullmatch(number):
        value = float(number.replace(",", ".")) / (100 if said.endswith("%") else 1)
        if 0 < value <= 1:
            return value
    raise ValueError(_NO_URGENCY)


_NO_URGENCY = phrase(
    "says no urgency. Write a number above 0, to 1, or low, medium or high; "
    "for one of several needs, the need and a colon before it, such as a first pilot: 0.5."
)


def _any(text: str) -> str:
    return text


CELLS: Mapping[str, Callable[[str], Any]] = {
    "not_with": _any,
    "already_met": _any,
    "pin": pin_of,
    "wish": _any,
    "available": rounds_of,
    "quota": count_of,
    "min_meetings": count_of,
    "table": tables_of,
    "cohort": cohorts_of,
    "rivals": agreed,
    "urgency": urgency_of,
}
"""Every rule column, with what reads one of its entries."""


def unusable(column: str, text: str) -> Phrase:
    """Return what is wrong with an entry of a rule column, and the remedy; "" when nothing is."""
    try:
        CELLS[column](text)
    except ValueError as problem:
        return why(problem)
    return Phrase()


def why(problem: ValueError) -> Phrase:
    """Return what the readers of this module raise, as the phrase that it is."""
    said: Phrase = problem.args[0]
    return said


def quoted(text: str, problem: Phrase) -> Phrase:
    """Return a problem with what was typed before it."""
    return phrase("'%(text)s' %(problem)s", text=text, problem=problem)
