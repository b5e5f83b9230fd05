"""Sentences for people that can be said in another language by whoever shows them.

They are texts like any other, in English. What they were made of goes along, so that a page looks
the pattern up in its own language and fills the same values in. Nothing is translated here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["Phrase", "phrase", "phrases"]


class Phrase(str):
    """A text with what it was made of; joined to other texts, it is a plain text again.

    Attributes
    ----------
    pattern
        With gaps such as ``%(name)s``; for a count the words for one.
    many
        The words for several; "" when nothing is counted.
    values
        What fills the gaps; a count is `num`, and a value may be a phrase itself.
    """

    pattern: str = ""
    many: str = ""
    values: Mapping[str, object] = MappingProxyType({})


def phrase(pattern: str, /, **values: object) -> Phrase:
    """Return a sentence with its gaps filled.

    Examples
    --------
    >>> phrase("From %(start)s, at %(tables)s.", start="18:00", tables=phrase("one table"))
    'From 18:00, at one table.'
    """
    return _made(pattern, pattern, "", values)


def phrases(one: str, many: str, num: int, /, **values: object) -> Phrase:
    """Return the words for a count, in which it is ``%(num)s``.

    Examples
    --------
    >>> phrases("%(num)s table", "%(num)s tables", 2000)
    '2,000 tables'
    """
    return _made(one if num == 1 else many, one, many, {"num": num, **values})


def _made(words: str, pattern: str, many: str, values: Mapping[str, object]) -> Phrase:
    shown = {
        name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()
    }
    made = Phrase(words % shown)
    made.pattern, made.many, made.values = pattern, many, values
    return made
