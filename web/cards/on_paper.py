"""Sheets on plain paper: a person's schedule, and what those who run the event hold in their hands.

Nothing here says why two people meet, except to one of the two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from matcher.profile import Profile
from web.cards.blocks import Block, Listing, Page, Text, height_of, set_name
from web.cards.labels import Labels, isolated, labels_of
from web.cards.rows import next_stop
from web.cards.sheet import Card, CardSheet, Order
from web.cards.sheet_words import SheetWords
from web.cards.stock import Grid

__all__ = [
    "desk_list",
    "exchange_list",
    "host_sheet",
    "introducer_sheet",
    "schedules",
    "welcome_sheet",
]

_NAME_SIZES = (28, 24, 20, 18)

_WHOLE = frozenset({"why", "ask"})
_SCHEDULES = (
    *((size, _WHOLE) for size in (16, 14, 12)),
    (12, frozenset({"ask"})),
    (12, frozenset[str]()),
)
"""Type sizes of a schedule and what it says of each round, the best first."""


def schedules(sheet: CardSheet, words: SheetWords, grid: Grid) -> Iterator[Page]:
    """Yield each person's rounds on one page, as large as it fits; then reasons give way first."""
    event = (Text(text=sheet.title, size=14, grey=True, gap=0),) if sheet.title else ()
    for person, cards in sheet.by_reader():
        head = (*set_name(person, grid, _NAME_SIZES, grid.text_height / 4), *event)
        for size, shown in _SCHEDULES:
            blocks = (*head, *(block for card in cards for block in _round(card, size, shown)))
            if height_of(blocks, grid.text_width) <= grid.text_height:
                break
        yield Page(label=person.name, blocks=blocks)


def _round(card: Card, size: int, shown: frozenset[str]) -> Iterator[Block]:
    labels = labels_of(card.language)
    where = f"{labels.table} {card.table}" if card.table else labels.pause
    place = " · ".join(filter(None, (labels.in_round(card.round), card.time, where)))
    yield Text(text=place, size=size, grey=True, level=2, gap=size - 2)
    if card.is_sit_out:
        yield Text(text=labels.alone if card.alone else labels.not_alone, size=size, gap=1)
        yield Text(text=f"{labels.next}: {next_stop(card, labels)}", size=size, gap=1)
        return
    names = _listed([ask.partner for ask in card.asks], labels)
    yield Text(text=names, size=size + 2, bold=True, gap=0)
    if "why" in shown and card.why:
        yield Text(text=card.why, size=size, gap=1)
    if "ask" in shown:
        for ask in card.asks:
            lead = labels.say(labels.about, name=ask.partner.short_name) if card.is_trio else ""
            yield Text(text=f"{lead} {ask.open}".strip(), size=size, gap=1)


def host_sheet(sheet: CardSheet, words: SheetWords, grid: Grid) -> Iterator[Page]:
    """Yield who sits where, round by round, and what the host should know. No reasons."""
    labels = labels_of(sheet.language)
    head = (labels.table, words.people)
    rounds = groupby(sheet.sorted_by(Order.ROUND), key=lambda card: (card.round, card.time))
    for (number, time), cards in rounds:
        title = " · ".join(filter(None, (labels.in_round(number), time)))
        seated, pausing = _seats(cards)
        rows = tuple((str(table), _listed(people, labels)) for table, people in seated.items())
        notes = (
            (words.pauses, "names", _listed(pausing, labels)),
            (words.trios, "tables", _numbers(table for table in seated if len(seated[table]) > 2)),
            (words.spare_tables, "tables", _numbers(set(sheet.tables).difference(seated))),
        )
        yield Page(
            label=title,
            blocks=(
                Text(text=f"{words.host} · {title}", size=20, bold=True, level=1, gap=0),
                *(Text(text=say.format(**{gap: said}), gap=4) for say, gap, said in notes if said),
                *([Listing(head=head, rows=rows, widths=(2, 10))] if rows else []),
            ),
        )


def _seats(cards: Iterator[Card]) -> tuple[dict[int, list[Profile]], list[Profile]]:
    seated: dict[int, list[Profile]] = defaultdict(list)
    pausing = []
    for card in cards:
        if card.table is None:
            pausing.append(card.reader)
        else:
            seated[card.table].append(card.reader)
    return seated, pausing


