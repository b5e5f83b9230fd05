"""How likely a word is in a language, from the letters that follow each other there.

Learned from what the CLDR (Unicode's data on languages, in `babel`) calls languages, countries,
currencies, scripts, months and days: some two thousand words a language.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from unicodedata import category

__all__ = ["Letters", "letters_of"]

# Marks that stand before and behind words.
_BEFORE = "‘“„‚«‹»›¿¡£€&*+#([|"
_AFTER = "’”“»›«‹…°ºª™®©€.!?&*+#)]|"
_APOSTROPHES = "’'‘´`"

# What is odd about a word, as logarithms: all guesses that hold up in measuring.
_MARK, _APOSTROPHE, _ODD_CASE, _MIXED, _NO_LETTER, _LOST = 3.0, 2.0, 7.0, 8.0, 9.0, 25.0
_UNSEEN, _UNSEEN_WIDE = 1e-6, 2e-5
"""Share of a letter that the language does not have; East Asian ones are too many to see all."""
_WEIGHT = 3.0
"""How many pairs the share of a letter alone weighs as much as."""

_FORMS = str.maketrans("șțȘȚ", "şţŞŢ")
"""Romanian as the old pages have it: with cedillas."""


@dataclass(frozen=True)
class Letters:
    """Letters of one language.

    Parameters
    ----------
    pairs, firsts
        How often two letters follow each other, and how often a letter is the first of two. A
        space stands before and behind every word.
    shares
        Share of each letter among all.
    """

    pairs: Mapping[str, int]
    firsts: Mapping[str, int]
    shares: Mapping[str, float]

    def likely(self, word: str) -> float:
        """Return the logarithm of how likely a word is, 0 or less."""
        bare = word.lstrip(_BEFORE).rstrip(_AFTER)
        odd = _MARK * (len(word) - len(bare)) + _oddness(bare)
        return sum(map(self._follows, pairwise(f" {_folded(bare)} "))) - odd

    def _follows(self, pair: tuple[str, str]) -> float:
        first, second = pair
        share = self.shares.get(second) or (_UNSEEN_WIDE if second > "\u2e80" else _UNSEEN)
        often = self.pairs.get(first + second, 0) + _WEIGHT * share
        return math.log(often / (self.firsts.get(first, 0) + _WEIGHT))


@cache
def letters_of(language: str) -> Letters:
    """Return the letters of a language that the CLDR knows."""
    words = [word for name in _names(language) for word in _folded(name).split()]
    pairs = Counter(first + second for word in words for first, second in pairwise(f" {word} "))
    firsts: Counter[str] = Counter()
    letters: Counter[str] = Counter()
    for pair, often in pairs.items():
        firsts[pair[0]] += often
        letters[pair[1]] += often
    total = letters.total()
    return Letters(pairs, firsts, {letter: often / total for letter, often in letters.items()})


def _names(language: str) -> Iterator[str]:
    from babel import Locale  # a tenth of a second that only files of old pages need

    known = Locale.parse(language)
    for names in (known.languages, known.territories, known.currencies, known.scripts):
        yield from map(str, names.values())
    for width in ("wide", "abbreviated"):
        yield from known.months["format"][width].values()
        yield from known.days["format"][width].values()


def _folded(text: str) -> str:
    return text.translate(_FORMS).lower()


def _oddness(word: str) -> float:
    """Return what speaks against a word whatever the language."""
    odd = 0.0 if word[1:].islower() or word.isupper() or word.lower() == word.upper() else _ODD_CASE
    latin = False
    other = False
    for char in word:
        if char == "\ufffd":
            odd += _LOST
        elif char.isalpha():
            latin, other = (True, other) if char < "\u0250" else (latin, True)
        elif char in _APOSTROPHES:
            odd += _APOSTROPHE
        elif not char.isascii() and category(char)[0] != "M":
            odd += _NO_LETTER
    return odd + _MIXED * (latin and other)
