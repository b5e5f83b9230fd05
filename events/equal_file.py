"""Equal values in files: a table of what counts as equal, and decisions for the command line.

Decisions belong to a series of events: the file goes with the next event's people too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from events.cells import unguard, write_csv
from events.equal_values import Decisions, told_apart
from events.errors import UnreadableFile
from events.series import Kept
from matcher.canon import (
    LISTED,
    PLACES,
    Decision,
    Equals,
    How,
    Value,
    decided_as,
    fold,
    held_values,
    propose,
    values_of,
)
from matcher.fields import FIELDS, Purpose
from matcher.phrase import phrase

__all__ = ["canon_table", "read_decisions", "read_in_words", "write_decisions"]

_KINDS = {"place": "lived"} | {
    entry.name: entry.name
    for entry in FIELDS
    if entry.purpose is Purpose.SHARED or entry.name in LISTED
}
_COLUMNS = ("kind", "value", "other", "same")
_YES, _NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")


def write_decisions(decided: Iterable[Kept]) -> bytes:
    """Write decisions as the CSV that `read_decisions` reads."""
    lines = []
    for kept in decided:
        one = kept.decision
        words = (
            text if known in (_single(one.kind, text, Equals()), fold(text)) else known
            for text, known in zip(kept.texts, (one.value, one.other), strict=True)
        )
        lines.append((one.kind, *words, "yes" if one.same else "no"))
    return write_csv(_COLUMNS, lines)


def read_decisions(text: str) -> tuple[Decision, ...]:
    """Read the decisions of a CSV; see `read_in_words`."""
    return tuple(decision for decision, _ in read_in_words(text))


def read_in_words(text: str) -> tuple[tuple[Decision, tuple[str, str]], ...]:
    """Read a CSV with the columns kind, value, other and same: decisions and their two words.

    Rows without an answer under `same` are open, and left out.
    `value` and `other` are words as people type them. Of two that a table takes for the same, `no`
    lets the first stand for itself, or the second where the first is the name in the table.

    Raises
    ------
    UnreadableFile
        If columns are missing or any row is wrong; the message lists all of them.
    """
    rows = [row for row in _rows(text, _COLUMNS) if row[1][3]]
    own = Equals(
        decision
        for _, (kind, value, other, same) in rows
        if same.casefold() in _NO and kind in _KINDS
        for decision in _one_apart(_KINDS[kind], value, other)
    )
    decisions: list[tuple[Decision, tuple[str, str]]] = []
    mistakes: list[str] = []
    for row, (kind, value, other, same) in rows:
        found = [_single(_KINDS.get(kind, ""), words, own) for words in (value, other)]
        wrong = _wrong(row, kind, same, found, (value, other))
        if wrong:
            mistakes.append(wrong)
        else:
            name = decided_as(_KINDS[kind])
            decision = Decision(name, found[0], found[1], same.casefold() in _YES)
            decisions.append((decision, (value, other)))
    if mistakes:
        raise UnreadableFile("\n".join(mistakes))
    return tuple(decisions)


def _one_apart(kind: str, value: str, other: str) -> list[Decision]:
    """Return the decision that takes one of two wordings of the same value apart, if they are."""
    if _single(kind, value, Equals()) != _single(kind, other, Equals()):
        return []
    return [decision for words in (value, other) if (decision := told_apart(kind, words))][:1]


def _single(kind: str, words: str, equals: Equals) -> str:
    """Return the id of an answer that says one thing, "" of any other."""
    values = values_of(kind, words) if kind else ()
    return equals.read(kind, values[0]).id if len(values) == 1 else ""


def _wrong(row: int, kind: str, same: str, found: Sequence[str], words: Sequence[str]) -> str:
    """Return what is wrong with a row and how to mend it, "" for nothing."""
    if kind not in _KINDS:
        return phrase(
            "Row %(row)s, kind: '%(value)s' is not known. Known kinds: %(known)s.",
            row=str(row),
            value=kind,
            known=", ".join(sorted(_KINDS)),
        )
    if same.casefold() not in (*_YES, *_NO):
        return phrase(
            "Row %(row)s, same: '%(value)s' is no answer. Write yes or no.",
            row=str(row),
            value=same,
        )
    for one, said in zip(found, words, strict=True):
        if not one:
            return phrase(
                "Row %(row)s: '%(value)s' does not say one thing. Write one value in each cell.",
                row=str(row),
                value=said,
            )
    if found[0] == found[1]:
        return phrase(
            "Row %(row)s: '%(value)s' is the same as the other value already. Remove the row.",
            row=str(row),
            value=words[0],
        )
    return ""


def canon_table(text: str, decisions: Decisions | None = None) -> bytes:
    """Read `kind,raw` and return `kind,raw,canonical,how` as CSV: what counts as equal.

    Parameters
    ----------
    decisions
        What counts as equal besides, and whether proposals among the rows do.

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
    decisions = decisions or Decisions()
    answers = [(str(row), _KINDS[kind], raw) for row, (kind, raw) in rows]
    made = Equals(decisions.made)
    proposed = propose(held_values(answers, made), made) if decisions.accept else ()
    equals = made.with_proposals(proposal.decided(same=True) for proposal in proposed)
    because = {(one.value.kind, one.value.id): one.because.value for one in proposed}
    lines = []
    for (_, kind, raw), (_, (label, _)) in zip(answers, rows, strict=True):
        read = [equals.read(kind, value) for value in values_of(kind, raw)]
        told = [value for value in read if not _unknown(kind, value, equals)]
        said = (_name(kind, value, equals) for value in told)
        hows = (
            because.get((kind, value.id), equals.applied(kind, value).how.value) for value in told
        )
        lines.append((label, raw, *("|".join(dict.fromkeys(words)) for words in (said, hows))))
    return write_csv(("kind", "raw", "canonical", "how"), lines)


def _unknown(kind: str, value: Value, equals: Equals) -> bool:
    """Whether a place is in no table; of other kinds the words themselves are a value."""
    return kind in PLACES and value.how is How.WORDS and equals.of(kind, value.id) == value.id


def _name(kind: str, value: Value, equals: Equals) -> str:
    """Return what the value is called that stands for another, or for itself."""
    stands_for = equals.of(kind, value.id)
    if stands_for == value.id:
        return value.name
    return next((found.name for found in values_of(kind, stands_for)), stands_for)


def _rows(text: str, columns: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the cells of these columns with the number of their row."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        header = [cell.strip().casefold() for cell in next(reader, [])]
        missing = [name for name in columns if name not in header]
        if missing:
            raise UnreadableFile(
                phrase(
                    "The first row must name the columns %(columns)s, divided by commas; "
                    "missing: %(missing)s.",
                    columns=", ".join(columns),
                    missing=", ".join(missing),
                )
            )
        at = [header.index(name) for name in columns]
        for row, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                padded = [*cells, *[""] * len(header)]
                yield row, tuple(unguard(padded[place].strip()) for place in at)
    except csv.Error as error:
        raise UnreadableFile(
            phrase(
                "Row %(row)s: %(error)s. Correct its quotation marks.",
                row=str(reader.line_num),
                error=str(error),
            )
        ) from error
