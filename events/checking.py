"""Checks a folder of exported files, alone or against the input it was made from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from events.affinity_file import is_affinity_file, read_affinities
from events.equal_values import Decisions
from events.files import read_folder, read_text
from events.finished import settings_of
from events.importer import Options, read_people
from events.meaning import meaning_of_plan
from events.model import Attendee
from events.pipeline import affinity_model
from matcher.affinity import FULL, Affinities, AffinityModel
from matcher.check import Against, Violation, check
from matcher.check.reading import read
from matcher.meaning import Cache

__all__ = ["check_folder"]

_Pair = tuple[str, str]


def check_folder(
    folder: Path,
    against: Path | None = None,
    options: Options | None = None,
    rules: Path | None = None,
    decisions: Decisions | None = None,
    cache: Cache | None = None,
    histories: Sequence[Path] = (),
) -> tuple[Violation, ...]:
    """Return everything that is wrong with the plan in a folder.

    Parameters
    ----------
    against
        The attendee file, or the file of affinities, that the plan was made from.
    options
        How the attendee file was read.
    rules
        The RULES.toml that the plan was made with: wishes and the like count in affinities.
    decisions
        What counted as equal among its answers.
    cache
        Keeps vectors of texts between runs.
    histories
        Files of earlier meetings, or folders of plans, that the plan was made with.

    Raises
    ------
    UnusableOption
        If there is no such folder.
    UnreadableFile
        If `against` cannot be read.
    """
    # Bytes that are no UTF-8 become U+FFFD, which the checker then reports as a wrong value.
    written = read_folder(folder)
    files = {name: data.decode(errors="replace") for name, data in written.items()}
    export, unreadable = read(files)
    if export is None or against is None:
        return unreadable or check(files)
    planned = [score.pair for score in export.scores]
    data = against.read_bytes()
    if is_affinity_file(data):
        return check(files, _given(read_affinities(data), planned))
    people = read_people(data, name=against.name, options=options or Options()).people
    model = affinity_model(
        people,
        toml=read_text(rules) if rules else "",
        histories=map(read_text, histories),
        since=files["pairings.csv"],
        equals=(decisions or Decisions()).among(people),
        weights=settings_of(written).weights,
        meaning=meaning_of_plan(json.loads(files["plan.json"]).get("encoder", ""), cache),
    )
    return check(files, _computed(model, people, planned))


def _computed(
    model: AffinityModel, people: Sequence[Attendee], planned: Sequence[_Pair]
) -> Against:
    """Return what the attendees say of themselves and of the planned pairs."""
    ids = frozenset(person.id for person in people)
    known = [pair for pair in planned if ids.issuperset(pair)]
    found = model.explain(known)
    return Against(ids=ids, scores={pair: _unit(found[pair].affinity) for pair in found})


def _given(table: Affinities, planned: Sequence[_Pair]) -> Against:
    ids = frozenset(table.ids)
    known = sorted(pair for pair in planned if ids.issuperset(pair))
    values = zip(known, table.of_ids(known), strict=True)
    return Against(ids=ids, scores={pair: _unit(value) for pair, value in values if value >= 0})


def _unit(affinity: int) -> Decimal:
    return Decimal(affinity) / FULL
