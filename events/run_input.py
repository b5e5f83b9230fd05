"""What a run is made from: everything it was given when it was started, kept in its row.

Whatever happens to the event afterwards, the run plans for the people and rules of then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.canon import Decision
from matcher.settings import Settings

from .model import Attendee, Keeping, Words
from .records import (
    attendees_from_json,
    attendees_to_json,
    decisions_from_json,
    decisions_to_json,
    keeping_from_json,
    keeping_to_json,
    sentences_from_json,
    sentences_to_json,
    settings_from_json,
    settings_to_json,
    words_from_json,
    words_to_json,
)
from .rules import Sentence

__all__ = ["INPUT_COLUMNS", "RunInput", "input_from_row", "input_to_row"]

_NOTHING = Keeping()
INPUT_COLUMNS = (
    "attendees, settings, rules, sentences, since, equals, words, printed, priced, base, seats,"
    " said, keeping"
)
"""What of a row `input_from_row` reads."""


@dataclass(frozen=True, kw_only=True)
class RunInput:
    """What a run is made from.

    Parameters
    ----------
    rules, sentences, since
        RULES.toml, the rules put together in the app, and the frozen rounds as `pairings.csv`;
        "" for none.
    decisions
        What somebody decided about answers that mean the same.
    words
        What the organizer decided about the words.
    printed
        Run whose plan was in use when this one was started: its cards are handed out.
    priced
        Whether to say what each rule costs.
    base, seats, said
        Run whose plan was changed by hand, its meetings afterwards (`events.seats`), and what was
        done. Without seats the plan is to be computed.
    keeping
        What of the base's plan stays.
    """

    people: tuple[Attendee, ...]
    settings: Settings
    rules: str
    sentences: tuple[Sentence, ...]
    since: str
    decisions: tuple[Decision, ...]
    words: Words
    printed: int | None = None
    priced: bool = False
    base: int | None = None
    seats: str | None = None
    said: str = ""
    keeping: Keeping = _NOTHING


def input_to_row(given: RunInput) -> dict[str, object]:
    """Return the columns of a run that say what it is made from."""
    return {
        "attendees": attendees_to_json(given.people),
        "people": len(given.people),
        "settings": settings_to_json(given.settings),
        "rules": given.rules,
        "sentences": sentences_to_json(given.sentences),
        "since": given.since,
        "equals": decisions_to_json(given.decisions),
        "words": words_to_json(given.words),
        "printed": given.printed,
        "priced": given.priced,
        "base": given.base,
        "seats": given.seats,
        "said": given.said,
        "keeping": keeping_to_json(given.keeping),
    }


def input_from_row(row: Mapping[str, Any]) -> RunInput:
    """Read what `input_to_row` wrote."""
    return RunInput(
        people=attendees_from_json(row["attendees"]),
        settings=settings_from_json(row["settings"]),
        rules=row["rules"],
        sentences=sentences_from_json(row["sentences"]),
        since=row["since"],
        decisions=decisions_from_json(row["equals"]),
        words=words_from_json(row["words"]),
        printed=row["printed"],
        priced=bool(row["priced"]),
        base=row["base"],
        seats=row["seats"],
        said=row["said"],
        keeping=keeping_from_json(row["keeping"]),
    )
