"""The organizer's own words on cards: questions, tone, banned words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from matcher.errors import BankError
from matcher.questions import Formality, questions_of_lines, read_style, read_templates
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


def test_an_answer_that_is_kept_off_is_named_nowhere_and_changes_no_pairing(tmp_path: Path) -> None:
    assert match(tmp_path).exit_code == 0
    pairings = (tmp_path / "plan" / "pairings.csv").read_text("utf-8")
    assert match(tmp_path, "--keep-off", "hobby").exit_code == 0
    assert "chess" not in said(tmp_path)
    rows = zip(
        pairings.splitlines(),
        (tmp_path / "plan" / "pairings.csv").read_text("utf-8").splitlines(),
        strict=True,
    )
    assert all(old.split(",")[:5] == new.split(",")[:5] for old, new in rows)
    refused = match(tmp_path, "--keep-off", "shoe")
    assert (refused.exit_code, "no field 'shoe'" in refused.output) == (2, True)


def test_two_people_are_looked_at_before_there_is_a_plan(tmp_path: Path) -> None:
    people, target = tmp_path / "people.csv", tmp_path / "two.html"
    people.write_text(PEOPLE, "utf-8")
    asked = ["preview", str(people), "Ana", "Ben", "--title", "Chess night", "--out", str(target)]
    assert CliRunner().invoke(seedbed, asked).exit_code == 0
    page = target.read_text("utf-8")
    assert (page.count("<article"), "chess" in page) == (2, True)
    refused = CliRunner().invoke(
        seedbed, ["preview", str(people), "Ana", "Ana", "--out", str(target)]
    )
    assert (refused.exit_code, "choose somebody else" in refused.output) == (2, True)


def test_lines_are_questions_that_keep_their_line() -> None:
    text = questions_of_lines('\nWhat did "they" say to you?\n\nWhere do you live?', "en")
    first, second = read_templates(text, "lines", "en")
    assert (first.line, first.text, second.line) == (2, 'What did "they" say to you?', 4)


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
