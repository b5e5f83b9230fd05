"""What a workbook says of its sheets beside the values: how large they are, what they hide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from events.model import Notice, Severity
from matcher.phrase import phrase, phrases

from .limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, within

__all__ = ["SheetFacts", "letters"]

_MOST_NAMED = 20


@dataclass
class SheetFacts:
    """What is said of one sheet beside its values.

    Parameters
    ----------
    rows, columns
        Number up to the last cell with content.
    hidden_rows, hidden_columns
        Numbers, from 1, of those that the spreadsheet does not show, filtered out ones included.
    errors
        Row and column, from 1, of cells that hold an error instead of a value.
    """

    rows: int = 0
    columns: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    errors: list[tuple[int, int]] = field(default_factory=list)

    def reach(self, row: int, column: int) -> None:
        """Take in a cell with content.

        Raises
        ------
        UnreadableFile
            If the sheet is too large with it.
        """
        if row <= self.rows and column <= self.columns:
            return  # as nearly all of millions
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        within(phrase("The sheet"), self.rows, MOST_ROWS, phrase("rows"))
        within(phrase("The sheet"), self.columns, MOST_COLUMNS, phrase("columns"))
        within(phrase("The sheet"), self.rows * self.columns, MOST_CELLS, phrase("cells"))

    @property
    def notices(self) -> Iterator[Notice]:
        """What a person looking at the sheet would not see."""
        rows = [str(row) for row in self.hidden_rows if row <= self.rows]
        if rows:
            yield Notice(
                problem=phrases(
                    "Row %(list)s is hidden or filtered out in the workbook, but read.",
                    "%(num)s rows (%(list)s) are hidden or filtered out in the workbook, but read.",
                    len(rows),
                    list=_first(rows),
                ),
                remedy=phrase("Delete them in the workbook if these people are not meant."),
            )
        columns = [letters(place - 1) for place in self.hidden_columns if place <= self.columns]
        if columns:
            yield Notice(
                problem=phrases(
                    "Column %(list)s is hidden in the workbook, but read.",
                    "%(num)s columns (%(list)s) are hidden in the workbook, but read.",
                    len(columns),
                    list=_first(columns),
                ),
                remedy="Use --map ignore=HEADER for a column that is not meant.",
                severity=Severity.INFO,
            )
        for row, column in self.errors:
            yield Notice(
                row=row,
                value=f"{letters(column - 1)}{row}",
                problem=phrase("holds an error instead of a value; it was read as empty."),
                remedy=phrase("Correct its formula or type the value."),
            )


def letters(place: int) -> str:
    """Return what spreadsheets call a column, counted from 0: A to Z, then AA."""
    rest, letter = divmod(place, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("A") + letter)


def _first(which: list[str]) -> str:
    """Return "3, 5, 8", of very many the first ones."""
    return ", ".join(which[:_MOST_NAMED]) + (", …" if len(which) > _MOST_NAMED else "")
