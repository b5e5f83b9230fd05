"""Guesses to columns: one column feeds one field, and the organizer's word comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from events.errors import UnusableOption
from events.model import Notice, Severity
from matcher.fields import Visibility
from matcher.phrase import phrase

from .guesses import USED_FROM, Guess, guessed
from .products import Product
from .result import Column, Options
from .separators import SPLITS, division_at, division_of
from .table import Table
from .targets import listed, target_called
from .vocabulary import header_field
from .wording import plain, shortened

__all__ = ["map_columns"]

_CHOSEN = 1.0


def map_columns(
    table: Table,
    rows: Sequence[Sequence[str]],
    options: Options,
    product: Product | None = None,
) -> tuple[tuple[Column, ...], tuple[Notice, ...]]:
    """Return one column a header, and notices about what was doubtful.

    Parameters
    ----------
    rows
        Tidied cells of its records, every row as long as its headers.

    Raises
    ------
    UnusableOption
        If the options name an unknown field or header, or divide what holds one answer.
    """
    guesses = _with_choices(guessed(table, rows, product), options.mapped)
    losers = _losers(guesses)
    printed = {target_called(name).name for name in options.printed}
    splits = {_place(guesses, header): mark for header, mark in options.splits.items()}
    columns: list[Column] = []
    notices = [
        *_contradicted(guesses),
        *_lost(guesses, losers),
        *_beside(guesses, losers),
        *_of_others(guesses),
        *_in_runs(guesses),
    ]
    for guess in guesses:
        used = guess.is_used and guess.index not in losers and guess.target != "ignore"
        column = _unused(guess, len(rows))
        if used:
            column, doubts = _used(guess, column, printed, splits.get(guess.index))
            notices += doubts
        columns.append(column)
    return _ranked(columns, guesses), tuple(notices)


def _ranked(columns: Sequence[Column], guesses: Sequence[Guess]) -> tuple[Column, ...]:
    """Return the columns with their rank among those that feed the same field.

    By what they hold, not where they stand or what they are called: neither a shuffled nor a
    renamed column may change the order of a person's answers.
    """
    several = Counter(column.field for column in columns if column.field)
    held = {
        column.index: (-guesses[column.index].content.filled, sorted(guesses[column.index].values))
        for column in columns
        if several[column.field] > 1
    }
    ranks = {index: rank for rank, index in enumerate(sorted(held, key=held.__getitem__))}
    return tuple(replace(column, rank=ranks.get(column.index, 0)) for column in columns)


def _with_choices(guesses: list[Guess], mapping: Mapping[str, tuple[str, ...]]) -> list[Guess]:
    """Return the guesses with the organizer's choices in place of what was found."""
    chosen = _choices(guesses, mapping)
    alone = {name for name in chosen.values() if not target_called(name).columns}
    return [
        guess.chosen_for(chosen[guess.index])
        if guess.index in chosen
        else guess.taken_for("", 0.0)
        if guess.target in alone
        else guess
        for guess in guesses
    ]


def _choices(guesses: Sequence[Guess], mapping: Mapping[str, tuple[str, ...]]) -> dict[int, str]:
    """Return column index → target name.

    Raises
    ------
    UnusableOption
        If a field or header is unknown, or a header is given to two fields.
    """
    chosen: dict[int, str] = {}
    pairs = ((name, header) for name, headers in mapping.items() for header in headers)
    for name, header in pairs:
        index = _place(guesses, header)
        if index in chosen:
            raise UnusableOption(
                f"Column {header!r} is mapped to {listed((chosen[index], name))}; "
                "a column feeds one field. Take one of them out."
            )
        chosen[index] = target_called(name).name
    return chosen


def _place(guesses: Sequence[Guess], header: str) -> int:
    """Return the index of the column with a header, however it is cased and spaced.

    Raises
    ------
    UnusableOption
        If there is none; the message lists those there are.
    """
    words = plain(header)
    found = [guess for guess in guesses if guess.header == header or plain(guess.header) == words]
    if not found:
        known = ", ".join(repr(shortened(guess.header)) for guess in guesses)
        raise UnusableOption(f"There is no column {header!r}. The columns are: {known}.")
    return min(found, key=lambda guess: (guess.header != header, guess.index)).index


def _losers(guesses: Iterable[Guess]) -> dict[int, Guess]:
    """Return the columns that lose a field to a stronger one, by index, with the winner."""
    winners: dict[str, Guess] = {}
    for guess in guesses:
        if guess.is_used and not target_called(guess.target).columns:
            best = winners.get(guess.target, guess)
            winners[guess.target] = max(best, guess, key=lambda guess: guess.strength)
    return {
        guess.index: winners[guess.target]
        for guess in guesses
        if guess.is_used and winners.get(guess.target, guess) is not guess
    }


def _unused(guess: Guess, rows: int) -> Column:
    return Column(
        header=guess.header,
        index=guess.index,
        samples=tuple(dict.fromkeys(guess.values))[:3],
        fill=len(guess.values) / rows if rows else 0.0,
    )


