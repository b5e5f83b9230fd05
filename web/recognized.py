"""Sentences that went through a file or the database, found again as the phrases they were.

Plans keep what they say as English text. Its pattern is one of those that `matcher` and `events`
use: ``tools/translations.py`` lists them. The longest one that fits is taken.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path

from matcher.phrase import phrase, phrases

__all__ = ["PATTERNS", "recognized"]

PATTERNS = Path(__file__).parent / "translations" / "patterns.json"
"""A list of one and many, as `matcher.phrase.Phrase` has them."""

_GAP = re.compile(r"%\((\w+)\)s")
_LETTERS = 4
"""Fewest letters of a pattern that says enough to be recognized by."""


@lru_cache(maxsize=4096)
def recognized(text: str) -> str:
    """Return a text as the phrase that it was, or as it is.

    Examples
    --------
    >>> recognized("The rule quota costs nothing.").values
    {'kind': 'quota'}
    >>> type(recognized("Ana Lima")).__name__
    'str'
    """
    for form, one, many in _forms():
        found = form.fullmatch(text)
        if found is None:
            continue
        values = {name: _value(value) for name, value in found.groupdict().items()}
        if not many:
            return phrase(one, **values)
        num = values.pop("num", 1 if form.pattern == _as_regex(one) else 2)
        return phrases(one, many, int(str(num)), **values)
    return text


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Return every pattern as an expression, those with the longest words first."""
    known = json.loads(PATTERNS.read_text(encoding="utf-8"))
    forms = [(words, one, many) for one, many in known for words in filter(None, (one, many))]
    forms.sort(key=lambda form: -len(_GAP.sub("", form[0])))
    return tuple(
        (re.compile(_as_regex(words), re.S), one, many)
        for words, one, many in forms
        if sum(map(str.isalpha, _GAP.sub("", words))) >= _LETTERS
    )


def _as_regex(words: str) -> str:
    seen: set[str] = set()

    def gap(found: re.Match[str]) -> str:
        name = found[1]
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>[0-9,]+)" if name == "num" else f"(?P<{name}>.*?)"

    literal = [re.escape(part.replace("%%", "%")) for part in _GAP.split(words)[::2]]
    gaps = [gap(found) for found in _GAP.finditer(words)]
    return "".join(part + hole for part, hole in zip(literal, [*gaps, ""], strict=True))


def _value(text: str) -> object:
    plain = text.replace(",", "")
    return int(plain) if plain.isdecimal() and f"{int(plain):,}" == text else recognized(text)
