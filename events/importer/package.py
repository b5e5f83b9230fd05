"""The packages that .xlsx and .ods are, looked at before a reader unpacks them into memory.

A workbook of a few kilobytes can claim a million rows of a thousand columns, or unpack to
gigabytes. The reader makes room for every cell between the first and the last one, and ends the
whole process where there is none, so sizes are measured first, by counting and not by believing. No
entity is expanded, no link is followed.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from events.errors import UnreadableFile
from matcher.phrase import phrase

from .limits import MOST_UNPACKED_BYTES, within

__all__ = ["Package", "walk"]

_CHUNK_BYTES = 1 << 20
_LONGEST_TAG_BYTES = 4 << 20


class Package:
    """The parts of a zip archive, with a common limit on what they unpack to.

    Raises
    ------
    UnreadableFile
        If the package is damaged, packed in an unusual way, or too large when unpacked; when it is
        opened or when a part is.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._room = MOST_UNPACKED_BYTES
        self._seen: set[str] = set()
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._parts = {part.filename: part for part in archive.infolist()}
                count = len(archive.infolist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as problem:
            raise UnreadableFile(_damaged(str(problem))) from None
        if count != len(self._parts):
            raise UnreadableFile(_damaged("two parts of one name"))
        self.names = tuple(self._parts)

    def unpack_rest(self) -> None:
        """Measure the parts that nobody asked for: the reader may."""
        for name in self.names:
            if name not in self._seen:
                for _ in self.chunks(name):
                    pass

    def text(self, name: str) -> str:
        """Return a part as text, "" if there is none."""
        return b"".join(self.chunks(name)).decode("utf-8", "replace") if name in self.names else ""

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the unpacked bytes of a part.

        The size that the archive states is not believed: a part may unpack to more.
        """
        self._seen.add(name)
        for chunk in _inflated(self._packed(self._parts[name]), self._parts[name]):
            self._room -= len(chunk)
            used = MOST_UNPACKED_BYTES - self._room
            within(phrase("The workbook, unpacked,"), used, MOST_UNPACKED_BYTES, phrase("bytes"))
            yield chunk

    def _packed(self, part: zipfile.ZipInfo) -> bytes:
        head = self._data[part.header_offset : part.header_offset + 30]
        if len(head) < 30 or part.flag_bits & 1:
            raise UnreadableFile(_damaged("no whole part, or locked"))
        names = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        start = part.header_offset + 30 + names
        return self._data[start : start + part.compress_size]


def _damaged(problem: str) -> str:
    return phrase(
        "The workbook is damaged (%(problem)s). Open it, save it again as .xlsx and try that.",
        problem=problem,
    )


def _inflated(packed: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    if part.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise UnreadableFile(_damaged("packed in an unusual way"))
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while packed:
            yield inflate.decompress(packed, _CHUNK_BYTES)
            packed = inflate.unconsumed_tail
    except zlib.error as problem:
        raise UnreadableFile(_damaged(str(problem))) from None


def walk(chunks: Iterable[bytes], begin: Callable[[str, dict[str, str]], None]) -> None:
    """Call `begin` with name and attributes of every element of an XML part, as they come.

    A real parser, not a pattern: what it does not see, the reader behind it might.

    Raises
    ------
    UnreadableFile
        If the part is not well-formed, or declares entities.
    """
    parser = expat.ParserCreate("UTF-8")
    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = _no_entities
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > _LONGEST_TAG_BYTES:
                raise UnreadableFile(_damaged("a tag is too long"))
        parser.Parse(b"", True)
    except expat.ExpatError as problem:
        raise UnreadableFile(_damaged(str(problem))) from None


def _no_entities(*_declared: object) -> None:
    raise UnreadableFile(_damaged("it declares entities"))
