"""Delimiters, headers, and what stands around the table."""

import pytest
from reading import answers, fields, names, read, said, set_aside

from events.errors import UnusableOption

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


def test_separator_line_of_excel_is_no_row():
    found = read("sep=|\nName|Role\nAna|CTO; CEO\n")
    assert (found.delimiter, found.header_row, names(found)) == ("|", 1, ["Ana"])


def test_header_on_two_rows():
    found = read("Person,,Interests,,\nName,Email,Art,Music,Sport\nAna,ana@x.org,x,,x\n")
    assert [column.header for column in found.columns] == [
        "Person – Name",
        "Person – Email",
        "Interests – Art",
        "Interests – Music",
        "Interests – Sport",
    ]
    assert (found.header_row, answers(found, "Ana")) == (2, {"interest": ("Art", "Sport")})


def test_company_name_in_two_rows_is_no_name():
    found = read("Company,,Contact,\nName,City,Name,Email\nAcme,Bonn,Ana,ana@x.org\n")
    assert fields(found) == {
        "Company – Name": "organization",
        "Company – City": "city",
        "Contact – Name": "name",
        "Contact – Email": "email",
    }


def test_second_level_below_known_words():
    found = read("Name,Role,Topics,,\n,,Art,Music,Sport\nAna,CTO,1,0,1\nBen,CEO,0,1,0\n")
    assert (found.header_row, names(found)) == (2, ["Ana", "Ben"])
    assert answers(found, "Ana") == {"role": ("CTO",), "interest": ("Art", "Sport")}


def test_title_above_the_header_is_preamble():
    found = read("Spring mixer,,\nName,Role,City\nAna,CTO,Bonn\n")
    assert (found.header_row, found.preamble) == (2, (("Spring mixer", "", ""),))


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz,ana@x.org,CTO\nBen Okri,ben@x.org,CEO\n",
        "Ana Ruiz\nBen Okri\n",
        "Ana Ruiz;Acme\nBen Okri;Foo\n",
    ],
)
def test_no_header(text):
    found = read(text)
    assert (found.header_row, names(found)) == (0, ["Ana Ruiz", "Ben Okri"])
    assert [column.header for column in found.columns] == ["A", "B", "C"][: len(found.columns)]
    assert any("no header row" in problem for problem in said(found))


def test_column_without_header_can_be_mapped():
    text = "Ana Ruiz,ana@x.org,CTO\nBen Okri,ben@x.org,CEO\n"
    assert fields(read(text, mapping={"role": "C"})) == {"A": "name", "B": "email", "C": "role"}


def test_technical_rows_are_set_aside():
    rows = ["Q1,Q2", "What is your name?,Your job title", '"{""ImportId"":""QID1""}",Q2_TEXT']
    found = read("\n".join([*rows, "Ana,CTO"]))
    assert (names(found), found.header_row) == (["Ana"], 2)
    assert set_aside(found) == [(3, "technical row")]


def test_first_of_several_tables_is_read():
    text = "Name,Role\nAna,CTO\n\nTicket,Price,Notes\nVIP,5,x\n"
    found = read(text)
    assert names(found) == ["Ana"]
    assert set_aside(found) == [(3, "blank row"), (4, "another table"), (5, "another table")]
    assert said(found, 4) == ["begins another table; only the first was read."]
    assert found.counts == "4 rows read: 1 person, 3 set aside"


def test_table_with_names_is_read_before_others():
    found = read("Ticket,Price,Notes\nVIP,5,x\n\nName,Role\nAna,CTO\n")
    assert (found.header_row, names(found)) == (4, ["Ana"])


def test_first_of_two_lists_of_people_is_read():
    found = read("Name,Role\nAna,CTO\n\nName,Role,City,Email\nBen,CEO,Rome,b@x.org\n")
    assert (found.header_row, names(found)) == (1, ["Ana"])


def test_second_table_can_be_chosen():
    text = "Ticket,Price,Notes\nVIP,5,x\n\nName,Role\nAna,CTO\n"
    assert names(read(text, header_row=4)) == ["Ana"]


def test_web_page_with_a_table():
    page = "<table><tr><th>Name<th>Role</tr><tr><td>Ana &amp; Co<td>CTO<br>CEO</td></tr></table>"
    found = read(f"<html><body>{page}<table></table></body></html>")
    assert (found.kind, found.sheet, found.rows) == (
        "html",
        "Table 1",
        {2: ("Ana & Co", "CTO\nCEO")},
    )


def test_table_of_a_web_page_can_be_chosen():
    table = "<table><tr><th>Name</th></tr><tr><td>{}</td></tr></table>"
    page = f"<html>{table.format('Ana')}{table.format('Ben')}</html>"
    assert names(read(page)) == ["Ana"]
    assert names(read(page, sheet="Table 2")) == ["Ben"]
    with pytest.raises(UnusableOption, match=r"The file has: “Table 1”, “Table 2”\."):
        read(page, sheet="Table 3")


def test_header_of_three_levels():
    found = read(
        "Person,,,Talk,\nName,,Mail,Topics,Needs\nFirst,Last,,,\nAna,Ruiz,a@x.org,art,bread\n"
    )
    assert fields(found) == {
        "Person – Name – First": "given_name",
        "Person – Name – Last": "family_name",
        "Person – Mail": "email",
        "Talk – Topics": "interest",
        "Talk – Needs": "need",
    }
    assert (names(found), found.header_row) == (["Ana Ruiz"], 3)


def test_parts_of_names_without_a_header():
    found = read("Ana,Ruiz,a@x.org,Bonn\nBen,Li,b@x.org,Bonn\n")
    assert (names(found), found.header_row) == (["Ana Ruiz", "Ben Li"], 0)


def test_one_row_above_the_header_is_one_row():
    assert "The row above the header was kept but not read." in said(read("Guests\nName\nAna\n"))


def test_every_further_table_is_listed_with_its_columns():
    found = read("Name,Email\nAna,\n\nName,Company\nBen,Acme\n\nCity,Role\nBonn,CTO\n")
    told = [(n.row, n.value) for n in found.notices if "another table" in n.problem]
    assert told == [(4, "Name, Company"), (7, "City, Role")]
    assert names(found) == ["Ana"]
