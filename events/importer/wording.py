"""Text as it is compared, and text as it is kept. Every module of the importer uses these."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["plain", "shortened", "tidy"]

_LONGEST_REMEMBERED = 200
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}")
_WORD = re.compile(r"(?:[^\W_]|#)+")
_EDGES = "".join(("\ufeff\u200b\u200e\u200f\u2060\x00", "\u00a0\u202f \t\r\n\v\f"))


def plain(text: str) -> str:
    r"""Return the words of a text without case, accents and punctuation, for comparing.

    Examples
    --------
    >>> plain("  *Numéro de\n  billet: ")
    'numero de billet'
    >>> plain("companyName"), plain("E-Mail"), plain("#")
    ('company name', 'e mail', '#')
    """
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _words(text)


def _words(text: str) -> str:
    if "{{" in text:
        text = _PLACEHOLDER.sub(" ", text)
    text = _CAMEL.sub(" ", text).casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in text if not unicodedata.combining(char))
        text = unicodedata.normalize("NFC", text.casefold())
    return " ".join(_WORD.findall(text))


_remembered = lru_cache(maxsize=32_768)(_words)


def tidy(cell: str) -> str:
    """Return the cell without space and invisible marks around it; inside, it stays as typed."""
    return cell.strip(_EDGES)


def shortened(text: str, limit: int = 60) -> str:
    """Return one line of at most `limit` characters, for notices."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"
