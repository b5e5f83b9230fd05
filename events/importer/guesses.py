"""What each column is taken for, from its header and its cells. Competition is `columns.py`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from .content import Content, content_of, fits
from .matrix import are_ticks, matrices_of, names_topics
from .products import Product
from .separators import division_of
from .table import Table
from .targets import target_called
from .vocabulary import Hit, header_field, is_empty_word, is_word
from .wording import plain

__all__ = ["USED_FROM", "Guess", "guessed"]

USED_FROM = 0.5
"""Least confidence with which a column is used without being asked for."""

_NUMBERED = re.compile(r" \(\d+\)$")
_SURE, _LIKELY, _GUESS, _BY_CONTENT, _CONTRADICTED = 0.95, 0.85, 0.7, 0.6, 0.4
_COVERS = 0.25
_SHORTEST_RUN = 3
_NAMES = ("name", "given_name", "family_name")
_ATTENDEE = re.compile(
    r"\b(?:attendee|participa|partecipa|teilnehm|deelnem|uczestni)|参加者|参会人"
)


@dataclass(frozen=True, kw_only=True)
class Guess:
    """What one column is taken for.

    Parameters
    ----------
    cells
        All of them, tidied.
    values
        Those that say something.
    target
        Name of a target, "" when there is no idea.
    confidence
        0 to 1: 0.95 and 0.85 when header and cells agree, 0.7 for a word in a long question, 0.6
        by cells alone, 0.4 when the cells contradict the header.
    length
        Characters of the phrase in the header.
    tick
        The answer that a tick in the column stands for; "" outside a matrix.
    in_run
        Whether it stands among columns of ticks whose headers share no question.
    """

    index: int
    header: str
    cells: Sequence[str]
    values: Sequence[str]
    content: Content
    target: str = ""
    confidence: float = 0.0
    length: int = 0
    tick: str = ""
    in_run: bool = False

    @property
    def is_used(self) -> bool:
        """Whether the column would feed its target if nobody competed."""
        return bool(self.target) and self.confidence >= USED_FROM

    @property
    def strength(self) -> tuple[float, int, int]:
        """Order among columns that compete for one field: best filled and best matching first."""
        return self.confidence * self.content.filled, self.length, -self.index

    def taken_for(self, target: str, confidence: float) -> Guess:
        """Return the same column with another idea of what it is."""
        return replace(self, target=target, confidence=confidence)

    def chosen_for(self, target: str) -> Guess:
        """Return the same column as the organizer reads it; a tick says what its header says."""
        fed = target_called(target)
        if fed.answer and fed.columns and not self.tick and are_ticks(self.cells, self.header):
            return replace(self, target=target, confidence=1.0, tick=_asked(self.header))
        return self.taken_for(target, 1.0)


def guessed(table: Table, rows: Sequence[Sequence[str]], product: Product | None) -> list[Guess]:
    """Return one guess a column, in the order of the file."""
    columns = zip(*rows, strict=True)
    alone = [
        _guess(index, header, cells, product)
        for index, (header, cells) in enumerate(zip(table.headers, columns, strict=True))
    ]
    if not table.header_row:
        alone = _names(alone)
    return _others(_runs(_matrices(_addresses(_name_parts(_attendees(alone))))))


def _guess(index: int, header: str, cells: Sequence[str], product: Product | None) -> Guess:
    nothing = set(filter(is_empty_word, set(cells)))
    values = tuple(cell for cell in cells if cell not in nothing)
    guess = Guess(
        index=index, header=header, cells=cells, values=values, content=content_of(values)
    )
    known = product.fields.get(plain(header)) if product else None
    if known:
        return guess.taken_for(known, _SURE if values else 0.0)
    hit = _consent(header) or header_field(header)
    if hit is None:
        return guess
    return replace(guess, target=hit.field, length=hit.length, confidence=_trust(hit, guess))


def _consent(header: str) -> Hit | None:
    """Read a header that begins by agreeing as consent, whatever it goes on to list."""
    first, _, more = header.partition(". ")
    hit = header_field(first) if more else None
    return hit if hit and hit.field == "consent" else None


def _trust(hit: Hit, guess: Guess) -> float:
    """Return how far the header is to be believed, given the cells."""
    if not guess.values:
        return 0.0
    if not fits(target_called(hit.field).expects, guess.content):
        return _CONTRADICTED
    return _SURE if hit.coverage == 1 else _LIKELY if hit.coverage >= _COVERS else _GUESS


def _attendees(guesses: list[Guess]) -> list[Guess]:
    """Return the guesses without the buyer's name and e-mail where the attendee's are there.

    "Attendee name" beside "Name" says that the latter is somebody else: whoever bought the ticket.
    """
    said = {guess.target for guess in guesses if _is_attendees(guess)}
    if not any(
        guess.is_used and guess.target in _NAMES for guess in guesses if _is_attendees(guess)
    ):
        return guesses
    theirs = said | set(_NAMES)
    return [
        guess.taken_for("ignore", _SURE)
        if guess.target in theirs and not _is_attendees(guess)
        else guess
        for guess in guesses
    ]


def _is_attendees(guess: Guess) -> bool:
    return guess.target in (*_NAMES, "email") and bool(_ATTENDEE.search(plain(guess.header)))


def _name_parts(guesses: list[Guess]) -> list[Guess]:
    """Return the guesses with "Name" beside "Vorname" read as the surname, and the like.

    "Nom", "Name" and "Nombre" mean the full name in some lists and the other part of it where one
    part has a column of its own. The cells tell: a full name contains its parts.
    """
    used = {guess.target: guess for guess in guesses if guess.is_used}
    whole = used.get("name")
    parts = {"given_name", "family_name"} & used.keys()
    if whole is None or len(parts) != 1:
        return guesses
    part = parts.pop()
    if _contains(whole.cells, used[part].cells):
        return guesses
    missing = "family_name" if part == "given_name" else "given_name"
    return [
        guess.taken_for(missing, guess.confidence) if guess is whole else guess for guess in guesses
    ]


def _contains(whole: Sequence[str], part: Sequence[str]) -> bool:
    """Whether most full names have the part among their words."""
    both = [(plain(name), plain(piece)) for name, piece in zip(whole, part, strict=True)]
    filled = [(name, piece) for name, piece in both if name and piece]
    return sum(f" {piece} " in f" {name} " for name, piece in filled) > 0.5 * len(filled)


def _addresses(guesses: list[Guess]) -> list[Guess]:
    """Return the guesses with e-mail addresses found by their look, if none by header."""
    if any(guess.is_used and guess.target == "email" for guess in guesses):
        return guesses
    found = [g for g in guesses if not g.target and g.content.filled and g.content.addresses >= 0.8]
    best = max(found, key=lambda guess: guess.strength, default=None)
    return [g.taken_for("email", _BY_CONTENT) if g is best else g for g in guesses]


def _names(guesses: list[Guess]) -> list[Guess]:
    """Return the guesses of a table without header, its first column of full names found.

    Without one, two columns of single words side by side are taken for the parts of names.
    """
    named = (
        guess
        for guess in guesses
        if guess.values and (_are_names(guess.content) or _are_recipients(guess.content))
    )
    found = {first.index: "name"} if (first := next(named, None)) else _parts_of_names(guesses)
    return [g.taken_for(found[g.index], _BY_CONTENT) if g.index in found else g for g in guesses]


def _are_names(content: Content) -> bool:
    return max(content.names, content.named) >= 0.8


def _are_recipients(content: Content) -> bool:
    """Whether cells are those a message goes to, most of them with a name before the address."""
    return content.addresses == 1 and content.named > 0.5


def _parts_of_names(guesses: Sequence[Guess]) -> dict[int, str]:
    for one, other in pairwise(guesses):
        if _are_single_words(one.values) and _are_single_words(other.values):
            return {one.index: "given_name", other.index: "family_name"}
    return {}


def _are_single_words(values: Sequence[str]) -> bool:
    """Whether nearly all cells are one capitalised word, and most of them different."""
    words = sum(word[:1].isupper() and word.replace("-", "").isalpha() for word in values)
    return len(values) > 1 and words >= 0.8 * len(values) and len(set(values)) > 0.5 * len(values)


def _matrices(guesses: list[Guess]) -> list[Guess]:
    """Return the guesses with columns of ticks read as the options of one question."""
    found = matrices_of({guess.header: guess.cells for guess in guesses})
    folded: list[Guess] = []
    for guess in guesses:
        option = found.get(guess.header)
        hit = header_field(option.question) if option else None
        if option and hit and target_called(hit.field).columns:
            guess = replace(guess, target=hit.field, confidence=_LIKELY, tick=option.answer)
        elif option and not guess.target:
            guess = replace(guess, tick=option.answer)  # for whoever says what was asked
        folded.append(guess)
    return folded


def _runs(guesses: list[Guess]) -> list[Guess]:
    """Return the guesses with neighbouring columns of ticks found, whose headers ask nothing.

    They are interests where the headers name topics ("Art", "Law", "Music"). Elsewhere they may be
    anything ("Newsletter", "Vegetarian"), and only the organizer can say.
    """
    found: list[Guess] = []
    for bare, group in groupby(guesses, key=_is_bare):
        run = list(group)
        if bare and len(run) >= _SHORTEST_RUN:
            run = [replace(guess, in_run=True) for guess in run]
            if names_topics([guess.header for guess in run]):
                run = [
                    replace(g, target="interest", confidence=_BY_CONTENT, tick=_asked(g.header))
                    for g in run
                ]
        found += run
    return found


def _is_bare(guess: Guess) -> bool:
    return not (guess.target or guess.tick) and are_ticks(guess.cells, guess.header)


def _asked(header: str) -> str:
    return header.rstrip("?？: ")


def _others(guesses: list[Guess]) -> list[Guess]:
    """Return the guesses with every "Other" column feeding the choice of several before it."""
    joined: list[Guess] = []
    for guess in guesses:
        before = joined[-1] if joined else None
        if before and guess.values and _is_other(guess.header) and _is_choice(before):
            guess = guess.taken_for(before.target, before.confidence)
        joined.append(guess)
    return joined


def _is_other(header: str) -> bool:
    return is_word("other", _NUMBERED.sub("", header))


def _is_choice(guess: Guess) -> bool:
    """Whether people chose several of given answers: a free text has no "Other" beside it."""
    target = target_called(guess.target) if guess.is_used else None
    if target is None or not target.columns:
        return False
    return bool(guess.tick or division_of(guess.values, target.marks).mark)
