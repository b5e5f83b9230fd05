"""Entries to people: duplicates merged, ids given, answers in the person's own words.

The order of rows changes nothing here but the order of people; where two answers of one person
carry no time, the lower row wins, and a notice says so.
"""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from events.model import RULE_COLUMNS, Answer, Attendee, Notice, Severity
from events.rules import unusable
from matcher.fields import Visibility
from matcher.phrase import phrase

from .guests import parties_of, placeholders
from .moments import Moment, moments_of
from .result import Column
from .rows import Entries, Entry
from .targets import TARGETS, Target
from .vocabulary import agrees
from .wording import plain, shortened

__all__ = ["People", "make_people"]

_HASH_BYTES = 5  # eight letters
_ON_ATTENDEE = (
    "name",
    "given_name",
    "family_name",
    "email",
    "id",
    "credentials",
    *RULE_COLUMNS,
)


@dataclass(frozen=True)
class People:
    """Who the entries speak of. See `Import` for `unnamed`, `details` and `sources`."""

    people: tuple[Attendee, ...]
    unnamed: int
    details: Mapping[str, Mapping[str, tuple[str, ...]]]
    sources: Mapping[str, tuple[int, ...]]
    notices: tuple[Notice, ...]


def make_people(
    entries: Entries,
    columns: Iterable[Column],
    guests: str = "",
    apart: Collection[int] = (),
) -> People:
    """Return the people, in the order of the file, each from all entries that speak of them.

    Parameters
    ----------
    guests
        Words before the name of whoever brings an unnamed guest, to add these ("Guest of"); ""
        leaves them out.
    apart
        Rows that tell of nobody of whom another row tells.
    """
    groups = _groups(entries.entries, apart)
    ids = _ids([group[-1] for group in groups])
    merged = [_merged(group) for group in groups]
    used = {column.field: column.visibility for column in columns if column.field}
    asked = "consent" in used
    visible = {t.name: used[t.name] for t in TARGETS if t.answer and t.name in used}
    beside = [t.name for t in TARGETS if t.name in used and _is_apart(t)]
    people = [_attendee(id, one, visible, asked) for id, one in zip(ids, merged, strict=True)]
    parties = parties_of(merged, groups, entries.nameless, sells_tickets="ticket" in used)
    unnamed = placeholders(zip(people, parties, strict=True), guests, ids) if guests else {}
    details = {id: _details(one, beside) for id, one in zip(ids, merged, strict=True)}
    return People(
        people=tuple(one for person in people for one in (person, *unnamed.get(person.id, ()))),
        unnamed=sum(party.guests for party in parties if party),
        details=details | {guest.id: {} for group in unnamed.values() for guest in group},
        sources={id: tuple(e.row for e in group) for id, group in zip(ids, groups, strict=True)},
        notices=(
            *_merge_notices(groups),
            *_namesakes(groups),
            *_shared_ids(groups),
            *(_consent_notices(merged) if asked else ()),
            *(party.notice(guests) for party in parties if party),
            *_rule_notices(merged),
        ),
    )


