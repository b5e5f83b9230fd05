"""Deny-lists: words that stand on no card, whatever anybody allowed.

Fails closed: if the list of one shipped language is missing, unreadable or empty, no card is made.
All lists apply to all text, because people mix languages; text in a script that no list covers
fills no slot. Names of people are exempt.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import groupby
from typing import Any

from matcher.errors import BankError

__all__ = ["BANNED", "CATEGORIES", "DenyList", "load_deny_list", "pitch_word"]

CATEGORIES = (
    "health",
    "religion",
    "politics",
    "origin",
    "sexuality",
    "family",
    "age",
    "finances",
    "law",
    "quiet",
)
"""What the listed words are about; each file has each."""
BANNED = "banned"
"""Category of the organizer's own words."""

OTHER = "other"
"""The list of words of languages in which no cards are made."""

_WORD = re.compile(r"\w+")
_ACCENT = re.compile("[\u0300-\u036f]")
_STARRED = re.compile(r"\w+\*?")
_PREFIX = 4
FOLDER: Traversable = files("matcher.questions") / "deny"
"""Where the lists are; one file a language."""


_Phrase = tuple[str, ...]
_Shelf = tuple[tuple[_Phrase, str], ...]
"""Phrases that begin alike, each with what is known of it."""


@dataclass(frozen=True)
class DenyList:
    """The words of all shipped languages.

    Parameters
    ----------
    listed
        (phrase, category) by the first letters of the phrase. A word of it that ends in ``*`` is a
        stem: it stands for all words it begins.
    permitted
        Phrases that are harmless although a word of theirs is listed ("credit union").
    pitch
        (sales words, a milder way of saying it) by their first word; see `pitch_word`.
    scripts
        Scripts the lists cover, as the Unicode names of their letters begin: ``LATIN``.
    """

    listed: Mapping[str, _Shelf]
    permitted: frozenset[tuple[str, ...]]
    pitch: Mapping[str, _Shelf]
    scripts: frozenset[str]

    def hit(self, text: str) -> str | None:
        """Return the category of the first listed word in `text`, None when it is clean.

        Examples
        --------
        >>> deny = load_deny_list(("en",))
        >>> deny.hit("the choir of our church"), deny.hit("credit union"), deny.hit("H.I.V. gala")
        ('religion', None, 'health')
        """
        for words in {_words(text), _spelled(_words(text))}:
            if self._first_hit(words) is not None:
                found = self._first_hit(self._without_permitted(words))
                if found is not None:
                    return found
        return None

    def covers(self, text: str) -> bool:
        """Whether every letter of `text` is in a script that the lists cover."""
        letters = (sign for sign in _folded(text) if sign.isalpha())
        return all(unicodedata.name(sign, "").split(" ")[0] in self.scripts for sign in letters)

    def with_banned(self, phrases: Sequence[str]) -> DenyList:
        """Return these lists with the organizer's own words added, as category ``banned``."""
        listed = [entry for shelf in self.listed.values() for entry in shelf]
        listed += [(words, BANNED) for phrase in phrases if (words := _words(phrase, stars=True))]
        return replace(self, listed=_by_first_letters(listed))

    def _first_hit(self, words: Sequence[str]) -> str | None:
        for at, word in enumerate(words):
            for phrase, category in self._started_by(word):
                if len(phrase) == 1 or _begins(words[at:], phrase):
                    return category
        return None

    @cached_property
    def _started_by(self) -> Callable[[str], _Shelf]:
        """The listed phrases whose first word a word is; kept, for the same words come again."""
        return cache(self._look_up)

    def _look_up(self, word: str) -> _Shelf:
        shelf = self.listed.get(word[:_PREFIX], ())
        return tuple(entry for entry in shelf if _begins((word,), entry[0][:1]))

    def _without_permitted(self, words: Sequence[str]) -> list[str]:
        """Blank permitted phrases out; the words around them do not become neighbours."""
        kept = list(words)
        for phrase in self.permitted:
            for at in range(len(words) - len(phrase) + 1):
                if tuple(words[at : at + len(phrase)]) == phrase:
                    kept[at : at + len(phrase)] = [""] * len(phrase)
        return kept


