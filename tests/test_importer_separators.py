import pytest
from reading import answers, read

from events.errors import UnusableOption
from events.importer import read_people
from events.importer.separators import Division, division_of, mark_called, split
from events.importer.targets import MARKS, target_called
from matcher.canon import values_of


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


def test_options_of_several_parts_stay_whole():
    cells = ["Arts, crafts, and making, Sales", "Arts, crafts, and making", "Sales", "Sales, Law"]
    assert division_of(cells, MARKS).options == ("Arts, crafts, and making",)


def test_a_comma_never_divides_places():
    rows = ["London, Paris", "Paris, London", "Paris, TX", "Rome, Paris"]
    text = "Name,Where have you lived?\n" + "".join(
        f'P{at} Q,"{row}"\n' for at, row in enumerate(rows)
    )
    people = read_people(text.encode()).people
    assert [person.answer("lived") for person in people] == [(row,) for row in rows]
    read = [[value.name for value in values_of("lived", row)] for row in rows[1:3]]
    assert read == [
        ["Paris, Île-de-France, France", "London, England, United Kingdom"],
        ["Paris, Texas, United States"],
    ]


def test_tags_that_go_together_are_not_one_option():
    cells = ["climate, water, seed", "climate, water, chips", "climate, water, seed"]
    assert division_of(cells, MARKS) == Division(",")


def test_items_quoted_by_our_own_export_stay_whole():
    assert split('bread; "cake; pie"', ";") == ("bread", "cake; pie")


@pytest.mark.parametrize(
    ("cells", "answers"),
    [
        (["art // law", "law // tax"], ("art", "law")),
        (["art · law", "law"], ("art", "law")),
        (["art || law", "law"], ("art", "law")),
        (["芸術、音楽", "料理"], ("芸術", "音楽")),
        (["艺术；音乐", "料理"], ("艺术", "音乐")),
        (["art<br>law", "tax"], ("art", "law")),
        (
            ["- a mill\n- flour from old grain, please", "tea"],
            ("a mill", "flour from old grain, please"),
        ),
        (["1. a mill\n2) bees", "tea"], ("a mill", "bees")),
    ],
)
def test_marks_that_forms_and_hands_write(cells, answers):
    assert split(cells[0], division_of(cells, MARKS).mark) == answers


def test_places_are_never_divided_at_commas():
    assert not {",", "，"} & set(target_called("lived").marks)


CELLS = 'Name,Topics\nAna,"art, old law"\nBen,"sea, sun"\n'


def test_a_doubtful_column_says_how_to_divide_it():
    remedy = next(n.remedy for n in read(CELLS).notices if n.column == "Topics")
    assert remedy.startswith("Use --split Topics=comma to divide them")


@pytest.mark.parametrize(
    ("mark", "texts"),
    [(",", ("art", "old law")), ("", ("art, old law",)), (";", ("art, old law",))],
)
def test_where_a_column_is_divided_can_be_chosen(mark, texts):
    assert answers(read(CELLS, splits={"topics": mark}), "Ana") == {"interest": texts}


def test_what_was_found_can_be_undone():
    found = read("Name,Topics\nAna,art; law\nBen,sea; law\n", splits={"Topics": ""})
    assert answers(found, "Ana") == {"interest": ("art; law",)}


@pytest.mark.parametrize(
    ("splits", "says"),
    [({"Nope": ","}, "There is no column 'Nope'"), ({"Name": ","}, "which is never divided")],
)
def test_a_column_that_cannot_be_divided_is_refused(splits, says):
    with pytest.raises(UnusableOption, match=says):
        read(CELLS, splits=splits)


def test_marks_have_names_and_unknown_ones_list_them():
    assert (mark_called("comma"), mark_called("•"), mark_called("none")) == (",", "•", "")
    with pytest.raises(UnusableOption, match="Use one of: none, semicolon, comma"):
        mark_called("dash")
