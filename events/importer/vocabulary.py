"""The words the importer knows: column headers and cells with a meaning, in every language.

The words themselves are data (`headers.toml`, `words.toml`); this module only looks them up.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .result import Reason
from .wording import plain

__all__ = ["Hit", "agrees", "header_field", "header_words", "is_empty_word", "is_word", "status_of"]

_HERE = Path(__file__).parent
_LONGEST_HEADER = 300
_EMPTY_MARKS = frozenset(("-", "–", "—", "--", "---", ".", "..", "...", "…", "/", "?", "*", "_"))


@dataclass(frozen=True)
class Hit:
    """The phrase by which a header was recognised.

    Parameters
    ----------
    field
        Name of a target.
    length
        Number of characters of the phrase.
    coverage
        Share of the header that the phrase makes up; 1 when it is the whole header.
    """

    field: str
    length: int
    coverage: float


@dataclass(frozen=True)
class _Phrase:
    field: str
    pattern: re.Pattern[str]
    length: int


def _tables(file: str) -> dict[str, tuple[str, ...]]:
    content = tomllib.loads((_HERE / file).read_text(encoding="utf-8"))
    return {
        name: tuple(word for words in languages.values() for word in words)
        for name, languages in content.items()
    }


def _is_unspaced(text: str) -> bool:
    """Whether the text is in a script that puts no space between words."""
    return any("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" for char in text)


def _pattern(phrase: str) -> str:
    words = [
        r"(?:\S+ ){0,4}?" if word == "…" else plain(word.rstrip("*")) + r"\S*" * word.endswith("*")
        for word in phrase.split()
    ]
    return " ".join(words).replace("? ", "?") + ("" if _is_unspaced(phrase) else r"(?!\S)")


class _Headers:
    """Header phrases, found by their first letters: a file may have a thousand columns."""

    def __init__(self, tables: dict[str, tuple[str, ...]]) -> None:
        self._whole: dict[str, str] = {}
        self._starting: dict[str, list[_Phrase]] = {}
        for field, phrases in tables.items():
            for phrase in phrases:
                self._add(field, phrase)

    def _add(self, field: str, phrase: str) -> None:
        self._whole.setdefault(plain(phrase), field)
        if not phrase.startswith("="):
            length = len(phrase.rstrip("*"))
            entry = _Phrase(field, re.compile(_pattern(phrase)), length)
            self._starting.setdefault(plain(phrase)[:2], []).append(entry)

    def look_up(self, header: str) -> Hit | None:
        if header in self._whole:
            return Hit(self._whole[header], len(header), 1.0)
        hits = [
            Hit(phrase.field, phrase.length, phrase.length / len(header))
            for start in _word_starts(header)
            for phrase in self._starting.get(header[start : start + 2], ())
            if phrase.pattern.match(header, start)
        ]
        return max(hits, key=lambda hit: hit.length, default=None)


def _word_starts(header: str) -> Iterator[int]:
    if _is_unspaced(header):
        return iter(range(len(header)))
    return (match.start() for match in re.finditer(r"\S+", header))


_HEADERS = _Headers(_tables("headers.toml"))
_WORDS = {name: frozenset(map(plain, words)) for name, words in _tables("words.toml").items()}
_STATUS = {word: reason for reason in Reason for word in _WORDS.get(reason.value, ())}


@lru_cache(maxsize=16_384)
def header_field(header: str) -> Hit | None:
    """Return the target that a header names, by the longest phrase found in it; None if none is.

    Examples
    --------
    >>> header_field("Which topics do you love?").field
    'interest'
    """
    words = plain(header)[:_LONGEST_HEADER]
    return _HEADERS.look_up(words) if words else None


def header_words(cells: Iterable[str]) -> int:
    """Return how many of the cells read like column headers."""
    hits = (header_field(cell) for cell in cells)
    return sum(hit is not None and hit.coverage > 0.4 for hit in hits)


def is_word(kind: str, text: str) -> bool:
    """Whether the whole text is a word of that table of `words.toml`, say ``yes``."""
    return plain(text) in _WORDS[kind]


def is_empty_word(text: str) -> bool:
    """Whether a cell says in words or marks that it says nothing."""
    return not text or text in _EMPTY_MARKS or is_word("empty", text)


def status_of(text: str) -> Reason | bool | None:
    """Return the reason to set a row aside, True for somebody who comes, None for unknown words."""
    return _STATUS.get(plain(text)) or (True if is_word("going", text) else None)


def agrees(text: str) -> bool:
    """Whether a cell clearly says yes to something."""
    words = plain(text)
    return words in _WORDS["yes"] or any(words.startswith(start) for start in _WORDS["agrees"])
