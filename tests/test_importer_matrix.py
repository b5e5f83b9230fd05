import pytest
from reading import answers, fields, read

from events.importer.matrix import Option, matrices_of


@pytest.mark.parametrize("headers", ["Topics [{}]", "Topics - {}", "Topics – {}", "Topics: {}"])
@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("yes", "no"), ("x", ""), ("true", "false")])
def test_ticks_become_a_list(headers, yes, no):
    art, law = headers.format("Art"), headers.format("Law")
    found = read(f"Name,{art},{law}\nAna,{yes},{no}\nBen,{no},{yes}\nCyd,{yes},{yes}\n")
    assert fields(found) == {"Name": "name", art: "interest", law: "interest"}
    assert answers(found, "Ana") == {"interest": ("Art",)}
    assert answers(found, "Cyd") == {"interest": ("Art", "Law")}


def test_words_of_the_option_are_a_tick():
    found = matrices_of({"Topics [Art]": ("Art", ""), "Topics [Law]": ("", "Law")})
    assert found == {
        "Topics [Art]": Option("Topics", "Art"),
        "Topics [Law]": Option("Topics", "Law"),
    }


@pytest.mark.parametrize(
    "columns",
    [
        {"Topics [Art]": ("1", "0")},
        {"Topics [Art]": ("3", "1"), "Topics [Law]": ("1", "2")},
        {"Topics [Art]": ("", ""), "Topics [Law]": ("", "")},
        {"Art": ("1", "0"), "Law": ("0", "1")},
    ],
    ids=["one column", "ratings", "empty", "no question"],
)
def test_what_is_no_matrix(columns):
    assert matrices_of(columns) == {}


def test_unknown_question_stays_unused():
    found = read("Name,Colour [red],Colour [blue]\nAna,1,0\n")
    assert fields(found) == {"Name": "name"}
