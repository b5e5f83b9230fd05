"""Why these two: the contributions of a pair, as sentences for one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from matcher.affinity.table import FULL, Component, Contribution, PairAffinity
from matcher.canon import fold
from matcher.fields import Visibility
from matcher.profile import Profile
from matcher.questions.facts import NAMED, QUOTED, Facts, tidy
from matcher.questions.template import fill
from matcher.questions.wording import Wording

__all__ = ["Reason", "Reasons", "sure"]

WORTH_COUNTING_FROM = 8
"""With fewer people, "of 5 people here" tells nobody anything."""
SURE_FROM = FULL * 8 // 10
"""Certainty from which a match of a need is printed; below, it is weighed only.

An encoder's scale must reach it only where at most 1 in 1,000 wrong pairs does (`matcher.meaning`).
"""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A sentence and the contribution it puts into words."""

    text: str
    contribution: Contribution


class Reasons:
    """Words the contributions of an event's pairs, in one language.

    Parameters
    ----------
    people
        How many take part: what counts are told against.
    """

    def __init__(self, wording: Wording, facts: Facts, people: int) -> None:
        self._wording = wording
        self._facts = facts
        self._people = people
        self._fold = cache(fold)

    def of(
        self, pair: PairAffinity, reader: Profile, partner: Profile, *, trio: bool
    ) -> tuple[Reason, ...]:
        """Return the printable reasons of a pair for `reader`, most points first."""
        return tuple(self._printable(pair, reader, partner, trio))

    def without(self, round_number: int) -> str:
        """Return what is true of any two people, another sentence in each round."""
        plain = self._wording.no_reason
        return plain[(round_number - 1) % len(plain)]

    def _printable(
        self, pair: PairAffinity, reader: Profile, partner: Profile, trio: bool
    ) -> Iterator[Reason]:
        for said in pair.contributions:
            if said.visibility is not Visibility.PRINT or not said.points:
                continue
            own, theirs = map(tidy, said.texts if reader.id == pair.a else said.texts[::-1])
            sentence = self._sentence(said, reader, own, theirs, trio)
            limit = QUOTED if "{own}" in sentence else NAMED
            if sentence and not any(self._facts.problem(text, limit) for text in (own, theirs)):
                values = {"own": own, "theirs": theirs, "value": own}
                # The name comes last: it is exempt from the deny-list.
                if self._facts.clean(fill(sentence, values | {"name": ""})):
                    text = fill(sentence, values | {"name": partner.short_name})
                    yield Reason(text=text, contribution=said)

    def _sentence(
        self, said: Contribution, reader: Profile, own: str, theirs: str, trio: bool
    ) -> str:
        """Return the sentence of the data file that fits, "" when there is none."""
        alike = own == theirs or self._fold(own) == self._fold(theirs)
        if said.component is Component.HELP:
            variant = "give" if said.giver == reader.id else "get"
            same = "same_" if alike else ""
            return self._wording.help[said.kind][same + variant] if sure(said) else ""
        if said.component is not Component.SHARED:
            return ""
        variants = self._wording.shared[said.kind]
        if not alike:
            return variants["differ"]
        if trio or self._people < WORTH_COUNTING_FROM or 3 * said.printed_holders > self._people:
            return variants["both"]
        return self._counted(variants["only" if said.printed_holders == 2 else "some"], said)

    def _counted(self, sentence: str, said: Contribution) -> str:
        """Fill the numbers in, which are ours and need no isolate."""
        count = self._wording.number(said.printed_holders)
        return sentence.replace("{people}", str(self._people)).replace("{count}", count)


def sure(said: Contribution) -> bool:
    """Whether a match of need and offer is certain enough to be printed."""
    return said.certainty >= SURE_FROM
