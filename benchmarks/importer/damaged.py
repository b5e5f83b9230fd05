"""Files after accidents and files made to do harm, the same ones for the same seed.

`KINDS` is the visible tuple: a new kind of damage is one function and one line.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import xlsxwriter

__all__ = ["KINDS", "LARGE", "Damage", "damaged_file"]

Damage = Callable[[Random], bytes]

DATA = Path(__file__).parent.parent.parent / "tests" / "data"
OLDER_BOOKS = [path.read_bytes() for path in sorted(DATA.glob("*.xls"))]
LISTS = [path.read_bytes() for path in sorted(DATA.glob("*.[ct]sv"))]
ROWS = [
    ["Name", "E-mail", "Job title", "Topics", "Looking for"],
    ["Ana Ruiz", "ana@example.org", "Baker", "bread; bees", "a mill"],
    ["Zoë Groß", "zoe@example.org", "CTO", "bees; maps", "=1+1"],
    ["山田 太郎", "", "Łódź", "maps", "'s morgens"],
]
ODD = ["\x00", '"', ",", ";", "\t", "\n", "\r", "\u2028", "\ufeff", "\ufffd", "'=", "=", "Ã©", "ß"]
ENCODINGS = ["utf-8-sig", "utf-16", "utf-32", "cp1252", "cp1251", "cp932", "gb18030", "mac_roman"]


def damaged_file(seed: int) -> tuple[str, bytes]:
    """Return the kind of damage and the file for a seed; kinds take turns, large files fewer."""
    damage = _TURNS[seed % len(_TURNS)]
    return damage.__name__, damage(Random(seed))


def bytes_changed(chance: Random) -> bytes:
    """Return a list with bytes flipped, lost, doubled or put in."""
    data = bytearray(chance.choice(LISTS))
    for _ in range(chance.choice((1, 3, 30))):
        at, length = chance.randrange(len(data)), chance.randint(1, 60)
        match chance.randrange(4):
            case 0:
                data[at] ^= 1 << chance.randrange(8)
            case 1 if len(data) > 500:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length] * 3
            case _:
                data[at:at] = chance.randbytes(length)
    return bytes(data)


def cut_short(chance: Random) -> bytes:
    """Return the beginning or the end of a list."""
    data = chance.choice(LISTS)
    at = chance.randrange(len(data))
    return chance.choice((data[:at], data[at:]))


def rows_shifted(chance: Random) -> bytes:
    """Return a list with its rows in disorder, and cells of some moved to the side."""
    rows = chance.choice(LISTS).split(b"\n")
    for _ in range(chance.randint(1, 5)):
        place = chance.randrange(len(rows))
        rows[place] = chance.choice((b",,", b";", b"\t", b'"",')) + rows[place]
    if chance.random() < 0.5:
        chance.shuffle(rows)
    return b"\n".join(rows)


def quotes_unbalanced(chance: Random) -> bytes:
    """Return a list with quotation marks and delimiters put in and taken out."""
    data = bytearray(chance.choice(LISTS))
    for _ in range(chance.choice((1, 2, 20))):
        at = chance.randrange(len(data))
        data[at:at] = chance.choice((b'"', b'""', b'",', b'\n"', b"'", b","))
    return bytes(data) if chance.random() < 0.7 else bytes(data).replace(b'",', b",", 3)


def read_as_another(chance: Random) -> bytes:
    """Return a list decoded and encoded wrongly: double encoding, lost and odd characters."""
    text = "\n".join(",".join(row) for row in ROWS * 3)
    for _ in range(chance.randint(0, 5)):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(ODD) + text[at:]
    data = text.encode(chance.choice(ENCODINGS), "replace")
    if chance.random() < 0.5:
        data = data.decode(chance.choice(("cp1252", "latin-1")), "replace").encode("utf-8")
    return data


def noise(chance: Random) -> bytes:
    """Return random bytes, or random characters of those that lists are made of."""
    if chance.random() < 0.3:
        start = chance.choice(
            (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe")
        )
        return start + chance.randbytes(chance.randint(1, 2_000))
    letters = "Name,;\"\n\r\t Ana@x.org|'=é😀\ufeff\u202e0\u0301"
    return "".join(chance.choices(letters, k=chance.randint(1, 2_000))).encode()


def very_wide(chance: Random) -> bytes:
    """Return about a thousand columns: just within the limit, or just beyond it."""
    width = chance.choice((998, 999, 1_000, 1_001))
    header = [
        "Name",
        *chance.choices(("Topics", "Notes", "Topics [Art]", "", "Frage?"), k=width - 1),
    ]
    row = ["Ana", *chance.choices(("x", "", "1", "art; law", "2026-01-01"), k=width - 1)]
    mark = chance.choice(",;\t|")
    return "\n".join([mark.join(header), *[mark.join(row)] * chance.randint(1, 20)]).encode()


def very_long(chance: Random) -> bytes:
    """Return a cell of a megabyte, made of what readers stumble over."""
    piece = chance.choice(_STUMBLING_BLOCKS)
    cell = piece * (1_000_000 // len(piece))
    before = chance.choice(
        (b"Name,Needs\nAna,", b'Name,Needs\nAna,"', b"", b"Name\n", b"<table><tr><td>")
    )
    return before + cell.encode() + chance.choice((b"", b"\nBen,bread\n", b'"\nBen,bread\n'))


def workbook_changed(chance: Random) -> bytes:
    """Return a workbook with bytes changed: of its package, or of a part of it."""
    data = bytearray(chance.choice(BOOKS))
    if chance.random() < 0.5:
        for _ in range(chance.choice((1, 5, 50))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(data[: chance.choice((len(data), chance.randrange(len(data))))])
    parts = _parts(bytes(data))
    name = chance.choice(sorted(parts))
    part = bytearray(parts[name] or b" ")
    for _ in range(chance.choice((1, 5, 50))):
        at = chance.randrange(len(part) + 1)
        part[at : at + chance.randint(0, 9)] = chance.choice(_XML_PIECES)
    return _packed(parts | {name: bytes(part)})


def older_workbook_changed(chance: Random) -> bytes:
    """Return an .xls with bytes changed, cells moved far away, or cut short."""
    data = bytearray(chance.choice(OLDER_BOOKS))
    for _ in range(chance.choice((0, 1, 5, 50))):
        # The tables of the compound file stand first, its directory and records behind.
        at = chance.randrange(chance.choice((600, len(data))))
        data[at : at + chance.choice((1, 2, 4))] = chance.choice(
            (b"\xff\xff", b"\x00", b"\xfe\xff\xff\xff", chance.randbytes(2))
        )
    if chance.random() < 0.5:
        number = bytes(data).rfind(b"\xfd\x00\x0a\x00", 0, chance.randrange(len(data)))
        if number > 0:
            row, column = chance.choice(((65_535, 0), (65_535, 255), (3, 255), (30_000, 255)))
            data[number + 4 : number + 8] = struct.pack("<HH", row, column)
    return bytes(data[: chance.choice((len(data), len(data), chance.randrange(len(data))))])


def workbook_claiming(chance: Random) -> bytes:
    """Return a workbook that claims cells far away, or repeats some without end."""
    row, column = chance.choice(
        ((1_048_576, "A"), (2, "XFD"), (200_000, "ALL"), (9_999_999, "ZZZ"))
    )
    parts = _parts(BOOKS[chance.randrange(2)])
    if "content.xml" in parts:
        number = str(chance.choice((1_048_576, 999_999_999, 10**30))).encode()
        repeat = chance.choice((b"rows-repeated", b"columns-repeated"))
        tag = b"<table:table-row" if repeat[:3] == b"row" else b"<table:table-cell"
        wider = tag + b" table:number-" + repeat + b'="' + number + b'"'
        return _packed(parts | {"content.xml": parts["content.xml"].replace(tag, wider)})
    sheet = parts["xl/worksheets/sheet1.xml"]
    cell = chance.choice(_FAR_CELLS).format(row=row, column=column)
    far = f'<row r="{row}">{cell}<v>1</v></c></row></sheetData>'.encode()
    part = chance.choice(("worksheets/sheet1.xml", "other.bin"))
    links = parts["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", part.encode())
    sheets = {f"xl/{part}": sheet.replace(b"</sheetData>", far)}
    return _packed(parts | sheets | {"xl/_rels/workbook.xml.rels": links})


def zip_bomb(chance: Random) -> bytes:
    """Return a small package that unpacks to some hundred megabytes or more, or says so."""
    name = chance.choice(("xl/worksheets/sheet1.xml", "content.xml", "xl/media/a.bin", "a" * 300))
    return _bomb(chance.randrange(2), name, chance.choice((20, 200, 520)))


def xml_bomb(chance: Random) -> bytes:
    """Return a workbook or a web page with entities that stand for entities."""
    levels = chance.randint(5, 30)
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels))
    outside = '<!ENTITY x SYSTEM "file:///etc/hostname">'
    head = f'<!DOCTYPE a [<!ENTITY e0 "lol">{entities}{outside}]>'
    said = chance.choice((f"&e{levels - 1};", "&x;", "&e0;"))
    if chance.random() < 0.3:
        rows = f"<tr><td>Name</td></tr><tr><td>{said}</td></tr>"
        return f"{head}<html><table>{rows}</table></html>".encode()
    parts = _parts(BOOKS[chance.randrange(2)])
    name = chance.choice([name for name in parts if name.endswith(".xml")])
    start, mark, rest = parts[name].partition(b"?>")
    body = rest.replace(b"Ana Ruiz", said.encode())
    return _packed(parts | {name: start + mark + head.encode() + body})


def page_changed(chance: Random) -> bytes:
    """Return a web page whose tags are broken, nested or span without end."""
    rows = ["".join(f"<td>{cell}</td>" for cell in row) for row in ROWS]
    page = "<html><table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table></html>"
    for _ in range(chance.choice((1, 5, 50))):
        at = chance.randrange(6, len(page))
        page = page[:at] + chance.choice(_PAGE_PIECES) + page[at + chance.randint(0, 5) :]
    return page.encode()


_STUMBLING_BLOCKS = (
    *('"', '""', "a", " ", ", ", "; ", "\n", "\t", "\u0301", "a,", '",', "(", "[", "'", "@", "a@"),
    *("<", "<td ", "<td x='", "<!--", "&#9", "9", "1.", "http://", "•", " / ", "A "),
)
_FAR_CELLS = (
    '<c r="{column}{row}">',
    "<c\tr = '{column}{row}'>",
    '<c s=">" r="{column}{row}">',
    '<!-- <c " --><c r="{column}{row}">',
    '<c r="a{row}{row}{row}{row}">',
    "<c>",
)
_XML_PIECES = (
    b"",
    b"<",
    b">",
    b'"',
    b"\x00",
    b"&#0;",
    b"&lt;",
    b"9" * 30,
    b"<![CDATA[",
    b"\xff",
    b"-",
)
_PAGE_PIECES = (
    *(
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td",
        "<",
        ">",
        "&",
        "&#999999999;",
        "<!--",
    ),
    *(
        '<td colspan="99999999999">',
        '<td rowspan="-1" colspan="x">',
        "<br>",
        "<script>",
        "<![CDATA[",
    ),
)


def _workbook() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for name in ("People", "Notes"):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(ROWS):
                sheet.write_row(number, 0, row)
            sheet.merge_range(8, 0, 8, 2, "Footer")
    return content.getvalue()


def _open_document() -> bytes:
    said = 'office:value-type="string"'
    cells = f"<table:table-cell {said}><text:p>{{}}</text:p></table:table-cell>"
    rows = "".join(
        f"<table:table-row>{''.join(cells.format(cell) for cell in row)}</table:table-row>"
        for row in ROWS
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="People">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"))
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        f'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{listed}'
        "</manifest:manifest>"
    )
    parts = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    return _packed({name: part.encode() for name, part in parts.items()})


def _parts(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, data, stored)
    return content.getvalue()


@cache
def _bomb(book: int, name: str, megabytes: int) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in _parts(BOOKS[book]).items():
            if part != name:
                archive.writestr(part, data)
        with archive.open(name, "w", force_zip64=True) as bomb:
            for _ in range(megabytes):
                bomb.write(_MEBIBYTE)
    return content.getvalue()


_MEBIBYTE = bytes(1 << 20)

BOOKS = (_workbook(), _open_document())

KINDS: tuple[Damage, ...] = (
    bytes_changed,
    cut_short,
    rows_shifted,
    quotes_unbalanced,
    read_as_another,
    noise,
    page_changed,
    workbook_changed,
    older_workbook_changed,
    workbook_claiming,
    xml_bomb,
    very_wide,
    very_long,
    zip_bomb,
)
LARGE: tuple[Damage, ...] = (very_wide, very_long, zip_bomb)
"""Kinds that take a second a file."""

_TURNS = (*[kind for kind in KINDS if kind not in LARGE] * 4, *LARGE)
