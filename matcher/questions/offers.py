"""What the reader could offer: one small thing in their own words that meets a need of the partner.

Only an offer or experience that its owner lets be printed, for a need that its owner lets be
printed, and only when the two surely fit. What reads like a pitch is left to the organizer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import NamedTuple

from matcher.affinity.table import Component, Contribution, PairAffinity
from matcher.canon import fold
from matcher.fields import Visibility
from matcher.profile import Profile
from matcher.questions.bank import Bank
from matcher.questions.deny import DenyList, pitch_word
from matcher.questions.facts import QUOTED, SLOT, Facts, tidy
from matcher.questions.lint import MOST_WORDS, word_count
from matcher.questions.reasons import sure
from matcher.questions.template import ANY, Template

__all__ = ["Offers", "Pitch"]


class Pitch(NamedTuple):
    """An offer that sells: whose, in which words, the word that sells, a milder way to say it."""

    giver: str
    text: str
    word: str
    milder: str


class Offers:
    """Words the offers of one event, in one language.

    Attributes
    ----------
    pitches
        The offers that were kept off the cards.
    """

    def __init__(self, bank: Bank, facts: Facts, deny: DenyList, random: Random) -> None:
        self._templates = bank.stages["offer"]
        self._facts = facts
        self._deny = deny
        self._random = random
        self.pitches: set[Pitch] = set()

    def of(self, pair: PairAffinity, giver: Profile) -> str | None:
        """Return what `giver` could offer the other of the pair, None when nothing surely fits."""
        for said in pair.contributions:
            if _fits(said, giver):
                texts = said.texts if giver.id == pair.a else said.texts[::-1]
                own, theirs = map(tidy, texts)
                if self._printable(own, giver):
                    sentence = self._sentence(said.kind, own, theirs)
                    if sentence:
                        return sentence
        return None

    def _printable(self, own: str, giver: Profile) -> bool:
        if self._facts.problem(own, QUOTED):
            return False
        pitch = pitch_word(own, self._deny) or _names_their_own(own, giver)
        if pitch:
            self.pitches.add(Pitch(giver.id, own, *pitch))
        return not pitch

    def _sentence(self, kind: str, own: str, theirs: str) -> str | None:
        """Return one of the sentences that fit, within the word limit and clean as a whole."""
        values = {"offer": own} if kind == "need" else {"topic": own}
        if self._facts.problem(theirs, SLOT, "need") is None:
            # In the same words it is said once.
            same = kind == "need" and fold(own) == fold(theirs)
            values = {"need": theirs} if same else values | {"need": theirs}
        fitting = list(self._fitting(kind, values))
        for entry in self._random.sample(fitting, len(fitting)):
            text = entry.fill(values)
            if word_count(text) <= MOST_WORDS["offer"] and self._facts.clean(text):
                return text
        return None

    def _fitting(self, kind: str, values: Mapping[str, str]) -> Iterator[Template]:
        """Yield the templates of the area that are filled by `values`, an offer by all of them."""
        for entry in self._templates:
            if kind == "need" and entry.area in ("need", ANY) and {*entry.slots} == {*values}:
                yield entry
            if kind == "challenge" and entry.area == "experience" and {*entry.slots} <= {*values}:
                yield entry


def _fits(said: Contribution, giver: Profile) -> bool:
    return (
        said.component is Component.HELP
        and said.giver == giver.id
        and said.visibility is Visibility.PRINT
        and sure(said)
    )


def _names_their_own(own: str, giver: Profile) -> tuple[str, str] | None:
    """Return the organization or project of the giver that their offer advertises."""
    padded = f" {fold(own)} "
    for kind in ("organization", "project"):
        for trait in giver.of(kind):
            if f" {fold(trait.text)} " in padded:
                return trait.text, "the same thing without the name"
    return None
