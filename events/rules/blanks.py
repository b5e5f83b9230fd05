"""What can stand in the gaps of a sentence, and how each is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from matcher.phrase import phrase

from .cells import count_of, rounds_of, tables_of

__all__ = ["Blank", "read_blank"]


class Blank(StrEnum):
    """What stands in a gap of a sentence."""

    PERSON = "person"
    COHORT = "cohort"
    ROUND = "round"
    ROUNDS = "rounds"
    COUNT = "count"
    COUNTS = "counts"
    TABLES = "tables"
    NUMBERS = "numbers"
    NAME = "name"
    NEED = "need"
    SHARE = "share"


def read_blank(blank: Blank, text: str) -> Any:
    """Return what a gap says, as RULES.toml would hold it.

    Raises
    ------
    ValueError
        If it says nothing that fits; the text tells the problem and what to write.

    Examples
    --------
    >>> read_blank(Blank.ROUNDS, "1-3;5"), read_blank(Blank.SHARE, "50 %")
    ([1, 2, 3, 5], 0.5)
    """
    if not text.strip():
        raise ValueError(phrase("This gap is empty. Fill it in."))
    return _READ[blank](text.strip())


def _round(text: str) -> int:
    rounds = rounds_of(text)
    if len(rounds) > 1:
        raise ValueError(phrase("are several rounds. Write one, such as 2."))
    return min(rounds)


def _rounds(text: str) -> list[int]:
    return sorted(rounds_of(text))


def _counts(text: str) -> list[int]:
    parts = [part.strip() for part in text.replace(",", ";").split(";")]
    if not all(part.isascii() and part.isdigit() and len(part) < 7 for part in parts):
        raise ValueError(
            phrase("are no numbers of tables. Write one, or one a round such as 12;10;12.")
        )
    return [*map(int, parts)]


def _tables(text: str) -> list[int] | str:
    found = tables_of(text)
    return found if isinstance(found, str) else sorted(found)


def _numbers(text: str) -> list[int]:
    found = tables_of(text)
    if isinstance(found, str):
        raise ValueError(phrase("are no tables. Write their numbers, such as 3;4."))
    return sorted(found)


def _name(text: str) -> str:
    if text[0].isdigit():
        raise ValueError(phrase("begins like a number. Give the tables a name, such as quiet."))
    return text


def _cohort(text: str) -> str:
    if ";" in text:
        raise ValueError(
            phrase("is more than one cohort. Write one; a further rule can name another.")
        )
    return text


def _share(text: str) -> float:
    number = text.removesuffix("%").strip()
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= 100):
        raise ValueError(phrase("is no share. Write a number from 1 to 100, such as 50."))
    return int(number) / 100


_READ: Mapping[Blank, Callable[[str], Any]] = {
    Blank.PERSON: str,
    Blank.COHORT: _cohort,
    Blank.ROUND: _round,
    Blank.ROUNDS: _rounds,
    Blank.COUNT: count_of,
    Blank.COUNTS: _counts,
    Blank.TABLES: _tables,
    Blank.NUMBERS: _numbers,
    Blank.NAME: _name,
    Blank.NEED: str,
    Blank.SHARE: _share,
}
