import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.importer.records import records_of, usual_newline

CELL = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=8)
MESSY = st.text('ab",;\n\r ', max_size=60)


def cells(text: str, delimiter: str = ",") -> list[tuple[str, ...]]:
    return [record.cells for record in records_of(text, delimiter)]


@given(
    st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_agrees_with_the_standard_reader_on_well_formed_text(rows, delimiter, newline):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_ALL).writerows(
        rows
    )
    assert cells(text.getvalue(), delimiter) == [tuple(row) for row in rows]


@given(MESSY, st.sampled_from(",;"))
def test_every_letter_of_any_text_is_kept(text, delimiter):
    kept = "".join("".join(row) for row in cells(text, delimiter))
    assert [c for c in kept if c in "ab"] == [c for c in text if c in "ab"]


def test_line_breaks_and_doubled_marks_inside_quotes():
    assert cells('a,"b\nc ""d"""\ne,f') == [("a", 'b\nc "d"'), ("e", "f")]


def test_space_around_quotes():
    assert cells('a, "b, c" ,d') == [("a", "b, c", "d")]


def test_marks_that_are_not_doubled():
    assert cells('"Anna "Annie" Smith",x') == [('Anna "Annie" Smith', "x")]


def test_unclosed_mark_spoils_only_its_cell():
    records = list(records_of('a,b\n"c,d\n"e",f\n', ","))
    assert [record.cells for record in records] == [("a", "b"), ('"c', "d"), ("e", "f")]
    assert [record.unclosed for record in records] == [False, True, False]


def test_unclosed_mark_at_the_end():
    assert cells('a,"b\nc,d') == [("a", '"b'), ("c", "d")]


def test_many_unclosed_marks_take_linear_time():
    assert len(cells('""x\n' * 50_000)) == 50_000


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_usual_newline_ignores_breaks_inside_cells(newline):
    text = newline.join(['a,"x\ny\nz"', "b,c", "d,e", ""])
    assert usual_newline(records_of(text, ",")) == newline


def test_rows_are_numbered_as_a_spreadsheet_does():
    assert [record.row for record in records_of('"a\nb",c\n\nd,e', ",")] == [1, 2, 3]
