"""The repository and the wheel: nothing in them that is not ours, nothing of ours missing."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOREIGN = {
    "a package registry's host": re.compile(r"py" r"pi\.org|files\.pythonhosted|registry\.npm"),
    "a path of one machine": re.compile(r"(?<![\w.~])/(?:wo" r"rk|ro" r"ot|ho" r"me)/\w"),
}


def run(*command, cwd=ROOT, **options):
    return subprocess.run(
        command, cwd=cwd, check=True, capture_output=True, text=True, **options
    ).stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    (built,) = folder.glob("seedbed-*.whl")
    return built


@pytest.mark.parametrize("what", FOREIGN)
def test_no_tracked_file_names(what):
    tracked = run("git", "ls-files", "-z").split("\0")
    texts = {
        name: (ROOT / name).read_bytes().decode(errors="ignore")
        for name in tracked
        if name and (ROOT / name).is_file() and not name.endswith((".ttf", ".png", ".pdf"))
    }
    assert [name for name, text in texts.items() if FOREIGN[what].search(text)] == []


def test_the_wheel_holds_the_three_packages_and_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    roots = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert roots == {"matcher", "events", "web"}


def test_every_data_file_is_in_the_wheel(wheel):
    tracked = run("git", "ls-files", "matcher", "events", "web").split()
    missing = set(tracked) - set(zipfile.ZipFile(wheel).namelist())
    assert {name for name in missing if (ROOT / name).is_file()} == set()


def test_the_installed_wheel_answers(wheel, tmp_path):
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    code = "from web.cli import main; main()"
    said = run(
        sys.executable,
        "-c",
        code,
        "--help",
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
    )
    assert "match" in said


def test_packages_of_the_same_name_that_hide_ours_are_named(tmp_path):
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "__init__.py").touch()
    code = (
        "import sys; from web.cli import _ours; "
        f"sys.modules.pop('events'); sys.path.insert(0, {str(tmp_path)!r}); _ours()"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 1
    assert "'events'" in found.stderr
    assert "environment of its own" in found.stderr
