"""Files to take away: complete, the same every time, private, and no formula in any of them."""

import csv
import io
import json
import re
import zipfile

import pytest

from events.bundles import as_workbook, as_zip
from events.cells import read_csv, split, unguard
from events.errors import UnusableOption
from events.exporter import export
from events.importer import read_people
from events.list_files import list_files, person_files
from events.model import Answer, Attendee
from events.pipeline import introduce_attendees
from matcher.fields import Visibility
from matcher.settings import Odd, Settings

NASTY = ("=1+1", "+1 a", "-1 a", "@x", "\tx", "\rx", "＝1", "＋1", "－1", "＠x", "'=1", " =1")


def person(id, **answers):
    said = [
        Answer(field=field, texts=(text,), visibility=visibility)
        for field, (text, visibility) in answers.items()
    ]
    return Attendee(id=id, name=id.title(), email=f"{id}@secret.org", answers=tuple(said))


PRINTED, MATCHED = Visibility.PRINT, Visibility.MATCH
PEOPLE = (
    person("ana", city=("Graz", PRINTED), need=("a whispered need", MATCHED)),
    person("ben", city=("Graz", PRINTED), offer=("=HYPERLINK(1)", PRINTED)),
    person("cyd", interest=("bees", PRINTED)),
    person("dee", interest=("a hidden interest", Visibility.ORGANIZER)),
    Attendee(id="eve", name="Eve", available=("1",), min_meetings=("3",)),
)


@pytest.fixture(scope="module")
def files():
    return export(introduce_attendees(PEOPLE, Settings(rounds=3, start="18:30")))


def rows(content):
    header, *found = read_csv(content)
    return [dict(zip(header, map(unguard, row), strict=True)) for row in found]


def test_every_attendee_has_a_line_for_every_round(files):
    schedule = rows(files["schedule.csv"])
    assert [(row["id"], row["round"]) for row in schedule] == [
        (who, number) for who in ("ana", "ben", "cyd", "dee", "eve") for number in "123"
    ]
    assert {row["time"] for row in schedule if row["round"] == "2"} == {"18:42"}
    assert [row["mark"] for row in schedule if row["id"] == "eve"][1:] == ["absence"] * 2


def test_the_schedule_says_what_the_pairings_say(files):
    told = {
        (row["round"], row["table"], row["id"], *split(row["partners"]))
        for row in rows(files["schedule.csv"])
        if row["table"]
    }
    met = {
        (row["round"], row["table"], who, *(each for each in at if each != who))
        for row in rows(files["pairings.csv"])
        for at in [[row[place] for place in "abc" if row[place]]]
        for who in at
    }
    assert told == met


def test_sit_outs_are_those_of_the_people_file():
    found = export(introduce_attendees(PEOPLE[:3], Settings(rounds=3, odd=Odd.SIT_OUT)))
    listed = {(row["id"], row["round"]) for row in rows(found["sit_outs.csv"])}
    people = rows(found["people.csv"])
    assert listed == {(row["id"], n) for row in people for n in split(row["sit_outs"])} != set()


def test_introductions_are_the_same_flat_and_nested(files):
    for flat, nested in zip(
        rows(files["introductions.csv"]), json.loads(files["introductions.json"]), strict=True
    ):
        assert (flat["card"], flat["headline"]) == (nested["card"], nested["headline"] or "")
        assert split(flat["reasons"]) == tuple(nested["reasons"])
        asked = [question["text"] for question in nested["questions"]]
        assert split(flat["questions"]) == tuple(asked)


def test_only_a_minimum_that_could_not_be_reached_did_not_hold(files):
    held = {(row["kind"], row["held"]) for row in rows(files["rules.csv"])}
    assert held == {("availability", "yes"), ("minimum", "no")}


def test_a_plan_holds_no_contact_data_and_nothing_that_is_not_for_print(files):
    whole = b"".join(files.values()) + as_zip(files) + _inside(as_workbook(files))
    for secret in (b"secret.org", b"whispered", b"hidden"):
        assert secret not in whole


def test_no_text_cell_of_any_file_begins_a_formula(files):
    nasty = [person(f"p{at}", offer=(text, PRINTED)) for at, text in enumerate(NASTY)]
    listed = list_files(read_people(b"name,email\nAna,=1\nBen,@x\nTotal: -2 a,\n"))
    made = export(introduce_attendees(nasty, Settings(rounds=2)))
    cells = [
        cell
        for name, content in {**files, **made, **listed}.items()
        if name.endswith(".csv")
        for row in csv.reader(io.StringIO(content.decode(), newline=""))
        for cell in row
    ]
    assert [cell for cell in cells if re.match(r"\s*[=+\-@\t\r＝＋－＠]", cell)] == []


def test_archives_and_workbooks_are_the_same_bytes_every_time(files):
    assert as_zip(files) == as_zip(dict(reversed(files.items())))
    assert as_workbook(files) == as_workbook(dict(reversed(files.items())))


def test_an_archive_holds_every_file_as_it_is(files):
    with zipfile.ZipFile(io.BytesIO(as_zip(files))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files


def test_a_workbook_holds_nothing_but_text(files):
    inside = _inside(as_workbook(files))
    assert b"<f>" not in inside
    assert set(re.findall(rb"<c [^>]*?(?:t=\"(\w+)\"|/)>", inside)) == {b"s"}


def test_the_list_comes_back_from_a_workbook():
    book = as_workbook({"attendees.csv": list_files(read_people(b"name\nAna\n"))["attendees.csv"]})
    found = read_people(book)
    assert found.is_own
    assert [each.name for each in found.people] == ["Ana"]


def test_a_text_that_no_workbook_can_hold_is_named_not_cut():
    files = {"people.csv": b'"id"\n"' + b"x" * 32_768 + b'"\n'}
    with pytest.raises(UnusableOption, match=r"people, row 2 has a text of 32,768 characters"):
        as_workbook(files)


def test_what_one_person_gets_speaks_of_nobody_else(files):
    ana = Attendee(id="ana", name="Ana", not_with=("dee",), pin=("cyd",))
    found = person_files(ana, {"plan-1": files})
    assert set(found) == {
        "attendees.csv",
        "plan-1-introductions.csv",
        "plan-1-schedule.csv",
    }
    assert {row["reader"] for row in rows(found["plan-1-introductions.csv"])} == {"ana"}
    assert [row["not_with"] + row["pin"] for row in rows(found["attendees.csv"])] == [""]


def _inside(workbook):
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return b"".join(map(archive.read, archive.namelist()))
