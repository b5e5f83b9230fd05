"""docs/importing.md against the code: what is recognised is written there."""

import re
from pathlib import Path

import pytest
from reading import fields, names, read

from events.importer import Reason
from events.importer.limits import (
    LONGEST_CELL,
    MOST_BYTES,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_UNPACKED_BYTES,
)
from events.importer.products import PRODUCTS
from events.importer.targets import TARGETS
from events.importer.vocabulary import header_field

PAGE = (Path(__file__).parent.parent / "docs" / "importing.md").read_text(encoding="utf-8")
SECTIONS = {part.partition("\n")[0]: part for part in PAGE.split("\n## ")}


def rows(section: str) -> list[list[str]]:
    lines = re.findall(r"^\| (.*) \|$", SECTIONS[section], re.MULTILINE)
    return [[cell.strip() for cell in line.split(" | ")] for line in lines[1:]]


def test_every_target_is_documented():
    named = re.findall(r"`(\w+)`", " ".join(row[0] for row in rows("Columns")))
    assert sorted(named) == sorted(target.name for target in TARGETS)


@pytest.mark.parametrize("row", rows("Columns"), ids=lambda row: row[0])
def test_example_headers_are_recognised(row):
    targets = re.findall(r"`(\w+)`", row[0])
    if targets == ["ignore"]:
        return
    examples = [part.strip() for part in re.split(r"[,;:] ", row[1].replace(" …", ""))]
    known = {hit.field for header in examples if (hit := header_field(header))}
    assert known >= set(targets)


def test_every_product_is_documented():
    listed = [
        line.split(" | ")[0][2:]
        for line in SECTIONS["Products that are recognised"].split("\n")
        if line.startswith("| ")
    ]
    assert listed[1:] == list(dict.fromkeys(product.name for product in PRODUCTS))


def test_every_reason_is_documented():
    told = " ".join(SECTIONS["Rows"].split())
    assert [r.value for r in Reason if f"`{r.value}`" not in told] == []
    italics = set(re.findall(r"\*`([\w ]+)`\*", told))
    assert italics == {reason.value for reason in Reason if not reason.can_be_kept}


def test_limits_are_documented():
    numbers = (MOST_ROWS, MOST_COLUMNS, LONGEST_CELL, MOST_CELLS)
    assert all(f"{number:,}" in PAGE for number in numbers)
    assert f"{MOST_BYTES // 10**6} MB" in PAGE
    assert f"{MOST_UNPACKED_BYTES // 10**6} MB unpacked" in PAGE


def test_the_file_that_always_works_works():
    example = re.search(r"```csv\n(.*?)```", PAGE, re.DOTALL)[1]
    found = read(example)
    assert names(found) == ["Ana Ruiz"]
    assert all(column.certainty == "sure" for column in found.columns)
    assert list(fields(found).values()) == [
        "name",
        "email",
        "organization",
        "role",
        "city",
        "interest",
        "need",
        "offer",
    ]
    assert found.people[0].answer("need") == ("flour", "a shop window")
