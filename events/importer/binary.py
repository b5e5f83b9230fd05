"""What an older workbook (.xls) says of its sheets, before its reader makes room for them.

Records of BIFF8 and BIFF5 ([MS-XLS]) inside a compound file ([MS-CFB]), walked without their
values. A file that cannot be walked has no facts: whether it can be read is the reader's to say.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from .facts import SheetFacts

__all__ = ["binary_facts"]

_FREE = 0xFFFFFFF0
"""Sector numbers from here on are marks: end of chain, free, part of a table."""

_BOUND_SHEET, _BEGIN, _END = 0x85, 0x809, 0x0A
_ROW, _COLUMNS, _FORMULA, _TRUTH, _SEVERAL = 0x208, 0x7D, 0x06, 0x205, 0xBD
_ONE_CELL = frozenset((0x203, 0x204, 0xFD, 0x27E, 0xD6, _FORMULA, _TRUTH))
"""Records of a cell that holds something: number, label, shared text, rich text, formula, truth."""


def binary_facts(data: bytes) -> Mapping[str, SheetFacts]:
    """Return sheet name → facts; none of a file that is damaged.

    Raises
    ------
    UnreadableFile
        If a sheet is too large.
    """
    try:
        stream = _workbook_stream(data)
        places = dict(_sheets(stream))
        starts = sorted({*places.values(), len(stream)})
        ends = dict(pairwise(starts))  # no sheet runs into the next: each record is walked once
        return {name: _sheet_facts(stream, at, ends[at]) for name, at in places.items()}
    except (struct.error, LookupError):
        return {}


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Yield name and place of every sheet."""
    wide = stream[4:6] == b"\x00\x06"  # BIFF8; before it, names are bytes of a code page
    for kind, body in _records(stream, 0, len(stream)):
        if kind == _BOUND_SHEET:
            (at,), count = struct.unpack_from("<I", body), body[6]
            if not wide:
                name = body[7 : 7 + count].decode("cp1252", "replace")
            elif body[7] & 1:
                name = body[8 : 8 + 2 * count].decode("utf-16-le", "replace")
            else:
                name = body[8 : 8 + count].decode("latin-1")
            yield name, at


def _records(stream: bytes, at: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one part of the stream, to its end; charts inside it are left out."""
    depth = 0
    while at + 4 <= end:
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0 and kind == _END:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _sheet_facts(stream: bytes, at: int, end: int) -> SheetFacts:
    facts = SheetFacts()
    for kind, body in _records(stream, at, end):
        if kind in _ONE_CELL:
            row, column = struct.unpack_from("<HH", body)
            facts.reach(row + 1, column + 1)
            if _is_error(kind, body):
                facts.errors.append((row + 1, column + 1))
        elif kind == _SEVERAL:
            row, last = *struct.unpack_from("<H", body), *struct.unpack_from("<H", body[-2:])
            facts.reach(row + 1, last + 1)
        elif kind == _ROW and body[12] & 0x20:
            facts.hidden_rows.append(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _COLUMNS and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            facts.hidden_columns += range(first + 1, min(last, 255) + 2)
    return facts


def _is_error(kind: int, body: bytes) -> bool:
    if kind == _TRUTH:
        return body[7] == 1
    return kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2


def _workbook_stream(data: bytes) -> bytes:
    """Return the stream with the records, out of the compound file around it."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if not 512 <= size <= 4_096:
        raise LookupError("no sector size that is in use")

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    table = b"".join(map(sector, dict.fromkeys(_table_sectors(data, sector, size))))
    first_entry, cutoff, first_small = struct.unpack_from("<I4xII", data, 48)
    entries = _chained(table, first_entry, sector)
    root = entries[:128]
    for at in range(0, len(entries), 128):
        entry = entries[at : at + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)]
        if name.decode("utf-16-le", "replace") in ("Workbook", "Book"):
            start, length = struct.unpack_from("<II", entry, 116)
            if length >= cutoff:
                return _chained(table, start, sector)[:length]
            small = _chained(table, struct.unpack_from("<I", root, 116)[0], sector)
            pieces = [small[at : at + 64] for at in range(0, len(small), 64)]
            return _chained(_chained(table, first_small, sector), start, pieces.__getitem__)
    raise LookupError("no workbook in the compound file")


def _table_sectors(data: bytes, sector: Callable[[int], bytes], size: int) -> Iterator[int]:
    """Yield the sectors that hold the table of sectors; the first 109 stand in the header."""
    yield from _used(data[76:512])
    (further,) = struct.unpack_from("<I", data, 68)
    seen: set[int] = set()
    while further < _FREE and further not in seen:
        seen.add(further)
        numbers = sector(further)
        yield from _used(numbers[: size - 4])
        (further,) = struct.unpack_from("<I", numbers, size - 4)


def _used(numbers: bytes) -> Iterator[int]:
    return (number for (number,) in struct.iter_unpack("<I", numbers) if number < _FREE)


def _chained(table: bytes, first: int, sector: Callable[[int], bytes]) -> bytes:
    """Return the sectors of a chain, one after the other; one that bites its tail ends there."""
    parts: list[bytes] = []
    seen: set[int] = set()
    while first < _FREE and first not in seen:
        seen.add(first)
        parts.append(sector(first))
        (first,) = struct.unpack_from("<I", table, 4 * first)
    return b"".join(parts)
