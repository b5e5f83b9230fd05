"""Damaged files: always an answer or a message, and counts that add up."""

import random

import pytest
from reading import DATA
from test_importer_workbook import PEOPLE, workbook

from events.errors import EventsError
from events.importer import inspect_json, inspect_text, read_people

FILES = [path.read_bytes() for path in sorted(DATA.glob("*.[ct]sv"))]
BOOK = workbook(People=PEOPLE * 3)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return the file after a few accidents."""
    for _ in range(chance.choice((1, 2, 5, 30))):
        at, length = chance.randrange(len(data) + 1), chance.randint(1, 60)
        lines = data.split(b"\n")
        data = chance.choice(
            (
                data[:at],
                data[at:] + data[:at],
                data[:at] + data[at + length :],
                data[:at] + chance.randbytes(length) + data[at:],
                data[:at] + chance.choice((b'"', b",", b"\t", b"\n", b"\x00", b"'=")) + data[at:],
                data[:at] + data[at : at + length] * 3 + data[at + length :],
                b"\n".join(chance.sample(lines, len(lines))),
            )
        )
    return data


def check(data: bytes) -> None:
    try:
        found = read_people(data)
    except EventsError as problem:
        assert str(problem).endswith(".")
        return
    told = len(found.people) + found.merged + len(found.set_aside) + len(found.skipped)
    assert told == len(found.rows)
    assert len({person.id for person in found.people}) == len(found.people)
    assert all(person.name.strip() for person in found.people)
    assert inspect_text(found)
    assert inspect_json(found)["counts"] == found.counts


@pytest.mark.parametrize("seed", range(20))
def test_damaged_lists(seed):
    chance = random.Random(seed)
    for _ in range(30):
        check(damaged(chance.choice(FILES), chance))


@pytest.mark.parametrize("seed", range(5))
def test_damaged_workbooks(seed):
    chance = random.Random(seed)
    for _ in range(30):
        check(damaged(BOOK, chance))


@pytest.mark.parametrize("seed", range(5))
def test_noise(seed):
    chance = random.Random(seed)
    for _ in range(30):
        check(chance.randbytes(chance.randint(1, 500)))
        check("".join(chance.choices('Name,;"\n\r\t Ana@x.org|', k=200)).encode())


def test_a_thousand_columns():
    headers = ",".join(["Name", *(f"Question {number}?" for number in range(999))])
    check(f"{headers}\nAna{',x' * 999}\n".encode())


def test_very_long_lines():
    check(b"Name,Needs\n" + b"Ana," + b'"' * 1_000_001 + b"\n" + b"Ben," + b"," * 900)
