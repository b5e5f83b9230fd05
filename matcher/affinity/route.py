"""One way to help: what one kind of answer asks for, met by what another kind gives.

Texts are compared once, however many people wrote them; people meet through their texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.affinity.answers import Answers, Indices, Ints, place_in_run, spread
from matcher.canon import is_listed
from matcher.meaning import Likeness, Meaning
from matcher.profile import Profile

__all__ = ["Best", "Reach", "Route"]

Floats = NDArray[np.float64]

MayMeet = Callable[[Ints, Ints], NDArray[np.bool_]]
"""Called with two arrays of indices, each ``a < b``; says which pairs may meet."""

LIKELY = 0.5
"""Odds from which a wish counts as met by a gift."""
_CHUNK = 200_000
_LOOKED_AT_ONCE = 1_000_000
_MASK = 2**22 - 1


@dataclass(frozen=True, kw_only=True)
class Best:
    """The matches that count between givers and receivers, best first for each pair.

    Parameters
    ----------
    pair
        (matches,): index of the pair that was asked for, ascending.
    wish, gift
        (matches,): indices into the route's answers.
    odds
        (matches,): how sure the match is, 0 to 1.
    counts
        (matches,): the odds as they count, by the wish's urgency and the match's place.
    place
        (matches,): 0 for a pair's best match, 1 for the next.
    """

    pair: Ints
    wish: Ints
    gift: Ints
    odds: Floats
    counts: Floats
    place: Ints


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Who could do something with each answer, of those whom its owner may meet.

    Parameters
    ----------
    wishes
        (wishes,): index of the person whose gift meets it best, -1 where nobody's does.
    gifts
        (gifts,): index of the person whose wish it meets best, -1 where nobody's does.
    """

    wishes: Ints
    gifts: Ints


