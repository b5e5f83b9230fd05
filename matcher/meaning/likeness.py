"""Which offers meet which needs: structure decides, an encoder ranks, a scale gives the odds.

    z = S − r − c − 0.1·m

S is the cosine of need and offer, r the mean cosine of the need with its five nearest offers, c
that of the offer with its five nearest needs (CSLS, Conneau et al. 2018, with double weight on both
means; each 0.5 at most), m whether one of them speaks of a kind of help that the other one lacks.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from matcher.errors import MatcherError
from matcher.meaning.encoder import Cache, Encoder, Floats, cached
from matcher.meaning.glossary import gloss
from matcher.meaning.lexical import words_in_common
from matcher.meaning.sentence import sentence_encoder
from matcher.meaning.statement import STRICT, Direction, Statement, read

__all__ = ["LEXICAL", "Likeness", "Meaning", "NotInstalled", "best_meaning", "meaning_named"]

LEXICAL_SCALE = ((0.30, 0.0), (0.50, 0.5), (0.70, 0.8), (0.99, 0.97))
"""Cosines of wordings and the probabilities that they stand for; straight lines between."""
SENTENCE_SCALE = (
    (-0.40, 0.0),
    (-0.325, 0.1),
    (-0.275, 0.45),
    (-0.23, 0.8),
    (-0.15, 0.95),
    (0, 0.98),
)
"""The same for z. At 0.8 and above, 1 in 1,000 wrong pairs passes at most (`benchmarks.meaning`).

A scale belongs to its encoder: another one needs another scale.
"""

_NEAREST = 5
_OFTEN_GIVEN = [STRICT.index(kind) for kind in ("funding", "work")]  # gifts only for who asks so
_CROWDED = np.float32(0.5)  # where many want the same, they must not hide it from each other
_LACKS = 0.1
_LEXICAL_LACKS = 0.25
_ENOUGH = 40  # texts on either side, from which five of them are a fair neighbourhood
_ROWS = 2048


@dataclass(frozen=True)
class Likeness:
    """Pairs of a need and an offer that may fit, sorted; `left` and `right` index the texts.

    Parameters
    ----------
    odds
        Probability that the offer meets the need, above 0 and up to 1.
    scores
        What the odds were read from; comparable within one `Meaning` only.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    odds: NDArray[np.float64]
    scores: NDArray[np.float64]

    def best(self, most: int | None) -> Likeness:
        """Return the same sorted, of each need only the most likely so many; None keeps all."""
        order = np.lexsort((self.right, -self.scores, -self.odds, self.left))
        if most is not None:
            left = self.left[order]
            order = order[np.arange(len(order)) - np.searchsorted(left, left) < most]
        order = order[np.lexsort((self.right[order], self.left[order]))]
        return Likeness(self.left[order], self.right[order], self.odds[order], self.scores[order])


