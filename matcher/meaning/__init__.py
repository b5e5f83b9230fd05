"""Which offers meet which needs, even without a common word or a common language.

An encoder proposes, structure decides. Nothing here opens a file other than the package's own, or
reaches for the network.
"""

from __future__ import annotations

from matcher.meaning.encoder import Cache, Encoder, Floats, OnRead
from matcher.meaning.likeness import LEXICAL, Likeness, Matches, Meaning
from matcher.meaning.named import (
    READ_UP_TO,
    NotInstalled,
    best_meaning,
    compared_by,
    meaning_named,
    remembered,
)
from matcher.meaning.statement import meant_as

__all__ = [
    "LEXICAL",
    "READ_UP_TO",
    "Cache",
    "Encoder",
    "Floats",
    "Likeness",
    "Matches",
    "Meaning",
    "NotInstalled",
    "OnRead",
    "best_meaning",
    "compared_by",
    "meaning_named",
    "meant_as",
    "remembered",
]
