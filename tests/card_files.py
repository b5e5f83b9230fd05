"""Builders of a plan's exported files, as the cards read them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from events.cells import write_csv
from web.cards import sheet_from_files
from web.cards.face import Face, faces_of
from web.cards.layout import layout_of

__all__ = ["THREE", "entry", "faces", "plain", "plan_files", "question", "trio", "with_partner"]

THREE = {"a": "Amara Okonkwo", "b": "Ben Zimmer", "c": "Chiara Lombardi"}
WHY = "Of 96 people here, three have lived in Trieste. You are two of them."
TEXTS = {
    "open": "How would you spend one free day back in Trieste?",
    "follow": "Where would you go first?",
    "deeper": "What would you add to your map project if time were no object?",
}
OFFER = "If writing for newcomers comes up, you could look over one page."


def entry(card: str, reader: str, partner: str | None, **changes: Any) -> dict[str, Any]:
    """Return an entry of introductions.json; the card id says round and table."""
    round_number, table = card.split("-")[:2]
    made: dict[str, Any] = {
        "card": card,
        "round": int(round_number),
        "table": int(table) if partner else None,
        "reader": reader,
        "partner": partner,
        "headline": WHY if partner else None,
        "reasons": [WHY] if partner else [],
        "questions": [question(stage, text) for stage, text in TEXTS.items()] if partner else [],
        "offer": OFFER if partner else None,
        "introducer": None,
    }
    return made | changes


def question(stage: str, text: str) -> dict[str, str]:
    return {
        "stage": stage,
        "area": "lived",
        "template": f"lived-{stage}-01",
        "text": text,
        "language": "en",
    }


def plan_files(
    entries: Iterable[Mapping[str, Any]], people: Mapping[str, str], **settings: Any
) -> dict[str, bytes]:
    """Return the three files; `people` maps ids to names, whose first word is the given name."""
    rows = [(person, name, *_parts(name)) for person, name in people.items()]
    plan = {
        "plan_id": "4f1c0de5" * 8,
        "settings": {"rounds": 6, "start": "10:28", "title": "Harbour Meetup", **settings},
    }
    return {
        "introductions.json": json.dumps(list(entries)).encode(),
        "people.csv": write_csv(("id", "name", "given_name", "family_name"), rows),
        "plan.json": json.dumps(plan).encode(),
    }


def with_partner(name: str, **changes: Any) -> dict[str, bytes]:
    """Return the files of one pair: Ben Zimmer holds a card that names `name`."""
    entries = [entry("2-07-B", "b", "a", **changes), entry("2-07-A", "a", "b", **changes)]
    return plan_files(entries, {"a": name, "b": "Ben Zimmer"})


def trio(table: int, *members: str) -> list[dict[str, Any]]:
    """Return the entries of one trio in round 2."""
    return [
        entry(f"2-{table:02}-{letter}", reader, partner)
        for letter, reader in zip("ABC", sorted(members), strict=True)
        for partner in sorted(members)
        if reader != partner
    ]


def faces(files: dict[str, bytes], layout: str = "a6x4") -> dict[str, Face]:
    """Return what each card of a plan prints, by card id."""
    sheet = sheet_from_files(files)
    found = faces_of(sheet.cards, layout_of(layout), sheet.short_id)
    return {face.card.id: face for face in found}


def plain(text: str) -> str:
    """Return a text without its bidi isolates."""
    return re.sub("[\u2068\u2069]", "", text)


def _parts(name: str) -> tuple[str, str]:
    given, _, family = name.partition(" ")
    return (given, family) if family else ("", "")
