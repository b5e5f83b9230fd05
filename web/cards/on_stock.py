"""Sheets on exact stock: what stands on a label, a tent, a table number, a spare card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.profile import Profile
from matcher.questions import load_bank
from web.cards.blocks import LEADING, Blank, Block, Listing, Page, Text, height_of, set_name
from web.cards.errors import CardsError
from web.cards.labels import Labels, labels_of
from web.cards.measure import line_count
from web.cards.sheet import Card, CardSheet
from web.cards.sheet_words import SheetWords
from web.cards.stock import Grid

__all__ = ["badge_backs", "below_tent_size", "name_tents", "spare_cards", "table_numbers"]

_QUESTIONS = 5
_TENT_SIZES = (72, 60, 54, 48, 44, 40, 36)
_LABEL_SIZES = (18, 16, 14)
_STOP_SIZES = (16, 14, 13, 12)
_SPARE_SIZES = (14, 12)
_LINE = 12 * LEADING


def badge_backs(sheet: CardSheet, words: SheetWords, grid: Grid) -> Iterator[Page]:
    """Yield each person's rounds, times and tables, as large as one label holds them all.

    A further label where even the smallest type has no room.
    """
    labels = labels_of(sheet.language)
    for person, cards in sheet.by_reader():
        stops = [_stop(card, labels) for card in cards]
        name = set_name(person, grid, _LABEL_SIZES, grid.text_height - 2 * _LINE)
        for size in _STOP_SIZES:
            columns = _columns(stops, grid, size)
            whole: tuple[Block, ...] = (*name, _in_columns(stops, columns, size))
            if height_of(whole, grid.text_width) <= grid.text_height:
                break
        lines = int((grid.text_height - height_of(name, grid.text_width)) / (size * LEADING))
        for start in range(0, len(stops), lines * columns):
            part = stops[start : start + lines * columns]
            yield Page(label=person.name, blocks=(*name, _in_columns(part, columns, size)))


def _stop(card: Card, labels: Labels) -> str:
    when = card.time or labels.in_round(card.round)
    return f"{when} {labels.table} {card.table}" if card.table else f"{when} {labels.pause}"


def _columns(stops: Sequence[str], grid: Grid, size: int) -> int:
    def fits(columns: int) -> bool:
        room = grid.text_width / columns / size - 1
        return all(line_count(stop, room) == 1 for stop in stops)

    for columns in (3, 2, 1):
        if fits(columns):
            return columns
    raise CardsError(f"{grid.id} has no room for {max(stops, key=len)!r} on one line.")


def _in_columns(stops: Sequence[str], columns: int, size: int) -> Listing:
    """Return the stops from left to right, row by row: so they are read out, too."""
    padded = [*stops, *[""] * (-len(stops) % columns)]
    rows = (tuple(padded[at : at + columns]) for at in range(0, len(padded), columns))
    return Listing(rows=tuple(rows), widths=(12 // columns,) * columns, size=size)


def name_tents(sheet: CardSheet, words: SheetWords, grid: Grid) -> Iterator[Page]:
    """Yield everybody's name, as large as it fits on one face."""
    for person in sheet.people:
        name = set_name(person, grid, _TENT_SIZES, grid.face_height)
        yield Page(label=person.name, blocks=name)


def below_tent_size(sheet: CardSheet, grid: Grid) -> Iterator[Profile]:
    """Yield those whose name is a word so long that a tent shows it smaller than 36 points."""
    for person in sheet.people:
        if set_name(person, grid, _TENT_SIZES, grid.face_height)[0].size < _TENT_SIZES[-1]:
            yield person


def table_numbers(sheet: CardSheet, words: SheetWords, grid: Grid) -> Iterator[Page]:
    """Yield every table that somebody sits at in some round."""
    label = labels_of(sheet.language).table
    for table in sheet.tables:
        number = Text(text=str(table), size=200, bold=True, level=1, gap=0)
        yield Page(label=f"{label} {table}", blocks=(number,))


def spare_cards(sheet: CardSheet, words: SheetWords, grid: Grid) -> Iterator[Page]:
    """Yield a sheet of blank cards for walk-ins, each with other questions about the event."""
    bank = load_bank(sheet.language)
    plain = [
        template.text
        for template in bank.stages["open"]
        if template.area == "event" and not template.slots and not template.needs
    ]
    for number in range(grid.per_sheet):
        start = number * _QUESTIONS
        asked = [plain[at % len(plain)] for at in range(start, start + _QUESTIONS)]
        blocks = _fitting([_spare(sheet, words, asked, size) for size in _SPARE_SIZES], grid)
        yield Page(label=f"{words.spare} {number + 1}", blocks=blocks)


def _spare(
    sheet: CardSheet, words: SheetWords, asked: Sequence[str], size: int
) -> tuple[Block, ...]:
    return (
        Text(text=sheet.title or words.welcome, size=size + 2, bold=True, level=1, gap=0),
        Blank(label=words.walk_in),
        Blank(label=words.met),
        Text(text=words.method, gap=12),
        *(Text(text=question, size=size, bold=True, gap=size - 6) for question in asked),
        Text(text=labels_of(sheet.language).short_turns, grey=True, gap=12),
    )


def _fitting(settings: Sequence[tuple[Block, ...]], grid: Grid) -> tuple[Block, ...]:
    """Return the first that fits, or the last without questions whose room a long title takes."""
    for blocks in settings:
        if height_of(blocks, grid.text_width) <= grid.text_height:
            return blocks
    while height_of(blocks, grid.text_width) > grid.text_height and len(blocks) > _QUESTIONS:
        blocks = (*blocks[:-2], blocks[-1])
    return blocks
