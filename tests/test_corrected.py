"""A corrected pairings.csv: what comes back unchanged, what is wrong with it, what it changes."""

import csv
import io

import pytest
from test_finished import people
from web_site import solve

from events.bundles import as_workbook
from events.cells import write_csv
from events.corrected import read_corrected
from events.errors import UnreadableFile
from events.finished import read_finished
from events.replay import replay
from matcher.settings import Odd, Settings

SETTINGS = Settings(rounds=2, odd=Odd.SIT_OUT)
PEOPLE = people("Ana", "Ben", "Cleo", "Dan", "Eve", "Fay")


@pytest.fixture(scope="module")
def made():
    return solve(PEOPLE, SETTINGS)


@pytest.fixture(scope="module")
def replayed(made):
    return replay(read_finished(made), PEOPLE, SETTINGS)


def rows(made):
    return list(csv.reader(io.StringIO(made["pairings.csv"].decode())))


def read(replayed, table):
    return read_corrected(write_csv(table[0], table[1:]), replayed)


def problems(replayed, table):
    return [str(each) for each in read(replayed, table).problems]


def test_what_comes_back_unchanged_changes_nothing(made, replayed):
    for data in (
        made["pairings.csv"],
        "\ufeff".encode() + made["pairings.csv"],
        made["pairings.csv"].decode().replace(",", ";").encode("utf-16"),
        as_workbook(made),
    ):
        found = read_corrected(data, replayed)
        assert not found.problems and found.proposal.is_nothing


def test_a_corrected_row_is_priced_like_any_change():
    settings = Settings(rounds=1)
    made = solve(PEOPLE, settings)
    table = rows(made)
    for at in (3, 6):
        table[1][at], table[2][at] = table[2][at], table[1][at]
    found = read(replay(read_finished(made), PEOPLE, settings), table)
    assert [m.members for m in found.proposal.price.new] == [
        tuple(sorted(row[2:4])) for row in table[1:3]
    ]
    assert len(found.proposal.price.shares) == 4


def test_tables_alone_can_be_changed(made, replayed):
    table = rows(made)
    for row in table[1:]:
        row[1] = str(4 - int(row[1]))
    price = read(replayed, table).proposal.price
    assert (price.total, price.shares) == (0, ()) and len(price.moved) > 2


def test_a_removed_row_is_a_break_for_two(made, replayed):
    assert read(replayed, rows(made)[:-1]).proposal.price.breaks == 2


def test_names_count_where_there_is_no_id(made, replayed):
    table = rows(made)
    for row in table[1:]:
        row[2:5] = ["", "", ""]
    assert read(replayed, table).proposal.is_nothing


def test_all_problems_are_told_at_once_each_with_row_and_remedy(made, replayed):
    header, one, two, *more = rows(made)
    one[0], one[1] = "x", ""
    two[2] = "zoe"
    name, more[0][5] = more[0][5], "Zoe"
    more[1][3] = more[1][2]
    more[1][6] = more[1][5]
    assert problems(replayed, [header, one, two, *more]) == [
        "Row 2, round: 'x' is not a number from 1. Write it in digits.",
        "Row 2, table: The number is missing. Write it in digits.",
        "Row 3, a: 'zoe' is nobody in this plan. Use an id of its people.csv.",
        f"Row 4, name_a: 'Zoe' stands beside the id of {name} ({more[0][2]}). "
        "Correct the id in column a, or the name; you can leave one empty.",
        "Row 5: A meeting needs two or three different people. Fill in a and b, or remove the row.",
    ]


def test_a_broken_rule_is_told_with_the_last_row_concerned(made, replayed):
    table = rows(made)
    table.append(["2", "9", *table[1][2:]])
    said = problems(replayed, table)
    assert any(
        each.startswith(f"Row {len(table)}: ") and "would meet twice" in each for each in said
    )
    assert sum("would be in two places in round 2" in each for each in said) == 2


def test_the_same_row_twice_is_told_once(made, replayed):
    table = rows(made)
    said = problems(replayed, [*table, table[1]])
    assert said == [
        f"Row {len(table) + 1}: This meeting stands in row 2 already. Remove one of the two rows."
    ]


def test_a_round_that_there_is_not_is_told(made, replayed):
    table = rows(made)
    table[-1][0] = "9"
    (said,) = problems(replayed, table)
    assert said.startswith(f"Row {len(table)}: ") and "the last one is 2" in said


@pytest.mark.parametrize("data", [b"", b"name,city\nAna,Porto\n", b"%PDF-1.7"])
def test_another_file_is_refused(replayed, data):
    with pytest.raises(UnreadableFile):
        read_corrected(data, replayed)


def test_numbers_as_spreadsheets_write_them_are_read(made, replayed):
    table = rows(made)
    for row in table[1:]:
        row[0], row[1] = f"{row[0]}.0", f"0{row[1]}"
    assert read(replayed, table).proposal.is_nothing
