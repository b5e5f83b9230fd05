"""Values of this package as JSON text and back: how the store keeps what has no column of its own.

The inverse of each function here is tested for any text; nothing else reads or writes this JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from matcher.fields import Visibility
from matcher.settings import Odd, Settings

from .model import Answer, Attendee

__all__ = [
    "answers_from_json",
    "answers_to_json",
    "attendee_from_json",
    "attendee_to_json",
    "attendees_from_json",
    "attendees_to_json",
    "settings_from_json",
    "settings_to_json",
    "texts_from_json",
    "texts_to_json",
]


def settings_to_json(settings: Settings) -> str:
    """Write settings as one JSON object."""
    return _dump(asdict(settings))


def settings_from_json(text: str) -> Settings:
    """Read what `settings_to_json` wrote."""
    data = json.loads(text)
    return Settings(**{**data, "odd": Odd(data["odd"])})


def answers_to_json(answers: Iterable[Answer]) -> str:
    """Write answers as a JSON array of objects."""
    return _dump([asdict(answer) for answer in answers])


def answers_from_json(text: str) -> tuple[Answer, ...]:
    """Read what `answers_to_json` wrote."""
    return _answers(json.loads(text))


def attendee_to_json(attendee: Attendee) -> str:
    """Write one attendee as a JSON object."""
    return _dump(asdict(attendee))


def attendee_from_json(text: str) -> Attendee:
    """Read what `attendee_to_json` wrote."""
    return _attendee(json.loads(text))


def attendees_to_json(attendees: Iterable[Attendee]) -> str:
    """Write attendees as a JSON array of objects."""
    return _dump([asdict(attendee) for attendee in attendees])


def attendees_from_json(text: str) -> tuple[Attendee, ...]:
    """Read what `attendees_to_json` wrote."""
    return tuple(_attendee(data) for data in json.loads(text))


def texts_to_json(texts: Iterable[str]) -> str:
    """Write texts as a JSON array."""
    return _dump(list(texts))


def texts_from_json(text: str) -> tuple[str, ...]:
    """Read what `texts_to_json` wrote."""
    return tuple(json.loads(text))


def _dump(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _attendee(data: dict[str, Any]) -> Attendee:
    lists = {name: tuple(data[name]) for name in ("not_with", "already_met")}
    return Attendee(**{**data, **lists, "answers": _answers(data["answers"])})


def _answers(data: list[dict[str, Any]]) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            field=entry["field"],
            texts=tuple(entry["texts"]),
            visibility=Visibility(entry["visibility"]),
        )
        for entry in data
    )
