"""Reads the files of a finished plan into a `CardSheet`.

Works from the exported files alone, so that cards can be printed from any output folder, on any
machine, and show exactly what was checked. Nothing is written here.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from events.cells import unguard
from matcher.errors import ProfileError
from matcher.introduction import Introduction
from matcher.profile import Profile
from matcher.settings import Settings
from web.cards.errors import UnreadablePlan
from web.cards.sheet import Ask, Card, CardSheet, Stop

__all__ = ["sheet_from_files"]

_REMEDY = "Run `seedbed match` again, or point to the folder that it wrote."


def sheet_from_files(files: Mapping[str, bytes]) -> CardSheet:
    """Return the cards of a plan from its exported files.

    Parameters
    ----------
    files
        Contents by file name; ``introductions.json``, ``people.csv`` and ``plan.json`` are read.

    Raises
    ------
    UnreadablePlan
        If one of them is missing, broken, or belongs to another plan than the others.
    """
    plan = _object(files, "plan.json")
    people = _people(files)
    settings = _settings(plan)
    entries = _introductions(files)
    _check_people(entries, people)
    cards = _with_next_stops(_cards(entries, people, settings))
    return CardSheet(
        title=settings.title,
        plan_id=str(plan["plan_id"]),
        language=settings.language,
        rounds=settings.rounds,
        cards=tuple(sorted(cards, key=lambda card: (card.reader.sort_key, card.round))),
        people=tuple(sorted(people.values(), key=lambda person: person.sort_key)),
    )


def _text(files: Mapping[str, bytes], name: str) -> str:
    try:
        return files[name].decode("utf-8-sig")
    except KeyError:
        raise UnreadablePlan(f"{name} is missing: cards need it. {_REMEDY}") from None
    except UnicodeDecodeError as error:
        raise UnreadablePlan(f"{name} is not UTF-8 text (byte {error.start}). {_REMEDY}") from None


def _json(files: Mapping[str, bytes], name: str, kind: Any) -> Any:
    """Return what a file holds, as a type: typed decoding is several times as fast."""
    text = _text(files, name)
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError as error:
        where = _where(text) or str(error)
        raise UnreadablePlan(f"{name} is broken {where}. {_REMEDY}") from None


def _where(text: str) -> str:
    """Return at which line JSON breaks, which the fast decoder does not say."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return f"at line {error.lineno}, column {error.colno}: {error.msg}"
    return ""


def _object(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    value = _json(files, name, Any)
    if not isinstance(value, dict) or not value.get("plan_id"):
        raise UnreadablePlan(f"{name} does not describe a plan: it has no plan_id. {_REMEDY}")
    return value


def _settings(plan: dict[str, Any]) -> Settings:
    wanted = ("rounds", "start", "minutes", "gap", "title", "language")
    given = plan.get("settings")
    if not isinstance(given, dict):
        raise UnreadablePlan(f"plan.json has no settings. {_REMEDY}")
    try:
        return Settings(**{name: given[name] for name in wanted if name in given})
    except (ProfileError, TypeError) as error:
        raise UnreadablePlan(f"plan.json has settings that cannot be: {error} {_REMEDY}") from None


def _people(files: Mapping[str, bytes]) -> dict[str, Profile]:
    rows = csv.DictReader(io.StringIO(_text(files, "people.csv"), newline=""))
    missing = {"id", "name", "given_name", "family_name"} - set(rows.fieldnames or ())
    if missing:
        columns = ", ".join(sorted(missing))
        raise UnreadablePlan(f"people.csv has no column {columns}. {_REMEDY}")
    return {person.id: person for person in map(_person, rows)}


def _person(row: dict[str, str]) -> Profile:
    def cell(column: str) -> str:
        return unguard(row[column] or "")

    try:
        return Profile(
            id=cell("id"),
            name=cell("name"),
            given_name=cell("given_name"),
            family_name=cell("family_name"),
        )
    except ProfileError as error:
        raise UnreadablePlan(f"people.csv has a row that cannot be: {error} {_REMEDY}") from None


def _introductions(files: Mapping[str, bytes]) -> list[Introduction]:
    name = "introductions.json"
    try:
        found: list[Introduction] = _json(files, name, list[Introduction])
    except msgspec.ValidationError as error:
        if not isinstance(_json(files, name, Any), list):
            raise UnreadablePlan(f"{name} must hold a list of introductions. {_REMEDY}") from None
        raise UnreadablePlan(
            f"{name} has an entry that cannot be read ({error}). {_REMEDY}"
        ) from None
    return found


def _check_people(entries: Iterable[Introduction], people: Mapping[str, Profile]) -> None:
    for entry in entries:
        for person in (entry.reader, entry.partner, entry.introducer):
            if person is not None and person not in people:
                raise UnreadablePlan(
                    f"introductions.json names {person!r}, who is not in people.csv: the files "
                    f"belong to different plans. {_REMEDY}"
                )


def _cards(
    entries: Iterable[Introduction], people: Mapping[str, Profile], settings: Settings
) -> list[Card]:
    grouped: dict[tuple[str, str], list[Introduction]] = defaultdict(list)
    for entry in entries:
        grouped[entry.card, entry.reader].append(entry)
    sit_outs = Counter(entry.round for (entry, *_) in grouped.values() if entry.partner is None)
    return [_card(group, people, settings, sit_outs) for group in grouped.values()]


def _card(
    entries: list[Introduction],
    people: Mapping[str, Profile],
    settings: Settings,
    sit_outs: Mapping[int, int],
) -> Card:
    entries = _starting_with(entries)
    first = entries[0]
    offering = next((entry for entry in entries if entry.offer), None)
    languages = (question.language for entry in entries for question in entry.questions)
    return Card(
        id=first.card,
        round=first.round,
        time=settings.clock_time(first.round),
        table=first.table,
        reader=people[first.reader],
        asks=tuple(_ask(entry, people) for entry in entries if entry.partner is not None),
        language=next(languages, settings.language),
        why=first.headline,
        also=tuple(reason for reason in first.reasons if reason != first.headline),
        offer=offering.offer if offering else None,
        offer_to=people[offering.partner] if offering and offering.partner else None,
        introducer=people[first.introducer] if first.introducer else None,
        alone=sit_outs.get(first.round) == 1,
    )


def _starting_with(entries: list[Introduction]) -> list[Introduction]:
    """Put the partner to start with first.

    In a trio the three readers start in a cycle over the sorted ids, so that each of them is
    started with exactly once.
    """
    return sorted(entries, key=lambda entry: (str(entry.partner) < entry.reader, entry.partner))


def _ask(entry: Introduction, people: Mapping[str, Profile]) -> Ask:
    texts = {question.stage: question.text for question in entry.questions}
    try:
        return Ask(
            partner=people[str(entry.partner)],
            open=texts["open"],
            follow=texts.get("follow", ""),
            deeper=texts.get("deeper", ""),
        )
    except KeyError:
        raise UnreadablePlan(f"Card {entry.card} has no opening question. {_REMEDY}") from None


def _with_next_stops(cards: list[Card]) -> list[Card]:
    ahead: dict[str, Stop] = {}
    done = []
    for card in sorted(cards, key=lambda card: -card.round):
        if card.table is None:
            done.append(replace(card, next_stop=ahead.get(card.reader.id)))
        else:
            names = tuple(ask.partner.short_name for ask in card.asks)
            ahead[card.reader.id] = Stop(
                round=card.round, time=card.time, table=card.table, names=names
            )
            done.append(card)
    return done
