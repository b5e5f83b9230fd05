"""Damaged and hostile files: always an answer or a message, and counts that add up.

Some hundred of the files that ``python -m benchmarks.importer`` reads by the thousand.
"""

from random import Random

import pytest
from quickness import quickly

from benchmarks.importer.__main__ import MOST_SECONDS, answered, main
from benchmarks.importer.damaged import KINDS, LARGE
from benchmarks.importer.large import large_list
from events.importer import read_people


@pytest.mark.parametrize("damage", KINDS, ids=lambda damage: damage.__name__)
def test_damaged_files_are_answered(damage):
    for seed in range(8 if damage in LARGE else 40):
        quickly(MOST_SECONDS, answered, damage(Random(seed)))


def test_a_preview_of_a_thousand_rows_and_forty_columns_is_quick():
    rows = [line.split(b",", 20) for line in large_list(1_000).splitlines()]
    data = b"\n".join(b",".join(row + row) for row in rows)
    assert len(quickly(2.0, read_people, data).people) == 1_000


def test_what_is_not_answered_is_named(monkeypatch, capsys):
    def fails(data):
        raise IndexError("list index out of range")

    monkeypatch.setattr("benchmarks.importer.__main__.read_people", fails)
    assert main(["2"]) == 1
    told = capsys.readouterr()
    assert "seed 1 (cut_short): IndexError: list index out of range" in told.err
    assert told.out.endswith("Not answered: 2.\n")


def test_characters_lost_in_silence_are_noticed():
    found = answered("Name,Needs\nAna,br\ufffdad\n".encode())
    assert [notice.row for notice in found.notices if "could not be read" in notice.problem] == [2]


def test_a_workbook_never_expands_entities():
    for seed in range(40):
        data = next(d for d in KINDS if d.__name__ == "xml_bomb")(Random(seed))
        found = answered(data)
        assert found is None or all("lollol" not in person.name for person in found.people)


def test_open_tables_of_web_pages():
    page = b"<table><tr><th>Name<th>Firm<tr><td>Ana<td rowspan=2>Acme<tr><td>Ben</table>"
    assert [p.name for p in read_people(page).people] == ["Ana", "Ben"]


@pytest.mark.parametrize(
    "broken", ["<![CDATA[x]]>", "<tr></tr>", "<td><tr>x", "</td>", "&#99999999;"]
)
def test_broken_tags_of_web_pages(broken):
    page = f"<table><tr><td>Name</td></tr>{broken}<tr><td>Ana</td></tr></table>"
    assert answered(page.encode()) is not None
