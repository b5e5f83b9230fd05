"""The compound file ([MS-CFB]) around an older workbook (.xls), walked before its reader opens it.

It is a file system: tables say which sector follows which. The reader believes them: a circle makes
it read without end, and a number beyond the end makes it ask for all memory up to there. So every
chain that it may follow is walked here first.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from events.errors import UnreadableFile

__all__ = ["DAMAGED", "workbook_stream"]

DAMAGED = "The workbook is damaged. Open it, save it again as .xlsx and try that."

_NAMES = ("Workbook", "Book")
_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_RESERVED = 0xFFFFFFFA
"""Numbers from here on are marks, not sectors."""
_STREAM, _ROOT = 2, 5
_SMALL, _CUTOFF = 64, 4_096
"""Streams shorter than the cutoff lie in small sectors, in the stream of the root."""


def workbook_stream(data: bytes) -> bytes:
    """Return the stream with the records of a workbook.

    Raises
    ------
    UnreadableFile
        If a chain of sectors runs in a circle, leaves the file or does not end, or there is no
        workbook.
    """
    try:
        return _Compound(data).workbook()
    except (struct.error, IndexError):
        raise UnreadableFile(DAMAGED) from None


class _Compound:
    """The tables of a compound file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << struct.unpack_from("<H", data, 30)[0] % 32
        if self._size not in (512, 4_096):
            raise UnreadableFile(DAMAGED)
        self._count = -(-(len(data) - self._size) // self._size)
        self._next = _numbers(b"".join(map(self._sector, self._table_sectors())))
        directory, small, smalls = struct.unpack_from("<I8xII", data, 48)
        self._entries = self._read(directory)
        self._small_next = _numbers(self._read(small)) if smalls else ()

    def workbook(self) -> bytes:
        """Return the stream of the workbook, every other stream having been walked too."""
        found: bytes | None = None
        root = self._entry(0)
        inside = self._read(root[2])
        for at in range(len(self._entries) // 128):
            name, kind, start, length = self._entry(at)
            if kind != _STREAM or (not length and name not in _NAMES):
                continue
            if length < _CUTOFF:
                count = -(-len(inside) // _SMALL)
                pieces = _walked(start, self._small_next, count)
                stream = b"".join(inside[_SMALL * n : _SMALL * (n + 1)] for n in pieces)
            else:
                stream = self._read(start)
            if name in _NAMES and found is None:
                found = stream[:length]
        if found is None or root[1] != _ROOT:
            raise UnreadableFile(DAMAGED)
        return found

    def _entry(self, at: int) -> tuple[str, int, int, int]:
        """Return name, kind, first sector and length of an entry of the directory."""
        entry = self._entries[128 * at : 128 * at + 128]
        letters, kind = struct.unpack_from("<HB", entry, 64)
        start, length = struct.unpack_from("<II", entry, 116)
        name = entry[: max(0, min(letters, 64) - 2)].decode("utf-16-le", "replace")
        return name, kind, start, length

    def _sector(self, number: int) -> bytes:
        if number >= self._count:
            raise UnreadableFile(DAMAGED)
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _read(self, first: int) -> bytes:
        return b"".join(map(self._sector, _walked(first, self._next, self._count)))

    def _table_sectors(self) -> Iterator[int]:
        """Yield the sectors of the table; the first 109 stand in the header."""
        numbers = _numbers(self._data[76:512])
        (further,) = struct.unpack_from("<I", self._data, 68)
        seen: set[int] = set()
        used: set[int] = set()
        while True:
            for number in numbers:
                if number != _FREE:
                    if number in used:
                        raise UnreadableFile(DAMAGED)
                    used.add(number)
                    yield number
            if further >= _RESERVED:
                return
            if further in seen:
                raise UnreadableFile(DAMAGED)
            seen.add(further)
            *numbers, further = _numbers(self._sector(further))


def _numbers(content: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _walked(first: int, following: Sequence[int], count: int) -> Iterator[int]:
    """Yield a chain of so many sectors at most, each of them once; the last must say that it is."""
    seen: set[int] = set()
    while first != _END:
        if first >= count or first in seen:
            raise UnreadableFile(DAMAGED)
        seen.add(first)
        yield first
        first = following[first]
