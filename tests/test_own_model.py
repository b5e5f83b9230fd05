"""A sentence encoder of somebody's own: a folder, calibrated at the start, never fetched."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from test_meaning import Letters

from events.errors import UnusableOption
from events.meaning import MODEL, local_encoder, meaning_here, meaning_of_plan
from events.store import Store
from events.vectors import KeptVectors
from matcher.meaning import NotInstalled
from matcher.meaning.calibration import Centred
from matcher.meaning.likeness import background
from web.cli import seedbed

SMALL = Path(__file__).parent / "data" / "small_model"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(SMALL, tmp_path / "mine"))


@pytest.fixture
def named(folder, monkeypatch):
    monkeypatch.setenv(MODEL, str(folder))
    return folder


def test_a_named_model_compares_by_what_it_knows(named):
    needs, offers = ["bread", "sailing"], ["piano lessons", "boats", "baker"]
    found = meaning_here().alike(needs, offers, every=True)
    assert found.scores.reshape(2, 3).argmax(axis=1).tolist() == [2, 1]


def test_what_all_texts_have_in_common_is_taken_out():
    texts = [text for pair in background() for text in map(str.lower, pair) if text.isascii()]
    plain, centred = (
        (rows @ rows.T).mean()
        for rows in (each.encode(texts) for each in (Letters(), Centred(Letters())))
    )
    assert plain > 0.5
    assert centred < 0.1


def test_its_scale_rises(folder):
    scores, odds = zip(*local_encoder(folder).scale, strict=True)
    assert sorted(odds) == list(odds)
    assert sorted(scores) == list(scores)


def test_what_it_read_is_kept_in_the_store(folder, tmp_path):
    with Store.open(tmp_path / "vectors.db") as store:
        first = local_encoder(folder, KeptVectors(store))
        rows = first.encode(["bread"])
        kept = KeptVectors(store).load(first.name, ["bread"])
        assert set(kept) == {"bread"}
        assert np.array_equal(local_encoder(folder, KeptVectors(store)).encode(["bread"]), rows)


def test_a_changed_model_is_another_one(folder, tmp_path):
    other = Path(shutil.copytree(folder, tmp_path / "other" / "mine"))
    (other / "seedbed.toml").write_text('pooling = "first"')
    assert local_encoder(other).name != local_encoder(folder).name


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("model.onnx", None, "has no model.onnx"),
        ("model.onnx", "no graph", "cannot be run"),
        ("tokenizer.json", None, "has no tokenizer.json"),
        ("tokenizer.json", '{"model": {"type": "BPE"}}', "'BPE'"),
        ("seedbed.toml", 'pooling = "max"', "pooling"),
        ("seedbed.toml", 'size = "max"', "size"),
        ("seedbed.toml", "pooling", "seedbed.toml"),
    ],
)
def test_what_is_wrong_with_a_folder_is_said(folder, file, content, said):
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_text(content)
    with pytest.raises(UnusableOption, match=said):
        local_encoder(folder)


def test_a_plan_by_another_model_is_not_taken_for_one_by_this(named):
    name = meaning_here().name
    assert name.startswith("mine ")
    assert meaning_of_plan(name).name == name
    assert meaning_of_plan("lexical").name == "lexical"
    with pytest.raises(NotInstalled, match="another 1"):
        meaning_of_plan("another 1")


def test_the_command_line_names_the_model_it_used(folder, tmp_path, monkeypatch):
    people = tmp_path / "people.csv"
    people.write_text("Name,Looking for,Could offer\nAna,bread,boats\nBen,sailing,baker\n")
    out = tmp_path / "out"
    asked = ["--model", str(folder), "match", str(people), "--out", str(out), "--rounds", "1"]
    with monkeypatch.context() as patched:
        patched.setenv(MODEL, "")
        run = CliRunner().invoke(seedbed, asked)
    assert run.exit_code == 0, run.output
    assert json.loads((out / "plan.json").read_text())["encoder"].startswith("mine ")
    assert "encoder: mine " in run.output
