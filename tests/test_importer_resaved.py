"""The samples saved again: as a workbook, in another encoding and dialect, shuffled."""

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import DATA, sample
from test_importer_shapes import written
from test_importer_workbook import workbook

from events.importer import read_people
from events.importer.records import records_of

MANIFEST = json.loads((DATA / "manifest.json").read_text())


@pytest.fixture(params=MANIFEST, ids=lambda entry: entry["file"])
def entry(request):
    return request.param


def rows_of(entry: dict) -> list[list[str]]:
    text = (DATA / entry["file"]).read_bytes().decode(entry["encoding"]).removeprefix("\ufeff")
    return [list(record.cells) for record in records_of(text, entry["delimiter"])]


def people(found) -> set:
    """Return everybody, without where in the file they stood."""
    return {replace(person, source_row=None) for person in found.people}


def test_as_a_workbook(entry):
    assert people(read_people(workbook(Sheet=rows_of(entry)))) == people(sample(entry["file"]))


@pytest.mark.parametrize("seed", range(6))
def test_rows_shuffled_in_another_dialect(entry, seed):
    chance = random.Random(seed)
    rows = rows_of(entry)
    head, body = rows[: entry["header_row"] + 1], rows[entry["header_row"] + 1 :]
    chance.shuffle(body)
    encoding, delimiter = chance.choice(("utf-8", "utf-16")), chance.choice(",;\t|")
    found = read_people(written([*head, *body], encoding, delimiter))
    assert people(found) == people(sample(entry["file"]))


# Typeform's "Other" belongs to the question before it: there the order says something.
ORDER_FREE = [entry for entry in MANIFEST if entry["file"] != "typeform_responses.csv"]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("entry", ORDER_FREE, ids=lambda entry: entry["file"])
def test_columns_shuffled(entry, seed):
    rows = rows_of(entry)
    width = len(rows[entry["header_row"]])
    order = random.Random(seed).sample(range(width), width)
    above, table = rows[: entry["header_row"]], rows[entry["header_row"] :]
    shuffled = [[([*row, *[""] * width])[place] for place in order] for row in table]
    found = read_people(written([*above, *shuffled]))
    assert people(found) == people(sample(entry["file"]))


LETTERS = "abcdeéèßöłžñçабвγδε山田"
WORDS = st.text(LETTERS, min_size=1, max_size=8)
NAMES = st.tuples(WORDS, WORDS).map(lambda words: " ".join(words).title())
TEXTS = st.text(LETTERS + " ,;'\"\n&/-", max_size=30)
TAGS = st.lists(st.sampled_from(["bees", "Öl & Wein", "AI/ML", "maps"]), max_size=3).map("; ".join)
LISTS = st.lists(st.tuples(NAMES, TEXTS, TAGS), min_size=2, max_size=6)
HEADER = ("Full name", "What are you looking for?", "Interests")


@given(LISTS, st.permutations(range(3)), st.data())
def test_any_list_saved_in_any_way_has_the_same_people(rows, order, data):
    table = [HEADER, *rows]
    shuffled = [[row[place] for place in order] for row in table]
    encoding = data.draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-32")))
    delimiter, newline = data.draw(st.tuples(*map(st.sampled_from, (",;\t|", ("\n", "\r\n")))))
    expected = people(read_people(written(table)))
    assert people(read_people(written(shuffled, encoding, delimiter, newline))) == expected
    assert people(read_people(workbook(Sheet=shuffled))) == expected