class Meaning:
    """Compares needs with offers.

    Parameters
    ----------
    encoder
        None compares wordings alone.
    cache
        Keeps vectors between runs.

    Attributes
    ----------
    name
        What compares, for plans and reports.
    """

    def __init__(self, encoder: Encoder | None = None, cache: Cache | None = None) -> None:
        self._encoder = encoder
        self._cache = cache
        self.name = encoder.name if encoder else "lexical"

    def alike(
        self,
        needs: Sequence[str],
        offers: Sequence[str],
        most: int | None = None,
        *,
        every: bool = False,
    ) -> Likeness:
        """Return the pairs that may fit, sorted by (need, offer).

        Parameters
        ----------
        most
            Of each need only the most likely so many pairs; None returns all.
        every
            Also the pairs with odds of 0.

        Notes
        -----
        Some rows at a time: memory grows with what is returned. By wording, time grows with the
        pairs that share a word; with an encoder, with all pairs.
        """
        nothing = np.empty(0, dtype=np.int64)
        parts = [Likeness(nothing, nothing, np.empty(0), np.empty(0))]
        if needs and offers:
            left, right = [read(text) for text in needs], [read(text) for text in offers]
            structure = _Structure(left, right)
            blocks = (
                _by_wording(left, right, structure, every)
                if self._encoder is None
                else self._by_encoder(self._encoder, left, right, structure, every)
            )
            parts += [block.best(most) for block in blocks]
        return Likeness(
            left=np.concatenate([part.left for part in parts]),
            right=np.concatenate([part.right for part in parts]),
            odds=np.concatenate([part.odds for part in parts]),
            scores=np.concatenate([part.scores for part in parts]),
        )

    def _by_encoder(
        self,
        encoder: Encoder,
        left: Sequence[Statement],
        right: Sequence[Statement],
        structure: _Structure,
        every: bool,
    ) -> Iterator[Likeness]:
        needs, offers = (self._vectors(encoder, side) for side in (left, right))
        asked, given = (self._vectors(encoder, side) for side in _background())
        r = _neighbourhood(needs, _padded(offers, given))
        c = _neighbourhood(offers, _padded(needs, asked))
        for start in range(0, len(left), _ROWS):
            rows = np.arange(start, min(start + _ROWS, len(left)))
            cosines = needs[rows] @ offers.T
            z = cosines - r[rows, None] - c - _LACKS * structure.lacking(rows)
            # Rounded: summation order must not decide on which side of a threshold a pair falls.
            scores: NDArray[np.float64] = z.astype(np.float64).round(6)
            odds = _on_scale(scores, SENTENCE_SCALE)
            odds[structure.wrong_way(rows)] = 0
            for row, vector in self._excluded(encoder, left, rows).items():
                odds[row, offers @ vector > cosines[row]] = 0
            odds[~needs[rows].any(axis=1)] = 0
            odds[:, ~offers.any(axis=1)] = 0
            at, column = np.nonzero(np.ones_like(odds) if every else odds)
            yield Likeness(rows[at], column.astype(np.int64), odds[at, column], scores[at, column])

    def _vectors(self, encoder: Encoder, statements: Sequence[Statement]) -> Floats:
        texts = [_in_plain_words(said.core) for said in statements]
        known = cached(encoder, [text for text in texts if encoder.understands(text)], self._cache)
        nothing = np.zeros(encoder.width, dtype=np.float32)
        return np.array([known.get(text, nothing) for text in texts])

    def _excluded(
        self, encoder: Encoder, left: Sequence[Statement], rows: NDArray[np.int64]
    ) -> dict[int, Floats]:
        """Return, by position in the block, the vectors of what needs exclude."""
        texts = {at: left[row].excluded for at, row in enumerate(rows) if left[row].excluded}
        known = cached(encoder, [*texts.values()], self._cache)
        return {at: known[text] for at, text in texts.items()}


