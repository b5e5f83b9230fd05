"""Terms of art in plain words: whoever lacks the term must find who uses it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["gloss", "glossed_terms"]


def gloss(folded: str) -> str:
    """Return the plain words for all terms of art in a folded text, "" if it has none.

    Examples
    --------
    >>> gloss("fluent in cobol")
    'old mainframe programming language, legacy software'
    """
    return ", ".join(words for _, words in glossed_terms(folded))


def glossed_terms(folded: str) -> list[tuple[str, str]]:
    """Return each term of art in a folded text once, with its plain words."""
    terms, pattern = _load()
    return [(term, terms[term]) for term in dict.fromkeys(pattern.findall(folded))]


@cache
def _load() -> tuple[dict[str, str], re.Pattern[str]]:
    source = (files("matcher.meaning") / "glossary.toml").read_text(encoding="utf-8")
    terms = {term: words for area in tomllib.loads(source).values() for term, words in area.items()}
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    return terms, re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)")
