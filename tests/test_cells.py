import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.amount import Amount
from events.cells import guard, join, split, unguard, write_csv

RISKY = "=+-@\t\r＝＋－＠"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("+ a bakery", "'+ a bakery"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("  @sum", "'  @sum"),
        ("''=x", "'''=x"),
        ("＝1", "'＝1"),
        ("-5", "-5"),
        ("-5.25", "-5.25"),
        ("-5 apples", "'-5 apples"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_a_cell_that_would_be_a_formula_gets_one_apostrophe(text, cell):
    assert (guard(text), unguard(cell)) == (cell, text)


@given(st.text(alphabet=st.sampled_from([*RISKY, "'", " ", "5", ".", "x", "\n"])) | st.text())
def test_guarding_is_exact_both_ways_and_leaves_no_formula(text):
    cell = guard(text)
    assert unguard(cell) == text
    assert not cell.strip().startswith(tuple(RISKY)) or cell.lstrip("-").replace(".", "").isdigit()


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_csv_reads_back_as_written(rows):
    read = list(csv.reader(io.StringIO(write_csv(("a", "b"), rows).decode(), newline="")))
    assert [tuple(map(unguard, row)) for row in read[1:]] == rows


def test_text_is_quoted_and_numbers_are_bare():
    assert write_csv(("a", "b"), [("x", Amount(3)), ("", 7)]) == b'"a","b"\n"x",0.0000015\n"",7\n'


@pytest.mark.parametrize(
    ("half_units", "text"), [(0, "0.0000000"), (1, "0.0000005"), (3_000_000, "1.5000000")]
)
def test_amounts_always_have_seven_places(half_units, text):
    assert str(Amount(half_units)) == text


@given(st.lists(st.text() | st.text(alphabet=st.sampled_from(list(";\" \n'=,a")))))
def test_a_list_in_a_cell_splits_back(items):
    assert split(join(items)) == tuple(items)


def test_a_list_without_semicolons_reads_as_people_write_it():
    assert join(["ana", "ben"]) == "ana; ben"
    assert split("ana;ben ;; cy") == ("ana", "ben", "cy")
