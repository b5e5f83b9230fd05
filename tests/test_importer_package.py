"""Workbooks that would not fit into memory are refused before they are opened."""

import io
import struct
import zipfile
import zlib

import pytest
import xlsxwriter
from reading import DATA, names, said

from events.errors import UnreadableFile
from events.importer import read_people
from events.importer.binary import binary_facts

SPACES = "office table text"
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in SPACES.split()
)


def book(fill) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        fill(workbook, workbook.add_worksheet("People"))
    return content.getvalue()


def packed(parts: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, text, stored)
    return content.getvalue()


def document(*rows: str) -> bytes:
    table = f'<table:table table:name="People">{"".join(rows)}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f"<office:document-content {NAMES}>{body}</office:document-content>",
        }
    )


def row(*cells: str, rows: int = 1, columns: int = 1) -> str:
    kind = f'office:value-type="string" table:number-columns-repeated="{columns}"'
    inside = "".join(
        f"<table:table-cell {kind}><text:p>{cell}</text:p></table:table-cell>" for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{rows}">{inside}</table:table-row>'


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as problem:
        read_people(data)
    return str(problem.value)


def test_open_document():
    blank = row(rows=1_048_570).replace("></", "><table:table-cell/></")
    found = read_people(document(row("Name", "Role"), row("Ana", "CTO"), blank))
    assert (found.kind, found.sheet, names(found)) == ("ods", "People", ["Ana"])


def test_far_away_cell():
    def fill(_, sheet):
        sheet.write(0, 0, "Name")
        sheet.write(1_048_575, 16_383, "x")

    assert "The sheet has more than 200,000 rows" in refused(book(fill))


def test_wide_and_long_sheet():
    def fill(_, sheet):
        sheet.write(0, 0, "Name")
        sheet.write(190_000, 900, "x")

    assert "The sheet has more than 8,000,000 cells" in refused(book(fill))


@pytest.mark.parametrize(
    ("rows", "limit"),
    [
        ((row("Name"), row("Ana", rows=1_000_000)), "200,000 rows"),
        ((row("Name"), row("Ana", columns=16_000)), "1,000 columns"),
        ((row("Name"), row("Ana", rows=100_000, columns=900)), "8,000,000 cells"),
    ],
)
def test_repeated_cells(rows, limit):
    assert f"more than {limit}" in refused(document(*rows))


def test_package_that_unpacks_to_more_than_it_says(monkeypatch):
    monkeypatch.setattr("events.importer.package.MOST_UNPACKED_BYTES", 1_000_000)
    data = packed({"xl/workbook.xml": " " * 3_000_000})
    honest = (3_000_000).to_bytes(4, "little")
    assert "more than 1,000,000 bytes" in refused(data.replace(honest, (10).to_bytes(4, "little")))


def test_damaged_part():
    part = zlib.compress(b"x" * 5_000)[2:-4]
    data = packed({"xl/workbook.xml": "x" * 5_000}).replace(part[:6], b"\xff" * 6)
    assert "damaged" in refused(data)


def hiding_workbook() -> bytes:
    def fill(_, sheet):
        sheet.write_column(0, 0, ["Name", "Ana", "Ben", "Cleo"])
        sheet.write_column(0, 1, ["Role", "CTO", "CEO"])
        sheet.write_formula(3, 1, "=1/0", None, "#DIV/0!")
        sheet.write_column(0, 2, ["Town", "Bonn", "Rome", "Oslo"])
        for number in (1, 2, 900):
            sheet.set_row(number, None, None, {"hidden": True})
        sheet.set_column(2, 9, None, None, {"hidden": True})

    return book(fill)


FILTERED = '<table:table-row table:visibility="filter"'
ROW = '<table:table-row table:number-rows-repeated="1">'
ROWS = [row("Name", "Role", "Town"), row("Ana", "CTO", "Bonn"), row("Ben", "CEO", "Rome")]


def hiding_document() -> bytes:
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="99"/>'
    )
    error = (
        '<table:table-cell table:formula="=1/0" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
        "</table:table-cell>"
    )
    blank = row(rows=1_000).replace("></", "><table:table-cell/></")
    last = row("Cleo", "?", "Oslo").replace(row("?")[len(ROW) : -len("</table:table-row>")], error)
    hidden = [text.replace("<table:table-row", FILTERED) for text in (ROWS[1], ROWS[2], blank)]
    return document(columns, ROWS[0], *hidden[:2], last, hidden[2])


HIDING = {
    "xlsx": hiding_workbook(),
    "ods": hiding_document(),
    "xls": (DATA / "hidden.xls").read_bytes(),
}


@pytest.mark.parametrize("kind", HIDING)
def test_what_the_sheet_hides_is_said_and_read(kind):
    found = read_people(HIDING[kind])
    assert (found.kind, names(found)) == (kind, ["Ana", "Ben", "Cleo"])
    assert found.rows[4][:3] == ("Cleo", "", "Oslo")
    assert said(found)[:2] == [
        "2 rows (2, 3) are hidden or filtered out in the workbook, but read.",
        "Column C is hidden in the workbook, but read.",
    ]
    assert said(found, 4) == ["holds an error instead of a value; it was read as empty."]


def test_an_older_workbook_with_a_cell_far_away():
    data = HIDING["xls"]
    number = struct.pack("<HHH", 0xFD, 10, 3)  # a text in the fourth row
    assert number in data
    far = data.replace(number, struct.pack("<HHH", 0xFD, 10, 65_535), 1)
    assert binary_facts(far)["People"].rows == 65_536
    wide = far.replace(struct.pack("<HHHH", 0xFD, 10, 3, 2), struct.pack("<HHHH", 0xFD, 10, 3, 255))
    assert "The sheet has more than 8,000,000 cells" in refused(wide)


