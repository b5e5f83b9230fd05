import pytest

from events.importer.separators import Division, division_of, split
from events.importer.targets import MARKS


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["a; b", "c"], ";"),
        (["AI & Analytics;"], ";"),
        (["Design / Food", " / Bees"], " / "),
        (["a|b|c", "d"], "|"),
        (["• bees\n• bread"], "•"),
        (["Sport, Music", "Music", "Art"], ","),
        (["climate,seed,africa", "water,sound,chips"], ","),
        (["Java\nGo", "Go"], "\n"),
        (["AI/ML", "CI/CD"], ""),
        (["research & teaching", "bread and cake"], ""),
        (["whole"], ""),
    ],
)
def test_division(cells, mark):
    assert division_of(cells, MARKS).mark == mark


def test_in_doubt_cells_stay_whole():
    assert division_of(["sound design, feedback", "AI basics"], MARKS) == Division(doubtful=",")


def test_sentences_are_not_lists():
    said = "I would love to meet people who build things; it is hard to find them where I live now."
    assert division_of([said], MARKS) == Division(doubtful=";")


def test_only_permitted_marks_divide():
    assert division_of(["Acme, Inc.; Foo", "Acme, Inc."], (";",)).mark == ";"
    assert division_of(["Acme, Inc.", "Foo, Inc."], (";",)) == Division()


def test_split_drops_blank_pieces():
    assert split("; a ;; b;", ";") == ("a", "b")


def test_options_that_contain_the_mark_stay_whole():
    cells = ["Product, design and UX, Sales", "Product, design and UX", "Sales", "Sales, Law"]
    division = division_of(cells, MARKS)
    assert division == Division(",", options=("Product, design and UX",))
    assert split(cells[0], division.mark, division.options) == ("Product, design and UX", "Sales")


def test_tags_that_go_together_are_not_one_option():
    cells = ["climate, water, seed", "climate, water, chips", "climate, water, seed"]
    assert division_of(cells, MARKS) == Division(",")


def test_items_quoted_by_our_own_export_stay_whole():
    assert split('bread; "cake; pie"', ";") == ("bread", "cake; pie")
