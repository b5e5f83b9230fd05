"""A small plan as exported, with a trio and two sit-outs, and ways to break it.

Long because every code of the checker has its rows in the one table at the end.
"""

import json
from collections.abc import Callable

from matcher.check import Code

PAIRINGS = """\
"round","table","a","b","c","name_a","name_b","name_c","affinity","reason"
1,1,"p1","p2","","Ana Ruiz","Ben Ode","",0.5000000,"Both keep bees"
1,2,"p3","p4","p5","Chi Wada","Dov Katz","'=Eve+",0.3000005,"All three know Trieste"
2,1,"p1","p3","","Ana Ruiz","Chi Wada","",0.4000000,"Both teach"
2,2,"p2","p4","","Ben Ode","Dov Katz","",0.2500000,"Both teach"
3,1,"p1","p4","","Ana Ruiz","Dov Katz","",0.1500000,"Both swim"
3,2,"p2","p5","","Ben Ode","'=Eve+","",0.6000000,"Ben can read a contract"
"""
PEOPLE = """\
"id","name","given_name","family_name","rounds","partners","sit_outs","total"
"p5","'=Eve+","","","1; 3","p3; p4; p2","2",0.7500005
"p4","Dov Katz","Dov","Katz","1; 2; 3","p3; p5; p2; p1","",0.6000000
"p2","Ben Ode","Ben","Ode","1; 2; 3","p1; p4; p5","",1.3500000
"p1","Ana Ruiz","Ana","Ruiz","1; 2; 3","p2; p3; p4","",1.0500000
"p3","Chi Wada","Chi","Wada","1; 2","p4; p5; p1","3",0.6500005
"""
RULES = """\
"kind","ids","round","value"
"exclusion","p2; p3","",""
"organization","p1; p5","","Loopwell"
"""
SCORES = """\
"a","b","affinity"
"p1","p2",0.5000000
"p1","p3",0.4000000
"p1","p4",0.1500000
"p2","p4",0.2500000
"p2","p5",0.6000000
"p3","p4",0.3000000
"p3","p5",0.2000010
"p4","p5",0.1000000
"""
PLAN = """\
{"status": "feasible", "total": 2.2000005, "bound": 2.25, "gap": 0.022222, "people": 5,
 "welfare": 2.2000005, "welfare_bound": 2.2500001, "welfare_gap": 0.022222043,
 "bound_covers": "all permitted pairs",
 "worst_off": {"ids": ["p4"], "total": 0.6},
 "rounds": 3, "pairings": 6, "sit_outs": 2, "trios": 1,
 "settings": {"odd": "trio", "tables": null, "fairness": 0.0}}
"""
CARDS = (
    (1, 1, "p1", "p2"),
    (1, 1, "p2", "p1"),
    (1, 2, "p3", "p4"),
    (1, 2, "p3", "p5"),
    (1, 2, "p4", "p3"),
    (1, 2, "p4", "p5"),
    (1, 2, "p5", "p3"),
    (1, 2, "p5", "p4"),
    (2, 1, "p1", "p3"),
    (2, 1, "p3", "p1"),
    (2, 2, "p2", "p4"),
    (2, 2, "p4", "p2"),
    (2, None, "p5", None),
    (3, 1, "p1", "p4"),
    (3, 1, "p4", "p1"),
    (3, 2, "p2", "p5"),
    (3, 2, "p5", "p2"),
    (3, None, "p3", None),
)


def entry(round_number: int, table: int | None, reader: str, partner: str | None) -> dict:
    questions = asks(f"open-{reader}-{partner}") if partner else []
    return {
        "card": f"{round_number}-{reader}",
        "round": round_number,
        "table": table,
        "reader": reader,
        "partner": partner,
        "headline": "You both know Trieste." if partner else None,
        "questions": questions,
    }


def clean() -> dict[str, str]:
    return {
        "plan.json": PLAN,
        "pairings.csv": PAIRINGS,
        "people.csv": PEOPLE,
        "rules.csv": RULES,
        "scores.csv": SCORES,
        "introductions.json": json.dumps([entry(*card) for card in CARDS]),
    }


Corruption = Callable[[dict[str, str]], object]


def edit(file: str, old: str, new: str) -> Corruption:
    """Replace a text that occurs once."""

    def corrupt(files: dict[str, str]) -> None:
        assert files[file].count(old) == 1
        files[file] = files[file].replace(old, new)

    return corrupt


