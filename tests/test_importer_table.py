"""Delimiters, headers, and what stands around the table."""

import pytest
from reading import fields, names, read, said

ROWS = [["Name", "E-Mail", "Firma"], ["Ana", "ana@example.org", "Acme"], ["Ben", "", "Foo"]]


def written(delimiter: str = ",", newline: str = "\n", preamble: int = 0) -> str:
    lines = [f"Line {number}" for number in range(preamble)]
    return newline.join([*lines, *(delimiter.join(row) for row in ROWS), ""])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("preamble", [0, 1, 4, 9])
def test_dialects(delimiter, newline, preamble):
    found = read(written(delimiter, newline, preamble))
    assert (found.delimiter, found.newline, found.header_row) == (delimiter, newline, preamble + 1)
    assert names(found) == ["Ana", "Ben"]


def test_decimal_commas_do_not_divide():
    found = read("Name;Preis;Betrag\nAna;15,50;1,00\nBen;3,00;2,00\n")
    assert found.delimiter == ";"


def test_one_column_needs_no_delimiter():
    found = read("Name\nSmith, Anna\nJones, Ben\n")
    assert (found.delimiter, names(found)) == ("", ["Anna Smith", "Ben Jones"])


def test_one_column_without_marks():
    assert names(read("Name\nAna\nBen\n")) == ["Ana", "Ben"]


def test_repeated_header_is_skipped():
    found = read("Name,Role\nAna,CTO\nName,Role\nBen,CEO\n")
    assert (names(found), found.skipped) == (["Ana", "Ben"], (3,))
    assert found.counts == "3 rows read: 2 people, 1 skipped"


def test_equal_and_blank_headers_stay_apart():
    found = read("Name,,Note,Note,Note (2)\nAna,x1,a,b,c\n")
    headers = [column.header for column in found.columns]
    assert headers == ["Name", "Column 2", "Note", "Note (3)", "Note (2)"]


def test_cells_beyond_the_header_are_kept():
    found = read("Name,Role\nAna,CTO,more\n")
    assert [column.header for column in found.columns] == ["Name", "Role", "Column 3"]


def test_short_rows_are_filled_up():
    assert names(read("Role,City,Name\nCTO,Bonn,Ana\nCEO\n")) == ["Ana"]


def test_header_row_can_be_chosen():
    found = read("Name,Role\nVorname,Beruf\nAna,CTO\n", header_row=2)
    assert (fields(found), len(found.preamble)) == ({"Vorname": "given_name", "Beruf": "role"}, 1)


def test_preamble_is_said():
    assert "The 4 rows above the header were kept but not read." in said(read(written(preamble=4)))


def test_unclosed_quotation_mark_is_said():
    found = read('Name,Role\n"Ana,CTO\nBen,CEO\n')
    assert said(found, 2) == ["A quotation mark is opened here and never closed."]
    assert len(found.people) == 2
