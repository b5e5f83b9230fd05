"""Folding of text: the differences of typing that never change what somebody means."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["fold", "key"]

_SPACE = re.compile(r"\s+")
_SILENT = re.compile(r"['’.,ʻ`]")
_EDGE = re.compile(r"^[^\w+#]+|[^\w+#]+$")

_ARABIC = dict.fromkeys([0x640, *range(0x64B, 0x656), 0x670]) | {ord("ى"): "ي"}


def fold(text: str) -> str:
    """Return `text` in NFKC, case-folded, with single spaces and no punctuation at its edges.

    ``C++`` and ``C#`` keep their signs, letters keep their accents, whatever the script.

    Examples
    --------
    >>> fold("  Urban\u00a0Planning. ")
    'urban planning'
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _EDGE.sub("", _SPACE.sub(" ", folded).strip())


def key(text: str) -> str:
    """Return `text` folded further, as tables are looked up: no accents, dots, commas or hyphens.

    Examples
    --------
    >>> key("Saint-Étienne"), key("U.S.A."), key("C++"), key("東京")
    ('saint etienne', 'usa', 'c++', '東京')
    """
    folded = fold(text)
    bare = folded if folded.isascii() else _without_accents(folded)
    return " ".join(_SILENT.sub("", bare).replace("-", " ").split())


def _without_accents(text: str) -> str:
    # Most signs above U+036F are letters of their scripts, not accents. Arabic ones come and go
    # with the typist, as do the dots of a final ya and the stretched line.
    signs = unicodedata.normalize("NFKD", text).translate(_ARABIC)
    kept = (sign for sign in signs if not unicodedata.combining(sign) or sign > "\u036f")
    return unicodedata.normalize("NFC", "".join(kept))
