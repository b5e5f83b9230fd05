"""What is written down for a whole event: every key of RULES.toml with its reader.

Sentences that are put together in the app say the same in the same keys.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

from events.errors import UnusableOption
from matcher.phrase import phrase
from matcher.rules import (
    Availability,
    Cohorts,
    Exclusions,
    FixedTables,
    FrozenRounds,
    Minimum,
    Pins,
    Quota,
    Tables,
)

from .cells import quoted, rounds_of, tables_of
from .found import Found
from .history import frozen_meetings
from .influence import read_rivals, read_urgency, read_welcome
from .reading import Lines, Places, Reading, RuleMistakes, below, is_texts
from .register import Register, plain
from .sentence import Numbered, Sentence, awake

__all__ = ["KEYS", "read_written"]

_MOST_ROUNDS = 100


def read_written(
    text: str,
    sentences: Sequence[Sentence],
    register: Register,
    found: Found,
    since: str = "",
) -> None:
    """Add what a RULES.toml says, and then what was put together in the app.

    Parameters
    ----------
    sentences
        A later one stands before an earlier one, and before the file, where both say something of
        one person. Those that name anybody who is not here rest.
    since
        `pairings.csv` of an earlier plan, whose rounds may be frozen; "" when there is none.

    Raises
    ------
    RuleMistakes
        With every mistake, each with its line or rule.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnusableOption(
            phrase("RULES.toml is not valid TOML: %(error)s.", error=str(error))
        ) from None
    sources: list[tuple[Places, dict[str, Any]]] = [(Lines(text), data)]
    sources += [(Numbered(each.number), each.toml) for each in awake(sentences, register, found)]
    readings = [(Reading(places, register, found, since), said) for places, said in sources]
    entries = [(reading, *item) for reading, said in readings for item in said.items()]
    for reading, name, value in entries:
        if name == "cohorts" and isinstance(value, dict):
            _members(reading, name, value.get("members", {}))
    named = ("tables", "cohorts")  # first: other keys use their names
    for reading, name, value in sorted(entries, key=lambda entry: entry[1] not in named):
        if name in KEYS:
            KEYS[name](reading, name, value)
        else:
            known = ", ".join(sorted(KEYS))
            problem = phrase(
                "there is no rule '%(name)s'. Known: %(known)s.", name=name, known=known
            )
            reading.mistake(name, 0, problem)
    _require_none([reading for reading, _ in readings])


def _require_none(readings: Sequence[Reading]) -> None:
    """Raise `RuleMistakes` if there are any, in the order of lines and then of sentences."""
    said = [said for each in readings for _, said, _ in sorted(each.mistakes)]
    if said:
        ours = (each for each in readings[1:] if each.mistakes)
        raise RuleMistakes(
            said, {each.mistakes[0][0]: [why for _, _, why in each.mistakes] for each in ours}
        )


_SWITCHES = {"organization": "meet_same_organization", "history": "meet_again"}


def _switch(reading: Reading, name: str, value: Any) -> None:
    if isinstance(value, bool):
        reading.found.settings[_SWITCHES[name]] = not value
        reading.note(name, 0, name)
    else:
        reading.mistake(name, 0, phrase("%(name)s is true or false.", name=name))


def _history(reading: Reading, name: str, value: Any) -> None:
    if isinstance(value, bool):
        _switch(reading, name, value)
    else:
        for place, one, other in _pairs_of(reading, name, value):
            reading.found.tie(one, other, source=reading.source(name, place))


def _exclusion(reading: Reading, name: str, value: Any) -> None:
    for place, one, other in _pairs_of(reading, name, value):
        reading.found.apart.add((one, other))
        reading.note(name, place, Exclusions.kind, (one, other))


def _pairs_of(reading: Reading, name: str, value: Any) -> list[tuple[int, str, str]]:
    """Return every two people of each entry, with its place."""
    pairs: list[tuple[int, str, str]] = []
    for place, _, ids in reading.entries(name, value, 'people = ["…", "…"]', (), ()):
        if len(ids) < 2:
            problem = phrase("%(rule)s needs two or more different people.", rule=name)
            reading.mistake(name, place, problem)
        pairs += [(place, one, other) for one, other in combinations(ids, 2)]
    return pairs


def _pin(reading: Reading, name: str, value: Any) -> None:
    form = 'people = ["…", "…"], a round if you like (round = 2),'
    for place, entry, ids in reading.entries(name, value, form, ("round",), ()):
        number = entry.get("round")
        if len(ids) != 2:
            reading.mistake(name, place, phrase("pin needs two different people."))
        elif number is not None and not _count(number, 1, _MOST_ROUNDS):
            reading.mistake(name, place, phrase("round is a whole number, 1 or more."), "round")
        else:
            a, b = sorted(ids)
            reading.found.pins.add((a, b, number))
            reading.note(name, place, Pins.kind, (a, b), number)