def desk_list(sheet: CardSheet, words: SheetWords, grid: Grid) -> Iterator[Page]:
    """Yield everybody by family name, with boxes to tick."""
    head = (words.name, words.arrived, words.large_print, words.pack)
    rows = tuple((_sorted_name(person), "", "", "") for person in sheet.people)
    title = " · ".join(filter(None, (words.desk, sheet.title)))
    yield Page(
        label=words.desk,
        blocks=(
            Text(text=title, size=20, bold=True, level=1, gap=0),
            Listing(head=head, rows=rows, widths=(6, 2, 2, 2)),
        ),
    )


def _sorted_name(person: Profile) -> str:
    if person.family_name and person.given_name:
        return f"{isolated(person.family_name)}, {isolated(person.given_name)}"
    return isolated(person.name)


def exchange_list(sheet: CardSheet, words: SheetWords, grid: Grid) -> Iterator[Page]:
    """Yield round by round who holds a card of an earlier plan that is wrong now."""
    labels = labels_of(sheet.language)
    title = Text(text=words.exchange, size=20, bold=True, level=1, gap=0)
    if not sheet.changes:
        said = words.no_earlier if sheet.changes is None else words.no_exchange
        yield Page(label=words.exchange, blocks=(title, Text(text=said)))
    for number, changes in groupby(sheet.changes or (), key=lambda change: change.round):
        rows = tuple(
            (isolated(change.reader.name), _seat(change.old, labels), _seat(change.new, labels))
            for change in changes
        )
        place = Text(text=labels.in_round(number), size=16, bold=True, level=2)
        listing = Listing(head=(words.name, words.back, words.out), rows=rows, widths=(4, 4, 4))
        yield Page(label=labels.in_round(number), blocks=(title, place, listing))


def _seat(card: Card | None, labels: Labels) -> str:
    """Return which card it is and where it leads, as a floor host looks for it."""
    if card is None:
        return "–"
    if card.table is None:
        return f"{card.id} · {labels.pause}"
    partners = _listed([ask.partner for ask in card.asks], labels)
    return f"{card.id} · {labels.table} {card.table} · {partners}"


def introducer_sheet(sheet: CardSheet, words: SheetWords, grid: Grid) -> Iterator[Page]:
    """Yield for each introducer whom they may be asked to introduce."""
    labels = labels_of(sheet.language)
    asked: dict[Profile, dict[tuple[int, str], str]] = defaultdict(dict)
    for card in sheet.sorted_by(Order.ROUND):
        if card.introducer:
            pair = sorted((card.reader, card.asks[0].partner), key=lambda one: one.sort_key)
            names = labels.say(words.pair, reader=pair[0].name, partner=pair[1].name)
            asked[card.introducer][card.round, names] = card.time
    if not asked:
        title = Text(text=words.introducers, size=20, bold=True, level=1, gap=0)
        yield Page(label=words.introducers, blocks=(title, Text(text=words.no_introducers)))
    for person in sorted(asked, key=lambda one: one.sort_key):
        lines = (
            Text(text=" · ".join(filter(None, (labels.in_round(number), time, names))), gap=6)
            for (number, names), time in asked[person].items()
        )
        name = set_name(person, grid, _NAME_SIZES, grid.text_height / 4)
        yield Page(label=person.name, blocks=(*name, Text(text=words.may_introduce), *lines))


def welcome_sheet(sheet: CardSheet, words: SheetWords, grid: Grid) -> Iterator[Page]:
    """Yield the one page that says how it works."""
    title = Text(text=sheet.title or words.welcome, size=28, bold=True, level=1, gap=0)
    yield Page(
        label=words.welcome,
        blocks=(
            title,
            *([Text(text=sheet.welcome, size=18, gap=9)] if sheet.welcome else []),
            Text(text=words.how, size=18, bold=True, level=2, gap=18),
            *(Text(text=step, size=16, gap=9) for step in words.steps),
            Text(text=words.good, size=18, bold=True, level=2, gap=24),
            *(Text(text=note, size=16, gap=9) for note in words.notes),
        ),
    )


def _listed(people: Sequence[Profile], labels: Labels) -> str:
    return labels.listed([person.name for person in people])


def _numbers(tables: Iterator[int] | set[int]) -> str:
    return ", ".join(map(str, sorted(tables)))
