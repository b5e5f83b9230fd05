"""Folding of text: the differences of typing that never change what somebody means."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["fold", "key"]

_SPACE = re.compile(r"\s+")
_SILENT = re.compile(r"['’.,ʻ`]")
_EDGE = re.compile(r"^[^\w+#]+|[^\w+#]+$")


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
    # Signs above U+036F belong to scripts in which they are letters, not accents.
    bare = "".join(
        sign
        for sign in unicodedata.normalize("NFKD", fold(text))
        if not unicodedata.combining(sign) or sign > "\u036f"
    )
    plain = _SILENT.sub("", unicodedata.normalize("NFC", bare)).replace("-", " ")
    return " ".join(plain.split())
