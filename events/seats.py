"""Who sits where: the meetings of a plan as a `pairings.csv` without names, and back."""

from __future__ import annotations

from collections.abc import Iterable

from matcher.plan import Arrangement, BoundCovers, Meeting

from .cells import write_csv
from .finished import Certificate
from .rules.history import frozen_meetings

__all__ = ["arrangement", "read_seats", "write_seats"]

_HEADER = ("round", "table", "a", "b", "c")
_HALF_UNITS = 2_000_000


def write_seats(meetings: Iterable[Meeting]) -> str:
    """Return meetings as CSV, "" for none."""
    rows = [(each.round, each.table, *(*each.members, "")[:3]) for each in meetings]
    return write_csv(_HEADER, rows).decode() if rows else ""


def read_seats(text: str, rounds: int) -> tuple[Meeting, ...]:
    """Return the meetings that `write_seats` was given, by round and table; without values.

    Raises
    ------
    UnusableOption
        If it is no such file.
    """
    found = frozen_meetings(text, frozenset(range(1, rounds + 1))) if text else ()
    return tuple(
        Meeting(round=each.round, table=each.table, members=tuple(sorted(each.members)), value=0)
        for each in found
    )


def arrangement(
    meetings: Iterable[Meeting], certificate: Certificate, by_hand: Iterable[str]
) -> Arrangement:
    """Return what the matcher needs to make a plan of meetings that came from another plan.

    Parameters
    ----------
    certificate
        Of the plan they came from: its bounds still hold.
    by_hand
        What was changed in it.
    """
    return Arrangement(
        meetings=tuple(meetings),
        bound=round(certificate.bound * _HALF_UNITS),
        welfare_bound=round(certificate.welfare_bound * _HALF_UNITS),
        bound_covers=BoundCovers(certificate.bound_covers),
        by_hand=(*certificate.by_hand, *by_hand),
    )
