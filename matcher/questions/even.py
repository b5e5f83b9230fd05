"""Spreading questions over an event: the same question at as few tables as possible.

Starts from a choice without repeats and only makes moves that keep it so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from random import Random

from matcher.questions.asking import Asking
from matcher.questions.speaker import Filled

__all__ = ["even_out"]


def even_out(
    askings: Sequence[Asking],
    lists: Sequence[Mapping[str, Filled]],
    given: Sequence[str | None],
    random: Random,
) -> list[str | None]:
    """Return `given` with questions exchanged for rarer ones of the same lists.

    Parameters
    ----------
    lists, given
        One an asking: what fits, by colour, and the colour it has.

    Notes
    -----
    One pass in random order. An asking moves to a colour that neither its reader nor its partner
    has, not from a fact of the partner to the event, and only if fewer tables of its round have
    that colour, or as many but fewer of the event. O(askings · length of a list).
    """
    chosen = list(given)
    of_reader: dict[str, set[str | None]] = defaultdict(set)
    of_partner: dict[str, set[str | None]] = defaultdict(set)
    in_round: Counter[tuple[int, str | None]] = Counter()
    in_event: Counter[str | None] = Counter(given)
    for asking, colour in zip(askings, given, strict=True):
        of_reader[asking.reader.id].add(colour)
        of_partner[asking.partner.id].add(colour)
        in_round[asking.round, colour] += 1
    for at in random.sample(range(len(askings)), len(askings)):
        asking, colour = askings[at], chosen[at]
        if colour is None:
            continue
        mine, theirs = of_reader[asking.reader.id], of_partner[asking.partner.id]
        specific = bool(lists[at][colour].fact.kind)
        in_round[asking.round, colour] -= 1
        in_event[colour] -= 1
        best = (in_round[asking.round, colour], in_event[colour])
        for other, said in lists[at].items():
            crowd = in_round[asking.round, other], in_event[other]
            free = other not in mine and other not in theirs
            if free and crowd < best and bool(said.fact.kind) >= specific:
                best, chosen[at] = crowd, other
        mine.remove(colour)
        theirs.remove(colour)
        mine.add(chosen[at])
        theirs.add(chosen[at])
        in_round[asking.round, chosen[at]] += 1
        in_event[chosen[at]] += 1
    return chosen
