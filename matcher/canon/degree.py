"""Degrees in front of or behind a field of study: "Masters of Social Work", "Mathematics, PhD"."""

from __future__ import annotations

import re

from matcher.canon.text import fold

__all__ = ["without_degree"]

_DEGREE = r"(?:ph\.?\s?d\.?|m\.?sc\.?|m\.?a\.?|b\.?sc\.?|b\.?a\.?|m\.?phil\.?|masters?|bachelors?)"
_BEHIND = re.compile(rf"\s*(?:,\s*{_DEGREE}|\(\s*{_DEGREE}\s*\))$")
_BEFORE = re.compile(
    r"^(?:(?:master|bachelor)(?:['’]?s)?\s+(?:of|in)|(?:ph\.?d\.?|m\.?sc\.?)\s+in)\s+"
)
_DEGREES_THEMSELVES = frozenset(("arts", "science", "sciences", "business administration"))


def without_degree(text: str) -> str:
    """Return the folded field without its degree; a degree alone is kept.

    Examples
    --------
    >>> without_degree("Philosophy (Ph.D.)"), without_degree("Masters of Social Work")
    ('philosophy', 'social work')
    """
    lowered = _BEHIND.sub("", " ".join(text.casefold().split()))
    bare = fold(_BEFORE.sub("", lowered))
    return fold(text) if bare in _DEGREES_THEMSELVES else bare or fold(text)
