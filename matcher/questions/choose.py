"""Which question stands on which card, without a repeat.

No reader asks the same question twice and no partner hears the same twice, whatever the language.
Each stage is an edge colouring with lists: `colour` gives the guarantee, this module the lists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from matcher.introduction import Introduction, Question
from matcher.questions.asking import Asking, spread
from matcher.questions.bank import Bank
from matcher.questions.colour import assign, largest_degree
from matcher.questions.even import even_out
from matcher.questions.speaker import Filled, Speaker
from matcher.questions.template import QUESTION_STAGES

__all__ = ["Choice", "choose"]

_Meeting = tuple[int, str, str]
"""Round, reader, partner."""
_Said = tuple[str, str]
"""Template and text."""


@dataclass(frozen=True)
class Choice:
    """The questions of one asking.

    Parameters
    ----------
    questions
        By stage; one is missing only where the bank has too few for so many meetings.
    specific
        Whether the opener names a fact of the partner.
    """

    questions: tuple[Question, ...]
    specific: bool


def choose(
    askings: Sequence[Asking],
    speakers: Mapping[str, Speaker],
    random: Random,
    printed: Iterable[Introduction] = (),
) -> tuple[Choice, ...]:
    """Return the questions of each asking, in the same order.

    Parameters
    ----------
    askings
        All of one event, in a reproducible order.
    speakers
        One for each language of an asking. Templates with the same id are the same question in
        every language.
    random
        Decides between questions that fit equally well.
    printed
        Introductions on cards that are handed out: where the same two meet in the same round, they
        keep their questions, as long as these still fit. Nobody asks or hears those again.

    Notes
    -----
    With Δ the most cards of one person, every asking gets a list of Δ questions: of the chosen
    fact, then of the partner's other facts, then of the event. O(templates · askings). Those who
    have printed cards get Δ questions beside those on them, Δ of the cards that are new.
    """
    kept = _kept(printed)
    mine = [speakers[asking.language] for asking in askings]
    colours = _colours(speaker.bank for speaker in speakers.values())
    own = frozenset[str]().union(*(speaker.bank.own for speaker in speakers.values()))
    options = [who.options(asking) for who, asking in zip(mine, askings, strict=True)]
    fitting = [
        who.openers(asking, picked, facts)
        for who, asking, picked, facts in zip(
            mine, askings, spread(askings, options), options, strict=True
        )
    ]
    openers = _stage(askings, fitting, colours, own, random, kept.get("open", {}))
    about = [said.fact if said else who.event for who, said in zip(mine, openers, strict=True)]
    chosen = [[said] for said in openers]
    full = [at for at, asking in enumerate(askings) if asking.full]
    for stage in QUESTION_STAGES[1:]:
        fitting = [mine[at].later(stage, askings[at], about[at]) for at in full]
        asked = [askings[at] for at in full]
        found = _stage(asked, fitting, colours, own, random, kept.get(stage, {}))
        for at, said in zip(full, found, strict=True):
            chosen[at].append(said)
    return tuple(
        Choice(tuple(who.question(said) for said in row if said), bool(fact.kind))
        for who, row, fact in zip(mine, chosen, about, strict=True)
    )


def _kept(printed: Iterable[Introduction]) -> dict[str, dict[_Meeting, _Said]]:
    """Return by stage what stands on a printed card of a reader about a partner."""
    kept: dict[str, dict[_Meeting, _Said]] = defaultdict(dict)
    for entry in printed:
        for question in entry.questions:
            meeting = entry.round, entry.reader, entry.partner or ""
            kept[question.stage][meeting] = question.template, question.text
    return kept


def _stage(
    askings: Sequence[Asking],
    fitting: Iterable[Iterator[Filled]],
    colours: Mapping[str, str],
    own: Collection[str],
    random: Random,
    kept: Mapping[_Meeting, _Said],
) -> list[Filled | None]:
    """Give each asking one question that fits, so that nobody asks or hears one twice."""
    final: list[Filled | None] = [None] * len(askings)
    new: list[tuple[Asking, Iterable[Filled]]] = []
    spent: dict[tuple[int, str], set[str]] = defaultdict(set)
    for at, (asking, entries) in enumerate(zip(askings, fitting, strict=True)):
        final[at], rest = _held(asking, entries, kept)
        if said := final[at]:
            for end in _ends(asking):
                spent[end].add(colours[said.template.id])
        else:
            new.append((asking, rest))
    open_askings = [asking for asking, _ in new]
    edges = [(asking.reader.id, asking.partner.id) for asking in open_askings]
    wanted = largest_degree(edges)
    lists = [
        _first(entries, wanted, colours, set[str]().union(*(spent[end] for end in _ends(asking))))
        for asking, entries in new
    ]
    given = assign(edges, lists, _order(lists, own, random))
    evened = zip(lists, even_out(open_askings, lists, given, random), strict=True)
    return [
        said
        or next((entries[colour] if colour is not None else None for entries, colour in evened))
        for said in final
    ]


def _held(
    asking: Asking, entries: Iterator[Filled], kept: Mapping[_Meeting, _Said]
) -> tuple[Filled | None, Iterable[Filled]]:
    """Return the question of the printed card if it still fits, and all that fit."""
    printed = kept.get((asking.round, asking.reader.id, asking.partner.id))
    if printed is None:
        return None, entries
    known = list(entries)
    held = (said for said in known if (said.template.id, said.text) == printed)
    return next(held, None), known


def _ends(asking: Asking) -> tuple[tuple[int, str], tuple[int, str]]:
    return (0, asking.reader.id), (1, asking.partner.id)


def _first(
    fitting: Iterable[Filled], wanted: int, colours: Mapping[str, str], spent: Collection[str]
) -> dict[str, Filled]:
    """Return the first `wanted` questions of different colours that are not spent, by colour."""
    found: dict[str, Filled] = {}
    for said in fitting:
        if colours[said.template.id] not in spent:
            found.setdefault(colours[said.template.id], said)
        if len(found) == wanted:
            break
    return found


def _order(
    lists: Sequence[Mapping[str, Filled]], own: Collection[str], random: Random
) -> list[str]:
    """Return all colours as they are given away: at random, the organizer's own first.

    Those without a fact come last, and of them, too, the organizer's own first.
    """
    rank = {
        colour: (not said.fact.kind, said.template.id not in own)
        for entries in lists
        for colour, said in entries.items()
    }
    order = sorted(rank)
    random.shuffle(order)
    return sorted(order, key=lambda colour: rank[colour])


def _colours(banks: Iterable[Bank]) -> dict[str, str]:
    """Return the colour of each template id: the same for near-duplicates in any language."""
    colours: dict[str, str] = {}
    for bank in banks:
        for entry, first in bank.cluster.items():
            old, new = colours.get(entry, entry), colours.get(first, first)
            colours |= {entry: new, first: new}
            if old != new:
                colours = {key: new if said == old else said for key, said in colours.items()}
    return colours
