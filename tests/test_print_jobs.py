"""Print jobs: where pieces stand, what a printer is off, and large jobs put together."""

from __future__ import annotations

import io
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from card_files import entry, plan_files, with_partner
from click.testing import CliRunner
from ink import PPI, ink_outside

from web.cards import (
    CardsError,
    CardSheet,
    Imposition,
    PrintJob,
    Stopped,
    UnknownChoice,
    parts,
    pdf,
    sheet_from_files,
)
from web.cards.handout import handout_of
from web.cards.handout_pdf import typeset_handout
from web.cards.impose import imposed
from web.cards.merge import merged
from web.cards.pdf import typeset
from web.cli import seedbed


def many(cards: int) -> dict[str, bytes]:
    """Return a plan in which one person has so many cards."""
    people = {"a": "Amara Okonkwo", "b": "Ben Zimmer"}
    entries = [entry(f"{n}-01-A", "a", "b") for n in range(1, cards + 1)]
    return plan_files(entries, people, rounds=cards)


@pytest.mark.parametrize("count", [0, 1, 4, 5, 23])
def test_cut_piles_laid_on_each_other_are_sorted(count: int) -> None:
    sheets = imposed(range(count), 4, Imposition(stacked=True))
    piles = [sheet[place] for place in range(4) for sheet in sheets]
    assert [piece for piece in piles if piece is not None] == list(range(count))


def test_a_part_used_sheet_is_filled_first() -> None:
    first, second = imposed("abc", 4, Imposition(start=3))
    assert (first, second) == ([None, None, "a", "b"], ["c"])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"start": 0}, "numbered from 1"),
        ({"start": 2, "stacked": True}, "needs whole sheets"),
        ({"shift": (0.0, -5.1)}, "at most 5 mm each way"),
    ],
)
def test_what_no_sheet_allows_is_refused_in_words(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(UnknownChoice, match=said):
        Imposition(**wrong)


def test_a_sheet_has_only_so_many_places() -> None:
    job = PrintJob(layout="l7163", imposition=Imposition(start=15))
    with pytest.raises(UnknownChoice, match="14 places, so none to start at number 15"):
        job.pdf(sheet_from_files(with_partner("Ada Li")))


def test_a_page_on_the_screen_is_not_laid_out() -> None:
    job = PrintJob(imposition=Imposition(stacked=True))
    with pytest.raises(UnknownChoice, match=r"ends in \.pdf"):
        job.html(sheet_from_files(with_partner("Ada Li")))


def test_an_offset_moves_everything_by_what_the_printer_is_off() -> None:
    handout = handout_of("l7163")
    assert handout is not None
    sheet, grid = sheet_from_files(with_partner("Ada Li")), handout.stock[0]
    moved = Imposition(shift=(5.0, 5.0), start=14)
    png = typeset_handout(sheet, handout, "a4", moved, format="png", ppi=PPI)[1]
    x, y = grid.corners[13]
    inked = [
        ((at + 0.5) * 25.4 / PPI, (line + 0.5) * 25.4 / PPI) for at, line in all_ink(png, grid)
    ]
    assert min(across for across, _ in inked) >= x + grid.pad_x + 5 - 2.2
    assert min(down for _, down in inked) >= y + grid.pad_y + 5 - 2.2


def all_ink(png: bytes, grid: Any) -> list[tuple[int, int]]:
    return ink_outside(png, replace(grid, columns=0))


@pytest.mark.parametrize("order", ["name", "round"])
@pytest.mark.parametrize("laid", [Imposition(), Imposition(stacked=True), Imposition(start=3)])
def test_a_preview_is_the_first_sheet_whatever_else_is_printed(
    order: str, laid: Imposition
) -> None:
    sheet = sheet_from_files(many(10))
    whole = typeset(sheet, "a6x4", order, laid, format="png", ppi=96)
    assert PrintJob(order=order, imposition=laid).preview(sheet) == whole[1]


def test_a_large_job_is_one_file_with_every_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 4)
    done: dict[tuple[int, int], bool] = {}
    sheet = sheet_from_files(many(10))
    made = PrintJob().pdf(sheet, lambda *step: done.setdefault(step, True))
    assert list(done) == [(0, 10), (4, 10), (8, 10), (10, 10)]
    assert b"pdfuaid:part" in made
    with pikepdf.open(io.BytesIO(made)) as whole:
        assert len(whole.pages) == 1 + 3
        assert headings(whole) == 1 + len(sheet.cards)
        assert all_pages_find_their_elements(whole)


