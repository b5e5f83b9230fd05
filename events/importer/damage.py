"""Cells that lost something before they came here. They are kept as they are, and reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from events.model import Notice
from matcher.phrase import phrase

from .encoding import TWICE, once
from .limits import LONGEST_CELL
from .records import Record
from .vocabulary import ERRORS
from .wording import shortened

__all__ = ["damages"]

_SUSPECT = re.compile(r"[\ufffd\x00\x80-\x9fÃÂâÅÄ]|E\+|#[A-Z]")
_LOST = re.compile(r"[\ufffd\x00\x80-\x9f]")
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d{2}")


def damages(headers: Sequence[str], records: Iterable[Record]) -> Iterator[Notice]:
    """Yield a notice for every cell with characters missing, text encoded twice or digits lost.

    Parameters
    ----------
    records
        The header among them: it is damaged along with the rest.
    """
    for record in records:
        if (
            not _SUSPECT.search("\n".join(record.cells))
            and max(map(len, record.cells)) <= LONGEST_CELL
        ):
            continue
        for header, cell in zip(headers, record.cells, strict=False):
            if len(cell) > LONGEST_CELL:
                yield _too_long(record.row, header, cell)
            elif _SUSPECT.search(cell):
                yield from _damage(record.row, header, cell)


def _damage(row: int, header: str, cell: str) -> Iterator[Notice]:
    before = once(cell)
    if _LOST.search(before):
        problem = phrase("has characters that could not be read.")
        remedy = "Export the list again as CSV UTF-8, or name its encoding with --encoding."
    elif before != cell:
        problem = phrase(
            "was encoded twice; it probably should read '%(text)s'.", text=shortened(before)
        )
        remedy = f"Use --encoding {TWICE} to repair all such cells, or correct this one."
    elif _ROUNDED.fullmatch(cell.strip()):
        problem = phrase("is a number that a spreadsheet has rounded; its last digits are gone.")
        remedy = phrase("Format the column as text where the list comes from and export it again.")
    elif cell.strip() in ERRORS:
        problem = phrase("is an error instead of a value; it was read as empty.")
        remedy = phrase("Correct its formula or type the value.")
    else:
        return
    yield Notice(row=row, column=header, value=shortened(cell), problem=problem, remedy=remedy)


def _too_long(row: int, header: str, cell: str) -> Notice:
    return Notice(
        row=row,
        column=header,
        value=shortened(cell),
        problem=phrase(
            "was not read: it has %(length)s characters, the most is %(most)s.",
            length=len(cell),
            most=LONGEST_CELL,
        ),
        remedy=phrase("Shorten it."),
    )
