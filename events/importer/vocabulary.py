"""The words the importer knows: column headers and cells with a meaning, in every language.

The words themselves are data (`headers.toml`, `words.toml`); this module only looks them up.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from .result import Reason
from .wording import plain

__all__ = [
    "ERRORS",
    "LEVELS",
    "Hit",
    "agrees",
    "header_field",
    "header_words",
    "is_empty_word",
    "is_word",
    "meanings_of",
    "status_of",
]

ERRORS = ("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!")
"""What spreadsheets write into cells whose formula failed."""

LEVELS = " – "
"""What joins the levels of a header that takes up two rows."""

_HERE = Path(__file__).parent
_LONGEST_HEADER = 300
_WHO = ("name", "given_name", "family_name", "email", "organization", "city")
_LONGEST_WORD = 40
_LONGEST_EMPTY = 30
_LONGEST_STATUS = 60
_LONGEST_PHRASE = 4
_NOTHING: frozenset[str] = frozenset()
_STATUS_KINDS = frozenset((*Reason, "going", "denies"))
_EMPTY_MARKS = frozenset(
    (*ERRORS, "-", "–", "—", "--", "---", ".", "..", "...", "…", "/", "?", "*", "_")
)


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
    text: str
    length: int
    about_others: bool

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Made when it is needed: a file meets a few dozen of thousands."""
        return re.compile(_pattern(self.text))


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
                self._add(field, phrase.removeprefix("!"), phrase.startswith("!"))

    def _add(self, field: str, phrase: str, about_others: bool) -> None:
        self._whole.setdefault(plain(phrase), field)
        if not phrase.startswith("="):
            length = len(phrase.rstrip("*"))
            entry = _Phrase(field, phrase, length, about_others)
            self._starting.setdefault(plain(phrase)[:2], []).append(entry)

    def look_up(self, header: str) -> Hit | None:
        if header in self._whole:
            return Hit(self._whole[header], len(header), 1.0)
        phrases = [
            phrase
            for start in _word_starts(header)
            for phrase in self._starting.get(header[start : start + 2], ())
            if phrase.pattern.match(header, start)
        ]
        best = max(phrases, key=lambda phrase: phrase.length, default=None)
        if best and best.field in _WHO:
            best = next((phrase for phrase in phrases if phrase.about_others), best)
        return Hit(best.field, best.length, best.length / len(header)) if best else None


def _word_starts(header: str) -> Iterator[int]:
    if _is_unspaced(header):
        return iter(range(len(header)))
    return (match.start() for match in re.finditer(r"\S+", header))


@cache
def _headers() -> _Headers:
    return _Headers(_tables("headers.toml"))


@cache
def _meanings() -> Mapping[str, frozenset[str]]:
    """Return word → the tables of `words.toml` that it stands in."""
    meanings: dict[str, frozenset[str]] = {}
    for kind, words in _tables("words.toml").items():
        for word in map(plain, words):
            meanings[word] = meanings.get(word, frozenset()) | {kind}
    return meanings


def header_field(header: str) -> Hit | None:
    """Return the target that a header names, by the longest phrase found in it; None if none is.

    Examples
    --------
    >>> header_field("Which topics do you love?").field
    'interest'
    """
    header = header[: 2 * _LONGEST_HEADER]
    whole = _looked_up(header)
    upper, levels, lower = header.rpartition(LEVELS)
    if not levels:
        return whole
    parts = (_looked_up(lower), header_field(upper))
    if whole and all(part is None or part.length < whole.length for part in parts):
        return whole  # "Company – Name" is neither
    return parts[0] or parts[1]


@lru_cache(maxsize=16_384)
def _looked_up(header: str) -> Hit | None:
    words = plain(header)[:_LONGEST_HEADER]
    return _headers().look_up(words) if words else None


def header_words(cells: Iterable[str]) -> int:
    """Return how many of the cells read like column headers."""
    hits = map(header_field, cells)
    return sum(hit is not None and hit.coverage > 0.4 for hit in hits)


def meanings_of(text: str) -> frozenset[str]:
    """Return the tables of `words.toml` in which the whole text is a word.

    Examples
    --------
    >>> sorted(meanings_of("Yes"))
    ['going', 'yes']
    """
    return _short_meanings(text) if len(text) <= _LONGEST_WORD else _NOTHING


@lru_cache(maxsize=32_768)
def _short_meanings(text: str) -> frozenset[str]:
    word = text.lower()
    if not (word.isascii() and word.replace(" ", "").isalpha()):
        word = plain(text)  # ten times slower: a long file asks for millions of cells
    return _meanings().get(word, _NOTHING)


def is_word(kind: str, text: str) -> bool:
    """Whether the whole text is a word of that table of `words.toml`, say ``yes``."""
    return kind in meanings_of(text)


def is_empty_word(text: str) -> bool:
    """Whether a cell says in words or marks that it says nothing."""
    return not text or (len(text) <= _LONGEST_EMPTY and _is_short_empty_word(text))


@lru_cache(maxsize=32_768)
def _is_short_empty_word(text: str) -> bool:
    return text in _EMPTY_MARKS or is_word("empty", text)


def status_of(text: str) -> Reason | bool | None:
    """Return the reason to set a row aside, True for somebody who comes, None for unknown words.

    Words around a known status do not matter ("Cancelled by organizer") unless they say another
    one or deny it ("paid, then refunded", "not paid").
    """
    return _remembered_status(text) if len(text) <= _LONGEST_STATUS else None


@lru_cache(maxsize=4_096)
def _remembered_status(text: str) -> Reason | bool | None:
    status = _status(meanings_of(text))
    return _status_within(text) if status is None else status


def _status_within(text: str) -> Reason | bool | None:
    words = plain(text).split()
    found: set[Reason | bool] = set()
    start = 0
    while start < len(words):
        ends = range(min(len(words), start + _LONGEST_PHRASE), start, -1)
        phrases = ((end, _meanings().get(" ".join(words[start:end]), _NOTHING)) for end in ends)
        end, meanings = next(
            (hit for hit in phrases if hit[1] & _STATUS_KINDS), (start + 1, _NOTHING)
        )
        if "denies" in meanings and end == start + 1:
            return None
        status = _status(meanings)
        if status is not None:
            found.add(status)
        start = end
    return found.pop() if len(found) == 1 else None


def _status(meanings: frozenset[str]) -> Reason | bool | None:
    for reason in Reason:
        if reason.value in meanings:
            return reason
    return True if "going" in meanings else None


def agrees(text: str) -> bool:
    """Whether a cell clearly says yes to something."""
    return is_word("yes", text) or plain(text).startswith(_agreements())


@cache
def _agreements() -> tuple[str, ...]:
    return tuple(word for word, kinds in _meanings().items() if "agrees" in kinds)
