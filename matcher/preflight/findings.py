"""What follows from the counts of an event, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from matcher.phrase import Phrase, phrase, phrases
from matcher.settings import Odd

from .counts import Counts

__all__ = ["Finding", "Severity", "findings"]

_NAMED = 8


class Severity(StrEnum):
    """How a finding is meant."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One sentence about a plan to come.

    Parameters
    ----------
    code
        What it is about, for programs.
    text
        The sentence, with the remedy where there is one.
    ids
        Everybody concerned, where it is about some people; the sentence may name fewer.
    """

    code: str
    text: str
    severity: Severity = Severity.NOTE
    ids: tuple[str, ...] = ()


def findings(counts: Counts, names: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what is to be said, in the order in which it is shown.

    Parameters
    ----------
    names
        How to call people; ids stand for those it does not have.
    """
    troubles = (
        *_too_few_pairs(counts),
        *_too_few_partners(counts, names),
        *_out_of_balance(counts),
    )
    rounds = tuple(_rounds(counts))
    good = all(each.severity is not Severity.BAD for each in (*troubles, *rounds))
    if good and not counts.forced():
        yield _everybody(counts)
    yield from troubles
    yield from rounds
    yield from _settled(counts)
    yield _frame(counts)


def _everybody(counts: Counts) -> Finding:
    most = set(counts.most.tolist())
    if len(most) == 1:
        text = phrases(
            "Everybody meets %(num)s person, one in each round.",
            "Everybody meets %(num)s people, one in each round.",
            most.pop(),
        )
        return Finding("meetings", text, Severity.GOOD)
    text = phrase("Everybody can have a meeting in each round they are there, up to their quota.")
    return Finding("meetings", text, Severity.GOOD)


