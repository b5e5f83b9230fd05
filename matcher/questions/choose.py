"""Which question stands on which card, without a repeat.

No reader asks the same question twice and no partner hears the same twice. Each stage is an edge
colouring with lists: `colour` gives the guarantee, this module makes the lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from random import Random
from typing import NamedTuple

from matcher.introduction import Question
from matcher.questions.asking import Asking, spread
from matcher.questions.bank import Bank
from matcher.questions.colour import assign, largest_degree
from matcher.questions.conditions import Situation, holds
from matcher.questions.deny import DenyList
from matcher.questions.facts import SLOT, Fact, Facts
from matcher.questions.template import ANY, QUESTION_STAGES, Template, visible

__all__ = ["Choice", "choose"]

_Fitting = tuple[Template, Fact]


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


class _Filled(NamedTuple):
    """A template with the fact that fills it."""

    template: Template
    fact: Fact
    text: str


def choose(
    askings: Sequence[Asking],
    bank: Bank,
    facts: Facts,
    deny: DenyList,
    *,
    title: str = "",
    seed: int = 0,
) -> tuple[Choice, ...]:
    """Return the questions of each asking, in the same order.

    Parameters
    ----------
    askings
        All of one event, in a reproducible order.
    title
        Name of the event, "" when it has none.
    seed
        Decides between questions that fit equally well.

    Notes
    -----
    With Δ the most cards of one person, every asking gets a list of Δ questions: of the chosen
    fact, then of the partner's other facts, then of the event. O(templates · askings).
    """
    return _Chooser(bank, facts, deny, title, Random(seed)).choose(askings)  # noqa: S311 - variety


class _Chooser:
    """One event's worth of choosing; keeps filled texts, which many cards have in common."""

    def __init__(
        self, bank: Bank, facts: Facts, deny: DenyList, title: str, random: Random
    ) -> None:
        self._bank = bank
        self._facts = facts
        self._deny = deny
        self._random = random
        printable = title and facts.problem(title, SLOT, "event") is None
        self._event = Fact(
            area="event", slot="event", kind="", value="", text=title if printable else ""
        )
        self._colours = dict(bank.cluster)
        self._texts: dict[tuple[str, str], str | None] = {}
        self._said_by: dict[tuple[str, str], str] = {}
        self._shelves: dict[tuple[str, str, str], list[Template]] = {}
        self._turned: dict[tuple[str, str, str, int, bool], list[Template]] = {}
        self._known: dict[str, tuple[Fact, ...]] = {}
        self._turns: dict[tuple[int, str, str], float] = {}

    def choose(self, askings: Sequence[Asking]) -> tuple[Choice, ...]:
        options = [self._options(asking) for asking in askings]
        picked = spread(askings, options)
        first = [
            self._opening(asking, fact, rest)
            for asking, fact, rest in zip(askings, picked, options, strict=True)
        ]
        openers = self._stage("open", askings, first)
        about = [said.fact if said else self._event for said in openers]
        rows: list[list[_Filled | None]] = [[said] for said in openers]
        full = [at for at, asking in enumerate(askings) if asking.full]
        for stage in QUESTION_STAGES[1:]:
            later = [self._going_on(stage, askings[at], about[at]) for at in full]
            chosen = self._stage(stage, [askings[at] for at in full], later)
            for at, said in zip(full, chosen, strict=True):
                rows[at].append(said)
        return tuple(
            Choice(tuple(map(self._question, filter(None, row))), bool(fact.kind))
            for row, fact in zip(rows, about, strict=True)
        )

    def _options(self, asking: Asking) -> tuple[Fact, ...]:
        """Return the partner's facts, those that a reason names first."""
        partner = asking.partner
        if partner.id not in self._known:
            self._known[partner.id] = self._facts.of(partner)
        known = self._known[partner.id]
        rank = {reason: at for at, reason in enumerate(asking.reasons)}
        return tuple(sorted(known, key=lambda fact: rank.get((fact.kind, fact.value), len(rank))))

    def _opening(
        self, asking: Asking, picked: Fact | None, options: Sequence[Fact]
    ) -> Iterator[_Fitting]:
        """Yield openers about the picked fact, then about the others, then about the event."""
        others = (fact for fact in options if fact is not picked)
        for fact in chain(filter(None, [picked]), others, [self._event]):
            for entry in self._shelf("open", fact.area, fact.slot, asking):
                yield entry, fact

    def _going_on(self, stage: str, asking: Asking, fact: Fact) -> Iterator[_Fitting]:
        """Yield questions on the opener's area and area-free ones, in turn."""
        own = self._shelf(stage, fact.area, fact.slot, asking)
        free = self._shelf(stage, ANY, "", asking)
        for entry in chain.from_iterable(zip_longest(own, free)):
            if entry is not None:
                yield entry, fact

    def _shelf(self, stage: str, area: str, slot: str, asking: Asking) -> list[Template]:
        """Return the templates that a fact in `slot` can fill, in an order for this asking.

        The two people of a pair go through them from opposite ends: whoever has just answered a
        question should not have to ask it back.
        """
        key = stage, area, slot
        if key not in self._shelves:
            # An opener names its fact; only the event, which may have no name, does without.
            bare = stage != "open" or slot == "event"
            allowed = {(slot,), ()} if bare else {(slot,)}
            fitting = [entry for entry in self._bank.stages[stage] if entry.area == area]
            shelf = [entry for entry in fitting if entry.slots in allowed]
            self._shelves[key] = self._random.sample(shelf, len(shelf))
        shelf = self._shelves[key]
        a, b = sorted((asking.reader.id, asking.partner.id))
        turn = self._turns.setdefault((asking.round, a, b), self._random.random())
        start = int(turn * len(shelf))
        place = *key, start, asking.reader.id == a
        if place not in self._turned:
            turned = shelf[start:] + shelf[:start]
            self._turned[place] = turned if asking.reader.id == a else turned[::-1]
        return self._turned[place]

    def _stage(
        self, stage: str, askings: Sequence[Asking], fitting: Iterable[Iterator[_Fitting]]
    ) -> list[_Filled | None]:
        """Give each asking one question that fits, so that nobody asks or hears one twice."""
        edges = [(asking.reader.id, asking.partner.id) for asking in askings]
        wanted = largest_degree(edges)
        lists = [
            self._list(asking, entries, wanted)
            for asking, entries in zip(askings, fitting, strict=True)
        ]
        # In random order, so that a question is not asked at every table in the same round.
        mixed = self._random.sample(range(len(edges)), len(edges))
        given = assign([edges[at] for at in mixed], [lists[at] for at in mixed], self._order(lists))
        chosen: list[_Filled | None] = [None] * len(edges)
        for at, colour in zip(mixed, given, strict=True):
            chosen[at] = lists[at][colour] if colour is not None else None
        return chosen

    def _list(self, asking: Asking, fitting: Iterator[_Fitting], wanted: int) -> dict[str, _Filled]:
        """Return the first `wanted` questions that fit, by colour."""
        found: dict[str, _Filled] = {}
        for template, fact in fitting:
            colour = self._colours[template.id]
            if colour in found or not self._may(template, asking):
                continue
            text = self._text(template, fact)
            if text is not None:
                found[colour] = _Filled(template, fact, text)
            if len(found) == wanted:
                break
        return found

    def _may(self, template: Template, asking: Asking) -> bool:
        """Whether all conditions of a template hold."""
        if not template.needs:
            return True
        at = Situation(
            reader=asking.reader,
            partner=asking.partner,
            round=asking.round,
            trio=asking.trio,
            titled=bool(self._event.text),
        )
        return all(holds(need, at) for need in template.needs)

    def _order(self, lists: Sequence[Mapping[str, _Filled]]) -> list[str]:
        """Return all colours as they are given away: at random, those of the event last."""
        plain = {
            colour: not said.fact.kind for entries in lists for colour, said in entries.items()
        }
        order = sorted(plain)
        self._random.shuffle(order)
        return sorted(order, key=lambda colour: plain[colour])

    def _text(self, template: Template, fact: Fact) -> str | None:
        """Return the filled text, None when it must not be printed.

        Two templates may come to say the same; the text belongs to the one that said it first,
        so that an equal text always has one colour.
        """
        key = template.id, fact.text if template.slots else ""
        if key not in self._texts:
            self._texts[key] = self._new_text(template, fact)
        return self._texts[key]

    def _new_text(self, template: Template, fact: Fact) -> str | None:
        if template.slots and not fact.text:
            return None
        text = template.fill({fact.slot: fact.text})
        said = template.stage, visible(text).casefold()
        if self._deny.hit(said[1]) or self._said_by.setdefault(said, template.id) != template.id:
            return None
        return text

    def _question(self, said: _Filled) -> Question:
        return Question(
            stage=said.template.stage,
            area=said.fact.area,
            template=said.template.id,
            text=said.text,
            language=self._bank.language,
        )
