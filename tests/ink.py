"""Where there is ink on a printed page, and who can be printed without the large fonts."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace

from web.cards import CardSheet, sheet_from_files
from web.cards.sheet import Card
from web.cards.stock import EDGE, Grid

__all__ = ["PPI", "ink_outside", "pixels", "printable", "safe_areas"]

PPI = 12


def printable(files: dict[str, bytes]) -> CardSheet:
    """Return the cards on which no name needs the large fonts."""
    sheet = sheet_from_files(files)
    kept = tuple(card for card in sheet.cards if not any(map(is_han, names(card))))
    people = tuple(person for person in sheet.people if not is_han(person.name))
    return replace(sheet, cards=kept, people=people)


def names(card: Card) -> Iterator[str]:
    yield card.reader.name
    yield from (ask.partner.name for ask in card.asks)
    yield from card.next_stop.names if card.next_stop else ()


def is_han(name: str) -> bool:
    """Whether a name needs the fonts of the extra `cjk`, Hangul included."""
    return any(0x2E80 <= ord(letter) < 0xFF70 or ord(letter) >= 0x20000 for letter in name)


def pixels(png: bytes) -> tuple[int, list[bytes]]:
    """Return bytes a pixel and the rows of an 8-bit PNG (RFC 2083)."""
    width, _, _, colour = struct.unpack(">IIBB", png[16:26])
    size = {2: 3, 6: 4}[colour]
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += length + 12
    return size, list(unfiltered(zlib.decompress(data), width * size, size))


def unfiltered(raw: bytes, stride: int, size: int) -> Iterator[bytes]:
    above = bytes(stride)
    for start in range(0, len(raw), stride + 1):
        kind, line = raw[start], bytearray(raw[start + 1 : start + 1 + stride])
        if kind == 2:
            line = bytearray((rest + up) & 255 for rest, up in zip(line, above, strict=True))
        elif kind:
            add_predicted(line, above, kind, size)
        above = bytes(line)
        yield above


def add_predicted(line: bytearray, above: bytes, kind: int, size: int) -> None:
    """Undo filter 1, 3 or 4, each of which looks at the pixel before."""
    for at, up in enumerate(above):
        left = line[at - size] if at >= size else 0
        if kind == 1:
            guess = left
        elif kind == 3:
            guess = (left + up) // 2
        else:
            guess = paeth(left, up, above[at - size] if at >= size else 0)
        line[at] = (line[at] + guess) & 255


def paeth(left: int, up: int, corner: int) -> int:
    if left == corner:
        return up
    if up == corner:
        return left
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))


def ink_outside(png: bytes, layout: Grid, *, footer: bool = False) -> list[tuple[int, int]]:
    """Return the pixels (x, y) with ink that are in no safe area, no cut mark, no line at the foot.

    A fold is a line between two safe areas; the print cannot miss it.
    """
    size, rows = pixels(png)
    inked = [
        (at // size, y)
        for y, row in enumerate(rows)
        for at in range(0, len(row), size)
        if row[at] < 200
    ]
    allowed = [*safe_areas(layout), *marks(layout), *(feet(layout) if footer else ())]
    return [spot for spot in inked if not any(inside(spot, box) for box in allowed)]


def safe_areas(layout: Grid) -> list[tuple[float, float, float, float]]:
    right, bottom = layout.width - layout.pad_x, layout.height - layout.pad_y
    return [(x + layout.pad_x, y + layout.pad_y, x + right, y + bottom) for x, y in layout.corners]


def feet(layout: Grid) -> list[tuple[float, float, float, float]]:
    """Return where a flowing page says its number: below the text, off the edge."""
    paper, pad = layout.paper, layout.pad_x
    return [(pad, paper.height - layout.pad_y, paper.width - pad, paper.height - EDGE)]


def marks(layout: Grid) -> list[tuple[float, float, float, float]]:
    return [(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)) for x1, y1, x2, y2 in layout.marks]


def inside(spot: tuple[int, int], box: tuple[float, float, float, float]) -> bool:
    """Whether a pixel touches a box of millimetres, half a millimetre of ink spread allowed."""
    x, y = ((place + 0.5) * 25.4 / PPI for place in spot)
    slack = 25.4 / PPI
    return box[0] - slack <= x <= box[2] + slack and box[1] - slack <= y <= box[3] + slack
