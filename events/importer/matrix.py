"""Matrices: one question spread over a column an option, with ticks in the cells."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from matcher.canon import LIST_LANGUAGES, shared_list

from .vocabulary import is_word
from .wording import plain

__all__ = ["Option", "are_ticks", "is_tick", "matrices_of", "names_topics"]

_LONGEST_HEADER = 300
_TICKS = frozenset(("x", "X", "✓", "✔", "☑", "☒", "●", "*"))
_IN_BRACKETS = re.compile(r"(.+?)\s*\[(.+)\]")
_AFTER_MARK = re.compile(r"(.+?)(?:\s[–—-]\s|:\s|\s?/\s?|_)(.+)")


@dataclass(frozen=True)
class Option:
    """One column of a matrix: the question that all of them ask, and the answer of this one."""

    question: str
    answer: str


def matrices_of(columns: Mapping[str, Sequence[str]]) -> dict[str, Option]:
    """Return header → option for the columns that belong to a matrix.

    Two columns at least must ask the same question (``Topics [Art]``, ``Topics – Music``), and no
    cell may hold anything but a tick, a no, or the option's own words.

    Parameters
    ----------
    columns
        Tidied cells by header.
    """
    asked: dict[str, dict[str, Option]] = defaultdict(dict)
    for header, cells in columns.items():
        option = _option(header)
        if option and any(cells) and all(_is_answer(cell, option.answer) for cell in cells):
            asked[plain(option.question)][header] = option
    return {
        header: option
        for options in asked.values()
        if len(options) > 1
        for header, option in options.items()
    }


def are_ticks(cells: Iterable[str], answer: str) -> bool:
    """Whether cells hold ticks and nothing but ticks, noes and the option's own words."""
    said = frozenset(cells)
    return all(_is_answer(cell, answer) for cell in said) and any(
        is_tick(cell, answer) for cell in said
    )


def names_topics(headers: Sequence[str]) -> bool:
    """Whether at least half of the headers name something that people can be interested in."""
    return 2 * sum(plain(header) in _topics() for header in headers) >= len(headers)


@cache
def _topics() -> frozenset[str]:
    """Return what needs and offers can be about, and the words that only one of them has."""
    found: set[str] = set()
    for language in LIST_LANGUAGES:
        names = list(map(plain, shared_list(language).domains.values()))
        often = Counter(word for name in names for word in name.split())
        found.update(names, (word for word in often if often[word] == 1 and len(word) > 2))
    return frozenset(found)


def is_tick(cell: str, answer: str) -> bool:
    """Whether a cell chooses the option of its column."""
    return cell in _TICKS or is_word("yes", cell) or (bool(cell) and plain(cell) == plain(answer))


def _is_answer(cell: str, answer: str) -> bool:
    return not cell or is_tick(cell, answer) or is_word("no", cell)


def _option(header: str) -> Option | None:
    if len(header) > _LONGEST_HEADER:
        return None
    found = _IN_BRACKETS.fullmatch(header) or _AFTER_MARK.fullmatch(header)
    return Option(found[1].strip(), found[2].strip()) if found else None
