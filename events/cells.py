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

__all__ = ["guard", "join", "split", "unguard", "write_csv"]

_SIGNS = r"[=+\-@\t\r＝＋－＠]"
_RISKY = re.compile(rf"'*\s*{_SIGNS}")
_GUARDED = re.compile(rf"'+\s*{_SIGNS}")
_NEEDS_QUOTES = re.compile(r'[;"]|^\s|\s$')
_ITEM = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^;]+))\s*(?:;|$)')
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
    return cell[1:] if _GUARDED.match(cell) else cell


def join(items: Iterable[object]) -> str:
    """Return a list as one cell, "; " between items; one that holds ";" or a quote is quoted.

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


def split(cell: str) -> tuple[str, ...]:
    """Return the items that `join` was given; empty ones are left out.

    Examples
    --------
    >>> split('a1; "b;2"; 7')
    ('a1', 'b;2', '7')
    """
    found = (match[1] if match[1] is not None else match[2] for match in _ITEM.finditer(cell))
    return tuple(item.replace('""', '"').strip() for item in found if item.strip())


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as UTF-8 CSV (RFC 4180, LF): every text cell guarded and quoted, numbers bare."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode()