def _wish(reading: Reading, name: str, value: Any) -> None:
    """The first of the people wishes to meet each of the others."""
    for place, _, ids in reading.entries(name, value, 'people = ["…", "…"]', (), ()):
        if len(ids) < 2:
            problem = phrase("%(rule)s needs two or more different people.", rule=name)
            reading.mistake(name, place, problem)
        reading.found.wishes.update((ids[0], other) for other in ids[1:])
        for other in ids[1:]:
            reading.note(name, place, name, (ids[0], other))


def _availability(reading: Reading, name: str, value: Any) -> None:
    form = 'person = "…" and either rounds = "1-3;5" or absent = "1-3;5"'
    for place, entry, ids in reading.entries(name, value, form, ("rounds", "absent"), ()):
        if ("rounds" in entry) == ("absent" in entry):
            reading.mistake(name, place, phrase("%(name)s needs %(form)s.", name=name, form=form))
            continue
        key = "rounds" if "rounds" in entry else "absent"
        rounds = _rounds(reading, name, place, entry[key])
        if rounds is not None:
            every = frozenset(range(1, _MOST_ROUNDS + 1))
            there = rounds if key == "rounds" else every - rounds
            reading.found.present.update(dict.fromkeys(ids, there))
            reading.note_each(name, place, Availability.kind, ids)


def _rounds(reading: Reading, name: str, place: int, value: Any) -> frozenset[int] | None:
    """Return rounds written as a list or as text such as ``1-3;5``."""
    if isinstance(value, list) and all(_count(each, 1, _MOST_ROUNDS) for each in value):
        return frozenset(value)
    try:
        return rounds_of(value if isinstance(value, str) else "")
    except ValueError as problem:
        reading.mistake(name, place, quoted(str(value), problem.args[0]), value)
        return None


def _quota(reading: Reading, name: str, value: Any) -> None:
    _number(reading, name, value, "most", Quota.kind, reading.found.most)


def _minimum(reading: Reading, name: str, value: Any) -> None:
    _number(reading, name, value, "fewest", Minimum.kind, reading.found.fewest)


def _number(
    reading: Reading, name: str, value: Any, key: str, kind: str, into: dict[str, int]
) -> None:
    form = f'person = "…" and {key} = 3'
    for place, entry, ids in reading.entries(name, value, form, (key,), (key,)):
        if _count(entry[key], 0, _MOST_ROUNDS):
            into.update(dict.fromkeys(ids, entry[key]))
            reading.note_each(name, place, kind, ids)
        else:
            reading.mistake(
                name, place, phrase("%(key)s is a whole number, 0 or more.", key=key), key
            )


def _table(reading: Reading, name: str, value: Any) -> None:
    form = 'person = "…" and tables = [3, 4] (or the name of some)'
    for place, entry, ids in reading.entries(name, value, form, ("tables",), ("tables",)):
        tables = _seats(reading, name, place, entry["tables"])
        if tables:
            reading.found.seats.update(dict.fromkeys(ids, tables))
            reading.note_each(name, place, FixedTables.kind, ids)


def _seats(reading: Reading, name: str, place: int, value: Any) -> frozenset[int] | None:
    if isinstance(value, int):
        value = [value]
    if isinstance(value, list) and value and all(_count(each, 1) for each in value):
        return frozenset(value)
    try:
        tables = tables_of(value if isinstance(value, str) else "0")
    except ValueError as problem:
        reading.mistake(name, place, quoted(str(value), problem.args[0]), value)
        return None
    if isinstance(tables, str):
        if plain(tables) not in reading.found.features:
            known = ", ".join(sorted(reading.found.features)) or "none"
            reading.mistake(
                name,
                place,
                phrase(
                    "no tables are called '%(name)s'. Named under [tables] features: %(known)s.",
                    name=tables,
                    known=known,
                ),
                tables,
            )
            return None
        return reading.found.features[plain(tables)]
    return tables


def _tables(reading: Reading, name: str, value: Any) -> None:
    """Read the number of tables, one number a round, or both and names of tables."""
    if not isinstance(value, dict):
        _tables_count(reading, name, value)
        return
    if not value.keys() <= {"count", "rounds", "features"} or {"count", "rounds"} <= value.keys():
        reading.mistake(name, 0, phrase("[tables] holds count or rounds, and features."))
    for key in ("count", "rounds"):
        if key in value:
            _tables_count(reading, name, value[key])
    features = value.get("features", {})
    if not isinstance(features, dict):
        reading.mistake(name, 0, _write("features = { quiet = [1, 2] }"), "features")
        return
    for called, numbers in features.items():
        if isinstance(numbers, list) and numbers and all(_count(each, 1) for each in numbers):
            reading.found.features[plain(called)] = frozenset(numbers)
        else:
            problem = phrase("%(name)s needs numbers of tables, such as [1, 2].", name=called)
            reading.mistake(name, 0, problem, called)


