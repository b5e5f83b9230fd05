"""What was read from a store to make something, to know later whether it would be made the same.

What is made from nothing but the answers to some questions is right for as long as these are
answered the same, whatever else has changed. That needs no list of what depends on what, which
somebody would have to keep right.
"""

from __future__ import annotations

import marshal
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

__all__ = ["Read", "digest"]


@dataclass(frozen=True, kw_only=True)
class Read:
    """One question to the database, and what tells its answer from any other.

    Parameters
    ----------
    values
        What filled the holes of `sql`, copied.
    answer
        See `digest`; the answer itself may be large, and would hold on to what is erased.
    """

    sql: str
    values: Sequence[object] | dict[str, Any]
    answer: bytes


def digest(rows: list[tuple[Any, ...]]) -> bytes:
    """Return 16 bytes that only equal rows have.

    Rows hold what SQLite knows: whole and broken numbers, texts, bytes and nothing. The second
    format of `marshal` writes them by value; later ones also by how often an object is used, and
    the `hash` of -1 is that of -2.
    """
    return sha256(marshal.dumps(rows, 2)).digest()[:16]
