"""What the cells of a column look like, whatever its header says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from zlib import crc32

from .targets import Expects
from .vocabulary import meanings_of, status_of

__all__ = [
    "Content",
    "address_in",
    "content_of",
    "fits",
    "is_technical",
    "looks_like_data",
    "looks_like_name",
    "named_in",
]

_ADDRESS = re.compile(r"[^\s@,;:<>()\[\]\"]+@[^\s@,;:<>()\[\]\"]+\.[^\s@.,;:<>()\[\]\"]{2,}")
_LONGEST_VALUE = 200
_ENOUGH_VALUES = 2_000
_NAMED_ADDRESS = re.compile(r"([^<>]*)<([^<>]+)>")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[\d.,\u00a0' ]*\d(?:[eE]\+?\d+)?\s?[%€$£]?")
_TECHNICAL = re.compile(r'\{"ImportId"|Q(?:ID)?\d+(?:[._]\w+)*$|[a-z]+(?:_[a-z0-9]+)+$|:?-{2,}:?$')
_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[ T]\d{1,2}:\d{2}.*)?"
    r"|\d{1,2}[./-](?:\d{1,2}|[A-Za-z]{3,9})[./-]\d{2,4}(?:,? .*\d{1,2}:\d{2}.*)?"
    r"|\d{4}/\d{1,2}/\d{1,2}(?: .*)?"
    r"|\d{1,2} [A-Za-z]{3,9}\.? \d{4}(?:,? .*)?"
    r"|[A-Za-z]{3,9}\.? \d{1,2}, \d{4}(?:,? .*)?"
)


@dataclass(frozen=True, kw_only=True)
class Content:
    """Figures of one column. Shares are of the cells that hold something, 0 to 1."""

    filled: int
    length: float
    names: float
    addresses: float
    named: float
    urls: float
    numbers: float
    dates: float
    yes_no: float
    statuses: float
    platform: float


def address_in(text: str) -> str:
    """Return the e-mail address that the text is, alone or as ``Name <address>``, "" if none.

    Examples
    --------
    >>> address_in("Ana Ruiz <ana@example.org>"), address_in("anonymous")
    ('ana@example.org', '')
    """
    named = _NAMED_ADDRESS.fullmatch(text)
    address = (named[2] if named else text).strip().removeprefix("mailto:")
    return address if _ADDRESS.fullmatch(address) else ""


def named_in(text: str) -> str:
    """Return the name in front of an address, as mail programs write them, or "".

    Examples
    --------
    >>> named_in('"Ruiz, Ana" <ana@example.org>'), named_in("ana@example.org")
    ('Ruiz, Ana', '')
    """
    found = _NAMED_ADDRESS.fullmatch(text) if text.endswith(">") else None
    return found[1].strip(" \t\"'") if found and address_in(text) else ""


def looks_like_data(cell: str) -> bool:
    """Whether a cell would be odd as a header: an address, a link, a number or a date."""
    return not {"addresses", "urls", "numbers", "dates"}.isdisjoint(_kinds_of(cell))


def is_technical(filled: Sequence[str]) -> bool:
    """Whether the words of a row are ids, labels or lines that products write below a header."""
    return len(filled) > 1 and all(map(_TECHNICAL.match, filled))


def looks_like_name(text: str) -> bool:
    """Whether a text could be somebody's full name: two to four capitalised words, no digit.

    What stands in brackets behind it does not count.
    """
    words = _IN_BRACKETS.sub("", text).split()
    return 2 <= len(words) <= 4 and all(
        word[0].isupper() and not any(map(str.isdigit, word)) for word in words
    )


def content_of(values: Sequence[str]) -> Content:
    """Return the figures of a column from its non-empty cells, in any order.

    Long columns are judged by some thousand of their values, chosen by what they say, so that the
    order of rows changes nothing.
    """
    counts = _sample(Counter(values))
    seen = counts.total()
    kinds: Counter[str] = Counter()
    for value, times in counts.items():
        for kind in _kinds_of(value):
            kinds[kind] += times
    shares = {kind: kinds[kind] / max(1, seen) for kind in _KINDS}
    length = median(map(len, counts)) if counts else 0.0
    return Content(filled=len(values), length=length, **shares)


def _sample(counts: Counter[str]) -> Counter[str]:
    every = len(counts) // _ENOUGH_VALUES + 1
    if every == 1:
        return counts
    chosen = {v: times for v, times in counts.items() if crc32(v.encode("utf-8")) % every == 0}
    return Counter(chosen)


_KINDS = (
    "names",
    "addresses",
    "named",
    "urls",
    "numbers",
    "dates",
    "yes_no",
    "statuses",
    "platform",
)


def _kinds_of(text: str) -> tuple[str, ...]:
    """Return which shares of a column this value adds to."""
    return _kinds(text) if len(text) <= _LONGEST_VALUE else ()


@lru_cache(maxsize=32_768)
def _kinds(text: str) -> tuple[str, ...]:
    kinds = []
    if "@" in text and address_in(text):
        kinds += ["addresses"] + ["named"] * bool(named_in(text))
    if _URL.fullmatch(text):
        kinds.append("urls")
    if any(map(str.isdigit, text)):
        kinds += ["numbers"] * bool(_NUMBER.fullmatch(text))
        kinds += ["dates"] * bool(_DATE.fullmatch(text))
    kinds += ["names"] * looks_like_name(text)
    words = meanings_of(text)
    kinds += ["yes_no"] * bool(words & {"yes", "no"})
    kinds += ["platform"] * ("platform" in words)
    if words and status_of(text) is not None:
        kinds.append("statuses")
    return tuple(kinds)


def fits(expected: Expects, content: Content) -> bool:
    """Whether cells of this content can feed a target that expects something else or the same."""
    return _FITS[expected](content)


def _is_text(content: Content) -> bool:
    odd = max(content.addresses, content.numbers, content.dates, content.yes_no)
    return odd < 0.5


_FITS: Mapping[Expects, Callable[[Content], bool]] = {
    Expects.NAME: lambda c: (c.named >= 0.5 or _is_text(c)) and c.urls < 0.3 and c.length <= 60,
    Expects.EMAIL: lambda c: c.addresses >= 0.5,
    Expects.TEXT: _is_text,
    Expects.ROLE: lambda c: _is_text(c) and c.platform < 1,
    Expects.NUMBER: lambda c: c.numbers >= 0.5,
    Expects.DATE: lambda c: c.dates >= 0.5,
    Expects.STATUS: lambda c: c.statuses >= 0.5,
    Expects.ANYTHING: lambda c: True,
}
