"""Rules as organizers write them: columns, RULES.toml, history files, an earlier plan."""

import pytest

from events.errors import UnusableOption
from events.model import RULE_COLUMNS, Attendee, Severity
from events.rules import CELLS, read_rules, unusable
from events.rules.cells import pin_of, rounds_of, tables_of
from events.rules.columns import COLUMNS
from matcher.rules import (
    AlreadyMet,
    Availability,
    Cohorts,
    Exclusions,
    FixedTables,
    FrozenRounds,
    Minimum,
    Pins,
    Quota,
    Tables,
)
from matcher.settings import Settings


def person(who, name="", **more):
    return Attendee(id=who, name=name or who.title(), **more)


ANA, BEN, CY = person("1", "Ana Ahm"), person("2", "Ben Birk"), person("3", "Cy Dahl")
EVENT = [ANA, BEN, CY, person("4", "Ana Noor", email="noor@example.org"), person("5", "Cy Dahl")]
EARLIER = '"round","table","a","b","c"\n1,2,"1","2",""\n1,1,"3","4","5"\n2,1,"1","3",""\n'


def found(event=EVENT, toml="", **more):
    return read_rules(event, Settings(rounds=4), toml=toml, **more)


def rules(toml, event=EVENT, **more):
    return found(event, toml, **more).rules


def refused(text, event=EVENT, **more):
    with pytest.raises(UnusableOption) as error:
        found(event, text, **more)
    return str(error.value).splitlines()


@pytest.mark.parametrize("typed", ["2", " ben  BIRK ", "Ben Birk"])
def test_columns_name_people_by_id_or_name(typed):
    got = found([person("9", not_with=(typed,)), BEN])
    assert (got.rules, got.notices) == ((Exclusions(frozenset({("2", "9")})),), ())


def test_columns_make_one_rule_a_kind():
    event = [person("a", not_with=("b",), already_met=("c",)), person("b", not_with=("a",)),
             person("c")]  # fmt: skip
    assert rules("", event) == (
        Exclusions(frozenset({("a", "b")})),
        AlreadyMet(frozenset({("a", "c")})),
    )


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"pin": ("b@2", "C")}, Pins(frozenset({("a", "b", 2), ("a", "c", None)}))),
        ({"available": ("1-2;4",)}, Availability({"a": frozenset({3})})),
        ({"available": ("3", "1")}, Availability({"a": frozenset({2, 4})})),
        ({"quota": ("3",)}, Quota({"a": 3})),
        ({"min_meetings": ("2",)}, Minimum({"a": 2})),
        ({"table": ("3;4",)}, FixedTables({"a": frozenset({3, 4})})),
    ],
)
def test_every_column_makes_its_rule(columns, rule):
    assert rules("", [person("a", **columns), person("b"), person("c")]) == (rule,)


def test_every_rule_column_has_a_shape_and_a_reader():
    assert list(RULE_COLUMNS) == list(CELLS) == [name for name, _ in COLUMNS]


def test_somebody_there_in_all_rounds_is_never_absent():
    assert rules("", [person("a", available=("1-9",)), person("b")]) == ()


def test_a_wish_is_no_rule():
    got = found([person("b", wish=("a",)), person("a")])
    assert (got.rules, got.wishes) == ((), frozenset({("a", "b")}))


def test_a_name_of_nobody_is_a_notice_with_its_row():
    got = found([person("a", not_with=("Zoe",), source_row=7)])
    assert got.rules == ()
    assert str(got.notices[0]).startswith("Row 7, not_with: 'Zoe' is nobody at this event.")


@pytest.mark.parametrize("column", ["not_with", "already_met", "pin", "wish"])
def test_a_name_of_two_people_is_an_error_naming_both(column):
    event = [person("a", **{column: ("Cy Dahl",)}), CY, EVENT[4]]
    with pytest.raises(UnusableOption, match=r"Cy Dahl \(3\) and Cy Dahl \(5\)"):
        found(event)


def test_oneself_is_a_notice():
    (notice,) = found([person("a", already_met=("A",))]).notices
    assert "own name" in notice.problem


