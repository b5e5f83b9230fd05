"""The organizer's own words on cards: questions, tone, banned words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from matcher.errors import BankError
from matcher.questions import Formality, read_style
from web.cli import seedbed

OWN = """language = "en"

[[template]]
id = "harbour-01"
area = "event"
stage = "open"
text = "What did you notice on your way along the harbour?"
"""
PEOPLE = "name,hobby\nAna,chess\nBen,chess\nCleo,\nDan,\n"


def match(folder: Path, *options: str) -> Result:
    people = folder / "people.csv"
    people.write_text(PEOPLE, "utf-8")
    command = ["match", str(people), "--out", str(folder / "plan"), "--rounds", "3", *options]
    return CliRunner().invoke(seedbed, command)


def said(folder: Path) -> str:
    text = (folder / "plan" / "introductions.json").read_text("utf-8")
    entries: list[dict[str, Any]] = json.loads(text)
    return "\n".join(
        text
        for entry in entries
        for text in (entry["headline"] or "", *(ask["text"] for ask in entry["questions"]))
    )


def test_own_questions_stand_on_cards_and_change_no_pairing(tmp_path: Path) -> None:
    assert match(tmp_path).exit_code == 0
    plain, pairings = said(tmp_path), (tmp_path / "plan" / "pairings.csv").read_bytes()
    (tmp_path / "own.toml").write_text(OWN, "utf-8")
    assert match(tmp_path, "--questions", str(tmp_path / "own.toml")).exit_code == 0
    assert "along the harbour?" not in plain
    assert "along the harbour?" in said(tmp_path)
    assert (tmp_path / "plan" / "pairings.csv").read_bytes() == pairings


def test_a_question_that_breaks_a_rule_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN.replace("What did you", "Why did you"), "utf-8")
    refused = match(tmp_path, "--questions", str(tmp_path / "own.toml"))
    assert refused.exit_code == 2
    assert "line 4" in refused.output
    assert "Q6" in refused.output


def test_a_banned_word_stands_on_no_card(tmp_path: Path) -> None:
    assert match(tmp_path).exit_code == 0
    assert "chess" in said(tmp_path)
    assert match(tmp_path, "--ban", "chess").exit_code == 0
    assert "chess" not in said(tmp_path)


def test_the_tone_is_the_organizers(tmp_path: Path) -> None:
    match(tmp_path, "--language", "de", "--tone", "informal")
    assert " du " in said(tmp_path)
    match(tmp_path, "--language", "de", "--tone", "formal")
    assert " du " not in said(tmp_path)
    assert " Sie " in said(tmp_path)


def test_files_of_one_language_are_one_file() -> None:
    with pytest.raises(BankError, match="Two files hold questions in 'en'"):
        read_style([OWN, OWN])


@pytest.mark.parametrize(
    ("text", "problem"),
    [("language =", "not a TOML file"), ('language = "tlh"', r"in 'tlh'.*en, de, fr, es")],
)
def test_a_file_says_which_language_it_is_in(text: str, problem: str) -> None:
    with pytest.raises(BankError, match=problem):
        read_style([text])


def test_a_style_is_what_was_chosen() -> None:
    style = read_style([OWN], Formality.FORMAL, [" synergy* ", ""])
    assert (style.own, style.banned) == ({"en": OWN}, ("synergy*",))
    assert style.formality["de"] is Formality.FORMAL