def load_deny_list(languages: tuple[str, ...], folder: Traversable | None = None) -> DenyList:
    """Return the deny-lists of `languages`, and of those without cards, as one.

    Parameters
    ----------
    folder
        Where the lists are, if not among the package data.

    Raises
    ------
    BankError
        If a file is missing, unreadable or lacks a part; the message names the file.
    """
    here = FOLDER if folder is None else folder
    tables = [_read(here / f"{name}.toml") for name in (*languages, OTHER)]
    listed = [
        (_words(phrase, stars=True), category)
        for table in tables
        for category in CATEGORIES
        for phrase in table["never"][category]
    ]
    return DenyList(
        listed=_by_first_letters(listed),
        permitted=frozenset(_words(phrase) for table in tables for phrase in table["permitted"]),
        pitch=_by_first_word(tables),
        scripts=frozenset(script for table in tables for script in table["scripts"]),
    )


def pitch_word(text: str, deny: DenyList) -> tuple[str, str] | None:
    """Return the first sales word in `text` with a milder way of saying it, None without any.

    Examples
    --------
    >>> pitch_word("Free demo of our tool", load_deny_list(("en",)))
    ('demo', 'a look at how it works')
    """
    words = _words(text)
    for at, word in enumerate(words):
        for said, milder in deny.pitch.get(word, ()):
            if words[at : at + len(said)] == said:
                return " ".join(said), milder
    return None


def _read(file: Traversable) -> dict[str, Any]:
    name = f"deny-list {file.name}"
    remedy = "No cards are made without it. Restore the file from a fresh installation."
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BankError(f"The {name} is missing. {remedy}") from None
    except (OSError, ValueError) as error:
        raise BankError(f"The {name} cannot be read: {error}. {remedy}") from error
    gaps = [part for part in ("scripts", "permitted", "pitch") if not table.get(part)]
    gaps += [f"never.{part}" for part in CATEGORIES if not table.get("never", {}).get(part)]
    if gaps:
        raise BankError(f"The {name} has nothing under {', '.join(gaps)}. {remedy}")
    return table


def _by_first_word(
    tables: Sequence[Mapping[str, Any]],
) -> dict[str, _Shelf]:
    """Shelve the sales words; of one that two languages share, the first milder wording stays."""
    milder: dict[_Phrase, str] = {}
    for table in tables:
        for said, mild in table["pitch"].items():
            milder.setdefault(_words(said), mild)
    shelves: dict[str, list[tuple[_Phrase, str]]] = {}
    for words, mild in milder.items():
        shelves.setdefault(words[0], []).append((words, mild))
    return {first: tuple(entries) for first, entries in shelves.items()}


def _by_first_letters(
    listed: Iterable[tuple[_Phrase, str]],
) -> dict[str, _Shelf]:
    shelves: dict[str, list[tuple[_Phrase, str]]] = {}
    for phrase, category in listed:
        if phrase[0].endswith("*") and len(phrase[0]) <= _PREFIX:
            raise BankError(f"{phrase[0]!r} would forbid too much. Give it more letters.")
        shelves.setdefault(phrase[0][:_PREFIX], []).append((phrase, category))
    return {letters: tuple(entries) for letters, entries in shelves.items()}


def _begins(words: Sequence[str], phrase: tuple[str, ...]) -> bool:
    """Whether `words` begin with `phrase`, in which a word with ``*`` is a stem."""
    return len(phrase) <= len(words) and all(
        word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
        for wanted, word in zip(phrase, words, strict=False)
    )


def _folded(text: str) -> str:
    """Return `text` without case and accents, which people leave out."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return _ACCENT.sub("", plain)


def _words(text: str, *, stars: bool = False) -> tuple[str, ...]:
    return tuple((_STARRED if stars else _WORD).findall(_folded(text)))


def _spelled(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words with single letters that stand together as one: H.I.V., "c h u r c h".

    Examples
    --------
    >>> _spelled(("the", "h", "i", "v", "gala"))
    ('the', 'hiv', 'gala')
    """
    joined: list[str] = []
    for single, run in groupby(words, lambda word: len(word) == 1 and word.isalpha()):
        together = list(run)
        joined += ["".join(together)] if single else together
    return tuple(joined)
