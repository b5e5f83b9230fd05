"""How much room a text takes, estimated without the font that will draw it.

An HTML page is drawn with whatever sans-serif the organizer's machine has, and may run no script:
so line counts are estimated here, each letter as wide as in the widest of the fonts that the style
sheet lists. Never an exact width, always an upper limit: the tests draw the worst cases in a
browser, in each of the fonts. All widths are in em.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

__all__ = [
    "BOLD",
    "WIDTHS",
    "breakable",
    "is_rtl",
    "keeps_words",
    "line_count",
    "text_width",
    "together",
    "word_count",
]

BOLD = 1.08
"""How much wider bold text runs."""

# fmt: off
_ASCII = (  # hundredths of an em, from the space to the tilde
    29, 37, 43, 77, 59, 89, 73, 25, 36, 36, 55, 77, 29, 34, 29, 37,
    59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 31, 31, 77, 77, 77, 56,
    102, 67, 67, 72, 73, 67, 61, 78, 74, 34, 50, 67, 56, 91, 76, 78,
    67, 78, 72, 67, 61, 73, 67, 95, 67, 67, 63, 36, 37, 36, 77, 56,
    46, 57, 62, 51, 62, 57, 35, 62, 62, 26, 26, 54, 26, 94, 62, 61,
    62, 62, 41, 50, 36, 62, 55, 79, 55, 55, 50, 59, 55, 59, 77,
)
# fmt: on
_MARKS = {"“”„": 53, "‘’‚": 31, "«»": 62, "–": 60, "—…": 100, "·": 36, "¿": 61, "¡": 38, "\xa0": 29}
_WIDTHS = {chr(32 + place): width / 100 for place, width in enumerate(_ASCII)} | {
    mark: width / 100 for marks, width in _MARKS.items() for mark in marks
}

_WIDEST = max(_WIDTHS.values())
"""What may stay empty at the end of a line when a word is broken at any letter."""

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Burmese, Khmer: written without spaces, yet broken between words only."""

_THAI = "[\u0e40-\u0e44]?[\u0e01-\u0e2e][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*[\u0e30\u0e32\u0e33]?"
_ALPHABETIC = "[A-Za-z\u00c0-\u04ff][\u0300-\u036f]*"  # Latin, Greek, Cyrillic
_OPEN = re.compile(rf"(?:{_ALPHABETIC}|{_THAI})(?=\w)")
"""A letter with all that belongs to it, before another."""

_HANGUL = re.compile("[\uac00-\ud7a3](?=[\uac00-\ud7a3])")
"""A Korean syllable before another: they have spaces, and words that are better not parted."""

_BRACKET = re.compile(r"[(\[（].*?[)\]）]")
_ISOLATE = re.compile("[\u2066-\u2068].*?\u2069")

_SENTENCE, _RUNT = 5, 6
"""So many words at least stand before the last one of a sentence; a last word is short up to so
many letters with its full stop."""

_NAME_SIGNS = 4
"""A given or family name of Chinese or Japanese signs has at most so many."""

_UNSPACED_LOSS = 1.25
"""How much more room such text takes for that reason."""


@lru_cache(maxsize=65_536)
def line_count(text: str, room: float, widen: float = 1.0) -> int:
    """Return how many lines a text takes at most.

    Parameters
    ----------
    room
        Width of a line in em of the type size.
    widen
        Factor on all widths: `BOLD` for bold text.
    """
    room /= widen
    lines, used = 1, 0.0
    for width in _word_widths(text):
        if used and used + _SPACE + width > room:
            lines, used = lines + 1, 0.0
        if width > room:
            more = math.ceil(width / max(room - _WIDEST, _WIDEST)) - 1
            lines, used = lines + more, room
        else:
            used += width + (_SPACE if used else 0.0)
    return lines


def breakable(text: str, room: float) -> str:
    """Return a text whose words that no line of `room` em holds may break at any letter.

    Only for what sets text without a browser: a zero-width space follows every letter of such a
    word, never a joined one (Arabic, Devanagari) and never before a combining mark. Korean words
    and hyphenated ones (*iriez-vous*) that a line holds, and Chinese and Japanese ones of a name's
    length, are kept whole.
    """
    words = [
        _OPEN.sub("\\g<0>\u200b", word) if _word_width(word) * BOLD > room else _joined(word)
        for word in text.split(" ")
    ]
    return _without_runt(words, room)


def _without_runt(words: list[str], room: float) -> str:
    """Return a sentence whose short last word takes the one before along to the last line.

    No line is gained or lost by that, since the two fill no half of one.
    """
    *others, last = words
    tail = f"{others[-1]}\xa0{last}" if len(others) >= _SENTENCE else ""
    if tail and len(last) <= _RUNT and 2 * text_width(tail) * BOLD <= room:
        return " ".join([*others[:-1], tail])
    return " ".join(words)


def _joined(word: str) -> str:
    if len(word) <= _NAME_SIGNS and all(map(_is_wide, word)):
        return "\u2060".join(word)
    return _HANGUL.sub("\\g<0>\u2060", word).replace("-", "-\u2060")


def keeps_words(text: str, room: float) -> bool:
    """Return whether lines of `room` em hold every bold word of a text unbroken.

    What is written without spaces (Chinese, Japanese, Thai) may be parted.
    """
    return all(
        _word_width(word) * BOLD <= room
        or _UNSPACED.search(word)
        or (any(map(_is_wide, word)) and not _HANGUL.search(word))
        for word in text.split(" ")
    )


def together(text: str, room: float) -> str:
    """Return a text whose brackets stay whole on lines of `room` em, where a line holds them."""

    def joined(bracket: re.Match[str]) -> str:
        whole = bracket[0].replace(" ", "\xa0")
        return whole if text_width(whole) * BOLD <= room else bracket[0]

    return _BRACKET.sub(joined, text)


def is_rtl(text: str) -> bool:
    """Return whether a text runs from right to left: what stands in isolates does not count.

    Examples
    --------
    >>> is_rtl("شكرا"), is_rtl("“\u2068شكرا\u2069” comes up"), is_rtl("42")
    (True, False, False)
    """
    strong = map(unicodedata.bidirectional, _ISOLATE.sub("", text))
    return next((kind != "L" for kind in strong if kind in ("L", "R", "AL")), False)


def text_width(text: str) -> float:
    """Return how wide a text is at most on one line."""
    return sum(map(_letter_width, text))


def word_count(text: str) -> int:
    """Return how many words a reader sees."""
    return len(text.split())


_SPACE = _WIDTHS[" "]


@lru_cache(maxsize=65_536)
def _word_widths(text: str) -> tuple[float, ...]:
    return tuple(map(_word_width, text.split(" ")))


@lru_cache(maxsize=65_536)
def _word_width(word: str) -> float:
    return text_width(word) * (_UNSPACED_LOSS if _UNSPACED.search(word) else 1.0)


@lru_cache(maxsize=65_536)
def _letter_width(letter: str) -> float:
    category = unicodedata.category(letter)
    base = unicodedata.normalize("NFD", letter)[0]
    if category in ("Mn", "Me", "Cf", "Cc"):
        return 0.0  # combining marks, bidi isolates, joiners
    if letter >= "\U0001f000" and category == "So":
        return 1.3  # emoji
    if _is_wide(letter):
        return 1.0
    return _WIDTHS.get(base, 0.9 if category == "Lu" else 0.75)


WIDTHS = (line_count, _word_widths, _word_width)
"""What remembers words of cards that it has measured."""


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"
