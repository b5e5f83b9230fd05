"""Rules as organizers write them: columns, RULES.toml, history files."""

import pytest

from events.errors import UnusableOption
from events.model import Attendee, Severity
from events.rules import RulesFile, read_history, read_rules_toml, rules_from_attendees
from matcher.rules import AlreadyMet, Exclusions


def person(who, name="", **more):
    return Attendee(id=who, name=name or who.title(), **more)


ANA, BEN, CY = person("1", "Ana Ahm"), person("2", "Ben Birk"), person("3", "Cy Dahl")
EVENT = [ANA, BEN, CY, person("4", "Ana Noor", email="noor@example.org"), person("5", "Cy Dahl")]


def refused(text):
    with pytest.raises(UnusableOption) as error:
        read_rules_toml(text, EVENT)
    return str(error.value).splitlines()


@pytest.mark.parametrize("typed", ["2", " ben  BIRK ", "Ben Birk"])
def test_columns_name_people_by_id_or_name(typed):
    rules, notices = rules_from_attendees([person("9", not_with=(typed,)), BEN])
    assert (rules, notices) == ((Exclusions(frozenset({("2", "9")})),), ())


def test_columns_make_one_rule_a_kind():
    event = [person("a", not_with=("b",), already_met=("c",)), person("b", not_with=("a",)),
             person("c")]  # fmt: skip
    rules, _ = rules_from_attendees(event)
    assert rules == (Exclusions(frozenset({("a", "b")})), AlreadyMet(frozenset({("a", "c")})))


def test_a_name_of_nobody_is_a_notice_with_its_row():
    rules, (notice,) = rules_from_attendees([person("a", not_with=("Zoe",), source_row=7)])
    assert rules == ()
    assert str(notice).startswith("Row 7, not_with: 'Zoe' is nobody at this event.")


def test_a_name_of_two_people_is_an_error_naming_both():
    event = [person("a", not_with=("Cy Dahl",)), CY, EVENT[4]]
    with pytest.raises(UnusableOption, match=r"Cy Dahl \(3\) and Cy Dahl \(5\)"):
        rules_from_attendees(event)


def test_oneself_is_a_notice():
    _, (notice,) = rules_from_attendees([person("a", already_met=("A",))])
    assert "own name" in notice.problem


def test_rules_toml_is_read_whole():
    text = """
organization = false
tables = 12
[[exclusion]]
people = ["Ana Ahm", "2", "noor@example.org"]
[[history]]
people = ["1", "3"]
"""
    assert read_rules_toml(text, EVENT) == RulesFile(
        rules=(
            Exclusions(frozenset({("1", "2"), ("1", "4"), ("2", "4")})),
            AlreadyMet(frozenset({("1", "3")})),
        ),
        settings={"meet_same_organization": True, "tables": 12},
    )


def test_history_can_be_switched_off():
    assert read_rules_toml("history = false", EVENT) == RulesFile(settings={"meet_again": True})


def test_every_mistake_is_named_with_its_line():
    assert refused("""# ours
colour = "red"
tables = 0

[[exclusion]]
people = ["1",
          "Zoe"]
[[exclusion]]
people = ["1"]
[[history]]
peple = ["1", "2"]
""") == [
        "Line 2: there is no rule 'colour'. Known: exclusion, history, organization, tables.",
        "Line 3: tables is a whole number, 1 or more.",
        "Line 7: 'Zoe' is nobody at this event.",
        "Line 8: exclusion needs two or more different people.",
        'Line 10: history needs people = ["…", "…"] and nothing else.',
    ]


def test_an_ambiguous_name_is_named_with_its_line():
    (line,) = refused('[[exclusion]]\npeople = ["1", "Cy Dahl"]')
    assert line.startswith("Line 2: 'Cy Dahl' could be Cy Dahl (3) and Cy Dahl (5).")


@pytest.mark.parametrize("text", ["exclusion = 3", 'organization = "no"'])
def test_a_rule_of_the_wrong_shape_says_what_shape_it_has(text):
    (line,) = refused(text)
    assert line.startswith("Line 1: ")


def test_broken_toml_says_where():
    assert refused("[[exclusion")[0].startswith("RULES.toml is not valid TOML")


def test_history_takes_pairs_by_id_or_name_and_counts_strangers():
    rules, (notice,) = read_history(["a,b,date\n1,Ben Birk,2024-05-01\n1,77,\n"], EVENT)
    assert rules == (AlreadyMet(frozenset({("1", "2")})),)
    assert notice.severity is Severity.INFO


def test_history_takes_an_earlier_plan_with_its_trios():
    text = '"round","table","a","b","c"\n1,1,"1","2","3"\n1,2,"4","5",""\n'
    rules, notices = read_history([text], EVENT)
    assert rules == (AlreadyMet(frozenset({("1", "2"), ("1", "3"), ("2", "3"), ("4", "5")})),)
    assert notices == ()


def test_a_history_file_without_the_columns_is_refused():
    with pytest.raises(UnusableOption, match="needs the columns a and b"):
        read_history(["who,whom\n1,2\n"], EVENT)
