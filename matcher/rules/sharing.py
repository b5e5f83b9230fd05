"""Who shares a partner in a trio without meeting: two mentees with one mentor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from .rule import Rule
from .seated import Seating

__all__ = ["sharing"]


def sharing(
    meetings: Iterable[Seating], rules: Sequence[Rule], rounds: int
) -> frozenset[tuple[str, str]]:
    """Return the sorted pairs of ids that sit in one trio although a rule keeps them apart.

    Their pair counts nothing; the trio is worth half of each of its two others.
    """
    trios = [meeting for meeting in meetings if len(meeting.members) == 3]
    pairs = [pair for meeting in trios for pair in meeting.pairs]
    ids = sorted({person for pair in pairs for person in pair})
    at = {person: index for index, person in enumerate(ids)}
    a, b = np.array([(at[i], at[j]) for i, j in pairs], dtype=np.int64).reshape(-1, 2).T
    apart = np.zeros(len(pairs), dtype=np.bool_)
    for bound in (rule.restrict(ids, rounds) for rule in rules):
        if bound.shares and bound.pair is not None:
            apart |= bound.pair(a, b)
    return frozenset(pair for pair, is_apart in zip(pairs, apart, strict=True) if is_apart)
