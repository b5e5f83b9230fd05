"""Which code page bytes that are not Unicode were written in.

Two kinds of evidence. For scripts of their own (Japanese, Chinese, Korean, Cyrillic) the statistics
of charset-normalizer choose. Among the Latin pages, where one letter in a name decides and whole
files say nothing, every word is held against the alphabets of the languages that use the page:
"Muñoz" is Spanish, "Ibáńez" is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from charset_normalizer import from_bytes

__all__ = ["CANDIDATES", "code_page_of"]

_LATIN = ("cp1252", "iso8859_15", "cp1250", "iso8859_2", "cp1254", "mac_roman")
_OTHERS = ("cp1251", "koi8_r", "cp932", "euc_jp", "gb18030", "big5", "euc_kr")
CANDIDATES = _LATIN + _OTHERS
"""What a text may be written in when it is not Unicode; the first of equal ones is taken."""

_ALPHABETS = (
    frozenset("äöüß"),
    frozenset("àâæçéèêëîïôœùûüÿ"),
    frozenset("áéíñóúüºª"),
    frozenset("àèéìíîòóùú"),
    frozenset("áâãàçéêíóôõúü"),
    frozenset("áéëïóöüèê"),
    frozenset("åäöéæøüà"),
    frozenset("ąćęłńóśźż"),
    frozenset("áčďéěíňóřšťúůýž"),
    frozenset("áäčďéíĺľňóôŕšťúýž"),
    frozenset("áéíóöőúüű"),
    frozenset("ăâîșțşţ"),
    frozenset("čćđšž"),
    frozenset("çğıiöşüâî"),
    frozenset("áðéíóúýþæö"),
)
_WORDS = re.compile(r"[^\s,;|\"()\[\]/\-–—:]+")
_MARKS = frozenset("’‘“”„‚«»‹›–—…€£§©®™°·•½¼¾²³¿¡×´`")
_BEFORE = "‘“„‚«‹»›¿¡£€'\"&*+#"
_AFTER = "’”“»›«‹…°€.!?'\"&*+#"


def code_page_of(evidence: bytes) -> str:
    """Return the candidate that makes most sense of some cells, none of them plain ASCII.

    Parameters
    ----------
    evidence
        Distinct cells, one a line.
    """
    latin = max(_LATIN, key=lambda name: (_sense(evidence, name), -_LATIN.index(name)))
    match = from_bytes(evidence, cp_isolation=list(_OTHERS)).best()
    if match is None:
        return latin
    other = min(set(match.could_be_from_charset) & set(_OTHERS), key=_OTHERS.index)
    return other if _sense(evidence, other) > _sense(evidence, latin) else latin


def _sense(evidence: bytes, encoding: str) -> float:
    """Return how much sense the words make, 0 to 2: each alone, and all as one language."""
    text = evidence.decode(encoding, "replace")
    words = [word for word in _WORDS.findall(text) if not word.isascii()]
    marks = [char for char in text if char in _MARKS]
    if not words:
        return 2.0 if marks else 0.0
    alone = sum(map(_makes_sense, words)) / len(words)
    return alone + max(_share(words, alphabet) for alphabet in (*_ALPHABETS, frozenset[str]()))


def _share(words: Sequence[str], alphabet: frozenset[str]) -> float:
    """Return the share of words whose letters beyond ASCII are all in the alphabet."""
    fitting = sum(
        _makes_sense(word) and (_beyond_ascii(word) <= alphabet or not _is_latin(word))
        for word in words
    )
    return fitting / len(words)


def _makes_sense(word: str) -> bool:
    """Whether a word could be written by somebody: one script, usual case, marks at its ends."""
    bare = word.lstrip(_BEFORE).rstrip(_AFTER).replace("’", "").replace("'", "")
    if not bare or bare.isascii():
        return True
    if not all(char.isalpha() or char.isascii() for char in bare) or not _has_usual_case(bare):
        return False
    if _is_latin(bare):
        return any(_beyond_ascii(bare) <= alphabet for alphabet in _ALPHABETS)
    return not any(char.isascii() and char.isalpha() for char in bare) and not _is_half_width(bare)


def _has_usual_case(word: str) -> bool:
    return word.islower() or word.isupper() or word[1:].islower() or not _cased(word)


def _cased(word: str) -> bool:
    return word.lower() != word.upper()


def _beyond_ascii(word: str) -> frozenset[str]:
    return frozenset(char for char in word.lower() if not char.isascii() and char.isalpha())


def _is_latin(word: str) -> bool:
    return all(char < "\u0250" for char in word if char.isalpha())


def _is_half_width(word: str) -> bool:
    return any("\uff61" <= char <= "\uff9f" for char in word)
