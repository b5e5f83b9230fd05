"""Time stamps as products write them, for one purpose: which of two answers is the later one."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["Moment", "moments_of"]

Moment = tuple[int, int, int, float]
"""Year, month, day, seconds: comparable within one column."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})[./-](\d{2,4})")
_DAY_FIRST = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[A-Za-z]*\.?[ -](\d{2,4})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3})[A-Za-z]*\.? (\d{1,2}), (\d{4})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s*([AaPp])?")


def moments_of(texts: Iterable[str]) -> dict[str, Moment]:
    """Return the moments of those texts that are dates, with or without a time.

    ``9/6/2026`` is September 6 unless some text of the same column has a day above 12 in front;
    with points in between the day always comes first.
    """
    texts = set(texts)
    fronts = [match for text in texts if (match := _NUMBERS.match(text))]
    day_first = any(int(match[1]) > 12 for match in fronts)
    found = {text: _moment(text, day_first) for text in texts}
    return {text: moment for text, moment in found.items() if moment}


def _moment(text: str, day_first: bool) -> Moment | None:
    date = _date(text, day_first)
    return (*date, _seconds(text)) if date else None


def _date(text: str, day_first: bool) -> tuple[int, int, int] | None:
    if match := _ISO.match(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NUMBERS.match(text):
        front, back, year = int(match[1]), int(match[3]), _year(match[4])
        return (year, back, front) if day_first or match[2] == "." else (year, front, back)
    if (match := _DAY_FIRST.match(text)) and match[2].lower() in _MONTHS:
        return _year(match[3]), 1 + _MONTHS.index(match[2].lower()), int(match[1])
    if (match := _MONTH_FIRST.match(text)) and match[1].lower() in _MONTHS:
        return int(match[3]), 1 + _MONTHS.index(match[1].lower()), int(match[2])
    return None


def _year(digits: str) -> int:
    return int(digits) + 2000 * (len(digits) == 2)


def _seconds(text: str) -> float:
    match = _TIME.search(text)
    if not match:
        return 0.0
    hour = int(match[1]) % 12 + 12 * (match[4] in ("p", "P")) if match[4] else int(match[1])
    return hour * 3600 + int(match[2]) * 60 + float(match[3] or 0)
