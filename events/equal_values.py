"""Equal values as an organizer meets them: a list to look through, decisions in a file.

Decisions belong to a series of events: the file goes with the next event's people too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from events.cells import unguard, write_csv
from events.errors import UnreadableFile
from events.model import Attendee, Notice
from matcher.canon import (
    PLACES,
    Decision,
    Equals,
    Held,
    How,
    Proposal,
    Value,
    decided_as,
    fold,
    held_values,
    propose,
    values_of,
)
from matcher.fields import FIELDS, Purpose, Visibility, field

__all__ = [
    "Decisions",
    "canon_table",
    "held_by",
    "read_decisions",
    "values_in_words",
]

_KINDS = {"place": "lived"} | {
    entry.name: entry.name for entry in FIELDS if entry.purpose is Purpose.SHARED
}
_YES, _NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")


def held_by(attendees: Iterable[Attendee], equals: Equals | None = None) -> tuple[Held, ...]:
    """Return the values that attendees hold and that may influence a plan, by kind."""
    answers = (
        (attendee.id, answer.field, text)
        for attendee in attendees
        for answer in attendee.answers
        if answer.visibility in (Visibility.PRINT, Visibility.MATCH)
        for text in answer.texts
    )
    return held_values(answers, equals)


@dataclass(frozen=True)
class Decisions:
    """What is to count as equal in the events of a series.

    Parameters
    ----------
    made
        Decisions of a person, the latest last.
    accept
        Whether proposals that they leave open count as accepted.
    """

    made: tuple[Decision, ...] = ()
    accept: bool = False

    def among(self, attendees: Sequence[Attendee]) -> Equals:
        """Return the decisions as they hold among these attendees."""
        equals = Equals(self.made)
        if not self.accept:
            return equals
        proposed = propose(held_by(attendees, equals), equals)
        return equals.with_proposals(proposal.decided(same=True) for proposal in proposed)


def read_decisions(text: str) -> tuple[Decision, ...]:
    """Read a CSV with the columns kind, value, other and same (yes or no).

    `value` and `other` are words as people type them. Words that a table takes for the same are
    told apart by `no`: the first of them that is not the table's own name stands for itself.

    Raises
    ------
    UnreadableFile
        If columns are missing or any row is wrong; the message lists all of them.
    """
    decisions: list[Decision] = []
    notices: list[Notice] = []
    for row, cells in _rows(text, ("kind", "value", "other", "same")):
        kind, value, other, same = cells
        found = [_single(_KINDS.get(kind, ""), words) for words in (value, other)]
        if same.casefold() in _NO and found[0] == found[1]:
            own = (fold(words) for words in (value, other))
            found[0] = next((words for words in own if words != found[1]), found[0])
        wrong = _wrong(row, kind, same, found, (value, other))
        if wrong:
            notices.append(wrong)
        else:
            name = decided_as(_KINDS[kind])
            decisions.append(Decision(name, found[0], found[1], same.casefold() in _YES))
    if notices:
        raise UnreadableFile("\n".join(map(str, notices)))
    return tuple(decisions)


def _single(kind: str, words: str) -> str:
    """Return the id of an answer that says one thing, "" of any other."""
    values = values_of(kind, words) if kind else ()
    return values[0].id if len(values) == 1 else ""


def _wrong(
    row: int, kind: str, same: str, found: Sequence[str], words: Sequence[str]
) -> Notice | None:
    if kind not in _KINDS:
        remedy = f"Known kinds: {', '.join(sorted(_KINDS))}."
        return Notice(row=row, column="kind", value=kind, problem="is not known.", remedy=remedy)
    if same.casefold() not in (*_YES, *_NO):
        remedy = "Write yes or no."
        return Notice(row=row, column="same", value=same, problem="is no answer.", remedy=remedy)
    for one, said in zip(found, words, strict=True):
        if not one:
            problem, remedy = "does not say one thing.", "Write one value in each cell."
            return Notice(row=row, value=said, problem=problem, remedy=remedy)
    if found[0] == found[1]:
        problem, remedy = "is the same as the other value already.", "Remove the row."
        return Notice(row=row, value=words[0], problem=problem, remedy=remedy)
    return None


def canon_table(text: str, *, accept: bool = False) -> bytes:
    """Read `kind,raw` and return `kind,raw,canonical,how` as CSV: what counts as equal.

    Parameters
    ----------
    accept
        Count proposals among the rows as equal.

    Raises
    ------
    UnreadableFile
        If columns are missing or a kind is not known.
    """
    rows = list(_rows(text, ("kind", "raw")))
    unknown = [(row, kind) for row, (kind, _) in rows if kind not in _KINDS]
    if unknown:
        known = f"Known kinds: {', '.join(sorted(_KINDS))}."
        raise UnreadableFile("\n".join(f"Row {row}: '{kind}'. {known}" for row, kind in unknown))
    answers = [(str(row), _KINDS[kind], raw) for row, (kind, raw) in rows]
    proposed = propose(held_values(answers)) if accept else ()
    equals = Equals(proposal.decided(same=True) for proposal in proposed)
    because = {(one.value.kind, one.value.id): one.because.value for one in proposed}
    names = {
        (kind, value.id): value.name for _, kind, raw in answers for value in values_of(kind, raw)
    }
    lines = []
    for (_, kind, raw), (_, (label, _)) in zip(answers, rows, strict=True):
        found = [value for value in values_of(kind, raw) if not _unknown(kind, value, equals)]
        said = (names[kind, equals.of(kind, value.id)] for value in found)
        hows = (because.get((kind, value.id), value.how.value) for value in found)
        lines.append((label, raw, *("|".join(dict.fromkeys(words)) for words in (said, hows))))
    return write_csv(("kind", "raw", "canonical", "how"), lines)


def _unknown(kind: str, value: Value, equals: Equals) -> bool:
    """Whether a place is in no table; of other kinds the words themselves are a value."""
    return kind in PLACES and value.how is How.WORDS and equals.of(kind, value.id) == value.id


def values_in_words(attendees: Sequence[Attendee], equals: Equals | None = None) -> str:
    """Return what was taken as equal among different words, and what is proposed, as text."""
    held = held_by(attendees, equals)
    merged = [one for one in held if len({text.casefold() for text in one.texts}) > 1]
    proposed = propose(held, equals)
    return "\n".join(
        [
            f"Taken as equal ({len(merged)}):",
            *(f"  {_label(one)}: {' = '.join(one.texts)} ({_people(one)})" for one in merged),
            f"Perhaps equal ({len(proposed)}), counted apart until you say so:",
            *(f"  {_proposed(proposal)}" for proposal in proposed),
        ]
    )


def _proposed(proposal: Proposal) -> str:
    value, other = proposal.value, proposal.other
    return (
        f"{_label(value)}: {value.text} ({_people(value)}) = {other.text} ({_people(other)})?"
        f" {proposal.because.value}"
    )


def _label(held: Held) -> str:
    return field(held.kind).label


def _people(held: Held) -> str:
    return "1 person" if held.people == 1 else f"{held.people} people"


def _rows(text: str, columns: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the cells of these columns with the number of their row."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        header = [cell.strip().casefold() for cell in next(reader, [])]
        missing = [name for name in columns if name not in header]
        if missing:
            raise UnreadableFile(
                f"The first row must name the columns {', '.join(columns)}, divided by commas; "
                f"{', '.join(missing)} is missing."
            )
        at = [header.index(name) for name in columns]
        for row, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                padded = [*cells, *[""] * len(header)]
                yield row, tuple(unguard(padded[place].strip()) for place in at)
    except csv.Error as error:
        raise UnreadableFile(
            f"Row {reader.line_num}: {error}. Correct its quotation marks."
        ) from error