class Route:
    """All matches of one kind of wish with one kind of gift.

    Parameters
    ----------
    profiles
        Sorted by id; indices below point into them.
    asks, answers
        The kind that asks, and the kind that gives.
    factors
        How much each of a pair's best matches counts; as many count as there are factors.
    most
        Compare each text only with its best so many; None compares all.
    """

    def __init__(
        self,
        profiles: Sequence[Profile],
        meaning: Meaning,
        asks: str,
        answers: str,
        factors: tuple[float, ...],
        most: int | None = None,
    ) -> None:
        self.factors = np.array(factors)
        self.wishes, self.gifts = Answers.of(profiles, asks), Answers.of(profiles, answers)
        self._urgency = np.array([trait.urgency for trait in self.wishes.traits])
        found = _with_listed(
            meaning.alike(self.wishes.texts, self.gifts.texts, most), self.wishes, self.gifts
        )
        self._wish, self._gift = found.left, found.right
        asked, given = np.array(_values(self.wishes)), np.array(_values(self.gifts))
        same = asked[found.left] == given[found.right]
        # Equal answers fit fully, unless their wording rules it out: two wishes are no help.
        self._odds = np.where(same & (found.odds > 0), 1.0, found.odds)
        self._keys = found.left * len(self.gifts.texts) + found.right
        self._may_match = np.zeros(_MASK + 1, dtype=np.bool_)
        self._may_match[self._keys & _MASK] = True

    def best(self, giver: Indices, receiver: Indices) -> Best:
        """Return the best matches of each giver with each receiver, two different people."""
        pair, wish, gift, odds = self._matches(giver, receiver)
        counts = odds * self._urgency[wish]
        order = np.lexsort((gift, wish, -counts, pair))
        place = place_in_run(pair[order])
        order, place = order[place < len(self.factors)], place[place < len(self.factors)]
        return Best(
            pair=pair[order],
            wish=wish[order],
            gift=gift[order],
            odds=odds[order],
            counts=counts[order] * self.factors[place],
            place=place,
        )

    def met(self, giver: Indices, receiver: Indices) -> tuple[Ints, Ints]:
        """Return every wish and gift that likely meet where these givers meet these receivers."""
        _, wish, gift, odds = self._matches(giver, receiver)
        return np.unique(wish[odds >= LIKELY]), np.unique(gift[odds >= LIKELY])

    def reach(self, may_meet: MayMeet) -> Reach:
        """Return what could likely be met, and by whom, if everybody met all they may meet."""
        likely = np.flatnonzero(self._odds >= LIKELY)
        wish, gift, odds = self._wish[likely], self._gift[likely], self._odds[likely]
        by_wish, by_gift = np.lexsort((gift, -odds, wish)), np.lexsort((wish, -odds, gift))
        return Reach(
            wishes=_nearest(self.wishes, self.gifts, wish[by_wish], gift[by_wish], may_meet),
            gifts=_nearest(self.gifts, self.wishes, gift[by_gift], wish[by_gift], may_meet),
        )

    def _matches(self, giver: Indices, receiver: Indices) -> tuple[Ints, Ints, Ints, Floats]:
        """Return index of the pair, wish, gift and odds of each match between two people.

        Sorted by pair, wish and gift.
        """
        pair, place = spread(self.wishes.count(receiver))
        wish = self.wishes.first[receiver][pair] + place
        asked, place = spread(self.gifts.count(giver)[pair])
        pair, wish = pair[asked], wish[asked]
        gift = self.gifts.first[giver][pair] + place
        at, known = self._find(self.wishes.text[wish], self.gifts.text[gift])
        return pair[known], wish[known], gift[known], self._odds[at]

    def missed(self, giver: Indices, receiver: Indices) -> Floats:
        """Return, for each giver and receiver, how likely no match that counts holds."""
        result = np.ones(len(giver))
        for start in range(0, len(giver) if len(self._keys) else 0, _CHUNK):
            here = slice(start, start + _CHUNK)
            pair, wish, _, odds = self._matches(giver[here], receiver[here])
            counts = odds * self._urgency[wish]
            for factor in self.factors:
                at = _greatest(pair, counts)
                result[here][pair[at]] *= 1 - counts[at] * factor
                pair, counts = np.delete(pair, at), np.delete(counts, at)
        return result

    def partners(self, people: range, most: int | None) -> Iterator[tuple[Ints, Ints]]:
        """Yield people of a range and whom they could help or be helped by, as index arrays.

        Parameters
        ----------
        most
            Partners for each answer, best matches first; None yields all. Where an answer could
            meet more people than that, those who gave it take turns along the list of the
            others, so that nobody is everybody's candidate.
        """
        by_gift = np.lexsort((self._wish, -self._odds, self._gift))
        by_wish = np.lexsort((self._gift, -self._odds, self._wish))
        yield _take_turns(
            self.wishes, self.gifts, self._wish[by_wish], self._gift[by_wish], people, most
        )
        yield _take_turns(
            self.gifts, self.wishes, self._gift[by_gift], self._wish[by_gift], people, most
        )

    def _find(self, wish: Ints, gift: Ints) -> tuple[Ints, Ints]:
        """Return where matches of texts are listed, and which of the given ones these are.

        Most texts do not match; a table of the last bits of all keys tells so without a search.
        """
        wanted = wish * len(self.gifts.texts) + gift
        likely = np.flatnonzero(self._may_match[wanted & _MASK])
        at = np.searchsorted(self._keys, wanted[likely])
        at = np.minimum(at, len(self._keys) - 1)
        known = np.flatnonzero(self._keys[at] == wanted[likely])
        return at[known], likely[known]


def _greatest(pair: Ints, worth: Floats) -> Ints:
    """Return where the first greatest worth of each pair stands; `pair` is ascending."""
    starts = np.flatnonzero(np.diff(pair, prepend=-1))
    greatest = np.maximum.reduceat(worth, starts) if len(starts) else worth
    tops = np.flatnonzero(worth == np.repeat(greatest, np.diff(starts, append=len(pair))))
    return tops[np.flatnonzero(np.diff(pair[tops], prepend=-1))]


