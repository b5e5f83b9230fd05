"""What is no attendee list: a clear message that names the remedy, never a traceback."""

import io
import random
import zipfile

import pytest
from reading import answers, fields, names, read, workbook

from events.errors import UnreadableFile, UnusableOption
from events.importer import Options, read_people

PEOPLE = b"Name,Email\nAna,ana@example.org\n"


def refused(data: bytes, **options) -> str:
    with pytest.raises(UnreadableFile) as problem:
        read_people(data, options=Options(**options))
    return str(problem.value)


def unusable(data: bytes = PEOPLE, **options) -> str:
    with pytest.raises(UnusableOption) as problem:
        read_people(data, options=Options(**options))
    return str(problem.value)


def archive(**files: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


@pytest.mark.parametrize(
    "data", [b"", b"\n\n \n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x00\x00", b"sep=;\n"]
)
def test_empty_file(data):
    assert refused(data) == "The file is empty. Export the list again and check its size."


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\xff\xd8\xff\xe0", "an image"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (b"SQLite format 3\x00", "a database"),
        (archive(word=b"x"), "a ZIP archive"),
    ],
)
def test_foreign_file(data, what):
    assert what in refused(data)


def test_no_column_of_names():
    assert refused(b"Colour,Size\nred,5\nblue,6\n") == (
        "No column with people's names was found. The columns are: 'Colour', 'Size'. "
        "Name the right one with --map name=HEADER, or its row with --header-row."
    )


def test_header_only():
    assert refused(b"Name,Email\r\n").startswith("Row 1 is a header, but there is nobody below it.")


def test_one_cell_of_a_megabyte():
    assert "nobody below it" in refused(b"x" * 1_000_000)


def test_long_cell_is_reported_and_kept_raw():
    found = read(f'Name,Needs\nAna,"{"x" * 40_000}"\n')
    assert found.people[0].answers == ()
    assert len(found.rows[2][1]) == 40_000
    assert any("40,000 characters" in notice.problem for notice in found.notices)


def test_binary_noise():
    assert "control characters" in refused(random.Random(7).randbytes(5_000))


def test_prose():
    assert "No column with people's names" in refused(
        b"Dear all,\nplease find attached\nthe list.\n"
    )


def test_workbook_cut_short():
    whole = archive(**{"xl/workbook.xml": b"<workbook/>", "[Content_Types].xml": b"<Types/>"})
    assert "damaged" in refused(whole[: len(whole) // 2])


def test_web_page_without_a_table():
    assert "web page" in refused(b"<html><body>Log in</body></html>")


def test_limits_are_said():
    wide = ",".join(["Name"] + [f"c{n}" for n in range(1_001)])
    assert "more than 1,000 columns" in refused(f"{wide}\nAna\n".encode())


def test_rows_limit_is_said():
    assert "more than 200,000 rows" in refused(b"Name\n" + b"Ana\n" * 200_001)


@pytest.mark.parametrize(
    ("options", "known"),
    [
        ({"mapping": {"nmae": "Name"}}, "There is no field 'nmae'. Known fields: access,"),
        ({"mapping": {"name": "Nmae"}}, "There is no column 'Nmae'. The columns are: 'Name', "),
        ({"mapping": {"name": "Email", "role": "Email"}}, "is mapped to name, role"),
        ({"header_row": 9}, "The file has rows 1 to 2."),
        ({"sheet": "People"}, "A text file has no sheet “People”."),
        ({"encoding": "utf-9"}, "There is no encoding 'utf-9'. Usual ones: utf-8,"),
        ({"printed": frozenset({"neads"})}, "There is no field 'neads'."),
        ({"keep_set_aside": frozenset({"late"})}, "Reasons that can: refunded, cancelled,"),
        ({"keep_set_aside": frozenset({"no name"})}, "cannot be brought back"),
    ],
)
def test_unknown_option_lists_the_known(options, known):
    assert known in unusable(**options)


def test_encoding_that_makes_no_text():
    assert "is not written in unicode_escape" in unusable(
        b"Name\n\\ud800x\n", encoding="unicode_escape"
    )


def test_encoding_that_does_not_fit():
    assert "is not written in ascii" in unusable("Name\nZoë\n".encode(), encoding="ascii")


ONE_CELL = '"Name;Email;Company"\n"Ana Ruiz;ana@example.org;""Acme; Sons"""\n"Ben Okri;;"\n'


@pytest.mark.parametrize("file", ["csv", "xlsx"])
def test_rows_that_another_program_left_whole_are_divided(file):
    whole = [["Name;Email;Company"], ['Ana Ruiz;ana@example.org;"Acme; Sons"'], ["Ben Okri;;"]]
    found = read_people(ONE_CELL.encode() if file == "csv" else workbook(List=whole))
    assert list(fields(found).values()) == ["name", "email", "organization"]
    assert answers(found, "Ana Ruiz") == {"organization": ("Acme; Sons",)}
    assert names(found) == ["Ana Ruiz", "Ben Okri"]


def test_names_with_commas_in_one_column_are_not_divided():
    found = read('"Müller, Jörg"\n"Weiß, Anna"\n')
    assert sorted(names(found)) == ["Anna Weiß", "Jörg Müller"]


def test_numbers_and_bullets_before_names_go():
    found = read("1. Ana Ruiz\n2) Ben Okri (Acme)\n- Cyd Lau\nDan Poe\n")
    assert names(found) == ["Ana Ruiz", "Ben Okri (Acme)", "Cyd Lau", "Dan Poe"]


def test_a_table_on_its_side_is_refused():
    with pytest.raises(UnreadableFile, match=r"lies on its side.*transpose"):
        read("Name,Ana Ruiz,Ben Okri\nEmail,a@example.org,\nCompany,Acme,Poe\n")


def test_a_table_beside_the_first_is_named():
    found = read("Name,Email,,Name,Email\nAna Ruiz,a@x.org,,Dan Poe,d@x.org\nBen Okri,,,,\n")
    assert names(found) == ["Ana Ruiz", "Ben Okri"]
    notice = next(n for n in found.notices if "beside this one" in n.problem)
    assert (notice.column, notice.value, notice.severity) == ("Name (2)", "Dan Poe", "check")


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"BEGIN:VCARD\nFN:Ana\n", "address cards"), (b'\xef\xbb\xbf [{"name": "Ana"}]', "JSON")],
)
def test_files_without_a_table_are_refused_by_what_they_are(content, what):
    with pytest.raises(UnreadableFile, match=what):
        read_people(content)


def test_recipients_of_a_message_are_people_each_with_their_own_address():
    found = read("Ana Ruiz <ana@x.org>; Ben Okri <ben@x.org>; cyd@x.org;")
    assert [(person.name, person.email) for person in found.people] == [
        ("Ana Ruiz", "ana@x.org"),
        ("Ben Okri", "ben@x.org"),
    ]
    assert [(entry.row, entry.reason) for entry in found.set_aside] == [(3, "no name")]
