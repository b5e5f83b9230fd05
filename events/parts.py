"""A person in the parts that change on their own, and what becomes of each.

An import and a merge by hand decide part by part: the name, the address, each answer, each rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from matcher.fields import FIELDS

from .model import RULE_COLUMNS, Answer, Attendee

__all__ = ["LABELS", "decide", "in_words", "parts_of", "whole"]

_NAMES = ("name", "given_name", "family_name", "typed_name", "credentials")
LABELS = {
    "name": "Name",
    "email": "E-mail",
    **{entry.name: entry.label for entry in FIELDS},
    **RULE_COLUMNS,
}
"""Every part and what forms call it, in the order in which they are shown."""


def parts_of(person: Attendee) -> dict[str, Any]:
    """Return what can change on its own; what is empty is left out."""
    parts: dict[str, Any] = {answer.field: answer for answer in person.answers}
    parts["name"] = tuple(getattr(person, name) for name in _NAMES)
    parts["email"] = person.email
    parts |= {name: getattr(person, name) for name in RULE_COLUMNS}
    return {name: part for name, part in parts.items() if part}


def whole(person: Attendee, parts: Mapping[str, Any]) -> Attendee:
    """Return a person made of other parts; what is no part stays."""
    rules: dict[str, Any] = {name: parts.get(name) or () for name in RULE_COLUMNS}
    return replace(
        person,
        **rules,
        **dict(zip(_NAMES, parts["name"], strict=True)),
        email=parts.get("email") or "",
        answers=tuple(part for part in map(parts.get, LABELS) if isinstance(part, Answer)),
    )


def decide(base: object, mine: object, theirs: object) -> object:
    """Return the file's value unless somebody typed another one since the last import.

    Without a last import (`base` None) everything there is was typed by hand.
    """
    if base is None:
        return mine or theirs
    return theirs if mine == (base or None) else mine


def in_words(part: object) -> str:
    """Return what a part says, as one line."""
    match part:
        case Answer():
            return "; ".join(part.texts)
        case (str(name), _, _, _, _):
            return name
        case tuple():
            return "; ".join(map(str, part))
    return str(part or "")