def _used(
    guess: Guess, column: Column, printed: set[str], mark: str | None
) -> tuple[Column, list[Notice]]:
    target = target_called(guess.target)
    if mark is None:
        division = division_of(guess.values, () if guess.tick else target.marks)
    elif target.many:
        division = division_at(mark, guess.values)
    else:
        raise UnusableOption(f"{guess.header!r} is read as {target.name}, which is never divided.")
    used = replace(
        column,
        field=target.name,
        separator=division.mark,
        options=division.options,
        tick=guess.tick,
        confidence=guess.confidence,
        visibility=Visibility.PRINT if target.name in printed else target.visibility,
    )
    doubt = Notice(
        column=guess.header,
        value=shortened(next((v for v in guess.values if division.doubtful in v), "")),
        problem=phrase(
            "may hold several answers; they were not divided at %(mark)s.",
            mark=_named(division.doubtful),
        ),
        remedy=phrase(
            "Use --split %(header)s=%(mark)s to divide them, or put a semicolon between answers.",
            header=_quoted(guess.header),
            mark=_split_called(division.doubtful),
        ),
    )
    return used, [doubt] if division.doubtful and target.many else []


def _quoted(header: str) -> str:
    return f"'{shortened(header, 40)}'" if " " in header else header


def _split_called(mark: str) -> str:
    return next((name for name, known in SPLITS.items() if known == mark), mark.strip())


def _named(mark: str) -> str:
    return {",": phrase("commas"), "\n": phrase("line breaks"), "\t": phrase("tabs")}.get(
        mark, repr(mark.strip())
    )


def _lost(guesses: Sequence[Guess], losers: Mapping[int, Guess]) -> Iterator[Notice]:
    for index, winner in losers.items():
        yield Notice(
            column=guesses[index].header,
            problem=phrase(
                "also looks like %(field)s; %(header)s fits better.",
                field=str(winner.target),
                header=repr(shortened(winner.header)),
            ),
            remedy=f"Use --map {winner.target}=HEADER to choose.",
            severity=Severity.INFO,
        )


def _beside(guesses: Sequence[Guess], losers: Mapping[int, Guess]) -> Iterator[Notice]:
    """Yield a notice where a second table of people stands beside the first, behind a gap."""
    gaps = [guess.index for guess in guesses if not guess.content.filled]
    named = [g for g in guesses if g.is_used and g.target in ("name", "given_name")]
    for guess in guesses:
        alike = (g for g in named if guess.header == f"{g.header} (2)")
        first = losers.get(guess.index) or next(alike, None)
        behind = first in named and any(first.index < gap < guess.index for gap in gaps)
        if first and behind and guess.values:
            yield Notice(
                column=guess.header,
                value=shortened(guess.values[0]),
                problem=phrase("begins another table, beside this one; only the first was read."),
                remedy="Put its rows below those of the first, or use --map "
                f"{first.target}=HEADER to read this one instead.",
            )


def _of_others(guesses: Iterable[Guess]) -> Iterator[Notice]:
    """Yield a notice for every column with the name or address of somebody else: the buyer."""
    for guess in guesses:
        hit = header_field(guess.header)
        names = hit is not None and hit.field in ("name", "given_name", "family_name", "email")
        if hit and names and guess.target == "ignore" and guess.confidence < _CHOSEN:
            yield Notice(
                column=guess.header,
                problem=phrase("is not the attendee's, so it is not used."),
                remedy=f"Use --map {hit.field}=HEADER if it is.",
                severity=Severity.INFO,
            )


def _contradicted(guesses: Iterable[Guess]) -> Iterator[Notice]:
    """Yield a notice for every column whose header promises what its cells do not keep."""
    for guess in guesses:
        hit = header_field(guess.header)
        if hit and hit.coverage == 1 and 0 < guess.confidence < USED_FROM:
            yield Notice(
                column=guess.header,
                value=shortened(guess.values[0]),
                problem=phrase(
                    "does not look like %(field)s, so the column is not used.",
                    field=str(guess.target),
                ),
                remedy=f"Use --map {guess.target}=HEADER if it is.",
                severity=Severity.INFO,
            )


def _in_runs(guesses: Iterable[Guess]) -> Iterator[Notice]:
    """Yield a notice for columns of ticks whose headers ask nothing: used, and not used."""
    runs = [guess for guess in guesses if guess.in_run and guess.confidence < _CHOSEN]
    for used in (True, False):
        headers = [repr(shortened(guess.header, 40)) for guess in runs if guess.is_used is used]
        if headers:
            yield Notice(
                problem=phrase(
                    "Only ticks stand in %(columns)s; they were read as one list of interests.",
                    columns=", ".join(headers),
                )
                if used
                else phrase(
                    "Only ticks stand in %(columns)s; they are not used.",
                    columns=", ".join(headers),
                ),
                remedy="Use --map ignore=HEADER for those that are none."
                if used
                else "Use --map interest=HEADER, or another field, for those that are answers.",
            )