def _too_few_pairs(counts: Counts) -> Iterator[Finding]:
    possible, wanted, people = counts.permitted.pairs, counts.wanted(), len(counts.ids)
    if possible is None or not counts.lacks_pairs():
        return
    each = max(1, wanted // max(1, int(np.count_nonzero(counts.here))))
    every = people * (people - 1) // 2
    count = phrases("%(num)s different pair", "%(num)s different pairs", possible)
    have = (
        phrase("%(people)s people make %(pairs)s", people=people, pairs=count)
        if possible == every
        else phrase(
            "%(people)s people of %(every)s pairs may form only %(pairs)s",
            people=people,
            every=every,
            pairs=count,
        )
    )
    text = phrases(
        "%(have)s, and %(num)s round would need %(wanted)s. Nobody meets twice, so some will "
        "have breaks%(without)s.",
        "%(have)s, and %(num)s rounds would need %(wanted)s. Nobody meets twice, so some will "
        "have breaks%(without)s.",
        counts.settings.rounds,
        have=have,
        wanted=wanted,
        without=_possible_without(possible // each, counts.settings.rounds),
    )
    yield Finding("pairs", text, Severity.BAD)


def _possible_without(rounds: int, wanted: int) -> str:
    if rounds >= wanted:
        return ""  # absences or tables make one round need more
    return phrases(
        "; %(num)s round is possible without",
        "; %(num)s rounds are possible without",
        rounds,
    )


def _too_few_partners(counts: Counts, names: Mapping[str, str]) -> Iterator[Finding]:
    short = np.flatnonzero(counts.permitted.partners < counts.most)
    if not len(short) or len(short) == len(counts.ids):
        return  # everybody: said by the number of pairs
    for count in np.unique(counts.permitted.partners[short]).tolist():
        who = short[counts.permitted.partners[short] == count]
        yield Finding(
            "partners",
            phrases(
                "Only %(num)s permitted partner for %(people)s: fewer than rounds. Lift a rule "
                "for them, or let them leave early.",
                "Only %(num)s permitted partners for %(people)s: fewer than rounds. Lift a "
                "rule for them, or let them leave early.",
                count,
                people=_called([counts.ids[i] for i in who], names),
            ),
            Severity.BAD,
            tuple(counts.ids[i] for i in who),
        )


def _out_of_balance(counts: Counts) -> Iterator[Finding]:
    worst = max(counts.surplus, key=lambda each: each.left, default=None)
    if worst is None or not worst.left:
        return
    odd = bool((counts.here % 2 == 1).any()) and counts.odd is Odd.TRIO and not counts.shares
    share = (
        phrase(" One partner can have two of them in a trio: [cohorts] trios = true.")
        if odd
        else ""
    )
    text = phrase(
        "%(many)s can only meet %(few)s: %(left)s of them have a break in a round. Let further "
        "cohorts meet, or balance the numbers.%(share)s",
        many=worst.many,
        few=worst.few,
        left=worst.left,
        share=share,
    )
    yield Finding("balance", text, Severity.BAD)


def _rounds(counts: Counts) -> Iterator[Finding]:
    """Yield what holds for rounds of each head-count and number of tables."""
    alike: dict[tuple[int, int], list[int]] = {}
    for number in range(counts.settings.rounds):
        if number not in counts.frozen:
            at = (int(counts.here[number]), int(counts.tables[number]))
            alike.setdefault(at, []).append(number + 1)
    for (here, tables), rounds in alike.items():
        every = len(rounds) + len(counts.frozen) == counts.settings.rounds
        when = phrase("each round")
        if not every:
            numbers = ", ".join(map(str, rounds))
            when = phrases("round %(list)s", "rounds %(list)s", len(rounds), list=numbers)
        yield from _round(counts, here, tables, when)
    left = int((counts.here - counts.seats).sum())
    if left and len(alike) == 1 and not counts.surplus and len(counts.absent) == 0:
        yield _breaks(len(counts.ids), left)


def _round(counts: Counts, here: int, tables: int, when: Phrase) -> Iterator[Finding]:
    if tables < here // 2:
        seats = counts.seats_at(here, tables)
        yield Finding(
            "tables",
            phrases(
                "%(num)s table seats %(seats)s of %(here)s people at a time: %(left)s have a "
                "break in %(when)s. %(needed)s tables would seat everybody.",
                "%(num)s tables seat %(seats)s of %(here)s people at a time: %(left)s have a "
                "break in %(when)s. %(needed)s tables would seat everybody.",
                tables,
                seats=seats,
                here=here,
                left=here - seats,
                when=when,
                needed=here // 2,
            ),
            Severity.BAD,
        )
    elif here % 2 and not (counts.odd is Odd.TRIO and counts.lacks_pairs()):
        # A trio uses three pairs up for three seats: where pairs are scarce, none may be worth it.
        what = _ODD[counts.odd] if here > 2 else _ODD[Odd.SIT_OUT]
        text = phrase(
            "%(here)s is an odd number: %(what)s in %(when)s.", here=here, what=what, when=when
        )
        yield Finding("odd", text)


def _settled(counts: Counts) -> Iterator[Finding]:
    if len(counts.absent):
        text = phrases(
            "%(num)s person misses some rounds and is planned around.",
            "%(num)s people miss some rounds and are planned around.",
            len(counts.absent),
        )
        yield Finding("absences", text, ids=tuple(counts.ids[i] for i in counts.absent))
    if counts.frozen:
        rounds = ", ".join(str(number + 1) for number in counts.frozen)
        text = phrases(
            "Round %(rounds)s frozen: %(num)s meeting stays as printed.",
            "Round %(rounds)s frozen: %(num)s meetings stay as printed.",
            counts.settled,
            rounds=rounds,
        )
        yield Finding("frozen", text)


def _called(ids: Sequence[str], names: Mapping[str, str]) -> str:
    """Return names as far as they fit a sentence, and how many more there are."""
    called = [names.get(each, each) for each in ids]
    more = len(called) - _NAMED
    listed = ", ".join(called[:_NAMED])
    return phrase("%(names)s and %(more)s more", names=listed, more=more) if more > 0 else listed


def _frame(counts: Counts) -> Finding:
    settings = counts.settings
    tables = phrases("%(num)s table", "%(num)s tables", counts.needed())
    if settings.start:
        text = phrase(
            "From %(start)s to %(end)s, at %(tables)s.",
            start=settings.start,
            end=settings.end,
            tables=tables,
        )
    else:
        text = phrases(
            "It takes %(num)s minute, at %(tables)s.",
            "It takes %(num)s minutes, at %(tables)s.",
            settings.total_minutes,
            tables=tables,
        )
    return Finding("frame", text)


_ODD = {
    Odd.TRIO: phrase("one table seats three"),
    Odd.SIT_OUT: phrase("one person has a break"),
    Odd.HOST: phrase("a host meets the one who is left"),
}


def _breaks(people: int, breaks: int) -> Finding:
    least, rest = divmod(breaks, people)
    if not least:
        have = phrase(
            "%(rest)s of %(people)s people have one break, the others none.",
            rest=rest,
            people=people,
        )
        return Finding("breaks", have)
    if rest:
        text = phrase(
            "Over the event everybody has %(least)s or %(most)s breaks.",
            least=least,
            most=least + 1,
        )
        return Finding("breaks", text)
    text = phrases(
        "Over the event everybody has %(num)s break.",
        "Over the event everybody has %(num)s breaks.",
        least,
    )
    return Finding("breaks", text)
