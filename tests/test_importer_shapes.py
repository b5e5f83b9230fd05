"""Further shapes of attendee files, each in several encodings and dialects."""

import csv
import io
import itertools
import tomllib
from dataclasses import replace

import pytest
from reading import DATA, answers, fields, names, set_aside

from events.importer import read_people

SHAPES = tomllib.loads((DATA / "shapes.toml").read_text(encoding="utf-8"))["shape"]
DIALECTS = list(itertools.product(("utf-8-sig", "utf-16"), ((",", "\n"), (";", "\r\n"))))


def written(rows, encoding="utf-8", delimiter=",", newline="\n") -> bytes:
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if newline == "\r" else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=delimiter, lineterminator=newline, quoting=quoting).writerows(rows)
    return text.getvalue().encode(encoding)


@pytest.fixture(params=SHAPES, ids=lambda shape: shape["name"])
def shape(request):
    return request.param


@pytest.mark.parametrize(("encoding", "dialect"), DIALECTS)
def test_shape(shape, encoding, dialect):
    found = read_people(written(shape["rows"], encoding, *dialect))
    assert fields(found) == shape["fields"]
    assert names(found) == shape["people"]
    assert set_aside(found) == [tuple(entry) for entry in shape.get("set_aside", [])]
    assert found.header_row == shape.get("header_row", 1)
    assert {name: answers(found, name) for name in shape.get("answers", {})} == {
        name: {field: tuple(texts) for field, texts in said.items()}
        for name, said in shape.get("answers", {}).items()
    }
    if "product" in shape:
        assert found.product == shape["product"]


def test_ids_do_not_depend_on_how_a_file_is_saved(shape):
    found = [
        [person.id for person in read_people(written(shape["rows"], encoding, *dialect)).people]
        for encoding, dialect in DIALECTS
    ]
    assert found == [found[0]] * len(found)


LATIN = [
    ["Vorname", "Nachname", "E-Mail", "Firma", "Ich suche"],
    ["Jürgen", "Groß", "j@example.org", "Müller, Söhne & Co.", "Öl; Mehl"],
    ["Zoé", "Weiß", "", "Bäckerei\nÄhre", "Käse"],
]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp1250", "mac_roman"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", list(",;\t|"))
def test_encoding_delimiter_newline_and_header_position(encoding, delimiter):
    expected = read_people(written(LATIN)).people
    for newline, above in itertools.product(("\n", "\r\n", "\r"), range(10)):
        preamble = [[f"Zeile {number} über der Tabelle"] for number in range(above)]
        found = read_people(written(preamble + LATIN, encoding, delimiter, newline))
        assert (found.delimiter, found.newline, found.header_row) == (delimiter, newline, above + 1)
        assert [replace(person, source_row=None) for person in found.people] == [
            replace(person, source_row=None) for person in expected
        ]
