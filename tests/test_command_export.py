"""The command that takes data out."""

import zipfile

import pytest
from click.testing import CliRunner

from events.importer import read_people
from events.people import by_surname
from web.cli import seedbed

LIST = (
    "name,email,offer,status\n"
    "Ana Lima,ana@x.org,a bakery,attending\n"
    "Ben,,,attending\n"
    "Cy,,,refunded\n"
)


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "guests.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def plan(people, tmp_path):
    run("match", people, "--out", tmp_path / "plan", "--rounds", "1")
    return tmp_path / "plan"


def run(*arguments, code=0):
    answer = CliRunner().invoke(seedbed, list(map(str, arguments)))
    assert answer.exit_code == code, answer.output
    return answer.output


def test_a_list_becomes_people_set_aside_rows_and_notices(people, tmp_path):
    said = run("export", people, "--out", tmp_path / "out")
    assert said == f"{tmp_path / 'out'}: attendees.csv, notices.csv, set_aside.csv\n"
    again = read_people((tmp_path / "out" / "attendees.csv").read_bytes())
    assert again.people == tuple(sorted(read_people(LIST.encode()).people, key=by_surname))
    assert (tmp_path / "out" / "set_aside.csv").read_text().splitlines()[1:] == [
        '4,"Cy","refunded"'
    ]


def test_a_list_and_a_plan_become_one_archive(people, plan, tmp_path):
    run("export", people, plan, "--out", tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert {"attendees.csv", "pairings.csv", "plan.json"} <= set(archive.namelist())
        assert archive.read("pairings.csv") == (plan / "pairings.csv").read_bytes()


def test_one_person_gets_their_own_data_alone(people, plan, tmp_path):
    run("export", people, plan, "--person", "Ana Lima", "--out", tmp_path / "ana")
    written = {file.name: file.read_text() for file in (tmp_path / "ana").iterdir()}
    assert set(written) == {"attendees.csv", "introductions.csv", "schedule.csv"}
    assert [p.name for p in read_people(written["attendees.csv"].encode()).people] == ["Ana Lima"]


def test_excel_gets_its_mark_and_semicolons_where_asked_for(people, tmp_path):
    run("export", people, "--out", tmp_path / "a.csv", "--excel", "--delimiter", "semicolon")
    content = (tmp_path / "a.csv").read_bytes()
    assert content.startswith(b'\xef\xbb\xbf"id";"name";')
    assert read_people(content).is_own


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("people", "people", "--out", "x"), "one list of people"),
        (("plan", "--out", "x", "--person", "Ana"), "name the list of people too"),
        (("plan", "--out", "x.csv"), "several tables"),
        (("plan", "--out", "plan"), "Name another place"),
        (("people", "--out", "x", "--person", "Zoe"), "is nobody here"),
    ],
)
def test_what_cannot_be_exported_is_said(arguments, says, people, plan, tmp_path):
    paths = {"people": people, "plan": plan, "x": tmp_path / "x", "x.csv": tmp_path / "x.csv"}
    assert says in run("export", *(paths.get(each, each) for each in arguments), code=2)
    assert not (tmp_path / "x").exists()