@pytest.mark.parametrize(
    ("column", "text"),
    [("available", "0"), ("available", "3-1"), ("available", "soon"), ("quota", "-1"),
     ("quota", "few"), ("min_meetings", "2.5"), ("table", "3;x"), ("table", "0"), ("pin", "Ana@0")],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_is_a_notice_with_row_and_remedy(column, text):
    got = found([person("a", source_row=3, **{column: (text,)}), person("b")])
    (notice,) = got.notices
    assert got.rules == ()
    assert (notice.row, notice.column, notice.value) == (3, column, text)
    assert notice.remedy.startswith("Write ")
    assert f"{notice.problem} {notice.remedy}" == unusable(column, text)


def test_cells_are_read_as_spreadsheets_write_them():
    assert rounds_of(" 1 – 3, 5") == {1, 2, 3, 5}
    assert pin_of("Ana @ 2") == ("Ana", 2)
    assert pin_of("noor@example.org") == ("noor@example.org", None)
    assert (tables_of("3, 4"), tables_of(" Step-free ")) == (frozenset({3, 4}), "Step-free")


def test_rules_toml_is_read_whole():
    text = """
organization = false
tables = 12
[[exclusion]]
people = ["Ana Ahm", "2", "noor@example.org"]
[[history]]
people = ["1", "3"]
[[pin]]
people = ["3", "2"]
round = 2
[[pin]]
people = ["1", "4"]
[[wish]]
people = ["4", "2", "1"]
[[availability]]
person = "1"
rounds = "2-4"
[[availability]]
people = ["2", "3"]
absent = [4]
[[quota]]
person = "1"
most = 3
[[minimum]]
person = "2"
fewest = 2
[[table]]
people = ["1"]
tables = 3
"""
    got = found(toml=text)
    assert got.settings == {"meet_same_organization": True, "tables": 12}
    assert got.wishes == {("2", "4"), ("1", "4")}
    assert got.rules == (
        Exclusions(frozenset({("1", "2"), ("1", "4"), ("2", "4")})),
        AlreadyMet(frozenset({("1", "3")})),
        Availability({"1": frozenset({1}), "2": frozenset({4}), "3": frozenset({4})}),
        Quota({"1": 3}),
        Minimum({"2": 2}),
        FixedTables({"1": frozenset({3})}),
        Pins(frozenset({("2", "3", 2), ("1", "4", None)})),
    )


def test_history_can_be_switched_off():
    assert found(toml="history = false").settings == {"meet_again": True}


def test_the_file_stands_before_the_cell():
    event = [person("a", quota=("5",)), person("b", quota=("2",))]
    assert rules('[[quota]]\nperson = "a"\nmost = 1', event) == (Quota({"a": 1, "b": 2}),)


def test_tables_may_differ_from_round_to_round():
    assert rules("tables = [3, 2]") == rules("[tables]\nrounds = [3, 2]") == (Tables((3, 2)),)


def test_tables_may_have_names():
    text = """[tables]
count = 12
features = { quiet = [1, 2], "step-free" = [3] }
[[table]]
person = "2"
tables = "Step-Free"
"""
    got = found([person("1", table=("QUIET", "7")), BEN, person("3", table=("bar",))], text)
    assert got.settings == {"tables": 12}
    assert got.rules == (FixedTables({"2": frozenset({3}), "1": frozenset({1, 2, 7})}),)
    assert got.notices[0].value == "bar"
    assert "[tables] features" in got.notices[0].remedy


def test_names_of_tables_may_stand_below_their_use():
    text = '[[table]]\nperson = "1"\ntables = "bar"\n[tables]\nfeatures = { bar = [2] }'
    assert rules(text) == (FixedTables({"1": frozenset({2})}),)


@pytest.mark.parametrize("toml", ["tables = 4", "tables = [4, 3]"])
def test_a_table_beyond_the_last_one_is_named(toml):
    event = [person("a", table=("5;6",)), person("b", table=("4;5",))]
    (notice,) = found(event, toml).notices
    assert notice.problem == "Their tables are beyond the last one, which is table 4: A (a)."


COHORTS = '[cohorts]\nallowed = [["Mentor", "mentee"]]\n'


def test_cohorts_come_from_column_and_file():
    event = [person("a", cohort=("Mentor; speaker",)), person("b")]
    text = COHORTS + 'members = { mentee = ["b"] }'
    assert rules(text, event) == (
        Cohorts(
            {"a": frozenset({"mentor", "speaker"}), "b": frozenset({"mentee"})},
            frozenset({("mentee", "mentor")}),
        ),
    )


def test_cohorts_may_share_a_partner_in_a_trio_if_the_file_says_so():
    event = [person("a", cohort=("mentor",)), person("b", cohort=("mentee",))]
    (rule,) = found(event, toml=f"{COHORTS}trios = true\n").rules
    assert rule.trios
    assert not found(event, toml=COHORTS).rules[0].trios


def test_cohorts_without_a_table_decide_nothing():
    got = found([person("a", cohort=("mentor",)), person("b", cohort=("mentor",))])
    assert (got.rules, got.notices) == ((), ())


def test_people_outside_the_table_of_cohorts_are_named():
    event = [person("a", cohort=("mentor",)), person("b", cohort=("mentee",)), person("c"),
             person("d", cohort=("guest",)), person("e")]  # fmt: skip
    free, alone = found(event, COHORTS).notices
    assert free.problem == "In no cohort, so they may meet anybody: C (c) and E (e)."
    assert alone.problem == "In a cohort that may meet nobody: D (d)."


def test_an_unknown_cohort_is_named_with_its_line():
    event = [person("a", cohort=("mentor",))]
    assert refused(COHORTS, event) == [
        "Line 2: nobody is in a cohort 'mentee'. Cohorts of this event: mentor."
    ]


def test_frozen_rounds_come_from_an_earlier_plan():
    assert rules("[frozen]\nrounds = [1]", since=EARLIER) == (
        FrozenRounds(frozenset({1}), ((1, 1, ("3", "4", "5")), (1, 2, ("1", "2")))),
    )


def test_frozen_rounds_need_an_earlier_plan_with_the_people_of_this_one():
    text = "# ours\n[frozen]\nrounds = [1]"
    assert refused(text) == [
        "Line 2: no earlier plan is given. Name its folder with --since, or put a plan to use."
    ]
    assert refused(text, EVENT[1:], since=EARLIER) == [
        "Line 2: '1' meets somebody in round 1 and is not in the list. "
        "Keep them there, with their rounds as available."
    ]
    with pytest.raises(UnusableOption, match="needs the columns round, table, a, b"):
        found(toml=text, since="a,b\n1,2\n")
    with pytest.raises(UnusableOption, match="no numbers"):
        found(toml=text, since="round,table,a,b\none,2,1,2\n")


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
[[pin]]
people = ["1", "2"]
round = 0
[[pin]]
people = ["1", "2", "3"]
[[availability]]
person = "1"
[[availability]]
person = "1"
rounds = "soon"
[[quota]]
person = "1"
[[minimum]]
person = "1"
fewest = -1
[[table]]
person = "1"
tables = "quiet"
[[wish]]
people = ["1"]
[frozen]
rounds = 1
[cohorts]
members = []
""") == [
        "Line 2: there is no rule 'colour'. Known: availability, cohorts, exclusion, frozen, "
        "history, minimum, organization, pin, quota, rivals, table, tables, urgency, welcome, "
        "wish.",
        "Line 3: tables is a whole number, 1 or more, or a list, one a round.",
        "Line 7: 'Zoe' is nobody at this event.",
        "Line 8: exclusion needs two or more different people.",
        'Line 10: history needs people = ["…", "…"] and nothing else.',
        "Line 14: round is a whole number, 1 or more.",
        "Line 15: pin needs two different people.",
        'Line 17: availability needs person = "…" and either rounds = "1-3;5" or absent = "1-3;5".',
        "Line 21: 'soon' is no list of rounds. Write rounds such as 1-3;5.",
        'Line 22: quota needs person = "…" and most = 3 and nothing else.',
        "Line 26: fewest is a whole number, 0 or more.",
        "Line 29: no tables are called 'quiet'. Named under [tables] features: none.",
        "Line 30: wish needs two or more different people.",
        "Line 32: write [frozen] and, below it, rounds = [1, 2].",
        'Line 35: write members = { mentor = ["…", "…"] }.',
    ]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("exclusion = 3", 1, "write [[exclusion]]"),
        ('organization = "no"', 1, "true or false"),
        ("[tables]\ncount = 3\nrounds = [3]", 1, "count or rounds"),
        ("[tables]\nfeatures = 3", 2, "features = {"),
        ("[tables]\nfeatures = { quiet = 3 }", 2, "quiet needs numbers"),
        ('[[table]]\nperson = "1"\ntables = "3;x"', 3, "is no table"),
        ("[cohorts]\nallowed = 3", 2, "allowed is a list of pairs"),
        ('[cohorts]\nallowed = []\nmembers = { mentor = "1" }', 3, "members = {"),
        ("[cohorts]\nallowed = []\ntrios = 2", 3, "trios is true or false"),
        ('[cohorts]\nallowed = []\nmembers = { mentor = ["Zoe"] }', 3, "nobody at this event"),
        ('[[table]]\nperson = "1"\ntables = [3]\n[tables]\ncount = 0', 4, "tables is a whole"),
    ],
)
def test_a_rule_of_the_wrong_shape_says_what_shape_it_has(text, line, says):
    (message,) = refused(text)
    assert message.startswith(f"Line {line}: ")
    assert says in message


def test_an_ambiguous_name_is_named_with_its_line():
    (line,) = refused('[[exclusion]]\npeople = ["1", "Cy Dahl"]')
    assert line.startswith("Line 2: 'Cy Dahl' could be Cy Dahl (3) and Cy Dahl (5).")


def test_broken_toml_says_where():
    assert refused("[[exclusion")[0].startswith("RULES.toml is not valid TOML")


def test_history_takes_pairs_by_id_or_name_and_counts_strangers():
    got = found(histories=["a,b,date\n1,Ben Birk,2024-05-01\n1,77,\n"])
    assert got.rules == (AlreadyMet(frozenset({("1", "2")})),)
    assert got.notices[0].severity is Severity.INFO


def test_history_takes_an_earlier_plan_with_its_trios():
    text = '"round","table","a","b","c"\n1,1,"1","2","3"\n1,2,"4","5",""\n'
    got = found(histories=[text])
    assert got.rules == (AlreadyMet(frozenset({("1", "2"), ("1", "3"), ("2", "3"), ("4", "5")})),)
    assert got.notices == ()


def test_a_history_file_without_the_columns_is_refused():
    with pytest.raises(UnusableOption, match="needs the columns a, b"):
        found(histories=["who,whom\n1,2\n"])
