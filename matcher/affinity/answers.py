"""Who gave which answer of one kind: people and distinct texts, each reachable from the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.profile import Profile, Trait

__all__ = ["Answers", "Indices", "Ints", "place_in_run", "spread"]

Ints = NDArray[np.int64]
Indices = NDArray[np.signedinteger[Any]]


@dataclass(frozen=True, kw_only=True)
class Answers:
    """All answers of one kind, by person and in each person's order.

    Parameters
    ----------
    traits
        The answers; indices below point into them.
    owner
        (answers,): index of the person.
    first
        (people + 1,): where each person's answers start.
    texts
        Distinct texts, sorted.
    text
        (answers,): index of the text.
    holders
        (answers,): owners sorted by text, then person.
    held
        (texts + 1,): where each text's holders start.
    rank
        (answers,): place of the answer's owner among the holders of its text.
    """

    traits: tuple[Trait, ...]
    owner: Ints
    first: Ints
    texts: tuple[str, ...]
    text: Ints
    holders: Ints
    held: Ints
    rank: Ints

    @classmethod
    def of(cls, profiles: Sequence[Profile], kind: str) -> Answers:
        """Return the answers of one kind; `profiles` are sorted by id."""
        found = [(at, trait) for at, profile in enumerate(profiles) for trait in profile.of(kind)]
        owner = np.array([at for at, _ in found], dtype=np.int64)
        texts = sorted({trait.text for _, trait in found})
        number = {text: at for at, text in enumerate(texts)}
        text = np.array([number[trait.text] for _, trait in found], dtype=np.int64)
        by_text = np.argsort(text, kind="stable")
        rank = np.empty_like(text)
        rank[by_text] = place_in_run(text[by_text])
        return cls(
            traits=tuple(trait for _, trait in found),
            owner=owner,
            first=np.searchsorted(owner, np.arange(len(profiles) + 1)),
            texts=tuple(texts),
            text=text,
            holders=owner[by_text],
            held=np.searchsorted(text[by_text], np.arange(len(texts) + 1)),
            rank=rank,
        )

    def count(self, people: Indices) -> Ints:
        """Return how many answers each of these people gave."""
        result: Ints = self.first[people + 1] - self.first[people]
        return result


def spread(counts: Ints) -> tuple[Ints, Ints]:
    """Return, for counts of things to be laid out in a row, whose each is and its place there.

    Examples
    --------
    >>> [side.tolist() for side in spread(np.array([2, 0, 3]))]
    [[0, 0, 2, 2, 2], [0, 1, 0, 1, 2]]
    """
    whose = np.repeat(np.arange(len(counts)), counts)
    return whose, np.arange(len(whose)) - (np.cumsum(counts) - counts)[whose]


def place_in_run(keys: Ints) -> Ints:
    """Return 0, 1, 2, … within each run of equal keys.

    Examples
    --------
    >>> place_in_run(np.array([7, 7, 5, 7])).tolist()
    [0, 1, 0, 0]
    """
    at = np.arange(len(keys))
    starts = np.concatenate(([True], keys[1:] != keys[:-1]))[: len(keys)]
    return at - np.maximum.accumulate(np.where(starts, at, 0)) if len(keys) else at