def swap_rows(file: str, first: int, second: int) -> Corruption:
    def corrupt(files: dict[str, str]) -> None:
        rows = files[file].splitlines(keepends=True)
        rows[first], rows[second] = rows[second], rows[first]
        files[file] = "".join(rows)

    return corrupt


def drop_row(file: str, row: int) -> Corruption:
    def corrupt(files: dict[str, str]) -> None:
        rows = files[file].splitlines(keepends=True)
        files[file] = "".join(rows[:row] + rows[row + 1 :])

    return corrupt


def add_row(file: str, text: str) -> Corruption:
    return lambda files: files.update({file: files[file] + text + "\n"})


def add_rows(*texts: str) -> Corruption:
    return add_row("rules.csv", "\n".join(texts))


def change_plan(**values: object) -> Corruption:
    """Change figures of plan.json."""

    def corrupt(files: dict[str, str]) -> None:
        files["plan.json"] = json.dumps(json.loads(files["plan.json"]) | values)

    return corrupt


def measured(**values: float | None) -> Corruption:
    """Add measures to plan.json."""
    return change_plan(measures=[{"name": name, "value": value} for name, value in values.items()])


def change_card(number: int, **values: object) -> Corruption:
    """Change values of an entry of introductions.json, counted from 0."""

    def corrupt(files: dict[str, str]) -> None:
        cards = json.loads(files["introductions.json"])
        cards[number] |= values
        files["introductions.json"] = json.dumps(cards)

    return corrupt


def drop_cards(*numbers: int) -> Corruption:
    def corrupt(files: dict[str, str]) -> None:
        cards = json.loads(files["introductions.json"])
        kept = [card for number, card in enumerate(cards) if number not in numbers]
        files["introductions.json"] = json.dumps(kept)

    return corrupt


def add_card(*card: object) -> Corruption:
    def corrupt(files: dict[str, str]) -> None:
        cards = json.loads(files["introductions.json"])
        files["introductions.json"] = json.dumps([*cards, entry(*card)])

    return corrupt


def asks(template: str) -> list[dict[str, str]]:
    return [{"stage": "open", "area": "lived", "template": template}]


