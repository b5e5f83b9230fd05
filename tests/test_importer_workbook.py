import io
from datetime import date

import pytest
import xlsxwriter
from reading import DATA, answers, fields, names, said, workbook

from benchmarks.importer.damaged import BOOKS
from events.errors import UnusableOption
from events.importer import Options, read_people

PEOPLE = [["Name", "Role", "Table", "Date"], ["Ana", "CTO", 4, date(2026, 1, 2)], ["Ben", "", 1.5]]


def test_workbook():
    found = read_people(workbook(People=PEOPLE))
    assert (found.kind, found.sheet, found.encoding, found.delimiter) == ("xlsx", "People", "", "")
    assert (names(found), answers(found, "Ana")) == (["Ana", "Ben"], {"role": ("CTO",)})
    assert found.rows[2] == ("Ana", "CTO", "4", "2026-01-02")
    assert found.rows[3] == ("Ben", "", "1.5", "")


def test_sheet_that_looks_like_a_table_is_read():
    found = read_people(workbook(Info=[["Some words"]], People=PEOPLE))
    assert found.sheet == "People"
    assert "Sheet 'People' was read; the file also has 'Info'." in said(found)


def test_sheet_can_be_chosen():
    data = workbook(A=PEOPLE, B=[["Name"], ["Cyd"]])
    assert names(read_people(data, options=Options(sheet="B"))) == ["Cyd"]


def test_unknown_sheet_lists_the_known():
    with pytest.raises(UnusableOption, match=r"There is no sheet “C”. The file has: “A”."):
        read_people(workbook(A=PEOPLE), options=Options(sheet="C"))


def test_header_below_empty_rows_keeps_row_numbers():
    found = read_people(workbook(A=[[], ["Attendees"], [], *PEOPLE]))
    assert (found.header_row, list(found.rows)) == (4, [5, 6])
    assert fields(found) == {"Name": "name", "Role": "role", "Table": "table", "Date": "submitted"}


def merged(*ranges: tuple[int, int, int, int, str], rows: dict) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("People")
        for number, row in rows.items():
            sheet.write_row(number, 0, row)
        for *place, text in ranges:
            sheet.merge_range(*place, text)
    return content.getvalue()


def test_a_cell_merged_over_several_rows_is_said_of_each():
    rows = {0: ["Company", "Name"], 1: ["", "Ana"], 2: ["", "Ben"], 3: ["Zed", "Cyd"]}
    found = read_people(merged((1, 0, 2, 0, "Acme"), rows=rows))
    assert [person.answer("organization") for person in found.people] == [
        ("Acme",),
        ("Acme",),
        ("Zed",),
    ]


def test_headers_merged_down_and_sideways():
    rows = {1: ["", "Topics", "Needs"], 2: ["Ana", "art", "bread"]}
    found = read_people(merged((0, 0, 1, 0, "Name"), (0, 1, 0, 2, "Talk"), rows=rows))
    assert fields(found) == {"Name": "name", "Talk – Topics": "interest", "Talk – Needs": "need"}
    assert (found.header_row, names(found)) == (2, ["Ana"])


def test_workbook_of_the_older_kind():
    found = read_people((DATA / "people.xls").read_bytes())
    assert (found.kind, names(found)) == ("xls", ["Zoë Groß", "山田 太郎"])
    assert found.rows[2] == ("Zoë Groß", "CTO", "bees; maps", "4")
    assert found.rows[3] == ("山田 太郎", "Baker", "maps", "1.5")


def test_open_document():
    found = read_people(BOOKS[1])
    assert (found.kind, found.sheet) == ("ods", "People")
    assert names(found) == ["Ana Ruiz", "Zoë Groß", "山田 太郎"]
    assert found.people[0].answer("interest") == ("bread", "bees")
