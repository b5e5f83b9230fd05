"""Bytes of a text file to text, without ever replacing a character silently."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from events.errors import UnreadableFile, UnusableOption
from events.model import Notice
from matcher.phrase import phrase

from .codepages import CANDIDATES, code_pages_of, text_in
from .wording import shortened

__all__ = ["TWICE", "Decoded", "decoded", "once"]

TWICE = "utf-8-twice"
"""What to call UTF-8 whose bytes were taken for Windows-1252 and encoded again: "GenÃ¨ve"."""

# Longest first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Which of four bytes in a row are zero in mostly Latin text.
_ZEROS = (
    ("utf-32-le", (0, 1, 1, 1)),
    ("utf-32-be", (1, 1, 1, 0)),
    ("utf-16-le", (0, 1, 0, 1)),
    ("utf-16-be", (1, 0, 1, 0)),
)
_HEAD_BYTES = 4_096
_EVIDENCE_BYTES = 65_536
_EXAMPLES = 3
# Bytes below 0x40 are never the second half of a character in the East Asian code pages.
_PIECES = re.compile(rb"[,;\t\r\n\"]+")
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_TWO_BYTES = frozenset(("cp932", "euc_jp", "gb18030", "big5", "euc_kr"))
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")


@dataclass(frozen=True)
class Decoded:
    """The text of a file, how it was written, and what was doubtful about that."""

    text: str
    encoding: str
    bom: bool = False
    notices: tuple[Notice, ...] = ()


def decoded(data: bytes, encoding: str | None = None) -> Decoded:
    """Return the text of `data`, in the given encoding or the one that fits best.

    Order of evidence: byte order mark, pattern of zero bytes, strict UTF-8, UTF-8 with few damaged
    characters, UTF-8 in some lines and a code page in the others, the most plausible code page for
    the cells that are not ASCII.

    Raises
    ------
    UnusableOption
        If `encoding` is unknown or does not fit.
    UnreadableFile
        If the bytes are no text.
    """
    found = _chosen(data, encoding) if encoding else _found(data)
    if _is_noise(found.text):
        raise UnreadableFile(
            phrase(
                "The file is no text and no workbook: it is mostly control characters. "
                "Export the list again as CSV (UTF-8) or .xlsx."
            )
        )
    return found


def once(text: str) -> str:
    """Return what a text was before it was encoded twice; the same text if it was not.

    Examples
    --------
    >>> once("GenÃ¨ve, Straße")
    'Genève, Straße'
    """
    return _BEYOND_ASCII.sub(_taken_back, text)


def _taken_back(found: re.Match[str]) -> str:
    for encoding in ("cp1252", "latin-1"):
        try:
            before = found[0].encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        # "Weiß“" happens to be the bytes of one letter of N'Ko: a rare script alone proves nothing.
        if len(before) > 2 or all(
            char < "\u0250" or "\u2000" <= char < "\u20d0" for char in before
        ):
            return before
    return found[0]


def _chosen(data: bytes, encoding: str) -> Decoded:
    if encoding == TWICE:
        found = _chosen(data, "utf-8")
        return Decoded(once(found.text), TWICE, found.bom)
    try:
        codec = codecs.lookup(encoding).name
        data.decode(codec).encode(
            "utf-8"
        )  # some codecs make halves of characters, which nothing can store
    except LookupError:
        raise UnusableOption(
            f"There is no encoding {encoding!r}. "
            f"Usual ones: utf-8, utf-16, {', '.join(CANDIDATES)}, {TWICE}."
        ) from None
    except ValueError as problem:
        raise UnusableOption(
            phrase(
                "The file is not written in %(encoding)s: %(problem)s. Leave the encoding out to "
                "find it.",
                encoding=encoding,
                problem=str(problem),
            )
        ) from None
    text = text_in(codec, data)
    return Decoded(text.removeprefix("\ufeff"), codec, text.startswith("\ufeff"))


def _found(data: bytes) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding, "replace"), encoding, bom=True)
    if b"\x1b$" in data:  # Japanese mail; its bytes are all ASCII
        try:
            return Decoded(data.decode("iso2022_jp"), "iso2022_jp")
        except UnicodeDecodeError:
            pass
    wide = _wide(data[:_HEAD_BYTES])
    if wide:
        return Decoded(data.decode(wide, "replace"), wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(data) or _mixed(data) or _code_page(data)


def _wide(head: bytes) -> str:
    """Return the UTF-16 or -32 variant that the places of zero bytes betray, or ""."""
    zeros = [head[place::4].count(0) / max(1, len(head[place::4])) for place in range(4)]
    for encoding, pattern in _ZEROS:
        if all(
            share > 0.5 if zero else share < 0.1 for share, zero in zip(zeros, pattern, strict=True)
        ):
            return encoding
    return ""


def _damaged_utf8(data: bytes) -> Decoded | None:
    """Return the text if it is UTF-8 but for a few broken characters, each then marked U+FFFD."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(char > "\x7f" for char in text) - broken
    return Decoded(text, "utf-8") if whole >= 20 * broken else None


