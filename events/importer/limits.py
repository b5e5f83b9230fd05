"""How large a file may be. Over a limit there is a message with the number, never a silent cut."""

from __future__ import annotations

from events.errors import UnreadableFile
from matcher.phrase import phrase

__all__ = [
    "LONGEST_CELL",
    "MOST_BYTES",
    "MOST_CELLS",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "MOST_TEXT",
    "MOST_UNPACKED_BYTES",
    "within",
]

MOST_BYTES = 100_000_000
MOST_UNPACKED_BYTES = 500_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
MOST_CELLS = 8_000_000
"""Of a sheet: its reader makes room for empty ones too."""
MOST_TEXT = 200_000_000
"""Characters of a sheet: cells can share one text, and a million of them make a million copies."""
LONGEST_CELL = 32_767
"""Characters that a spreadsheet cell can hold; longer ones are kept raw but not read."""


def within(what: str, size: int, limit: int, unit: str) -> None:
    """Do nothing if `size` is within `limit`.

    Raises
    ------
    UnreadableFile
        If not; the message has the number.
    """
    if size > limit:
        raise UnreadableFile(
            phrase(
                "%(what)s has more than %(limit)s %(unit)s, the most that is read. "
                "Divide it into parts.",
                what=what,
                limit=limit,
                unit=unit,
            )
        )
