import csv
import io
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

import pytest
from corrupted_plans import (
    CORRUPTIONS,
    PEOPLE,
    RULES,
    SCORES,
    Corruption,
    add_row,
    change_plan,
    clean,
    drop_cards,
    drop_row,
    edit,
    measured,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.check import Against, Code, check

SETTLED = {
    tuple(row.replace('"', "").split(",")[:2]): Decimal(row.split(",")[2])
    for row in SCORES.splitlines()[1:]
}


NUMBERS = st.sampled_from(
    ["null", "[]", "NaN", "-1", "1e999", "1e999999999", "1e-999999999", "9" * 5000, "[" * 100_000]
)


def against(
    changed: Mapping[tuple[str, str], Decimal] | None = None,
    *,
    ids: Iterable[str] = "12345",
    without: tuple[str, str] | None = None,
    others: Decimal | None = None,
) -> Against:
    scores = {pair: score for pair, score in SETTLED.items() if pair != without}
    people = frozenset(f"p{number}" for number in ids)
    return Against(ids=people, scores={**scores, **(changed or {})}, others=others)


def codes(files: dict[str, str], against: Against | None = None) -> set[Code]:
    return {violation.code for violation in check(files, against)}


def test_a_clean_plan_passes() -> None:
    assert check(clean()) == ()


def test_a_plan_without_introductions_passes() -> None:
    files = clean()
    del files["introductions.json"]
    assert check(files) == ()


@pytest.mark.parametrize(("corrupt", "expected"), CORRUPTIONS.values(), ids=CORRUPTIONS)
def test_a_corrupted_plan_fails_with_its_codes(corrupt: Corruption, expected: set[Code]) -> None:
    files = clean()
    corrupt(files)
    assert codes(files) == expected


AGAINST: dict[str, tuple[Against, set[Code]]] = {
    "the same input": (against(), set()),
    "somebody is missing": (against(ids=[*"12345", "6"]), {Code.MISSING_PERSON}),
    "somebody is new": (against(ids="1234"), {Code.UNKNOWN_PERSON}),
    "another score": (against({("p1", "p2"): Decimal("0.500001")}), {Code.WRONG_SCORE}),
    "a pair not listed": (against(without=("p1", "p2")), {Code.NOT_PERMITTED}),
    "a pair like all others": (against(without=("p1", "p2"), others=Decimal("0.5")), set()),
    "a pair unlike all others": (
        against(without=("p1", "p2"), others=Decimal("0.4")),
        {Code.WRONG_SCORE},
    ),
}


@pytest.mark.parametrize(("given", "expected"), AGAINST.values(), ids=AGAINST)
def test_a_plan_is_compared_with_its_input(given: Against, expected: set[Code]) -> None:
    assert codes(clean(), given) == expected


def test_every_violation_is_provoked_here() -> None:
    provoked = [expected for _, expected in (*CORRUPTIONS.values(), *AGAINST.values())]
    assert set().union(*provoked) == set(Code)


def test_a_violation_names_place_people_and_remedy() -> None:
    files = clean()
    add_row("rules.csv", '"exclusion","p1; p2","",""')(files)
    assert [str(violation) for violation in check(files)] == [
        "pairings.csv, row 2: Ana Ruiz (p1) and Ben Ode (p2) must not meet. "
        "Give them other partners. (forbidden-pair)"
    ]


def test_a_rule_may_name_people_who_are_not_in_the_plan() -> None:
    files = clean()
    add_row("rules.csv", '"history","p1; p9","",""')(files)
    assert check(files) == ()


def test_an_absent_person_needs_no_place() -> None:
    files = clean()
    add_row("rules.csv", '"availability","p3",3,""')(files)
    assert codes(files) == {Code.FALSE_SIT_OUT}
    edit("people.csv", '"3",0.65', '"",0.65')(files)
    edit("plan.json", '"sit_outs": 2', '"sit_outs": 1')(files)
    drop_cards(17)(files)
    assert check(files) == ()


def test_a_pin_that_is_kept_passes() -> None:
    files = clean()
    add_row("rules.csv", '"pin","p4; p1",3,""')(files)
    assert check(files) == ()


@pytest.mark.parametrize(
    "rows",
    [
        ('"cohort","p1; p3","","a"', '"cohort","p2; p4","","b"', '"cohorts","","","a; b"',
         '"cohorts","","","a; a"', '"cohorts","","","b; b"'),
        ('"cohort","p1; p2","","a"', '"cohorts","","","a; a"'),
        ('"frozen","",1,""', '"frozen","p1; p2",1,"1"', '"frozen","p3; p4; p5",1,"2"'),
        ('"frozen","p1; p9",1,"1"',),
        ('"table","p4","","1; 2"',),
        ('"minimum","p5","","3"',),
    ],
)  # fmt: skip
def test_rules_that_hold_pass(rows: tuple[str, ...]) -> None:
    files = clean()
    files["rules.csv"] += "\n".join(rows) + "\n"
    assert check(files) == ()


def test_with_fairness_the_welfare_decides() -> None:
    files = clean()
    edit("plan.json", '"fairness": 0.0', '"fairness": 1')(files)
    assert codes(files) == {Code.WRONG_WELFARE}
    change_plan(welfare=1.7555995, welfare_bound=1.7555995, welfare_gap=0, status="optimal")(files)
    assert check(files) == ()


def test_an_id_with_a_separator_is_quoted_inside_its_cell() -> None:
    files = {name: text.replace("p5", "p;5") for name, text in clean().items()}
    files["people.csv"] = PEOPLE.replace('"p5",', '"p;5",').replace("p5", '""p;5""')
    files["rules.csv"] = RULES.replace("p5", '""p;5""')
    assert check(files) == ()


def test_columns_that_later_versions_append_are_ignored() -> None:
    files = clean()
    files["rules.csv"] = RULES.replace("\n", ",0\n").replace("value,0", "value,new")
    assert check(files) == ()


@pytest.mark.parametrize("file", ["pairings.csv", "people.csv", "scores.csv"])
def test_no_row_can_be_removed_unnoticed(file: str) -> None:
    for row in range(1, len(clean()[file].splitlines())):
        files = clean()
        drop_row(file, row)(files)
        assert check(files) != ()


@pytest.mark.parametrize("file", ["pairings.csv", "people.csv", "scores.csv"])
def test_no_digit_can_be_changed_unnoticed(file: str) -> None:
    text = clean()[file]
    for at in (at for at, sign in enumerate(text) if sign.isdigit()):
        changed = text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]
        assert check({**clean(), file: changed}) != (), changed.splitlines()


