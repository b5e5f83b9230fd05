"""What can be said in one language: templates, the facts that fill them, the filled texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest
from random import Random
from typing import NamedTuple

from matcher.introduction import Question
from matcher.profile import Profile
from matcher.questions.asking import Asking
from matcher.questions.bank import Bank
from matcher.questions.conditions import Situation, holds
from matcher.questions.facts import SLOT, Fact, Facts
from matcher.questions.template import ANY, Template, visible

__all__ = ["Filled", "Speaker"]


class Filled(NamedTuple):
    """A template with the fact that fills it."""

    template: Template
    fact: Fact
    text: str


_Shelf = tuple[str, str, str]
"""Stage, area, slot."""


class Speaker:
    """One language of one event; keeps filled texts, which many cards have in common.

    Parameters
    ----------
    facts
        Judges answers for sentences in the language of `bank`.
    title
        Name of the event, "" when it has none.
    random
        Decides the order of questions that fit equally well.
    """

    def __init__(self, bank: Bank, facts: Facts, title: str, random: Random) -> None:
        self.bank = bank
        self.facts = facts
        printable = title and facts.problem(title, SLOT, "event") is None
        self.event = Fact(
            area="event", slot="event", kind="", value="", text=title if printable else ""
        )
        self._random = random
        self._known: dict[str, tuple[Fact, ...]] = {}
        self._shelves: dict[_Shelf, list[Template]] = {}
        self._turned: dict[tuple[_Shelf, int, bool], list[Template]] = {}
        self._turns: dict[tuple[_Shelf, int, tuple[str, str]], float] = {}
        self._texts: dict[tuple[str, str], str | None] = {}
        self._said_by: dict[tuple[str, str], str] = {}

    def options(self, asking: Asking) -> tuple[Fact, ...]:
        """Return the partner's facts, those that a reason names first."""
        known = self._facts_of(asking.partner)
        rank = {reason: at for at, reason in enumerate(asking.reasons)}
        named = [fact for fact in known if (fact.kind, fact.value) in rank]
        named.sort(key=lambda fact: rank[fact.kind, fact.value])
        return *named, *(fact for fact in known if (fact.kind, fact.value) not in rank)

    def openers(
        self, asking: Asking, picked: Fact | None, options: Sequence[Fact]
    ) -> Iterator[Filled]:
        """Yield openers about the picked fact, then about the others, then about the event."""
        others = (fact for fact in options if fact is not picked)
        for fact in chain(filter(None, [picked]), others, [self.event]):
            shelf = self._in_turn(("open", fact.area, fact.slot), asking)
            yield from self._sayable(shelf, fact, asking)

    def later(self, stage: str, asking: Asking, fact: Fact) -> Iterator[Filled]:
        """Yield questions on the opener's area and area-free ones, in turn."""
        own = self._in_turn((stage, fact.area, fact.slot), asking)
        free = self._in_turn((stage, ANY, ""), asking)
        mixed = (entry for both in zip_longest(own, free) for entry in both if entry is not None)
        return self._sayable(mixed, fact, asking)

    def question(self, said: Filled) -> Question:
        """Return what stands on the card."""
        return Question(
            stage=said.template.stage,
            area=said.fact.area,
            template=said.template.id,
            text=said.text,
            language=self.bank.language,
        )

    def _facts_of(self, profile: Profile) -> tuple[Fact, ...]:
        if profile.id not in self._known:
            self._known[profile.id] = self.facts.of(profile)
        return self._known[profile.id]

    def _sayable(
        self, templates: Iterable[Template], fact: Fact, asking: Asking
    ) -> Iterator[Filled]:
        for template in templates:
            if template.needs and not self._holds(template, asking):
                continue
            text = self._text(template, fact)
            if text is not None:
                yield Filled(template, fact, text)

    def _holds(self, template: Template, asking: Asking) -> bool:
        at = Situation(
            reader=asking.reader,
            partner=asking.partner,
            round=asking.round,
            trio=asking.trio,
            titled=bool(self.event.text),
        )
        return all(holds(need, at) for need in template.needs)

    def _in_turn(self, key: _Shelf, asking: Asking) -> list[Template]:
        """Return the templates of a shelf in an order for this asking.

        The two people of a pair go through them from opposite ends: whoever has just answered a
        question should not have to ask it back.
        """
        shelf = self._shelf(key)
        reader, partner = asking.reader.id, asking.partner.id
        forward = reader < partner
        pair = (reader, partner) if forward else (partner, reader)
        turn = self._turns.setdefault((key, asking.round, pair), self._random.random())
        start = int(turn * len(shelf))
        if (key, start, forward) not in self._turned:
            turned = shelf[start:] + shelf[:start]
            turned = turned if forward else turned[::-1]
            # What the organizer wrote comes before what is shipped.
            self._turned[key, start, forward] = sorted(
                turned, key=lambda entry: entry.id not in self.bank.own
            )
        return self._turned[key, start, forward]

    def _shelf(self, key: _Shelf) -> list[Template]:
        """Return the templates that a fact in one slot can fill, shuffled once."""
        if key not in self._shelves:
            stage, area, slot = key
            # An opener names its fact; only the event, which may have no name, does without.
            bare = stage != "open" or slot == "event"
            allowed = {(slot,), ()} if bare else {(slot,)}
            found = [entry for entry in self.bank.stages[stage] if entry.area == area]
            found = [entry for entry in found if entry.slots in allowed]
            self._shelves[key] = self._random.sample(found, len(found))
        return self._shelves[key]

    def _text(self, template: Template, fact: Fact) -> str | None:
        """Return the filled text, None when it must not be printed.

        Two templates may come to say the same; the text belongs to the one that said it first,
        so that an equal text always is the same question.
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
        first = self._said_by.setdefault(said, template.id)
        return text if first == template.id and self.facts.clean(text) else None
