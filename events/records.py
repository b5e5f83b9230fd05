"""Values of this package as rows and JSON text, and back: how the store keeps them.

The inverse of each function here is tested for any text; nothing else reads or writes these.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import msgspec

from matcher.canon import Decision
from matcher.settings import Odd, Settings

from .importer.result import Options
from .model import RULE_COLUMNS, Answer, Attendee, Event, Keeping, StoredAttendee, Words
from .rules import Sentence

__all__ = [
    "PERSON_COLUMNS",
    "answers_from_json",
    "answers_to_json",
    "attendee_from_json",
    "attendee_from_row",
    "attendee_to_json",
    "attendee_to_row",
    "attendees_from_json",
    "attendees_to_json",
    "blanks_to_json",
    "decisions_from_json",
    "decisions_to_json",
    "event_from_row",
    "event_to_row",
    "keeping_from_json",
    "keeping_to_json",
    "options_from_json",
    "options_to_json",
    "person_from_row",
    "sentence_from_row",
    "sentences_from_json",
    "sentences_to_json",
    "settings_from_json",
    "settings_to_json",
    "texts_from_json",
    "texts_to_json",
    "words_from_json",
    "words_to_json",
]

_TEXTS = ("id", "name", "given_name", "family_name", "email", "typed_name", "credentials")
PERSON_COLUMNS = (*_TEXTS, *RULE_COLUMNS, "answers", "source_row")
"""What of a row `person_from_row` reads."""


def settings_to_json(settings: Settings) -> str:
    """Write settings as one JSON object."""
    return _dump(asdict(settings))


def settings_from_json(text: str) -> Settings:
    """Read what `settings_to_json` wrote."""
    data = json.loads(text)
    # Settings stored before there were weights have the usual ones.
    weights = tuple(data.get("weights", Settings.weights))
    return Settings(**{**data, "odd": Odd(data["odd"]), "weights": weights})


def answers_to_json(answers: Iterable[Answer]) -> str:
    """Write answers as a JSON array of objects."""
    return _ENCODER.encode(tuple(answers)).decode()


def answers_from_json(text: str) -> tuple[Answer, ...]:
    """Read what `answers_to_json` wrote."""
    return _ANSWERS.decode(text)


def attendee_to_json(attendee: Attendee) -> str:
    """Write one attendee as a JSON object."""
    return _ENCODER.encode(attendee).decode()


def attendee_from_json(text: str) -> Attendee:
    """Read what `attendee_to_json` wrote."""
    return _ATTENDEE.decode(text)


def attendees_to_json(attendees: Iterable[Attendee]) -> str:
    """Write attendees as a JSON array of objects."""
    return _ENCODER.encode(tuple(attendees)).decode()


def attendees_from_json(text: str) -> tuple[Attendee, ...]:
    """Read what `attendees_to_json` wrote."""
    return _ATTENDEES.decode(text)


def texts_to_json(texts: Iterable[str]) -> str:
    """Write texts as a JSON array."""
    listed = tuple(texts)
    return (
        _ENCODER.encode(listed).decode() if listed else "[]"
    )  # of nine rule columns most are empty


def texts_from_json(text: str) -> tuple[str, ...]:
    """Read what `texts_to_json` wrote."""
    return () if text == "[]" else _TEXT.decode(text)


def decisions_to_json(decisions: Iterable[Decision]) -> str:
    """Write decisions about equal values as a JSON array of objects."""
    return _dump([asdict(decision) for decision in decisions])


def decisions_from_json(text: str) -> tuple[Decision, ...]:
    """Read what `decisions_to_json` wrote."""
    return tuple(Decision(**entry) for entry in json.loads(text))


def blanks_to_json(blanks: Mapping[str, str]) -> str:
    """Write what stands in the gaps of a sentence as one JSON object."""
    return _dump(dict(blanks))


def sentence_from_row(row: Mapping[str, Any]) -> Sentence:
    """Read a rule in a sentence, its gaps written by `blanks_to_json`."""
    return Sentence(kind=row["kind"], blanks=json.loads(row["blanks"]), number=row["number"])


def sentences_to_json(sentences: Iterable[Sentence]) -> str:
    """Write rules in sentences as a JSON array of objects."""
    return _dump([vars(sentence) for sentence in sentences])


def sentences_from_json(text: str) -> tuple[Sentence, ...]:
    """Read what `sentences_to_json` wrote."""
    return tuple(Sentence(**entry) for entry in json.loads(text))


def words_to_json(words: Words) -> str:
    """Write an organizer's words as one JSON object."""
    return _dump(asdict(words))