@settings(deadline=None)
@given(st.sampled_from(sorted(clean())), st.text())
def test_any_text_as_a_file_is_answered(file: str, text: str) -> None:
    assert check({**clean(), file: text}) != ()


@settings(deadline=None)
@given(st.data())
def test_any_cell_is_answered(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from([name for name in sorted(clean()) if name.endswith(".csv")]))
    rows = list(csv.reader(io.StringIO(clean()[file])))
    row = data.draw(st.sampled_from(rows[1:]))
    row[data.draw(st.integers(0, len(row) - 1))] = data.draw(st.text())
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    check({**clean(), file: out.getvalue()})


@settings(deadline=None)
@given(st.sampled_from(["total", "bound", "gap", "people", "settings", "worst_off"]), NUMBERS)
def test_any_figure_is_answered(key: str, number: str) -> None:
    plan = json.loads(clean()["plan.json"]) | {key: "HERE"}
    text = json.dumps(plan).replace('"HERE"', number)
    assert check({**clean(), "plan.json": text}) != ()


def test_measures_that_the_files_prove_are_true() -> None:
    files = clean()
    # In a meeting p1 gets .35, p2 .45, p3 .325, p4 .2, p5 .375, each rounded to six decimals.
    measured(
        optimality=0.977778,
        worst_off=0.588235,
        tenth=0.588235,
        inequality=0.129412,
        sit_out_spread=1,
        askability=1,
        question_repeats=0,
        lift=3.5,
    )(files)
    assert codes(files) == set()
