"""The best partners of each person, without sorting by several keys."""

from __future__ import annotations

import numpy as np

from matcher.affinity.answers import Ints, place_in_run

__all__ = ["best_of_each"]


def best_of_each(
    mine: Ints, theirs: Ints, worth: Ints, most: int, people: int
) -> tuple[Ints, Ints]:
    """Return each person's best partners, themselves left out, sorted by person, best first.

    Parameters
    ----------
    mine, theirs
        Persons and their partners, as indices below `people`.
    worth
        How good each is, from 0. Ties go to those next in the list of people, so that everybody
        is somebody's partner.
    most
        Partners that each person keeps.

    Notes
    -----
    One sort of one integer an entry: person, then worth falling, then distance in the list.
    Holds while people² × the greatest worth stays below 2⁶³.

    Examples
    --------
    >>> mine, theirs, worth = np.array([[0, 0, 0, 1], [1, 2, 3, 0], [5, 9, 5, 5]])
    >>> [side.tolist() for side in best_of_each(mine, theirs, worth, 2, 4)]
    [[0, 0, 1], [2, 1, 0]]
    """
    top = int(worth.max(initial=0))
    after = (theirs - mine) % people
    other = after > 0
    keys = np.sort(((mine * (top + 1) + (top - worth)) * people + after)[other])
    owner = keys // ((top + 1) * people)
    kept = place_in_run(owner) < most
    owner, after = owner[kept], keys[kept] % people
    return owner, (owner + after) % people