def _mixed(data: bytes) -> Decoded | None:
    """Return the text if some lines are UTF-8 and the others a code page: two lists in one file.

    A line of the page holds nothing that could be UTF-8, or the file is damaged.
    """
    lines = data.splitlines(keepends=True)
    beyond = [line for line in lines if not line.isascii()]
    others = [line for line in beyond if not _is_utf8(line)]
    if len(others) == len(beyond) or any(map(_UTF8.search, others)):
        return None
    evidence = _not_ascii(b"".join(others))
    page = code_pages_of(evidence)[0]
    if page in _TWO_BYTES:  # there a line may look like UTF-8 by chance
        return None
    notice = Notice(
        problem=phrase(
            "Some lines are UTF-8 and others %(encoding)s; each was read as what it is. "
            "Examples: %(examples)s.",
            encoding=page,
            examples=", ".join(_cells(evidence, page)[:_EXAMPLES]),
        ),
        remedy="If letters look wrong, name the right encoding with --encoding.",
    )
    text = "".join(line.decode() if _is_utf8(line) else text_in(page, line) for line in lines)
    return Decoded(text, f"utf-8, {page}", notices=(notice,))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _code_page(data: bytes) -> Decoded:
    evidence = _not_ascii(data)
    encoding, *others = code_pages_of(evidence)
    notice = _ambiguous(evidence, encoding, others) if others else _taken_for(evidence, encoding)
    return Decoded(text_in(encoding, data), encoding, notices=(notice,))


def _taken_for(evidence: bytes, encoding: str) -> Notice:
    examples = ", ".join(_cells(evidence, encoding)[:_EXAMPLES])
    return Notice(
        problem=phrase(
            "The file is not Unicode; it was read as %(encoding)s. Examples: %(examples)s.",
            encoding=encoding,
            examples=examples,
        ),
        remedy="If letters look wrong, name the right encoding with --encoding.",
    )


def _ambiguous(evidence: bytes, encoding: str, others: Sequence[str]) -> Notice:
    """Return a question: what each encoding makes of a cell that they read differently."""
    pages = (encoding, *others[: _EXAMPLES - 1])
    readings = list(zip(*(_cells(evidence, page) for page in pages), strict=True))
    telling = max(readings, key=lambda cells: len(set(cells)))
    shown = ", ".join(f"“{cell}” ({page})" for cell, page in zip(telling, pages, strict=True))
    return Notice(
        problem=phrase(
            "The file is not Unicode and can be read in several ways: %(ways)s. It was read as "
            "%(encoding)s.",
            ways=shown,
            encoding=encoding,
        ),
        remedy="If another is right, name it with --encoding.",
    )


def _cells(evidence: bytes, encoding: str) -> list[str]:
    return [shortened(text_in(encoding, cell), 40) for cell in evidence.split(b"\n")]


def _not_ascii(data: bytes) -> bytes:
    """Return the distinct cells with bytes beyond ASCII: whole files hide them among digits."""
    pieces = dict.fromkeys(piece.strip() for piece in _PIECES.split(data) if not piece.isascii())
    return b"\n".join(pieces)[:_EVIDENCE_BYTES]


def _is_noise(text: str) -> bool:
    head = text[:_EVIDENCE_BYTES]
    broken = len(_CONTROLS.findall(head)) + head.count("\ufffd")
    return broken > 0.05 * len(head)