def _tables_count(reading: Reading, name: str, value: Any) -> None:
    if _count(value, 1):
        reading.found.settings["tables"] = value
    elif isinstance(value, list) and value and all(_count(each, 0) for each in value):
        reading.found.tables = tuple(value)
        reading.note(name, 0, Tables.kind)
    else:
        problem = phrase("tables is a whole number, 1 or more, or a list, one a round.")
        reading.mistake(name, 0, problem)


def _cohorts(reading: Reading, name: str, value: Any) -> None:
    """Read which cohorts may meet and whether trios may share; members are known by now."""
    if not isinstance(value, dict) or not value or not value.keys() <= _OF_COHORTS:
        reading.mistake(name, 0, below("[cohorts]", 'allowed = [["mentor", "mentee"]]'))
        return
    trios = value.get("trios", False)
    if not isinstance(trios, bool):
        reading.mistake(name, 0, phrase("%(name)s is true or false.", name="trios"), "trios")
    elif trios:
        reading.found.trios = True
        reading.note(name, 0, f"{Cohorts.kind}_trios")
    if "allowed" in value:
        _allowed(reading, name, value["allowed"])


_OF_COHORTS = {"allowed", "members", "trios"}


def _allowed(reading: Reading, name: str, allowed: Any) -> None:
    if not isinstance(allowed, list) or not all(
        is_texts(each) and len(each) == 2 for each in allowed
    ):
        problem = phrase("allowed is a list of pairs: %(form)s.", form='[["mentor", "mentee"]]')
        reading.mistake(name, 0, problem, "allowed")
        return
    reading.found.may_meet = reading.found.may_meet or set()
    for pair in allowed:
        for cohort in pair:
            reading.cohort(name, cohort)
        a, b = sorted(map(plain, pair))
        reading.found.may_meet.add((a, b))
        reading.found.note(reading.source(name), f"{Cohorts.kind}s", value=f"{a}; {b}")


def _members(reading: Reading, name: str, value: Any) -> None:
    if not isinstance(value, dict) or not all(map(is_texts, value.values())):
        reading.mistake(name, 0, _write('members = { mentor = ["…", "…"] }'), "members")
        return
    for cohort, people in value.items():
        for text in people:
            person = reading.person(name, 0, text)
            if person is not None:
                before = reading.found.cohorts.get(person, frozenset())
                reading.found.cohorts[person] = before | {plain(cohort)}
                source = reading.source(name, 0, "members")
                reading.found.note(source, Cohorts.kind, value=plain(cohort))


def _frozen(reading: Reading, name: str, value: Any) -> None:
    """Read which rounds stay as they are in the plan before."""
    rounds = value.get("rounds") if isinstance(value, dict) and len(value) == 1 else None
    if not isinstance(rounds, list) or not rounds or not all(_count(r, 1) for r in rounds):
        reading.mistake(name, 0, below("[frozen]", "rounds = [1, 2]"))
    elif not reading.since:
        problem = phrase(
            "no earlier plan is given. Name its folder with --since, or put a plan to use."
        )
        reading.mistake(name, 0, problem)
    else:
        new = frozenset(rounds) - reading.found.frozen
        reading.found.frozen |= new
        reading.note(name, 0, FrozenRounds.kind)
        for each in frozen_meetings(reading.since, new):
            ids = {member: reading.register.find(member) for member in each.members}
            for member in (member for member, person in ids.items() if person is None):
                problem = phrase(
                    "'%(who)s' meets somebody in round %(round)s and is not in the list. "
                    "Keep them there, with their rounds as available.",
                    who=member,
                    round=each.round,
                )
                reading.mistake(name, 0, problem)
            known = sorted(filter(None, ids.values()))
            if len(known) == len(ids):
                reading.found.kept.append((each.round, each.table, tuple(known)))


def _write(form: str) -> str:
    return phrase("write %(form)s.", form=form)


def _count(value: object, least: int, most: int = 1_000_000) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


KEYS: dict[str, Callable[[Reading, str, Any], None]] = {
    "exclusion": _exclusion,
    "history": _history,
    "organization": _switch,
    "cohorts": _cohorts,
    "availability": _availability,
    "quota": _quota,
    "minimum": _minimum,
    "tables": _tables,
    "table": _table,
    "pin": _pin,
    "wish": _wish,
    "rivals": read_rivals,
    "welcome": read_welcome,
    "urgency": read_urgency,
    "frozen": _frozen,
}
"""Every key of the file, with its reader."""
