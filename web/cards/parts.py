"""A large job is set in parts, and somebody hears how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["PART", "OnProgress", "are_many", "parts"]

OnProgress = Callable[[int, int], bool]
"""Hears how many pieces of paper are done, and of how many; returns whether to go on."""

PART = 400
"""Most pieces of paper in one part: setting them takes about 170 MB."""


def are_many(pieces: int) -> bool:
    """Whether so many pieces take several parts, and long enough that one wants to watch."""
    return pieces > PART


def parts(job: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a job in parts of whole sheets; only the first begins with the ruler page."""
    sheets = job["sheets"]
    step = max(1, PART // len(job["layout"]["corners"]))
    for start in range(0, max(1, len(sheets)), step):
        yield job | {"sheets": sheets[start : start + step], "first": start == 0}
