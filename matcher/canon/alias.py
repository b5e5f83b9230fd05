"""Names that are one thing whatever the event, from `tables/aliases.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from matcher.canon.text import fold, key

__all__ = ["alias_of"]

_TABLES = {
    "school": "school",
    "organization": "organization",
    "past_organization": "organization",
    "role": "role",
    "field": "field",
    "language": "language",
    "skill": "skill",
    "tool": "skill",
    "interest": "skill",
    "hobby": "skill",
    "topic": "skill",
}
"""Kind to table."""


def alias_of(kind: str, text: str) -> str:
    """Return the folded name that stands for `text` in the table of its kind, "" if none does.

    Examples
    --------
    >>> alias_of("school", "M.I.T."), alias_of("skill", "k8s"), alias_of("skill", "MIT")
    ('massachusetts institute of technology', 'kubernetes', '')
    """
    if kind not in _TABLES:
        return ""
    return _tables()[_TABLES[kind]].get(_looked_up(text), "")


def _looked_up(text: str) -> str:
    return re.sub(r"\buniv\b", "university", key(text)).removeprefix("the ")


@cache
def _tables() -> dict[str, dict[str, str]]:
    text = (files("matcher.canon") / "tables" / "aliases.toml").read_text(encoding="utf-8")
    return {
        table: {_looked_up(name): fold(names[0]) for names in lines for name in names}
        for table, lines in tomllib.loads(text).items()
    }
