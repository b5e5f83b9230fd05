"""Folding of text: the differences of typing that never change what somebody means."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["fold"]

_SPACE = re.compile(r"\s+")
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
