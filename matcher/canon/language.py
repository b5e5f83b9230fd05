"""Languages: how well somebody speaks one is left out, where that is well enough to talk."""

from __future__ import annotations

import re

from matcher.canon.text import fold

__all__ = ["language_name"]

_WELL = (
    r"(?:(?:native|fluent|advanced)(?: speaker)?|mother tongue|muttersprache|fließend|courant"
    r"|langue maternelle|lengua materna|nativo|fluido|родной|свободно|母语|流利|[bc][12])"
)
_BEHIND = re.compile(rf"\s*(?:\(\s*{_WELL}\s*\)|[,:–—-]\s*{_WELL}|\s{_WELL})$")
_BEFORE = re.compile(r"^(?:native|fluent)\s+")


def language_name(text: str) -> str:
    """Return the folded language without how well it is spoken; a beginner's stays apart.

    Examples
    --------
    >>> language_name("English (fluent)"), language_name("Deutsch C1"), language_name("French A1")
    ('english', 'deutsch', 'french a1')
    """
    lowered = " ".join(text.casefold().split())
    return fold(_BEFORE.sub("", _BEHIND.sub("", lowered))) or fold(text)
