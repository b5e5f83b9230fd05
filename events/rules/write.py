"""Rules in sentences as the RULES.toml that says the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .sentence import Sentence

__all__ = ["write_toml"]


def write_toml(sentences: Iterable[Sentence]) -> str:
    """Return a RULES.toml that gives the same rules, people by id.

    Examples
    --------
    >>> apart = Sentence(kind="apart", blanks={"one": "ana", "other": "ben"})
    >>> print(write_toml([apart]), end="")
    [[exclusion]]
    people = ["ana", "ben"]
    """
    whole: dict[str, Any] = {}
    for sentence in sentences:
        _merge(whole, sentence.toml)
    blocks = [*_plain(whole), *_tables(whole), *_entries(whole)]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _merge(into: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Add to lists and tables that are there; a later plain value takes the place of an earlier."""
    for key, value in more.items():
        known = into.get(key)
        if isinstance(value, dict):
            _merge(into.setdefault(key, {}), value)
        elif isinstance(value, list) and isinstance(known, list) and key not in _WHOLE:
            into[key] = [*known, *(each for each in value if each not in known)]
        else:
            into[key] = value


_WHOLE = ("rounds",)  # of tables, one number a round; frozen ones are one sentence


def _plain(whole: Mapping[str, Any]) -> Iterator[str]:
    lines = [_line(key, value) for key, value in whole.items() if not _is_section(value)]
    if lines:
        yield "\n".join(lines)


def _tables(whole: Mapping[str, Any]) -> Iterator[str]:
    for key, value in whole.items():
        if isinstance(value, dict):
            yield "\n".join([f"[{key}]", *(_line(*item) for item in value.items())])


def _entries(whole: Mapping[str, Any]) -> Iterator[str]:
    for key, value in whole.items():
        if _is_section(value) and isinstance(value, list):
            for entry in value:
                yield "\n".join(
                    [f"[[{key}]]", *(_line(name, each) for name, each in entry.items())]
                )


def _is_section(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(each, dict) for each in value)
    )


def _line(key: str, value: object) -> str:
    return f"{_key(key)} = {_value(value)}"


def _key(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else _value(text)


def _value(value: object) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(_line(*item) for item in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    # JSON writes texts, numbers, true and false as TOML does, but for one control character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
