"""Cells of a spreadsheet: text that no spreadsheet program takes for a formula, and back.

One rule for all text: where a cell would begin a formula (after any apostrophes and white space),
one apostrophe goes in front on the way out, and exactly one comes off on the way in. Both ways are
exact for any text; plain numbers such as -5 stay as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

__all__ = ["guard", "join", "read_csv", "rewrite_csv", "split", "unguard", "write_csv"]

_SIGNS = r"[=+\-@\t\r＝＋－＠]"
_RISKY = re.compile(rf"'*\s*{_SIGNS}")
_GUARDED = re.compile(rf"'+\s*{_SIGNS}")
_NEEDS_QUOTES = re.compile(r'[;"]|^\s|\s$|^$')
_ITEMS = {
    mark: re.compile(rf'\s*(?:"((?:[^"]|"")*)"\s*(?:{mark}|\Z)|([^{mark}]+)(?:{mark}|\Z))')
    for mark in ";,"
}
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def guard(text: str) -> str:
    """Return `text` as a cell that stays text.

    Examples
    --------
    >>> guard("+ a bakery"), guard("-5"), guard("'s-Hertogenbosch")
    ("'+ a bakery", '-5', "'s-Hertogenbosch")
    """
    return "'" + text if _RISKY.match(text) and not _NUMBER.fullmatch(text) else text


def unguard(cell: str) -> str:
    """Return the text that `guard` was given.

    Examples
    --------
    >>> unguard("'+ a bakery"), unguard("'''=x")
    ('+ a bakery', "''=x")
    """
    return cell[1:] if cell[:1] == "'" and _GUARDED.match(cell) else cell


def join(items: Iterable[object]) -> str:
    """Return a list as one cell, "; " between items; what would not split back is quoted.

    Examples
    --------
    >>> join(["a1", 'b;2', 7])
    'a1; "b;2"; 7'
    """
    texts = (str(item) for item in items)
    return "; ".join(
        '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text
        for text in texts
    )


def split(cell: str, mark: str = ";") -> tuple[str, ...]:
    """Return the items that `join` was given, exactly; blank ones without quotes are left out.

    Parameters
    ----------
    mark
        What stands between items; some programs write a comma.

    Examples
    --------
    >>> split('a1; "b;2"; 7')
    ('a1', 'b;2', '7')
    """
    return tuple(
        bare.strip() if quoted is None else quoted.replace('""', '"')
        for quoted, bare in (match.groups() for match in _ITEMS[mark].finditer(cell))
        if quoted is not None or bare.strip()
    )


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as UTF-8 CSV (RFC 4180, LF): every text cell guarded and quoted, numbers bare."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode()


def read_csv(content: bytes) -> list[list[str]]:
    """Return the cells of a file that `write_csv` wrote, header first, still guarded."""
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, strict=True))


def rewrite_csv(
    rows: Iterable[Sequence[str]], *, delimiter: str = ",", excel: bool = False
) -> bytes:
    """Return guarded cells as CSV again, all of them quoted.

    Parameters
    ----------
    delimiter
        ``;`` for spreadsheet programs of countries with a decimal comma.
    excel
        Whether to begin with the mark by which Excel knows UTF-8.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig" if excel else "utf-8")
