"""Why these two: the contributions of a pair, as sentences for one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from matcher.affinity.table import (
    FULL,
    SAME_COUNTRY,
    SAME_REGION,
    Component,
    Contribution,
    PairAffinity,
)
from matcher.canon import called, fold
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

_WIDER = {SAME_REGION: "region", SAME_COUNTRY: "country"}
"""Variant for places that lie in the shared one."""


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

    def neutral(self, pair: PairAffinity, a: Profile, b: Profile, *, trio: bool) -> str:
        """Return the strongest printable reason as a third person says it, "" without any."""
        for said in _shown(pair):
            # Whoever seeks help is named first.
            turned = said.component is Component.HELP and said.giver == a.id
            first, second = (b, a) if turned else (a, b)
            own, theirs = self._said(said, said.texts[::-1] if turned else said.texts)
            names = {"first": first.short_name, "second": second.short_name}
            sentence = self._third_person(said, own, theirs, trio)
            text = self._filled(sentence, own, theirs, self._value(said, own), names)
            if text:
                return text
        return ""

    def without(self, round_number: int) -> str:
        """Return what is true of any two people, another sentence in each round."""
        plain = self._wording.no_reason
        return plain[(round_number - 1) % len(plain)]

    def _printable(
        self, pair: PairAffinity, reader: Profile, partner: Profile, trio: bool
    ) -> Iterator[Reason]:
        for said in _shown(pair):
            own, theirs = self._said(said, said.texts if reader.id == pair.a else said.texts[::-1])
            sentence = self._sentence(said, reader, own, theirs, trio)
            names = {"name": partner.short_name}
            text = self._filled(sentence, own, theirs, self._value(said, own), names)
            if text:
                yield Reason(text=text, contribution=said)

    def _said(self, said: Contribution, texts: tuple[str, str]) -> tuple[str, str]:
        """Return what the two wrote, a language as it is called in the sentence's."""
        known = said.kind == "language" and self._wording.languages.get(said.value)
        if known:
            return known, known
        own, theirs = map(tidy, texts)
        return own, theirs

    def _value(self, said: Contribution, own: str) -> str:
        """Return what the two have in common: a place that others lie in, or their own words."""
        return called(said.value, self._wording.language) if said.how in _WIDER else own

    def _filled(
        self, sentence: str, own: str, theirs: str, value: str, names: dict[str, str]
    ) -> str:
        """Return `sentence` in words, "" when anything in it keeps it off the paper."""
        limit = QUOTED if "{own}" in sentence else NAMED
        if not sentence or any(self._facts.problem(text, limit) for text in (own, theirs)):
            return ""
        values = {"own": own, "theirs": theirs, "value": value, "language": value}
        # The names come last: they are exempt from the deny-list.
        clean = self._facts.clean(fill(sentence, values | dict.fromkeys(names, "")))
        return fill(sentence, values | names) if clean else ""

    def _sentence(
        self, said: Contribution, reader: Profile, own: str, theirs: str, trio: bool
    ) -> str:
        """Return the sentence of the data file that fits, "" when there is none."""
        if said.component is Component.HELP:
            variant = "give" if said.giver == reader.id else "get"
            same = "same_" if self._alike(own, theirs) else ""
            return self._wording.help[said.kind][same + variant] if sure(said) else ""
        if said.component is not Component.SHARED:
            return ""
        variants = self._wording.shared[said.kind]
        if said.how in _WIDER:
            return variants[_WIDER[said.how]]
        if not self._alike(own, theirs):
            return variants["differ"]
        if not self._counts(said, trio):
            return variants["both"]
        sentence = variants["only" if said.printed_holders == 2 else "some"]
        return self._counted(sentence, self._wording.number(said.printed_holders))

    def _third_person(self, said: Contribution, own: str, theirs: str, trio: bool) -> str:
        """Return the sentence for the organizer, "" when there is none."""
        alike = self._alike(own, theirs)
        if said.component is Component.HELP:
            variants = self._wording.help[said.kind]
            return variants["same_pair" if alike else "pair"] if sure(said) else ""
        if said.component is not Component.SHARED:
            return ""
        variants = self._wording.shared[said.kind]
        if said.how in _WIDER:
            return variants[f"pair_{_WIDER[said.how]}"]
        if not alike:
            return variants["pair_differ"]
        if not self._counts(said, trio):
            return variants["pair_both"]
        return self._counted(variants["pair_counted"], str(said.printed_holders))

    def _alike(self, own: str, theirs: str) -> bool:
        return own == theirs or self._fold(own) == self._fold(theirs)

    def _counts(self, said: Contribution, trio: bool) -> bool:
        """Whether a number says something: among enough people, of a fact that few share."""
        few = 3 * said.printed_holders <= self._people
        return few and not trio and self._people >= WORTH_COUNTING_FROM

    def _counted(self, sentence: str, count: str) -> str:
        """Fill the numbers in, which are ours and need no isolate."""
        return sentence.replace("{people}", str(self._people)).replace("{count}", count)


def _shown(pair: PairAffinity) -> Iterator[Contribution]:
    """Yield what both people let be printed, most points first."""
    for said in pair.contributions:
        if said.visibility is Visibility.PRINT and said.points:
            yield said


def sure(said: Contribution) -> bool:
    """Whether a match of need and offer is certain enough to be printed."""
    return said.certainty >= SURE_FROM