def _keys(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """Yield what makes another entry the same person: never the name alone."""
    name = plain(entry.name.full)
    if entry.email:
        yield "email", entry.email.casefold(), name
    for target in ("id", "product_id"):
        if entry.one(target):
            yield target, entry.one(target), name


def _groups(entries: Sequence[Entry], apart: Collection[int]) -> list[list[Entry]]:
    """Return the entries of each person, the decisive one last, in the order of the file."""
    leader = list(range(len(entries)))

    def find(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    first: dict[tuple[bool, tuple[str, str, str]], int] = {}
    for index, entry in enumerate(entries):
        for key in _keys(entry):
            side = entry.row in apart, key
            other, own = find(first.setdefault(side, index)), find(index)
            leader[max(other, own)] = min(other, own)
    groups: dict[int, list[Entry]] = defaultdict(list)
    for index, entry in enumerate(entries):
        groups[find(index)].append(entry)
    moments = moments_of(filter(None, (entry.one("submitted") for entry in entries)))
    return [_by_time(group, moments) for group in groups.values()]


def _by_time(group: list[Entry], moments: Mapping[str, Moment]) -> list[Entry]:
    if len(group) < 2:
        return group
    times = {entry.row: moments.get(entry.one("submitted")) for entry in group}
    if not all(times.values()):
        return group
    return sorted(group, key=lambda entry: (times[entry.row], entry.row))


def _merged(group: Sequence[Entry]) -> Entry:
    """Return one entry with, field by field, the latest answer that says something."""
    last = group[-1]
    if len(group) == 1:
        return last
    values: dict[str, tuple[str, ...]] = {}
    for entry in group:
        values |= entry.values
    email = last.email or next((e.email for e in reversed(group) if e.email), "")
    return Entry(row=last.row, name=last.name, email=email, values=values, cells=last.cells)


def _ids(entries: Sequence[Entry]) -> list[str]:
    """Return one id an entry: the input's own, else from name and e-mail; equal ones numbered.

    Who of equal ones gets which number depends on what their rows say, not where they stand.
    """
    wanted: dict[str, list[int]] = defaultdict(list)
    for index, entry in enumerate(entries):
        wanted[entry.one("id") or _hashed(entry)].append(index)
    ids = [""] * len(entries)
    for base, indexes in wanted.items():
        if len(indexes) > 1:
            indexes.sort(key=lambda index: (sorted(entries[index].cells), entries[index].row))
        ids[indexes[0]] = base
    taken = set(wanted)
    for base, indexes in sorted(wanted.items()):
        for index in indexes[1:]:
            ids[index] = next(f"{base}-{n}" for n in count(2) if f"{base}-{n}" not in taken)
            taken.add(ids[index])
    return ids


def _hashed(entry: Entry) -> str:
    said = f"{plain(entry.name.full) or entry.name.full}\n{entry.email.casefold()}"
    digest = hashlib.sha256(said.encode()).digest()[:_HASH_BYTES]
    return base64.b32encode(digest).decode().lower()


def _attendee(
    id: str, entry: Entry, visible: Mapping[str, Visibility], asked_consent: bool
) -> Attendee:
    agreed = not asked_consent or _agreed(entry)
    answers = [
        Answer(
            field=name,
            texts=entry.values[name],
            visibility=visibility if agreed else visibility.stricter(Visibility.MATCH),
        )
        for name, visibility in visible.items()
        if name in entry.values
    ]
    return Attendee(
        id=id,
        name=entry.name.full,
        given_name=entry.name.given,
        family_name=entry.name.family,
        email=entry.email,
        answers=tuple(answers),
        typed_name=entry.name.typed,
        credentials=entry.name.credentials or entry.one("credentials"),
        **{
            name: tuple(text for text in entry.values[name] if not unusable(name, text))
            for name in RULE_COLUMNS
            if name in entry.values
        },
        source_row=entry.row,
    )


def _agreed(entry: Entry) -> bool:
    return all(map(agrees, entry.values.get("consent", ("",))))


def _is_apart(target: Target) -> bool:
    """Whether its values belong neither to the answers nor to the attendee itself."""
    return not target.answer and target.name not in _ON_ATTENDEE


def _details(entry: Entry, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {name: entry.values[name] for name in names if name in entry.values}


def _merge_notices(groups: Iterable[Sequence[Entry]]) -> Iterator[Notice]:
    for *earlier, last in groups:
        if earlier:
            rows = ", ".join(str(entry.row) for entry in earlier)
            yield Notice(
                row=last.row,
                value=last.name.full,
                problem=phrase(
                    "is the same person as in row %(rows)s; the answers of this row win.",
                    rows=str(rows),
                ),
                remedy=phrase("Change the name in one of the rows if they are different people."),
                severity=Severity.INFO,
            )


def _namesakes(groups: Iterable[Sequence[Entry]]) -> Iterator[Notice]:
    """Yield a notice for every person with the name of another: they stay apart."""
    first: dict[str, int] = {}
    for group in groups:
        entry = group[-1]
        row = first.setdefault(plain(entry.name.full), entry.row)
        if row != entry.row:
            yield Notice(
                row=entry.row,
                value=entry.name.full,
                problem=phrase(
                    "has the same name as somebody in row %(row)s; they were kept apart.",
                    row=str(row),
                ),
                remedy=phrase("If they are one person, give both rows the same e-mail address."),
            )


def _shared_ids(groups: Iterable[Sequence[Entry]]) -> Iterator[Notice]:
    """Yield a notice for every id of the file that stands for people of different names."""
    first: dict[str, int] = {}
    for group in groups:
        entry = group[-1]
        own = entry.one("id")
        if own and first.setdefault(own, entry.row) != entry.row:
            yield Notice(
                row=entry.row,
                value=shortened(own),
                problem=phrase(
                    "is also the id of somebody else, in row %(row)s; it was numbered.",
                    row=str(first[own]),
                ),
                remedy=phrase("Give every person an id of their own."),
            )


def _consent_notices(people: Iterable[Entry]) -> Iterator[Notice]:
    for entry in people:
        if not _agreed(entry):
            yield Notice(
                row=entry.row,
                value=entry.name.full,
                problem=phrase("did not clearly agree; nothing but the name will be printed."),
                remedy=phrase("Enter yes in the consent column if they did."),
            )


def _rule_notices(people: Iterable[Entry]) -> Iterator[Notice]:
    """Yield a notice for every entry of a rule column that cannot be read; it decides nothing."""
    for entry in people:
        for name in RULE_COLUMNS:
            for text in entry.values.get(name, ()):
                if says := unusable(name, text):
                    problem, _, remedy = says.partition(". ")
                    yield Notice(
                        row=entry.row,
                        column=name,
                        value=shortened(text),
                        problem=phrase("%(problem)s; it was left out.", problem=problem),
                        remedy=remedy,
                    )