def test_a_large_job_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 4)
    with pytest.raises(Stopped, match="so there is none"):
        PrintJob().pdf(sheet_from_files(many(10)), lambda done, of: done < 4)


def test_a_part_that_is_ended_from_outside_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parts, "PART", 4)

    def end(done: int, of: int) -> bool:
        for child in active_children():
            child.kill()
        return True

    with pytest.raises(CardsError, match="ended from outside"):
        PrintJob().pdf(sheet_from_files(many(10)), end)


def test_what_a_part_cannot_print_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 4)
    monkeypatch.setattr(pdf, "drawable", lambda job, _sheet: job)
    sheet = sheet_from_files(many(10))
    strange = replace(sheet.cards[9], why="You both read \U00012000.")
    with pytest.raises(CardsError, match="could not be displayed"):
        PrintJob().pdf(replace(sheet, cards=(*sheet.cards[:9], strange)))


def test_a_stopped_job_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 4)
    with pytest.raises(Stopped):
        PrintJob().pdf(sheet_from_files(many(10)), lambda done, of: not active_children())
    for child in active_children():
        child.join(timeout=5)
    assert active_children() == []


def test_schedules_of_many_are_set_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 2)
    job = PrintJob(layout="schedule")
    with pikepdf.open(io.BytesIO(job.pdf(crowd(5)))) as whole:
        assert (len(whole.pages), all_pages_find_their_elements(whole)) == (5, True)


def test_everybodys_schedule_is_numbered_by_itself() -> None:
    handout = handout_of("schedule")
    assert handout is not None
    first, *others = typeset_handout(crowd(3), handout, "a4", format="png", ppi=PPI)
    assert others == [first, first]


def crowd(people: int) -> CardSheet:
    """Return so many people of one name, each with the same card."""
    sheet = sheet_from_files(many(1))
    readers = tuple(replace(sheet.people[0], id=f"p{n}") for n in range(people))
    cards = tuple(replace(sheet.cards[0], reader=reader) for reader in readers)
    return replace(sheet, people=readers, cards=cards)


def headings(whole: pikepdf.Pdf) -> int:
    found, waiting = 0, [whole.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        found += element.S == "/H1"
        kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
        waiting += [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return found


def all_pages_find_their_elements(whole: pikepdf.Pdf) -> bool:
    tree = pikepdf.NumberTree(whole.Root.StructTreeRoot.ParentTree)
    return all(
        element.get("/Pg", page.obj).objgen == page.obj.objgen
        for page in whole.pages
        for element in tree[int(page.StructParents)]
    )


def test_parts_put_together_say_what_one_would() -> None:
    one = PrintJob().pdf(sheet_from_files(many(4)))
    assert merged([one]) == one
    assert merged([one, one]) == merged([one, one])


def test_the_command_takes_all_of_it(tmp_path: Path) -> None:
    for name, content in with_partner("Amara Okonkwo").items():
        (tmp_path / name).write_bytes(content)
    target = tmp_path / "labels.pdf"
    asked = ["cards", str(tmp_path), "--layout", "l7163", "--start-at", "3", "--shift", "1", "-0.5"]
    done = CliRunner().invoke(seedbed, [*asked, "--out", str(target)])
    assert (done.exit_code, done.output) == (0, f"{target}\n")
    refused = CliRunner().invoke(
        seedbed, [*asked, "--stack", "--out", str(target)], catch_exceptions=False
    )
    assert (refused.exit_code, "needs whole sheets" in refused.output) == (2, True)