def _values(answers: Answers) -> list[str]:
    """Return the canonical value of each distinct text."""
    value = {trait.text: trait.value for trait in answers.traits}
    return [value[text] for text in answers.texts]


def _with_listed(found: Likeness, wishes: Answers, gifts: Answers) -> Likeness:
    """Add the pairs that picked one entry of the shared list, in whatever language: they fit."""
    giving: dict[str, list[int]] = {}
    for at, value in enumerate(_values(gifts)):
        if is_listed(value):
            giving.setdefault(value, []).append(at)
    known = set(zip(found.left.tolist(), found.right.tolist(), strict=True)) if giving else set()
    pairs = [(at, to) for at, value in enumerate(_values(wishes)) for to in giving.get(value, ())]
    new = np.array([pair for pair in pairs if pair not in known], dtype=np.int64).reshape(-1, 2)
    if not len(new):
        return found
    return Likeness(
        left=np.concatenate([found.left, new[:, 0]]),
        right=np.concatenate([found.right, new[:, 1]]),
        odds=np.concatenate([found.odds, np.ones(len(new))]),
        scores=np.concatenate([found.scores, np.ones(len(new))]),
    ).best(None)


def _take_turns(
    mine: Answers, theirs: Answers, text: Ints, met: Ints, people: range, most: int | None
) -> tuple[Ints, Ints]:
    """Return owners of `mine` in a range and the owners of `theirs` that their answers meet.

    `text` and `met` are matches of texts, sorted by text, best first.
    """
    size = np.diff(theirs.held)[met]
    taken = size if most is None else _up_to(most, text, size)
    kept = taken > 0
    text, met, size, taken = text[kept], met[kept], size[kept], taken[kept]
    start = np.searchsorted(text, np.arange(len(mine.texts) + 1))
    answers = np.arange(mine.first[people.start], mine.first[people.stop])
    whose, place = spread(np.diff(start)[mine.text[answers]])
    match = start[mine.text[answers[whose]]] + place
    entry, turn = spread(taken[match])
    answer, match = answers[whose[entry]], match[entry]
    seat = (mine.rank[answer] * taken[match] + turn) % size[match]
    return mine.owner[answer], theirs.holders[theirs.held[met[match]] + seat]


def _nearest(mine: Answers, theirs: Answers, text: Ints, met: Ints, may_meet: MayMeet) -> Ints:
    """Return, for each answer of `mine`, the first owner of `theirs` it reaches, -1 for none.

    `text` and `met` are matches of texts, sorted by text, best first. Whoever is not through looks
    at twice as many others next: most find somebody at once, few have to look at all.
    """
    end = np.cumsum(np.diff(theirs.held)[met])
    edge = np.concatenate(([0], end))[np.searchsorted(text, np.arange(len(mine.texts) + 1))]
    start, stop = edge[:-1][mine.text], edge[1:][mine.text]
    found = np.full(len(mine.owner), -1, dtype=np.int64)
    open_, width = np.flatnonzero(start < stop), 1
    while len(open_):
        whose, place = spread(np.minimum(width, stop[open_] - start[open_]))
        at = start[open_][whose] + place
        match = np.searchsorted(end, at, side="right")
        other = theirs.holders[theirs.held[met[match] + 1] - (end[match] - at)]
        own = mine.owner[open_][whose]
        may = (own != other) & may_meet(np.minimum(own, other), np.maximum(own, other))
        first, where = np.unique(whose[may], return_index=True)
        found[open_[first]] = other[may][where]
        start[open_] += width
        open_ = open_[(found[open_] < 0) & (start[open_] < stop[open_])]
        width = min(2 * width, max(1, _LOOKED_AT_ONCE // max(1, len(open_))))
    return found


def _up_to(most: int, text: Ints, size: Ints) -> Ints:
    """Return how many of each match's people are taken when each text may take `most`."""
    total = np.cumsum(size)
    first = np.arange(len(text)) - place_in_run(text)
    before = total - size - (total - size)[first]
    result: Ints = np.clip(most - before, 0, size)
    return result
