"""Near-duplicates: texts so alike that hearing both would feel like hearing one twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

__all__ = ["ALIKE_FROM", "clusters", "likeness", "words_that_count"]

ALIKE_FROM = 0.8
"""Jaccard overlap of the words that count, from which two texts are near-duplicates."""

_SLOT = re.compile(r"\{\w+\}")
_WORD = re.compile(r"\w+")


def words_that_count(text: str, stop_words: Collection[str]) -> frozenset[str]:
    """Return the folded words of `text`, without slots and stop words.

    A text made of stop words alone keeps them: two such texts are not alike for that.

    Examples
    --------
    >>> sorted(words_that_count("Where did {place} begin for you?", {"for", "you", "did"}))
    ['begin', 'where']
    """
    folded = unicodedata.normalize("NFKC", _SLOT.sub(" ", text)).casefold()
    words = frozenset(_WORD.findall(folded))
    return (words - frozenset(stop_words)) or words


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Return the Jaccard overlap of two sets of words, 0 to 1."""
    return len(a & b) / len(a | b) if a or b else 1.0


def clusters(texts: Sequence[str], stop_words: Collection[str]) -> list[int]:
    """Number the texts so that near-duplicates have one number: the first one's index.

    Notes
    -----
    Compares every two texts; being alike is carried on (if a ~ b and b ~ c, all three are one
    cluster), so that a cluster can serve as one colour.
    """
    words = [words_that_count(text, stop_words) for text in texts]
    leader = list(range(len(texts)))
    for at, mine in enumerate(words):
        near = {leader[other] for other in range(at) if likeness(mine, words[other]) >= ALIKE_FROM}
        if near:
            near.add(at)
            leader = [min(near) if mark in near else mark for mark in leader]
    return leader
