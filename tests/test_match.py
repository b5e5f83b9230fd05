"""The whole job through the command line, as a person would type it."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from web import cli

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "events" / "demo" / "people.csv"
SAMPLES = sorted((ROOT / "tests" / "data").glob("*.[ct]sv"))
OPTIONS = ("--rounds", "6", "--start", "18:30", "--print", "need,lived")
FILES = {
    "cards.html",
    "cards.pdf",
    "introductions.csv",
    "introductions.json",
    "pairings.csv",
    "people.csv",
    "plan.json",
    "rules.csv",
    "schedule.csv",
    "scores.csv",
    "sit_outs.csv",
}


def seedbed(*words):
    """Run a command here: what is imported and read for one need not be for the next."""
    done = CliRunner().invoke(cli.seedbed, [*map(str, words)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return SimpleNamespace(returncode=done.exit_code, stdout=done.stdout, stderr=done.stderr)


def in_a_process(*words, **environment):
    """Run a command as a person would."""
    return subprocess.run(
        [sys.executable, "-c", "from web.cli import main; main()", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, **environment},
    )


def match(path, out, *options, run=seedbed, **environment):
    done = run("match", path, "--out", out, *options, **environment)
    assert done.returncode == 0, done.stderr
    return {file.name: file.read_bytes() for file in Path(out).iterdir()}


def write(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    out = tmp_path_factory.mktemp("demo")
    return out, match(DEMO, out, *OPTIONS, run=in_a_process)


def test_the_demo_gives_every_file_and_passes_the_check(demo):
    out, files = demo
    plan = json.loads(files["plan.json"])
    assert set(files) == FILES
    assert (plan["people"], plan["rounds"], plan["pairings"], plan["sit_outs"]) == (48, 6, 144, 0)
    assert seedbed("check", out).stdout == f"{out}: every promise holds.\n"
    assert seedbed("check", out, "--against", DEMO).returncode == 0


def test_without_a_pdf_the_one_of_an_earlier_plan_goes(tmp_path):
    path = write(tmp_path, "people.csv", "name\nAna\nBen\n")
    assert "cards.pdf" in match(path, tmp_path / "out", "--rounds", "1")
    assert set(match(path, tmp_path / "out", "--rounds", "1", "--no-pdf")) == FILES - {"cards.pdf"}


def test_a_sign_that_no_font_has_costs_the_pdf_alone(tmp_path):
    path = write(tmp_path, "people.csv", "name\nAna \N{LINEAR B SYLLABLE B008 A}\nBen\n")
    done = seedbed("match", path, "--rounds", "1", "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "There is no cards.pdf: " in done.stderr
    assert {file.name for file in (tmp_path / "out").iterdir()} == FILES - {"cards.pdf"}


def test_two_processes_write_the_same_bytes(demo, tmp_path):
    again = match(DEMO, tmp_path, *OPTIONS, run=in_a_process, PYTHONHASHSEED="7")
    assert again == demo[1]


def sourceless(rules):
    """Return the rows of a rules.csv without the last column, where each was written down."""
    return [row[:-1] for row in csv.reader(rules.decode().splitlines())]


def test_order_of_rows_and_names_of_columns_change_nothing(demo, tmp_path):
    rows = list(csv.reader(DEMO.read_text(encoding="utf-8").splitlines()))
    order = sorted(range(len(rows[0])), key=lambda at: rows[0][at])
    # The two rows of one person keep their order: the later answer wins.
    shuffled = [rows[0], *sorted(rows[1:], key=lambda row: row[2][::-1])]
    renamed = ["Ville" if cell == "City" else cell for cell in shuffled[0]]
    with (tmp_path / "shuffled.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([row[at] for at in order] for row in [renamed, *shuffled[1:]])
    files = match(tmp_path / "shuffled.csv", tmp_path / "out", *OPTIONS)
    differing = {name for name in FILES if files[name] != demo[1][name]}
    plans = [json.loads(each["plan.json"]) for each in (files, demo[1])]
    assert differing == {"plan.json", "rules.csv"}  # rules name the row that they stand in
    assert sourceless(files["rules.csv"]) == sourceless(demo[1]["rules.csv"])
    assert {key for key in plans[0] if plans[0][key] != plans[1][key]} == {"input_sha256"}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_becomes_a_plan_that_passes_the_check(path, tmp_path):
    assert set(match(path, tmp_path, "--rounds", "3")) == FILES
    assert seedbed("check", tmp_path, "--against", path).returncode == 0


@pytest.mark.parametrize(
    ("text", "options", "code", "says"),
    [
        ("shoe size\n42\n43\n", (), 2, "name"),
        ("", (), 2, "empty"),
        ("%PDF-1.7\n%âãÏÓ\n1 0 obj\n", (), 2, "PDF"),
        ("name\nAna\n", (), 1, "two people"),
        ("name,company\nAna,Acme\nBen,Acme\nCyd,ACME Inc.\n", (), 1, "organization"),
        ("name,do not pair with\nAna,Ben; Cyd\nBen,Cyd\nCyd,\n", (), 1, "may meet"),
        ("name\nAna\nBen\n", ("--rounds", "0"), 2, "rounds"),
        ("name\nAna\nBen\n", ("--start", "7pm"), 2, "18:30"),
        ("name\nAna\nBen\n", ("--map", "shoe=name"), 2, "shoe"),
        ("name\nAna\nBen\n", ("--language", "tlh"), 2, "tlh"),
    ],
    ids=[
        "no name",
        "empty",
        "pdf",
        "alone",
        "colleagues",
        "excluded",
        "rounds",
        "start",
        "map",
        "tlh",
    ],
)
def test_bad_input_says_what_to_change_and_writes_nothing(text, options, code, says, tmp_path):
    path = write(tmp_path, "people.csv", text)
    done = seedbed("match", path, "--out", tmp_path / "out", *options)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_three_people_and_six_rounds_are_a_plan_with_sit_outs(tmp_path):
    path = write(tmp_path, "people.csv", "name\nAna\nBen\nCyd\n")
    plan = json.loads(match(path, tmp_path / "out", "--rounds", "6")["plan.json"])
    assert (plan["pairings"], plan["sit_outs"], plan["status"]) == (3, 12, "optimal")


def test_ctrl_c_keeps_the_best_plan_so_far(tmp_path):
    code = (
        "import os, signal; import matcher.plan.solve as solve; improve = solve._improve\n"
        "def interrupted(*given): os.kill(os.getpid(), signal.SIGINT); improve(*given)\n"
        "solve._improve = interrupted\n"
        "from web.cli import main; main()"
    )
    words = ["match", str(DEMO), "--out", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, cwd=ROOT, check=False
    )
    plan = json.loads((tmp_path / "plan.json").read_text())
    assert (done.returncode, plan["stopped_by"], plan["repeatable"]) == (0, "cancel", False)
    assert seedbed("check", tmp_path).returncode == 0


def test_nothing_is_drawn_into_a_pipe(demo, tmp_path):
    done = in_a_process("match", SAMPLES[0], "--out", tmp_path)
    assert "\x1b" not in done.stderr + done.stdout
    assert "%" not in done.stderr


def test_a_plan_from_given_affinities(tmp_path):
    path = write(
        tmp_path, "scores.csv", "a,b,affinity\nana,ben,1\nana,cyd,0.25\nben,cyd,0\ndee,,\n"
    )
    done = seedbed("plan", path, "--out", tmp_path / "out", "--rounds", "1")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader((tmp_path / "out" / "pairings.csv").read_text().splitlines()))
    assert [(row["a"], row["b"], row["affinity"]) for row in rows] == [("ana", "ben", "1.0000000")]
    assert seedbed("check", tmp_path / "out", "--against", path).returncode == 0


def test_the_check_fails_when_a_plan_was_changed_by_hand(demo, tmp_path):
    for name, content in demo[1].items():
        (tmp_path / name).write_bytes(content)
    lines = demo[1]["pairings.csv"].decode().splitlines(keepends=True)
    (tmp_path / "pairings.csv").write_text("".join([*lines[:-1]]), encoding="utf-8")
    done = seedbed("check", tmp_path)
    assert done.returncode == 1
    assert "pairings.csv" in done.stdout or "people.csv" in done.stdout


def test_cards_again_in_another_layout(demo, tmp_path):
    done = seedbed("cards", demo[0], "--layout", "letterx4", "--out", tmp_path / "letter.html")
    assert done.returncode == 0, done.stderr
    assert "279.4mm" in (tmp_path / "letter.html").read_text(encoding="utf-8")


def test_affinities_list_the_evidence():
    people = ROOT / "tests" / "data" / "offers_needs_sheet.csv"
    by_wording, by_meaning = (
        list(csv.DictReader(seedbed("affinities", people, *options).stdout.splitlines()))
        for options in (["--meaning", "wording"], [])
    )
    assert len(by_wording) == 2
    assert len(by_meaning) > 2
    for row in by_wording + by_meaning:
        parts = sum(float(row[name]) for name in ("shared", "help", "bridge", "organizer"))
        assert abs(float(row["affinity"]) - parts - 0.02) < 1e-9


def test_inspect_answers_as_text_and_as_json():
    path = ROOT / "tests" / "data" / "luma_guests.csv"
    found = json.loads(seedbed("inspect", path, "--json").stdout)
    assert {"encoding", "delimiter", "header_row", "columns", "people"} <= set(found)
    assert [person["name"] for person in found["people"]][:1] == ["Ravi Menon"]
    assert "Ravi Menon" in seedbed("inspect", path).stdout


def test_every_figure_of_a_file_is_written_with_seven_places(demo):
    rows = csv.DictReader(demo[1]["pairings.csv"].decode().splitlines())
    assert all(len(row["affinity"].partition(".")[2]) == 7 for row in rows)


def test_only_the_loopback_is_served():
    done = in_a_process("serve", "--host", "0.0.0.0")
    assert (done.returncode, "this computer only" in done.stderr) == (2, True)


def test_rules_in_conflict_are_written_said_and_known_to_the_check(tmp_path):
    pairs = write(tmp_path, "pairs.csv", "a,b,affinity\nana,ben,0.5\nana,cy,0.5\n")
    pins = '[[pin]]\npeople = ["ana", "{}"]\nround = 1\n'
    rules = write(tmp_path, "rules.toml", pins.format("ben") + pins.format("cy"))
    out = tmp_path / "out"
    run = seedbed("plan", pairs, "--rules", rules, "--rounds", 2, "--out", out)
    says = ["ana and ben must meet in round 1 (pin).", "ana and cy must meet in round 1 (pin)."]
    assert run.returncode == 1
    assert all(f"- {text}\n" in run.stderr for text in says)
    assert [path.name for path in out.iterdir()] == ["plan.json"]
    answer = json.loads((out / "plan.json").read_bytes())
    assert [each["text"] for each in answer["conflict"]] == says
    check = seedbed("check", out)
    assert check.returncode == 1
    assert f"these cannot all hold: {' '.join(says)} Change one of them" in check.stdout