def words_from_json(text: str) -> Words:
    """Read what `words_to_json` wrote."""
    data = json.loads(text)
    lists = {name: tuple(data[name]) for name in ("banned", "kept_off") if name in data}
    return Words(**{**data, **lists})


def event_to_row(event: Event) -> dict[str, object]:
    """Return the columns of an event."""
    return {
        "id": event.id,
        "title": event.title,
        "date": event.date,
        "erase_on": event.erase_on,
        "settings": settings_to_json(event.settings),
        "rules": event.rules,
        "series": event.series,
        "words": words_to_json(event.words),
        "is_demo": int(event.is_demo),
        "version": event.version,
    }


def event_from_row(row: Mapping[str, Any]) -> Event:
    """Read what `event_to_row` wrote."""
    return Event(
        id=row["id"],
        title=row["title"],
        date=row["date"],
        erase_on=row["erase_on"],
        settings=settings_from_json(row["settings"]),
        rules=row["rules"],
        series=row["series"],
        words=words_from_json(row["words"]),
        is_demo=bool(row["is_demo"]),
        version=row["version"],
    )


def attendee_to_row(stored: StoredAttendee) -> dict[str, object]:
    """Return the columns of an attendee, without the key, the event and `merged_into`."""
    attendee = stored.attendee
    return {
        **{name: getattr(attendee, name) for name in _TEXTS},
        "answers": answers_to_json(attendee.answers),
        **{name: texts_to_json(getattr(attendee, name)) for name in RULE_COLUMNS},
        "source_row": attendee.source_row,
        "version": stored.version,
        "archived": int(stored.archived),
        "imported": attendee_to_json(stored.imported) if stored.imported else None,
        "upload": stored.upload,
    }


def attendee_from_row(row: Mapping[str, Any]) -> StoredAttendee:
    """Read what `attendee_to_row` wrote, with the key."""
    return StoredAttendee(
        number=row["number"],
        attendee=person_from_row(row),
        version=row["version"],
        archived=bool(row["archived"]),
        imported=attendee_from_json(row["imported"]) if row["imported"] else None,
        upload=row["upload"],
        merged_into=row.get("merged_into"),
    )


def person_from_row(row: Mapping[str, Any]) -> Attendee:
    """Read of what `attendee_to_row` wrote the person alone, as they are now."""
    lists: dict[str, Any] = {name: texts_from_json(row[name]) for name in RULE_COLUMNS}
    return Attendee(
        **{name: row[name] for name in _TEXTS},
        **lists,
        answers=answers_from_json(row["answers"]),
        source_row=row["source_row"],
    )


def options_to_json(options: Options) -> str:
    """Return options as an upload keeps them."""
    return json.dumps(
        {
            "mapping": {field: list(headers) for field, headers in options.mapped.items()},
            "encoding": options.encoding,
            "header_row": options.header_row,
            "sheet": options.sheet,
            "keep_set_aside": sorted(options.keep_set_aside),
            "printed": sorted(options.printed),
            "splits": dict(options.splits),
            "guests": options.guests,
        }
    )


def options_from_json(text: str) -> Options:
    """Return the options that an upload keeps; those that find everything out for ""."""
    data: dict[str, Any] = {"mapping": {}, **json.loads(text or "{}")}
    data["mapping"] = {field: tuple(headers) for field, headers in data["mapping"].items()}
    for name in {"keep_set_aside", "printed"} & set(data):
        data[name] = frozenset(data[name])
    return Options(**data)


def keeping_to_json(keeping: Keeping) -> str:
    """Return what is kept as JSON, sorted; "" for none."""
    if keeping == Keeping():
        return ""
    return _dump({"rounds": sorted(keeping.rounds), "pairs": sorted(keeping.pairs)})


def keeping_from_json(text: str) -> Keeping:
    """Read what `keeping_to_json` wrote."""
    return msgspec.json.decode(text, type=Keeping) if text else Keeping()


_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


# A page of 2,000 people reads tens of thousands of these, a large import writes as many. Who was
# stored before a column existed has nothing in it.
_ENCODER = msgspec.json.Encoder()
_TEXT = msgspec.json.Decoder(tuple[str, ...])
_ANSWERS = msgspec.json.Decoder(tuple[Answer, ...])
_ATTENDEE = msgspec.json.Decoder(Attendee)
_ATTENDEES = msgspec.json.Decoder(tuple[Attendee, ...])
