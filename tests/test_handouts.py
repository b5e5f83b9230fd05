"""The other sheets: exact stock, the right words, nothing that does not belong there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from card_files import WHY, entry, plan_files, question, trio
from card_page import everybody
from click.testing import CliRunner
from playwright.sync_api import Browser

from web.cards import HANDOUTS, PAPERS, SHEETS, PrintJob, UnknownChoice, sheet_from_files
from web.cards.blocks import Listing, Page, Text
from web.cards.handout import Handout, handout_of
from web.cards.handout_html import handout_html
from web.cards.measure import BOLD, breakable, text_width
from web.cards.sheet_words import SHEET_WORDS, sheet_words_of
from web.cards.stock import EDGE, Grid
from web.cli import seedbed

PEOPLE = {"a": "Amara Okonkwo", "b": "Ben Zimmer", "c": "Chiara Lombardi", "d": "Dai Xu"}
STOCK = [(handout, grid) for handout in HANDOUTS for grid in handout.stock]
handouts = pytest.mark.parametrize("handout", HANDOUTS, ids=lambda handout: handout.id)
grids = pytest.mark.parametrize(
    ("handout", "grid"), STOCK, ids=[f"{h.id}-{grid.paper.name}" for h, grid in STOCK]
)


def files(**changes: object) -> dict[str, bytes]:
    """Return a plan of two rounds: two pairs, then a trio and a pause."""
    pairs = (("1-01-A", "a", "b"), ("1-01-B", "b", "a"), ("1-02-A", "c", "d"), ("1-02-B", "d", "c"))
    first = [entry(card, reader, partner, **changes) for card, reader, partner in pairs]
    return plan_files([*first, *trio(1, "a", "b", "c"), entry("2-P01", "d", None)], PEOPLE)


def pages(name: str, **changes: object) -> list[Page]:
    handout = found(name)
    return list(
        handout.pages(sheet_from_files(files(**changes)), sheet_words_of("en"), handout.stock[0])
    )


def found(name: str) -> Handout:
    handout = handout_of(name)
    assert handout is not None
    return handout


def texts(page: Page) -> list[str]:
    return [block.text for block in page.blocks if isinstance(block, Text)]


def rows(page: Page) -> list[tuple[str, ...]]:
    return [row for block in page.blocks if isinstance(block, Listing) for row in block.rows]


def bare(text: str) -> str:
    return re.sub("[\u2068\u2069]", "", text)


@grids
def test_margins_pieces_and_gaps_add_up_to_the_sheet(handout: Handout, grid: Grid) -> None:
    across = 2 * grid.first_x + (grid.columns - 1) * grid.pitch_x + grid.width
    down = 2 * grid.first_y + (grid.rows - 1) * grid.pitch_y + grid.height
    assert (across, down) == pytest.approx((grid.paper.width, grid.paper.height), abs=0.1)


@grids
def test_text_keeps_away_from_cuts_folds_and_edges(handout: Handout, grid: Grid) -> None:
    assert min(grid.pad_x + grid.first_x, grid.pad_y + grid.first_y) >= EDGE
    assert min(grid.pad_x, grid.pad_y) >= 3.2
    assert grid.face_height <= grid.text_height


@pytest.mark.parametrize(
    ("name", "size", "fold"),
    [
        ("l7163", (99.1, 38.1), None),
        ("tent", (210, 148.5), 74.25),
        ("tent5302", (88.9, 101.6), 50.8),
        ("tent5305", (215.9, 127), 63.5),
        ("table-number", (297, 210), 105),
        ("spare", (105, 148), None),
    ],
)
def test_pieces_are_as_their_makers_cut_them(
    name: str, size: tuple[float, float], fold: float | None
) -> None:
    grid = found(name).stock[0]
    assert (grid.width, grid.height) == pytest.approx(size)
    assert grid.fold == pytest.approx(fold)


def test_a_badge_back_says_when_and_where() -> None:
    by_person = {page.label: rows(page) for page in pages("l7163")}
    assert by_person["Amara Okonkwo"] == [("10:28 Table 1", "10:40 Table 1")]
    assert by_person["Dai Xu"] == [("10:28 Table 2", "10:40 A break")]


def test_more_rounds_than_a_label_holds_take_another_label() -> None:
    many = [entry(f"{n}-01-A", "a", "b") for n in range(1, 21)]
    sheet = sheet_from_files(plan_files(many, PEOPLE, rounds=20))
    handout = found("l7163")
    made = list(handout.pages(sheet, sheet_words_of("en"), handout.stock[0]))
    stops = [cell for page in made for row in rows(page) for cell in row if cell]
    assert len(made) > 1
    assert [stop[:5] for stop in stops] == [card.time for card in sheet.cards]


def test_a_schedule_has_everything_of_one_person_on_one_page() -> None:
    amara = texts(pages("schedule")[1])
    assert [bare(text) for text in amara] == [
        "Amara Okonkwo",
        "Harbour Meetup",
        "Round 1 · 10:28 · Table 1",
        "Ben Zimmer",
        WHY,
        "How would you spend one free day back in Trieste?",
        "Round 2 · 10:40 · Table 1",
        "Ben Zimmer and Chiara Lombardi",
        WHY,
        "Ben: How would you spend one free day back in Trieste?",
        "Chiara: How would you spend one free day back in Trieste?",
    ]


def size_of(handout: str, rounds: int) -> int:
    """Return the type size of the first round of somebody with so many."""
    many = [entry(f"{n}-01-A", "a", "b") for n in range(1, rounds + 1)]
    sheet, chosen = sheet_from_files(plan_files(many, PEOPLE, rounds=rounds)), found(handout)
    page = next(iter(chosen.pages(sheet, sheet_words_of("en"), chosen.stock[0])))
    return next(b.size for b in page.blocks if isinstance(b, Listing) or "Round" in b.text)


def test_few_rounds_stand_in_large_type_and_many_in_no_less_than_12_points() -> None:
    assert [size_of("schedule", rounds) for rounds in (3, 6, 9, 18)] == [16, 14, 12, 12]
    assert [size_of("l7163", rounds) for rounds in (3, 6, 9, 20)] == [16, 16, 12, 12]


def test_reasons_then_questions_give_way_on_a_crowded_schedule() -> None:
    def said(rounds: int) -> list[str]:
        many = [entry(f"{n}-01-A", "a", "b") for n in range(1, rounds + 1)]
        sheet = sheet_from_files(plan_files(many, PEOPLE, rounds=rounds))
        handout = found("schedule")
        (page,) = handout.pages(sheet, sheet_words_of("en"), handout.stock[0])
        return texts(page)

    assert (WHY in said(6), WHY in said(12)) == (True, False)
    asks = "How would you spend one free day back in Trieste?"
    assert (asks in said(12), asks in said(18)) == (True, False)


def test_the_host_sees_tables_trios_pauses_and_spare_tables_but_no_reason() -> None:
    first, second = pages("host")
    assert [tuple(map(bare, row)) for row in rows(first)] == [
        ("1", "Amara Okonkwo and Ben Zimmer"),
        ("2", "Chiara Lombardi and Dai Xu"),
    ]
    notes = ["Break: Dai Xu", "Tables of three: 1", "Spare tables: 2"]
    assert [*map(bare, texts(second))] == ["Host sheet · Round 2 · 10:40", *notes]
    assert WHY not in str(first) + str(second)


def test_the_desk_lists_everybody_by_family_name() -> None:
    (page,) = pages("desk")
    names = [bare(row[0]) for row in rows(page)]
    assert names == ["Lombardi, Chiara", "Okonkwo, Amara", "Xu, Dai", "Zimmer, Ben"]


def test_introducers_see_whom_to_introduce_and_nobody_is_said_to_be_nobody() -> None:
    (page,) = pages("introducers")
    assert texts(page) == ["Introducers", "No card of this plan names an introducer."]
    one = [entry("1-01-A", "a", "b", introducer="c"), entry("1-01-B", "b", "a", introducer="c")]
    sheet = sheet_from_files(plan_files(one, PEOPLE))
    handout = found("introducers")
    (page,) = handout.pages(sheet, sheet_words_of("en"), handout.stock[0])
    assert page.label == "Chiara Lombardi"
    assert bare(texts(page)[-1]) == "Round 1 · 10:28 · Amara Okonkwo and Ben Zimmer"


def test_tents_and_numbers_are_large_enough_to_read_from_afar() -> None:
    assert min(block.size for page in pages("tent") for block in page.blocks) >= 36  # type: ignore[union-attr]
    (number,) = pages("table-number")[0].blocks
    assert (number.text, number.size) == ("1", 200)  # type: ignore[union-attr]


def test_below_a_given_name_on_a_tent_the_whole_name_is_no_footnote() -> None:
    long = "Maximiliana Theodora Freifrau von Hohenstein zu Rechtern Lombardi"
    made = plan_files([entry("1-01-A", "a", "b")], {"a": long, "b": "Bo"})
    tents = found("tent5305")
    all_pages = tents.pages(sheet_from_files(made), sheet_words_of("en"), tents.stock[0])
    (page,) = (page for page in all_pages if page.label == long)
    sizes = [block.size for block in page.blocks if isinstance(block, Text)]
    said = [bare(text) for text in texts(page)]
    assert (said, sizes[0] >= 36, sizes[1]) == (["Maximiliana", long], True, 14)


def test_a_name_from_right_to_left_keeps_its_order() -> None:
    made = plan_files([entry("1-01-A", "a", "b")], {"a": "שירה (Shira)", "b": "Bo"})
    sheet, tents = sheet_from_files(made), found("tent5305")
    names = [texts(page)[0] for page in tents.pages(sheet, sheet_words_of("en"), tents.stock[0])]
    assert "\u2068שירה (Shira)\u2069" in names


def test_a_title_from_right_to_left_stands_on_the_right() -> None:
    made = plan_files([entry("1-01-A", "a", "b")], PEOPLE, title="أمسية الجيران.")
    sheet, welcome = sheet_from_files(made), found("welcome")
    (page,) = welcome.pages(sheet, sheet_words_of("en"), welcome.stock[0])
    assert [block.text for block in page.blocks if block.rtl] == ["أمسية الجيران."]
    assert 'dir="rtl">أمسية' in handout_html(sheet, welcome)


def test_the_desk_finds_a_name_under_its_letter_whatever_stands_on_it() -> None:
    names = {"a": "Zoë Çelik", "b": "Bo Dahl", "c": "Hương Đặng", "d": "Łukasz Żółkiewski"}
    made = plan_files([entry("1-01-A", "a", "b"), entry("1-02-A", "c", "d")], names)
    (page,) = found("desk").pages(
        sheet_from_files(made), sheet_words_of("en"), found("desk").stock[0]
    )
    listed = [bare(row[0]).split(",")[0] for row in rows(page)]
    assert listed == ["Çelik", "Dahl", "Đặng", "Żółkiewski"]


def test_a_host_sheet_of_a_round_without_tables_has_no_empty_table() -> None:
    pauses = [entry("1-P01", "a", None), entry("1-P02", "b", None)]
    made = plan_files(pauses, {"a": "Ana", "b": "Bo"})
    (page,) = found("host").pages(
        sheet_from_files(made), sheet_words_of("en"), found("host").stock[0]
    )
    assert [bare(text) for text in texts(page)][1:] == ["Break: Ana and Bo"]
    assert rows(page) == []


@pytest.mark.parametrize(
    ("word", "printed"),
    [
        ("제갈공명", "제\u2060갈\u2060공\u2060명"),
        ("東久世", "東\u2060久\u2060世"),
        ("歐陽建國與司馬", "歐陽建國與司馬"),
        ("iriez-vous", "iriez-\u2060vous"),
    ],
)
def test_a_word_that_a_line_holds_is_not_parted(word: str, printed: str) -> None:
    assert breakable(f"{word} {word}", 8.0) == f"{printed} {printed}"


def test_no_short_word_stands_alone_on_the_last_line() -> None:
    sentence = "Of 48 people here, three have lived in Trieste. You are two of them."
    assert breakable(sentence, 30.0).endswith("You are two of\xa0them.")
    assert breakable(sentence, 6.0).endswith("You are two of them.")
    assert breakable("Ana de la Cruz", 30.0) == "Ana de la Cruz"


@pytest.mark.parametrize(
    "name", ["Marie-Hélène O'Shaughnessy-N'Diaye d'Aubigné", "Wolfeschlegelsteinhausen Li"]
)
def test_no_word_of_a_name_is_broken_on_a_narrow_tent(name: str) -> None:
    made = plan_files([entry("1-01-A", "a", "b")], {"a": name, "b": "Bo"})
    tents = found("tent5302")
    (grid,) = tents.stock
    made_pages = tents.pages(sheet_from_files(made), sheet_words_of("en"), grid)
    (page,) = (page for page in made_pages if page.label == name)
    first = page.blocks[0]
    assert isinstance(first, Text)
    widest = max(text_width(word) for word in first.text.split())
    assert bare(first.text) == name.split()[0]
    assert widest * BOLD * first.size <= grid.text_width


def test_who_pauses_is_told_apart_in_any_script() -> None:
    people = {"a": "محمد علي", "b": "שירה בן-דוד"}
    made = plan_files([entry("1-P01", "a", None), entry("1-P02", "b", None)], people)
    host = found("host")
    (page,) = host.pages(sheet_from_files(made), sheet_words_of("en"), host.stock[0])
    assert sum(f"\u2068{name}\u2069" in texts(page)[1] for name in people.values()) == 2


def test_spare_cards_ask_five_questions_each() -> None:
    made = pages("spare")
    asked = [[text for text in texts(page) if text.endswith("?")] for page in made]
    assert [len(questions) for questions in asked] == [5] * 4
    assert len({text for questions in asked for text in questions}) >= 10


@handouts
@pytest.mark.parametrize("words", SHEET_WORDS, ids=lambda words: words.language)
def test_every_sheet_speaks_every_language(handout: Handout, words: object) -> None:
    language = words.language  # type: ignore[attr-defined]
    asked = [question("open", "Was?") | {"language": language}]
    pair = [entry("1-01-A", "a", "b", questions=asked), entry("1-01-B", "b", "a", questions=asked)]
    html = PrintJob(layout=handout.id).html(
        sheet_from_files(plan_files(pair, PEOPLE, language=language))
    )
    assert f'lang="{language}"' in html
    assert getattr(words, handout.word) in html.replace("&#39;", "'")


def test_no_sheet_is_in_an_unknown_language_paper_or_layout() -> None:
    with pytest.raises(UnknownChoice, match="Known languages: en, de, fr, es"):
        sheet_words_of("xx")
    with pytest.raises(UnknownChoice, match="Known papers: a4, letter"):
        found("tent").on("a3")
    with pytest.raises(UnknownChoice, match=r"Known layouts: a6x4, .*, spare\."):
        PrintJob(layout="a0")


@handouts
def test_no_accessibility_violation(handout: Handout, browser: Browser) -> None:
    with browser.new_page() as page:
        page.set_content(PrintJob(layout=handout.id).html(sheet_from_files(everybody("a6x4"))))
        assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_the_command_prints_every_sheet(tmp_path: Path, paper: str) -> None:
    for name, content in files().items():
        (tmp_path / name).write_bytes(content)
    target = tmp_path / "host.pdf"
    asked = ["cards", str(tmp_path), "--layout", "host", "--paper", paper, "--out", str(target)]
    done = CliRunner().invoke(seedbed, asked)
    assert (done.exit_code, done.output) == (0, f"{target}\n")
    assert target.read_bytes().startswith(b"%PDF-1.7")


def test_every_sheet_is_documented() -> None:
    reference = (Path(__file__).parent.parent / "docs" / "reference.md").read_text("utf-8")
    assert [name for name, _ in SHEETS if f"`{name}`" not in reference] == []


def test_whose_name_no_tent_holds_in_36_points_is_said(tmp_path: Path) -> None:
    long = "Wolfeschlegelsteinhausenbergerdorff"
    made = plan_files(
        [entry("1-01-A", "a", "b"), entry("1-01-B", "b", "a")], {"a": long, "b": "Bo"}
    )
    (notice,) = PrintJob(layout="tent5302").notices(sheet_from_files(made))
    assert long in notice
    assert PrintJob(layout="schedule").notices(sheet_from_files(made)) == ()
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    asked = ["cards", str(tmp_path), "--layout", "tent5302", "--out", str(tmp_path / "tents.html")]
    assert "smaller than 36 points" in CliRunner().invoke(seedbed, asked).stderr
