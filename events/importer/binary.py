"""What an older workbook (.xls) says of its sheets, before its reader makes room for them.

Records of BIFF8 and BIFF5 ([MS-XLS]), walked without their values.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from events.errors import UnreadableFile

from .compound import DAMAGED, workbook_stream
from .facts import SheetFacts

__all__ = ["binary_facts"]

_BOUND_SHEET, _BEGIN, _END = 0x85, 0x809, 0x0A
_SIZE, _ROW, _COLUMNS, _FORMULA, _TRUTH, _SEVERAL = 0x200, 0x208, 0x7D, 0x06, 0x205, 0xBD
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
_ONE_CELL = frozenset((0x203, 0x204, 0xFD, 0x27E, 0xD6, _FORMULA, _TRUTH))
"""Records of a cell that holds something: number, label, shared text, rich text, formula, truth."""


def binary_facts(data: bytes) -> Mapping[str, SheetFacts]:
    """Return sheet name → facts.

    Raises
    ------
    UnreadableFile
        If a sheet is too large, or the file is damaged where its reader would not notice.
    """
    stream = workbook_stream(data)
    facts: dict[str, SheetFacts] = {}
    walked = 0
    try:
        for name, at in _sheets(stream):
            facts[name], end = _sheet_facts(stream, at)
            walked += end - at
            if walked > 2 * len(stream):  # sheets that lie in each other
                raise UnreadableFile(DAMAGED)
    except (struct.error, IndexError):
        raise UnreadableFile(DAMAGED) from None
    return facts


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Yield name and place of every sheet."""
    wide = stream[4:6] == b"\x00\x06"  # BIFF8; before it, names are bytes of a code page
    for _, depth, kind, body in _records(stream, 0):
        if kind == _BOUND_SHEET and depth == 1:
            (at,), count = struct.unpack_from("<I", body), body[6]
            if not wide:
                name = body[7 : 7 + count].decode("cp1252", "replace")
            elif body[7] & 1:
                name = body[8 : 8 + 2 * count].decode("utf-16-le", "replace")
            else:
                name = body[8 : 8 + count].decode("latin-1")
            yield name, at


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield the records of one part of the stream: end, depth (1 outside charts), kind and body."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0 and kind == _END:
            return
        yield at + 4 + size, depth, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _sheet_facts(stream: bytes, at: int) -> tuple[SheetFacts, int]:
    """Return the facts of a sheet, and where it ends."""
    facts = SheetFacts()
    end = at
    for reached, depth, kind, body in _records(stream, at):
        end = reached
        if kind in _ONE_CELL:
            row, column = struct.unpack_from("<HH", body)
            facts.reach(row + 1, column + 1)
            if depth == 1 and _is_error(kind, body):
                facts.errors.append((row + 1, column + 1))
        elif kind == _SEVERAL:
            row, first = struct.unpack_from("<HH", body)
            (last,) = struct.unpack_from("<H", body, len(body) - 2)
            facts.reach(row + 1, max(last, first + len(body) // 6) + 1)
        elif kind == _SIZE:
            _check_size(body)
        elif kind == _ROW and depth == 1 and body[12] & 0x20:
            facts.hidden_rows.append(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _COLUMNS and depth == 1 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            facts.hidden_columns += range(first + 1, min(last, _MOST_COLUMNS - 1) + 2)
    return facts, end


def _check_size(body: bytes) -> None:
    """Refuse a sheet that says it is larger than any can be: its reader makes room for that."""
    long = len(body) >= 14
    _, rows, _, columns = struct.unpack_from("<IIHH" if long else "<HHHH", body)
    if rows > _MOST_ROWS or columns > _MOST_COLUMNS:
        raise UnreadableFile(DAMAGED)


def _is_error(kind: int, body: bytes) -> bool:
    if kind == _TRUTH:
        return body[7] == 1
    return kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2