CORRUPTIONS: dict[str, tuple[Corruption, set[Code]]] = {
    # the form of the files
    "no plan.json": (lambda files: files.pop("plan.json"), {Code.MISSING_FILE}),
    "no people.csv": (lambda files: files.pop("people.csv"), {Code.MISSING_FILE}),
    "empty scores.csv": (lambda files: files.update({"scores.csv": ""}), {Code.MISSING_FILE}),
    "plan.json cut off": (lambda files: files.update({"plan.json": "{"}), {Code.UNREADABLE_FILE}),
    "quote left open": (
        edit("pairings.csv", '"Both swim"', '"Both swim'),
        {Code.UNREADABLE_FILE},
    ),
    "column missing": (edit("people.csv", '"sit_outs"', '"pauses"'), {Code.MISSING_COLUMN}),
    "cell missing": (edit("scores.csv", '"p1","p2",', '"p1",'), {Code.BAD_VALUE}),
    "six decimals": (edit("pairings.csv", "0.2500000", "0.250000"), {Code.BAD_VALUE}),
    "round 0": (edit("pairings.csv", '1,1,"p1"', '0,1,"p1"'), {Code.BAD_VALUE}),
    "one person at a table": (edit("pairings.csv", '"p1","p2"', '"p1",""'), {Code.BAD_VALUE}),
    "score above 1": (edit("scores.csv", "0.6000000", "1.6000000"), {Code.BAD_VALUE}),
    "total as text": (
        edit("plan.json", ' 2.2000005, "bound"', ' "2.2", "bound"'),
        {Code.BAD_VALUE},
    ),
    "bound too fine": (edit("plan.json", "2.25,", "2.25000001,"), {Code.BAD_VALUE}),
    "figure missing": (edit("plan.json", '"trios": 1,', ""), {Code.BAD_VALUE}),
    "unknown status": (edit("plan.json", '"feasible"', '"perfect"'), {Code.BAD_VALUE}),
    "unknown kind of bound": (edit("plan.json", "all permitted", "some"), {Code.BAD_VALUE}),
    "cards not a list": (
        lambda files: files.update({"introductions.json": "{}"}),
        {Code.BAD_VALUE},
    ),
    "no plan exists": (
        lambda files: files.update({"plan.json": '{"status": "infeasible", "conflict": []}'}),
        {Code.NO_PLAN},
    ),
    # who meets whom, where and when
    "self-pair": (
        edit(
            "pairings.csv",
            '"p1","p2","","Ana Ruiz","Ben Ode"',
            '"p1","p1","","Ana Ruiz","Ana Ruiz"',
        ),
        {
            *(Code.SELF_PAIR, Code.NOT_PLACED, Code.STRAY_SCORE, Code.STRAY_INTRODUCTION),
            *(Code.PERSON_ROUNDS, Code.PERSON_PARTNERS, Code.WRONG_WELFARE, Code.PERSON_TOTAL),
        },
    ),
    "double booking": (
        edit("pairings.csv", '2,2,"p2"', '1,3,"p2"'),
        {
            *(Code.UNSORTED, Code.DOUBLE_BOOKING, Code.NOT_PLACED, Code.PERSON_ROUNDS),
            *(Code.MISSING_INTRODUCTION, Code.STRAY_INTRODUCTION),
        },
    ),
    "rematch": (
        edit(
            "pairings.csv",
            '3,1,"p1","p4","","Ana Ruiz","Dov Katz"',
            '3,1,"p1","p3","","Ana Ruiz","Chi Wada"',
        ),
        {
            *(Code.REMATCH, Code.NOT_PLACED, Code.FALSE_SIT_OUT, Code.STRAY_SCORE),
            *(
                Code.WRONG_AFFINITY,
                Code.PERSON_ROUNDS,
                Code.PERSON_PARTNERS,
                Code.WRONG_WELFARE,
                Code.PERSON_TOTAL,
            ),
            *(Code.MISSING_INTRODUCTION, Code.STRAY_INTRODUCTION),
        },
    ),
    "round after the last": (
        edit("plan.json", '"rounds": 3', '"rounds": 2'),
        {Code.FALSE_SIT_OUT, Code.ROUND_OUT_OF_RANGE},
    ),
    "table taken": (
        edit("pairings.csv", '3,2,"p2"', '3,1,"p2"'),
        {Code.TABLE_TAKEN, Code.WRONG_CARD},
    ),
    "too many tables": (edit("plan.json", '"tables": null', '"tables": 1'), {Code.TABLE_LIMIT}),
    "trio not wanted": (edit("plan.json", '"trio"', '"sit-out"'), {Code.UNWANTED_TRIO}),
    "trio of an even number": (
        add_row("rules.csv", '"availability","p1",1,""'),
        {Code.NEEDLESS_TRIO, Code.ABSENT},
    ),
    "frozen trio of an even number": (
        add_rows('"availability","p1",1,""', '"frozen","p3; p4; p5",1,"2"'),
        {Code.ABSENT},
    ),
    "two trios": (
        edit(
            "pairings.csv",
            '1,1,"p1","p2","","Ana Ruiz","Ben Ode",""',
            '1,1,"p1","p2","p3","Ana Ruiz","Ben Ode","Chi Wada"',
        ),
        {
            Code.DOUBLE_BOOKING,
            Code.FORBIDDEN_PAIR,
            Code.MISSING_INTRODUCTION,
            Code.MISSING_SCORE,
            Code.PERSON_PARTNERS,
            Code.PERSON_ROUNDS,
            Code.PERSON_TOTAL,
            Code.REMATCH,
            Code.TWO_TRIOS,
            Code.WRONG_COUNT,
        },
    ),
    "rows out of order": (swap_rows("pairings.csv", 1, 2), {Code.UNSORTED}),
    "ids out of order": (
        edit(
            "pairings.csv", '"p1","p2","","Ana Ruiz","Ben Ode"', '"p2","p1","","Ben Ode","Ana Ruiz"'
        ),
        {Code.UNSORTED},
    ),
    "unknown person": (
        edit(
            "pairings.csv", '"p1","p2","","Ana Ruiz","Ben Ode"', '"p1","p9","","Ana Ruiz","Ben Ode"'
        ),
        {
            Code.MISSING_INTRODUCTION,
            Code.MISSING_SCORE,
            Code.NOT_PLACED,
            Code.PERSON_PARTNERS,
            Code.PERSON_ROUNDS,
            Code.PERSON_TOTAL,
            Code.STRAY_INTRODUCTION,
            Code.STRAY_SCORE,
            Code.UNKNOWN_PERSON,
        },
    ),
    "another name": (
        edit("pairings.csv", '1,1,"p1","p2","","Ana Ruiz"', '1,1,"p1","p2","","Ana Luiz"'),
        {Code.WRONG_NAME},
    ),
    # people.csv
    "person missing": (
        drop_row("people.csv", 1),
        {Code.NEEDLESS_TRIO, Code.STRAY_INTRODUCTION, Code.UNKNOWN_PERSON, Code.WRONG_COUNT},
    ),
    "person twice": (
        add_row("people.csv", '"p3","Chi Wada","Chi","Wada","1; 2","p4; p5; p1","3",0.6500005'),
        {Code.DUPLICATE_PERSON, Code.WRONG_COUNT},
    ),
    "people out of order": (swap_rows("people.csv", 1, 2), {Code.UNSORTED}),
    "meeting missing": (
        drop_row("pairings.csv", 3),
        {
            Code.NOT_PLACED,
            Code.PERSON_PARTNERS,
            Code.PERSON_ROUNDS,
            Code.WRONG_WELFARE,
            Code.PERSON_TOTAL,
            Code.STRAY_INTRODUCTION,
            Code.STRAY_SCORE,
            Code.WRONG_COUNT,
            Code.WRONG_TOTAL,
        },
    ),
    "sit-out missing": (
        edit("people.csv", '"3",0.65', '"",0.65'),
        {Code.NOT_PLACED, Code.STRAY_INTRODUCTION, Code.WRONG_COUNT},
    ),
    "sit-out while meeting": (
        edit("people.csv", '"3",0.65', '"2; 3",0.65'),
        {Code.FALSE_SIT_OUT, Code.MISSING_INTRODUCTION, Code.WRONG_COUNT},
    ),
    "sit-out after the last round": (
        edit("people.csv", '"3",0.65', '"3; 4",0.65'),
        {Code.FALSE_SIT_OUT, Code.MISSING_INTRODUCTION, Code.WRONG_COUNT},
    ),
    "wrong rounds": (edit("people.csv", '"1; 3"', '"1; 2"'), {Code.PERSON_ROUNDS}),
    "wrong partners": (edit("people.csv", '"p3; p4; p2"', '"p3; p2"'), {Code.PERSON_PARTNERS}),
    "wrong total of a person": (edit("people.csv", "1.3500000", "1.3500001"), {Code.PERSON_TOTAL}),
    # rules.csv
    "forbidden pair": (add_row("rules.csv", '"exclusion","p1; p2","",""'), {Code.FORBIDDEN_PAIR}),
    "same organization": (
        edit("rules.csv", '"p1; p5"', '"p1; p3; p5"'),
        {Code.SAME_ORGANIZATION},
    ),
    "met before": (
        add_row("rules.csv", '"history","p4; p1","","2024-05-01"'),
        {Code.MET_BEFORE},
    ),
    "over quota": (add_row("rules.csv", '"quota","p1","","2"'), {Code.OVER_QUOTA}),
    "wrong table": (add_row("rules.csv", '"table","p4","","2"'), {Code.WRONG_TABLE}),
    "fewer tables in a round": (add_row("rules.csv", '"tables","",2,"1"'), {Code.TABLE_LIMIT}),
    "pin not kept": (add_row("rules.csv", '"pin","p1; p4",2,""'), {Code.MISSING_PIN}),
    "cohorts that do not meet": (
        add_rows(
            '"cohort","p1; p2","","mentor"',
            '"cohort","p3; p4; p5","","mentee"',
            '"cohorts","","","mentee; mentee"',
            '"cohorts","","","mentee; mentor"',
        ),
        {Code.COHORTS_APART},
    ),
    "meeting in a frozen round": (
        add_rows('"frozen","",1,""', '"frozen","p1; p2",1,"1"'),
        {Code.FROZEN_ROUND},
    ),
    "frozen meeting at another table": (
        add_rows('"frozen","p1; p3",2,"2"'),
        {Code.FROZEN_ROUND},
    ),
    "none of two tables": (add_row("rules.csv", '"table","p4","","3; 4"'), {Code.WRONG_TABLE}),
    "cohort without a name": (add_row("rules.csv", '"cohort","p1","",""'), {Code.BAD_RULE}),
    "minimum without a number": (add_row("rules.csv", '"minimum","p1","",""'), {Code.BAD_RULE}),
    "unknown rule": (add_row("rules.csv", '"moon","p1","","full"'), {Code.UNKNOWN_RULE}),
    "rule half filled": (add_row("rules.csv", '"quota","p1","","few"'), {Code.BAD_RULE}),
    # scores and figures
    "score missing": (drop_row("scores.csv", 1), {Code.MISSING_SCORE}),
    "score of nobody": (add_row("scores.csv", '"p4","p6",0.1000000'), {Code.STRAY_SCORE}),
    "score twice": (add_row("scores.csv", '"p4","p5",0.1000000'), {Code.UNSORTED}),
    "wrong affinity": (
        edit("pairings.csv", "0.4000000", "0.4000010"),
        {Code.WRONG_AFFINITY, Code.WRONG_TOTAL},
    ),
    "trio counted whole": (
        edit("pairings.csv", "0.3000005", "0.6000010"),
        {Code.WRONG_AFFINITY, Code.WRONG_TOTAL},
    ),
    "wrong total": (
        edit("plan.json", '"total": 2.2000005', '"total": 2.2000006'),
        {Code.WRONG_TOTAL, Code.WRONG_GAP},
    ),
    "bound below the total": (
        edit("plan.json", '2.25, "gap": 0.022222', '2.2, "gap": -0.000000227'),
        {Code.WRONG_BOUND},
    ),
    "wrong gap": (edit("plan.json", "0.022222,", "0.0222,"), {Code.WRONG_GAP}),
    "wrong welfare": (
        edit("plan.json", '"welfare": 2.2000005', '"welfare": 2.2000000'),
        {Code.WRONG_WELFARE, Code.WRONG_GAP},
    ),
    "welfare above its bound": (
        change_plan(welfare_bound=2.2, welfare_gap=-0.000000227),
        {Code.WRONG_BOUND},
    ),
    "wrong gap of the welfare": (edit("plan.json", "0.022222043", "0.0222"), {Code.WRONG_GAP}),
    "optimal with a gap": (edit("plan.json", '"feasible"', '"optimal"'), {Code.NOT_OPTIMAL}),
    "optimal among candidates": (
        change_plan(
            status="optimal", bound=2.2000005, gap=0, bound_covers="k best candidates per person"
        ),
        {Code.NOT_OPTIMAL},
    ),
    "wrong count of people": (edit("plan.json", '"people": 5', '"people": 6'), {Code.WRONG_COUNT}),
    "wrong count of trios": (edit("plan.json", '"trios": 1', '"trios": 0'), {Code.WRONG_COUNT}),
    "wrong count of pairings": (
        edit("plan.json", '"pairings": 6', '"pairings": 7'),
        {Code.WRONG_COUNT},
    ),
    "wrong count of sit-outs": (
        edit("plan.json", '"sit_outs": 2', '"sit_outs": 0'),
        {Code.WRONG_COUNT},
    ),
    "wrong worst-off": (edit("plan.json", '["p4"]', '["p3"]'), {Code.WRONG_WORST_OFF}),
    "a measure that is too good": (measured(worst_off=1), {Code.WRONG_MEASURE}),
    "a measure of nothing": (measured(askability=None), {Code.WRONG_MEASURE}),
    # introductions.json
    "card missing one way": (drop_cards(1), {Code.ONE_SIDED_INTRODUCTION}),
    "cards missing both ways": (drop_cards(0, 1), {Code.MISSING_INTRODUCTION}),
    "sit-out without a card": (drop_cards(12), {Code.MISSING_INTRODUCTION}),
    "card for people who do not meet": (add_card(3, 1, "p1", "p5"), {Code.STRAY_INTRODUCTION}),
    "card twice": (add_card(3, None, "p3", None), {Code.REPEATED_INTRODUCTION}),
    "card with another table": (change_card(0, table=2), {Code.WRONG_CARD}),
    "card of two readers": (change_card(0, card="1-p2"), {Code.WRONG_CARD}),
    "two cards of a trio reader": (change_card(2, card="1-x"), {Code.WRONG_CARD}),
    "card without a reason": (change_card(0, headline=" "), {Code.NO_HEADLINE}),
    "introducer on one card only": (change_card(0, introducer="p3"), {Code.WRONG_INTRODUCER}),
    "introducer of themselves": (change_card(0, introducer="p2"), {Code.WRONG_INTRODUCER}),
    "introducer who is nobody": (change_card(0, introducer="p9"), {Code.WRONG_INTRODUCER}),
    "question asked twice": (
        change_card(8, questions=asks("open-p1-p2")),
        {Code.ASKED_TWICE},
    ),
    "question heard twice": (
        change_card(10, questions=asks("open-p1-p4")),
        {Code.HEARD_TWICE},
    ),
}