class _Structure:
    """What the wording of needs and offers rules out, or makes less likely."""

    def __init__(self, left: Sequence[Statement], right: Sequence[Statement]) -> None:
        self._gives = np.array([said.direction is Direction.GIVE or not said.core for said in left])
        self._asks = np.array([said.direction is Direction.ASK or not said.core for said in right])
        self._left, self._right = _strict_kinds(left), _strict_kinds(right)

    def lacking(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return for each pair whether one speaks of a kind of help that the other lacks."""
        asked, given = self._left[rows].astype(np.float32), self._right.astype(np.float32)
        unmet = asked @ (1 - given).T
        unwanted = (1 - asked[:, _OFTEN_GIVEN]) @ given[:, _OFTEN_GIVEN].T
        result: NDArray[np.bool_] = np.greater(unmet + unwanted, 0)
        return result

    def wrong_way(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return for each pair whether the "need" gives, the "offer" asks, or one says nothing."""
        result: NDArray[np.bool_] = self._gives[rows][:, None] | self._asks
        return result

    def wrong_pairs(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return the same for single pairs."""
        result: NDArray[np.bool_] = self._gives[rows] | self._asks[columns]
        return result

    def lacking_pairs(
        self, rows: NDArray[np.int64], columns: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Return `lacking` for single pairs."""
        asked, given = self._left[rows], self._right[columns]
        unmet, unwanted = asked & ~given, given & ~asked
        result: NDArray[np.bool_] = np.any(unmet, axis=1) | np.any(
            unwanted[:, _OFTEN_GIVEN], axis=1
        )
        return result


def _strict_kinds(statements: Sequence[Statement]) -> NDArray[np.bool_]:
    return np.array([[kind in said.kinds for kind in STRICT] for said in statements])


def _by_wording(
    left: Sequence[Statement], right: Sequence[Statement], structure: _Structure, every: bool
) -> Iterator[Likeness]:
    needs = words_in_common([said.core for said in left])
    offers = words_in_common([said.core for said in right]).T.tocsr()
    excluded = words_in_common([said.excluded for said in left])
    for start in range(0, len(left), _ROWS):
        product = (needs[start : start + _ROWS] @ offers).tocoo()
        rows, columns = (side.astype(np.int64) for side in product.coords)
        cosines = product.data
        if every:
            cosines = product.toarray().ravel()
            rows, columns = (side.ravel() for side in np.indices(product.shape))
        # Rounded: summation order must not decide on which side of a threshold a pair falls.
        scores = np.round(
            cosines - _LEXICAL_LACKS * structure.lacking_pairs(rows + start, columns), 9
        )
        odds = _on_scale(scores, LEXICAL_SCALE)
        odds[structure.wrong_pairs(rows + start, columns)] = 0
        unwanted = (excluded[start : start + _ROWS] @ offers).tocoo()
        keys = unwanted.coords[0].astype(np.int64) * len(right) + unwanted.coords[1]
        odds[np.isin(rows * len(right) + columns, keys)] = 0
        keep = np.flatnonzero(np.ones_like(odds) if every else odds)
        yield Likeness(rows[keep] + start, columns[keep], odds[keep], scores[keep])


def _on_scale(
    scores: NDArray[np.float64], scale: Sequence[tuple[float, float]]
) -> NDArray[np.float64]:
    points = np.array(scale)
    result: NDArray[np.float64] = np.interp(scores, points[:, 0], points[:, 1])
    return result


def _in_plain_words(core: str) -> str:
    plain = gloss(core)
    return f"{core}: {plain}" if plain else core


def _neighbourhood(texts: Floats, others: Floats) -> Floats:
    """Return the mean cosine of each text with its nearest among the others, `_CROWDED` at most."""
    means = [np.empty(0, dtype=np.float32)]
    for start in range(0, len(texts), _ROWS):
        cosines = texts[start : start + _ROWS] @ others.T
        nearest = np.partition(cosines, -_NEAREST, axis=1)[:, -_NEAREST:]
        means.append(np.minimum(nearest.mean(axis=1), _CROWDED))
    return np.concatenate(means)


def _padded(vectors: Floats, background: Floats) -> Floats:
    """Return each vector once, with others beside them where there are few."""
    different = np.unique(vectors, axis=0)
    missing = max(0, _ENOUGH - len(different))
    return np.vstack([different, background[:missing]])


@cache
def _background() -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """Return needs and offers as people write them, to measure small events by."""
    source = (files("matcher.meaning") / "background.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(source.splitlines()))
    return tuple(read(row["need"]) for row in rows), tuple(read(row["offer"]) for row in rows)


LEXICAL = Meaning()
"""Compares wordings; always there."""


def best_meaning(cache: Cache | None = None) -> Meaning:
    """Return the best that is installed: the sentence encoder, or wordings alone."""
    return Meaning(sentence_encoder(), cache)


class NotInstalled(MatcherError):  # noqa: N818 - says what is missing
    """A plan was compared by an encoder that is not here, or not in that version."""


def meaning_named(name: str, cache: Cache | None = None) -> Meaning:
    """Return what a plan was compared by; "" (nothing compared) is as good as wordings.

    Raises
    ------
    NotInstalled
        If that encoder is not here.
    """
    for meaning in (LEXICAL, best_meaning(cache)):
        if name in (meaning.name, ""):
            return meaning
    raise NotInstalled(
        f"This plan compared needs with offers by {name}, which is not installed. "
        "Install the extra meaning in that version, or make the plan again."
    )