@pytest.mark.parametrize("size", [8, 600, 3_000])
def test_an_older_workbook_cut_short_is_refused(size):
    assert "damaged" in refused(HIDING["xls"][:size])


def table_of(data: bytes) -> int:
    """Return where the table of sectors stands."""
    return 512 * (1 + struct.unpack_from("<I", data, 76)[0])


@pytest.mark.parametrize("following", ["circle", "beyond", "free"])
def test_an_older_workbook_whose_sectors_lead_astray(following):
    # The reader asks for all memory up to a sector that is not there, and reads circles for ever.
    data = bytearray(HIDING["xls"])
    numbers = {"circle": range(128), "beyond": [0x00FFFFFF] * 128, "free": [0xFFFFFFFF] * 128}
    data[table_of(data) : table_of(data) + 512] = struct.pack("<128I", *numbers[following])
    assert "damaged" in refused(bytes(data))


@pytest.mark.parametrize("place", [48, 60, 68, 76])
def test_an_older_workbook_whose_header_names_a_sector_that_is_not_there(place):
    data = bytearray(HIDING["xls"])
    data[place : place + 4] = struct.pack("<I", 0x00FFFFFF)
    data[64:68] = struct.pack("<I", 1)
    assert "damaged" in refused(bytes(data))


def test_a_package_that_is_two_kinds_is_measured_as_both():
    other = {"content.xml": f"<a>{row('x', columns=2_000)}</a>", "xl/workbook.xml": "<a/>"}
    assert "The sheet has more than 1,000 columns" in refused(packed(other))


def test_rows_between_people_and_a_lone_cell_are_blank_and_counted():
    def fill(_, sheet):
        sheet.write_row(0, 0, ["Name", "Role"])
        sheet.write_row(1, 0, ["Ana", "CTO"])
        sheet.write_row(9, 0, ["Ben", "", "", "", "late"])

    found = read_people(book(fill))
    assert names(found) == ["Ana", "Ben"]
    assert found.counts == "9 rows read: 2 people, 7 set aside"
    assert found.rows[10] == ("Ben", "", "", "", "late")


def test_an_older_workbook_that_says_it_is_larger_than_any_can_be():
    data = bytearray(HIDING["xls"])
    at = data.index(struct.pack("<HHII", 0x200, 14, 0, 4)) + 4
    data[at : at + 8] = struct.pack("<II", 0, 0xFFFFFFFF)
    assert "damaged" in refused(bytes(data))


FAR = '<c r="E40000000" t="s">'
FAR_ROW = '<row r="9000000"><c t="s">'
SHEET, LINKS, TEXTS = (
    "xl/worksheets/sheet1.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
)


def changed(*changes: tuple[str, str, str]) -> bytes:
    """Return a workbook with some text in its parts replaced."""
    with zipfile.ZipFile(io.BytesIO(book(lambda _, sheet: sheet.write(0, 0, "Name")))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for part, before, after in changes:
        assert before in parts[part]
        parts[part] = parts[part].replace(before, after, 1)
    return packed(parts)


CELL = '<c r="A1" t="s">'
DISGUISED = {
    "a number too long": (SHEET, CELL, '<c r="A9999999999999999991" t="s">'),
    "lower case": (SHEET, CELL, FAR.replace("E", "e")),
    "letters without end": (SHEET, CELL, '<c r="ZZZZZZZZ1" t="s">'),
    "a row for cells without place": (SHEET, f'<row r="1" spans="1:1">{CELL}', FAR_ROW),
    "a bracket in quotes": (SHEET, CELL, FAR.replace("<c", '<c foo=">"')),
    "a comment in front": (SHEET, CELL, f'<!-- <c " -->{FAR}'),
    "a declared encoding": (SHEET, 'UTF-8" standalone="yes"?>', 'UTF-16"?>' + "<!DOCTYPE a>"),
    "texts without end": (TEXTS, 'uniqueCount="1"', 'uniqueCount="4000000000"'),
}  # fmt: skip


@pytest.mark.parametrize("disguise", DISGUISED)
def test_a_workbook_that_hides_its_size_is_refused(disguise):
    # The reader would end the whole process for want of memory.
    said = refused(changed(DISGUISED[disguise]))
    assert "damaged" in said or "has more than" in said


def test_a_sheet_that_lies_elsewhere_is_measured_too():
    with zipfile.ZipFile(io.BytesIO(changed((SHEET, CELL, FAR)))) as archive:
        sheet = archive.read(SHEET).decode()
    moved = (LINKS, "worksheets/sheet1.xml", "theme/theme1.xml")
    with zipfile.ZipFile(io.BytesIO(changed(moved))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert "damaged" in refused(packed(parts | {"xl/theme/theme1.xml": sheet}))


@pytest.mark.parametrize(
    "cell",
    [
        "table:number-rows-repeated='40000000'",
        'a=">" table:number-rows-repeated="40000000"',
    ],
)
def test_a_document_that_hides_its_size_is_refused(cell):
    far = row("Ana").replace('table:number-rows-repeated="1"', cell)
    assert "200,000 rows" in refused(document(row("Name"), far))


def test_a_cell_with_a_value_and_no_text_counts():
    far = '<table:table-cell office:value-type="float" table:number-columns-repeated="9000"/>'
    assert "1,000 columns" in refused(document(f"<table:table-row>{far}</table:table-row>"))


def test_a_tag_without_end_is_not_searched_for_its_end_again_and_again():
    endless = (SHEET, CELL, CELL.replace("<c", f'<c foo="{"x" * 12_000_000}"'))
    assert "a tag is too long" in refused(changed(endless))
