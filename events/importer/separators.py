"""What divides several answers in one cell: learned per column, and not assumed when in doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from events.cells import split as listed_items
from events.errors import UnusableOption

from .targets import MARKS

__all__ = ["SPLITS", "Division", "division_at", "division_of", "mark_called", "split"]

SPLITS = {
    "none": "",
    "semicolon": ";",
    "comma": ",",
    "line": "\n",
    "slash": " / ",
    "bar": "|",
    "tab": "\t",
}
"""What an organizer can say separates the answers of a column, and the mark."""

_STRONG = frozenset(MARKS) - {"\n", ",", "，"}
_BULLET = re.compile(r"(?:[-*–·•]|\d{1,2}[.)])\s+")
_LONGEST_ANSWER_WORDS = 8
_TAG_WORDS = 4


@dataclass(frozen=True)
class Division:
    """How the cells of a column divide.

    Parameters
    ----------
    mark
        The separator, "" when cells are whole.
    doubtful
        A mark that stands in the cells but was not trusted to separate; "" when there is none.
    options
        Answers that contain the mark themselves: "Product, design and UX".
    """

    mark: str = ""
    doubtful: str = ""
    options: tuple[str, ...] = ()


def division_of(values: Sequence[str], marks: Sequence[str]) -> Division:
    """Return what separates the answers in these cells.

    A strong mark (semicolon, bar, tab, bullet, slash between spaces, 、) needs short pieces. A weak
    one (comma, line break) needs more: pieces that recur in other rows, or a tag list all over.
    "&" and "and" never separate.

    Parameters
    ----------
    values
        Non-empty cells in any order.
    marks
        The marks that may separate here, out of `MARKS`.
    """
    everything = "\0".join(values)
    present = [mark for mark in MARKS if mark in marks and mark in everything]
    for mark in present:
        if _separates(mark, values):
            return division_at(mark, values)
    return Division(doubtful=present[0] if present else "")


def division_at(mark: str, values: Sequence[str]) -> Division:
    """Return the division of cells at a mark that somebody chose."""
    return Division(mark, options=_options(mark, values) if mark == "," else ())


def mark_called(name: str) -> str:
    """Return the mark of one of `SPLITS`, or the mark itself.

    Raises
    ------
    UnusableOption
        If there is none; the message lists the known ones.
    """
    if name not in SPLITS and name not in MARKS:
        known = ", ".join(SPLITS)
        raise UnusableOption(f"Nothing is divided at {name!r}. Use one of: {known}.")
    return SPLITS.get(name, name)


def split(value: str, mark: str, options: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the answers in one cell, without blank ones; the cell itself when there is no mark.

    Parameters
    ----------
    options
        Answers that stay whole although they contain the mark.

    Examples
    --------
    >>> split(" / Food / AI/ML", " / ")
    ('Food', 'AI/ML')
    """
    if not mark:
        return (value,)
    if mark == " / ":
        pieces = re.split(r"(?:^|\s)/(?:\s|$)", value)
    elif mark in (";", ",") and '"' in value:
        pieces = list(listed_items(value, mark))
    elif mark == "\n":
        pieces = [_BULLET.sub("", line.strip(), count=1) for line in value.split("\n")]
    elif options:
        known = "|".join(map(re.escape, sorted(options, key=len, reverse=True)))
        pieces = re.findall(rf"(?:{known}|[^{re.escape(mark)}])+", value)
    else:
        pieces = value.split(mark)
    return tuple(piece.strip() for piece in pieces if piece.strip())


def _options(mark: str, values: Sequence[str]) -> tuple[str, ...]:
    """Return the answers that contain the mark.

    Their parts never stand apart, and all but the first go on in lower case where the first begins
    with a capital. Tags that happen to go together do not look like that.
    """
    cells = [split(value, mark) for value in values]
    alone = Counter(piece for cell in cells for piece in cell)
    pairs = Counter(pair for cell in cells for pair in pairwise(cell))
    goes_on = {  # whoever always goes on does so with the same part
        first: second
        for (first, second), times in pairs.items()
        if times > 1 and times == alone[first] == alone[second] and second[0].islower()
    }
    found = []
    for first in filter(lambda part: part[0].isupper(), goes_on):
        parts = [first]
        while parts[-1] in goes_on:
            parts.append(goes_on[parts[-1]])
        found.append(f"{mark} ".join(parts))
    return tuple(sorted(found))


def _separates(mark: str, values: Iterable[str]) -> bool:
    cells = [split(value, mark) for value in values]
    divided = [cell for cell in cells if len(cell) > 1]
    if not divided:
        return any(value.rstrip().endswith(mark) for value in values) and mark in _STRONG
    if mark == "\n" and _are_bulleted(values):
        return True
    pieces = [piece for cell in divided for piece in cell]
    words = median(len(piece.split()) for piece in pieces)
    if mark in _STRONG:
        return words <= _LONGEST_ANSWER_WORDS
    return words <= _TAG_WORDS and (_recur(cells, divided) or _is_tag_list(cells, divided))


def _are_bulleted(values: Iterable[str]) -> bool:
    """Whether most cells of several lines begin every line with a bullet or number."""
    several = [lines for value in values if len(lines := value.split("\n")) > 1]
    filled = [[line.strip() for line in lines if line.strip()] for lines in several]
    marked = sum(all(map(_BULLET.match, lines)) for lines in filled)
    return marked > 0.5 * len(several)


def _recur(cells: Sequence[tuple[str, ...]], divided: Sequence[tuple[str, ...]]) -> bool:
    """Whether answers that separation would yield stand in several different cells."""
    counts = Counter(piece.casefold() for cell in set(cells) for piece in set(cell))
    distinct = {piece.casefold() for cell in divided for piece in cell}
    recurring = sum(counts[piece] > 1 for piece in distinct)
    return recurring > 0 and recurring >= 0.1 * len(distinct)


def _is_tag_list(cells: Sequence[tuple[str, ...]], divided: Sequence[tuple[str, ...]]) -> bool:
    """Whether nearly all cells are lists of three and more short answers."""
    long = sum(len(cell) > 2 for cell in divided)
    return len(divided) >= 0.7 * len(cells) and long >= 0.5 * len(cells) and len(cells) > 1
