import pytest
from reading import names, read, said

from events.importer import read_people

LATIN = "Vorname;Nachname;Firma\nJürgen;Groß;Müller Söhne\nZoë;Weiß;Bäckerei Ähre\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["\ufeff", ""], ids=["with mark", "without"])
def test_unicode(encoding, mark):
    found = read(mark + LATIN, encoding)
    assert (names(found), found.encoding) == (["Jürgen Groß", "Zoë Weiß"], encoding)


def test_code_page_is_said_with_examples():
    found = read(LATIN, "cp1252")
    assert said(found)[0] == (
        "The file is not Unicode; it was read as cp1252. Examples: Jürgen, Groß, Müller Söhne."
    )


def test_chosen_encoding_wins():
    found = read("Name\nŁukasz\n", "cp1250", encoding="windows-1250")
    assert (names(found), found.encoding) == (["Łukasz"], "cp1250")


def test_damaged_utf8_is_reported_where_it_is():
    rows = "".join(f"Zoë Weiß {number}\n" for number in range(20))
    found = read_people(b"Name\n" + rows.encode() + b"J\xfcrgen\n")
    assert (found.encoding, names(found)[-1]) == ("utf-8", "J\ufffdrgen")
    assert said(found, 22) == ["has characters that could not be read."]


def test_text_encoded_twice_is_reported_with_a_repair():
    found = read("Name\nZoÃ«\n")
    assert said(found, 2) == ["was encoded twice; it probably should read 'Zoë'."]


def test_rounded_number_is_reported():
    found = read("Name,Notes\nAna,4.47E+11\n")
    assert "spreadsheet has rounded" in said(found, 2)[0]
