"""Workbooks that would not fit into memory are refused before they are opened."""

import io
import zipfile
import zlib

import pytest
import xlsxwriter
from reading import names, said

from events.errors import UnreadableFile
from events.importer import read_people
from events.importer.package import facts_of

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


def test_what_the_sheet_hides_is_said():
    def fill(workbook, sheet):
        sheet.write_column(0, 0, ["Name", "Ana", "Ben"])
        sheet.write_column(0, 1, ["Role", "CTO"])
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})

    data = book(fill)
    facts = facts_of(data)["People"]
    assert (facts.rows, facts.columns, facts.hidden_rows, facts.errors) == (3, 2, [3], ["B3"])
    found = read_people(data)
    assert names(found) == ["Ana", "Ben"]
    assert said(found)[:2] == [
        "Row 3 is hidden or filtered out in the workbook; it was read too.",
        "Some columns are hidden in the workbook; they were read too.",
    ]
    assert said(found, 3) == ["holds an error instead of a value; it was read as empty."]
