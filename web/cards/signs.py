"""Which signs the fonts of a PDF have, and what becomes of a text that holds others.

Decoration (an emoji newer than the fonts) is left out and told; a letter is never left out: the
job is refused, with everybody whose name it is. Pages on the screen use the reader's own fonts.
"""

from __future__ import annotations

import json
import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

from matcher.phrase import phrase
from web.cards.errors import CardsError
from web.cards.sheet import CardSheet

__all__ = ["drawable", "font_paths", "left_out", "names_of"]

_FONTS = Path(str(files("web.cards") / "fonts"))

_LARGE_FONTS = "manimgx_fonts_cjk"
"""Package of the extra `cjk`: 33 MB of Chinese, Japanese and Korean signs."""

_INVISIBLE = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Variation selectors: they choose among the forms of the sign before them."""


@cache
def font_paths() -> tuple[str, ...]:
    """Return the folders of the fonts that stand in a PDF."""
    large = find_spec(_LARGE_FONTS)
    return str(_FONTS), *(large.submodule_search_locations or () if large else ())


def drawable(job: dict[str, Any], sheet: CardSheet) -> dict[str, Any]:
    """Return a job without the decoration that no font has.

    Raises
    ------
    CardsError
        If no font has a letter; the message says whose names hold one.
    """
    lacking = _lacking(json.dumps(job, ensure_ascii=False))
    if not lacking:
        return job
    if letters := set(filter(_is_letter, lacking)):
        texts = [text for text in names_of(sheet) if letters.intersection(text)]
        raise CardsError(
            phrase(
                "No font here has the letters of %(texts)s. Chinese, Japanese and Korean come with "
                'the extra "cjk" of Seedbed. For other scripts write the name in a second one, or '
                "print the page instead of the PDF: it uses the fonts of this computer.",
                texts=", ".join(f"“{text}”" for text in texts) or " ".join(sorted(letters)),
            )
        )
    return _without(job, re.compile(f" ?[{re.escape(''.join(sorted(lacking)))}]"))


def left_out(texts: Iterable[str]) -> tuple[str, ...]:
    """Return in sentences which decoration a PDF leaves out of these texts."""
    return tuple(
        phrase(
            "The PDF leaves out %(signs)s of “%(text)s”, because no font here has it.",
            signs=" ".join(decoration),
            text=text,
        )
        for text in texts
        if (decoration := sorted(sign for sign in _lacking(text) if not _is_letter(sign)))
    )


def names_of(sheet: CardSheet) -> tuple[str, ...]:
    """Return what people wrote freely; answers with odd signs fill no sentence."""
    return (sheet.title, sheet.welcome, *(person.name for person in sheet.people))


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMN"


def _lacking(text: str) -> set[str]:
    """Return the visible signs of a text that no font has, whole or in parts."""
    known = _known()
    return {
        sign
        for sign in set(text)
        if ord(sign) not in known
        and unicodedata.category(sign) not in ("Cc", "Cf", "Zs", "Zl", "Zp")
        and not _INVISIBLE.match(sign)
        and not known.issuperset(map(ord, unicodedata.normalize("NFD", sign)))
    }


def _without(part: Any, lacking: re.Pattern[str]) -> Any:
    if isinstance(part, str):
        return lacking.sub("", part)
    if isinstance(part, dict):
        return {name: _without(value, lacking) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_without(value, lacking) for value in part]
    return part


# --- what a font file says it has: its table `cmap`, see the OpenType specification ---


@cache
def _known() -> frozenset[int]:
    """Return the code points that any of the fonts has a sign for."""
    found: set[int] = set()
    for folder in font_paths():
        for path in sorted(Path(folder).glob("*.tt[cf]")):
            with path.open("rb") as font:
                found.update(_mapped(_cmap(font)))
    return frozenset(found)


def _cmap(font: BinaryIO) -> bytes:
    """Return the table of a font file; of a collection, its first font's."""
    start = 0
    if font.read(4) == b"ttcf":
        font.seek(12)
        (start,) = struct.unpack(">I", font.read(4))
    font.seek(start + 4)
    (tables,) = struct.unpack(">H6x", font.read(8))
    for name, _sum, offset, length in struct.iter_unpack(">4sIII", font.read(16 * tables)):
        if name == b"cmap":
            font.seek(offset)
            return font.read(length)
    return b""


def _mapped(cmap: bytes) -> Iterator[int]:
    """Yield the code points of a table's subtables of formats 4 and 12; others name no more."""
    (count,) = struct.unpack_from(">2xH", cmap)
    for at in range(count):
        (offset,) = struct.unpack_from(">4xI", cmap, 4 + 8 * at)
        (kind,) = struct.unpack_from(">H", cmap, offset)
        if kind == 12:
            yield from _of_groups(cmap, offset)
        elif kind == 4:
            yield from _of_segments(cmap, offset)


def _of_groups(cmap: bytes, at: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">12xI", cmap, at)
    for first, last, _glyph in struct.iter_unpack(">III", cmap[at + 16 : at + 16 + 12 * groups]):
        yield from range(first, last + 1)


def _of_segments(cmap: bytes, at: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">6xH", cmap, at)
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{twice // 2}H", cmap, at + 14 + place * twice + (2 if place else 0))
        for place in range(4)
    )
    for n, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offsets[n]:
                place = at + 16 + 3 * twice + 2 * n + offsets[n] + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", cmap, place)
            elif not (code + deltas[n]) & 0xFFFF:
                glyph = 0
            if glyph:
                yield code
