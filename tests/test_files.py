import pytest

from events.errors import UnusableOption
from events.files import read_folder, write_files


def test_files_are_written_whole_and_read_back(tmp_path):
    files = {"plan.json": b"{}", "people.csv": b"id\n"}
    write_files(tmp_path / "new" / "out", files)
    assert read_folder(tmp_path / "new" / "out") == files


def test_other_files_in_the_folder_are_left_alone(tmp_path):
    (tmp_path / "notes.csv").write_bytes(b"mine")
    write_files(tmp_path, {"people.csv": b"id\n"})
    assert read_folder(tmp_path) == {"notes.csv": b"mine", "people.csv": b"id\n"}


def test_a_write_that_fails_half_way_leaves_the_earlier_plan(tmp_path):
    write_files(tmp_path, {"plan.json": b"old", "people.csv": b"old"})
    with pytest.raises(TypeError):
        write_files(tmp_path, {"people.csv": b"new", "plan.json": "not bytes"})
    assert read_folder(tmp_path) == {"plan.json": b"old", "people.csv": b"old"}
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["people.csv", "plan.json"]


def test_a_folder_that_is_a_file_is_refused_in_words(tmp_path):
    (tmp_path / "out").write_text("x")
    with pytest.raises(UnusableOption, match="Choose another folder"):
        write_files(tmp_path / "out", {"plan.json": b"{}"})


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnusableOption, match="no folder"):
        read_folder(tmp_path / "nowhere")
