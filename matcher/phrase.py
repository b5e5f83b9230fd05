"""Sentences for people that can be said in another language by whoever shows them.

They are texts like any other, in English. What they were made of goes along, so that a page looks
the pattern up in its own language and fills the same values in. Nothing is translated here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

__all__ = ["Phrase", "in_quotes", "listed", "phrase", "phrases"]


class Phrase(str):
    """A text with what it was made of; joined to other texts, it is a plain text again.

    Attributes
    ----------
    pattern
        With gaps such as ``%(name)s``; for a count the words for one.
    many
        The words for several; "" when nothing is counted.
    values
        What fills the gaps: texts, phrases, counts (that of `many` is `num`), and figures, which
        are written with three decimals.
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


def listed(names: Sequence[str]) -> str:
    """Return one name, or several as a phrase.

    Examples
    --------
    >>> listed(["Ana"]), listed(["Ana", "Ben", "Cleo"])
    ('Ana', 'Ana, Ben and Cleo')
    """
    *some, last = names
    return phrase("%(some)s and %(last)s", some=", ".join(some), last=last) if some else last


def in_quotes(texts: Sequence[str]) -> Phrase:
    """Return texts or phrases, at least one, each in quotation marks.

    Examples
    --------
    >>> in_quotes(["Skills", "Tools"])
    '“Skills”, “Tools”'
    """
    said = phrase("“%(text)s”", text=texts[0])
    for text in texts[1:]:
        said = phrase("%(some)s, “%(text)s”", some=said, text=text)
    return said


def _made(words: str, pattern: str, many: str, values: Mapping[str, object]) -> Phrase:
    made = Phrase(words % {name: _shown(value) for name, value in values.items()})
    made.pattern, made.many, made.values = pattern, many, values
    return made


def _shown(value: object) -> object:
    if isinstance(value, float):
        return f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else value
