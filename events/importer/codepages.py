"""Which code page bytes that are not Unicode were written in.

Every page is tried with every language that uses it: how likely are these words, letter by letter,
in that language? "Muñoz" is likely Spanish, "Ibáńez" is nothing, and Greek read as Cyrillic is no
Russian. All readings explain the same bytes, so that their likelihoods can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from unicodedata import normalize

from .letters import letters_of

__all__ = ["CANDIDATES", "code_pages_of", "text_in"]

_WEST = ("de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "fi", "is", "ca")
_CENTRE = ("pl", "cs", "sk", "hu", "ro", "hr", "sl")
_EAST = ("ru", "uk", "bg", "sr", "be", "mk")

_PAGES: Mapping[str, tuple[str, ...]] = {
    "cp1252": _WEST,
    "iso8859_15": _WEST,
    "cp1250": _CENTRE,
    "iso8859_2": _CENTRE,
    "cp1254": ("tr", "az"),
    "cp1251": _EAST,
    "cp1253": ("el",),
    "iso8859_7": ("el",),
    "cp1255": ("he",),
    "cp1256": ("ar", "fa", "ur"),
    "iso8859_6": ("ar",),
    "cp1257": ("lt", "lv", "et"),
    "cp1258": ("vi",),
    "cp874": ("th",),
    "cp932": ("ja",),
    "euc_jp": ("ja",),
    "gb18030": ("zh_Hans",),
    "big5": ("zh_Hant",),
    "euc_kr": ("ko",),
    "mac_roman": _WEST,
    "mac_cyrillic": _EAST,
    "mac_latin2": _CENTRE,
    "koi8_r": ("ru", "bg"),
    "koi8_u": ("uk",),
    "iso8859_5": ("ru", "bg", "sr", "mk"),
    "cp850": _WEST,
    "cp437": _WEST,
    "cp852": _CENTRE,
    "cp857": ("tr",),
    "cp866": ("ru", "bg"),
    "cp1125": ("uk",),
    "cp737": ("el",),
    "cp862": ("he",),
}
"""Code page → languages written in it; of equally likely pages the first is taken."""

CANDIDATES = tuple(_PAGES)
"""What a text may be written in when it is not Unicode."""

_RARE = frozenset(
    ("cp850", "cp437", "cp852", "cp857", "cp866", "cp1125", "cp737", "cp862", "mac_latin2")
)
_WITH_TONES = "cp1258"
_UNUSUAL = 3.0
"""How much likelier words must be, as a logarithm, for a page that hardly anybody uses any more."""

_SURE = 4.0
"""How much likelier the best page must be, as a logarithm, to leave no question."""

_FIRST_WORDS, _KEPT, _MOST_WORDS = 40, 12, 400
"""All readings are tried on the first words, the best of them on more."""

# Bytes that are never the second half of a character in the East Asian code pages.
_GAPS = re.compile(rb"[\x00-\x2f\x3a-\x3f]+")


def code_pages_of(evidence: bytes) -> tuple[str, ...]:
    """Return the page that makes most sense of some text, then others that may be meant as well.

    Those that read it alike are not named twice.

    Parameters
    ----------
    evidence
        Cells that are not plain ASCII.
    """
    words = list(dict.fromkeys(word for word in _GAPS.split(evidence) if not word.isascii()))
    readings = [(page, language) for page, languages in _PAGES.items() for language in languages]
    for most, kept in ((_FIRST_WORDS, _KEPT), (_MOST_WORDS, _KEPT)):
        likely = {reading: _likely(words[:most], *reading) for reading in readings}
        readings = sorted(readings, key=likely.__getitem__, reverse=True)[:kept]
    least = likely[readings[0]] - _SURE
    return _different((r[0] for r in readings if likely[r] > least), evidence)


def text_in(page: str, data: bytes) -> str:
    """Return bytes as text of that page, marked where it has no such letter.

    Vietnamese writes tones behind their letters there; elsewhere both are one.
    """
    text = data.decode(page, "replace")
    return normalize("NFC", text) if page == _WITH_TONES else text


def _likely(words: Iterable[bytes], page: str, language: str) -> float:
    """Return the logarithm of how likely words are in that language, written in that page."""
    letters = letters_of(language)
    found = sum(letters.likely(text_in(page, word)) for word in words)
    return found - _UNUSUAL * (page in _RARE)


def _different(pages: Iterable[str], evidence: bytes) -> tuple[str, ...]:
    read: dict[str, str] = {}
    for page in pages:
        read.setdefault(text_in(page, evidence), page)
    return tuple(read.values())
