import pytest
from reading import answers, fields, read, said

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


TICKS = "Name,{},Town\nAna,x,,x,Rome\nBen,,x,,Bonn\nCyd,x,x,,Oslo\n"


def test_columns_of_ticks_that_name_topics_are_interests():
    found = read(TICKS.format("Art,Music,Beekeeping"))
    assert answers(found, "Cyd") == {"interest": ("Art", "Music"), "city": ("Oslo",)}
    expected = "Only ticks stand in 'Art', 'Music', 'Beekeeping'; they were read as one list"
    assert [problem for problem in said(found) if problem.startswith(expected)]
    assert {c.certainty for c in found.columns if c.field == "interest"} == {"guess"}


def test_columns_of_ticks_that_may_be_anything_are_asked_about():
    found = read(TICKS.format("Blue,Vegetarian,Early bird"))
    assert fields(found) == {"Name": "name", "Town": "city"}
    assert "Only ticks stand in 'Blue', 'Vegetarian', 'Early bird'; they are not used." in said(
        found
    )


def test_two_columns_of_ticks_are_no_run():
    found = read("Name,Art,Town,Music\nAna,x,Rome,\nBen,,Bonn,x\n")
    assert fields(found) == {"Name": "name", "Town": "city"}


@pytest.mark.parametrize("headers", ["Art,Music,Law", "Hue [red],Hue [blue],Hue [pink]"])
def test_a_column_of_ticks_that_is_mapped_says_its_header(headers):
    first = headers.split(",")[0]
    found = read(TICKS.format(headers), mapping={"need": first})
    assert answers(found, "Cyd")["need"] == (first.removeprefix("Hue [").rstrip("]"),)


def test_a_mapped_column_of_ticks_that_asks_loses_its_question_mark():
    text = "Name,Seeking work?\nAna,yes\nBen,no\n"
    found = read(text, mapping={"need": "Seeking work?"})
    assert (answers(found, "Ana"), answers(found, "Ben")) == ({"need": ("Seeking work",)}, {})


def test_consent_that_is_mapped_stays_a_yes():
    found = read("Name,City,Ok?\nAna,Rome,yes\nBen,Bonn,no\n", mapping={"consent": "Ok?"})
    assert [person.answers[0].visibility.value for person in found.people] == ["print", "match"]
