"""Which offers meet which needs: structure decides, an encoder ranks, a scale gives the odds.

    z = S − r − c − 0.1·m

S is the cosine of need and offer, r the mean cosine of the need with its five nearest offers, c
that of the offer with its five nearest needs (CSLS, Conneau et al. 2018, with double weight on both
means; each 0.5 at most), m whether one of them speaks of a kind of help that the other one lacks.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from matcher.meaning.encoder import Cache, Encoder, Floats, OnRead, Scale, Vectors
from matcher.meaning.glossary import gloss
from matcher.meaning.lexical import words_in_common
from matcher.meaning.statement import Statement, read
from matcher.meaning.structure import Structure

__all__ = ["LEXICAL", "Likeness", "Matches", "Meaning", "background"]

LEXICAL_SCALE = ((0.30, 0.0), (0.50, 0.5), (0.70, 0.8), (0.99, 0.97))
"""Cosines of wordings and the probabilities that they stand for; straight lines between."""

_NEAREST = 5
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

    def to_bytes(self) -> bytes:
        """Return the pairs as bytes, the same on every machine."""
        sides = (self.left.astype("<i8"), self.right.astype("<i8"))
        return b"".join(each.tobytes() for each in (*sides, self.odds, self.scores))

    @classmethod
    def from_bytes(cls, content: bytes) -> Likeness:
        """Read what `to_bytes` wrote."""
        sides = np.frombuffer(content, dtype="<i8").reshape(4, -1)
        odds, scores = sides[2:].view("<f8")
        return cls(sides[0], sides[1], odds, scores)


class Matches(Protocol):
    """Where found pairs are kept between runs, by what they were found in and with."""

    def load(self, key: bytes) -> bytes | None:
        """Return what was kept, None where nothing was."""
        ...

    def save(self, key: bytes, content: bytes) -> None:
        """Keep it."""
        ...


class Meaning:
    """Compares needs with offers.

    Parameters
    ----------
    encoder
        None compares wordings alone.
    cache
        Keeps vectors between runs.
    most
        Different texts that it takes on; None any number (`fit_for`).

    Attributes
    ----------
    name
        What compares, for plans and reports.
    """

    def __init__(
        self,
        encoder: Encoder | None = None,
        cache: Cache | None = None,
        most: int | None = None,
    ) -> None:
        self._most = most
        self._matches: Matches | None = None
        self._vectors = Vectors(encoder, cache) if encoder else None
        self.name = encoder.name if encoder else "lexical"

    def fit_for(self, texts: int) -> Meaning:
        """Return this, or what compares wordings where so many texts would take hours."""
        return LEXICAL if self._most is not None and texts > self._most else self

    def remembering(self, matches: Matches) -> Self:
        """Return the same, asking what was found before and adding to it.

        A plan of thousands of texts answers questions at once then, and without their vectors.
        """
        other = copy(self)
        other._matches = matches
        return other

    def read_ahead(self, texts: Iterable[str], on_read: OnRead | None = None) -> bool:
        """Encode texts before they are compared, so that somebody can watch it.

        Returns
        -------
        bool
            False when `on_read` ended it. Wordings need no reading: nothing is told of them.
        """
        if self._vectors is None:
            return True
        said = [read(text) for text in texts]
        return self._vectors.read(
            [*map(_encoded, said), *(each.excluded for each in said if each.excluded)], on_read
        )

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
        if self._matches is None or every:
            return self._alike(needs, offers, most, every=every)
        told = json.dumps([self.name, most, [*needs], [*offers]])
        key = sha256(told.encode(errors="surrogatepass")).digest()
        known = self._matches.load(key)
        if known is not None:
            return Likeness.from_bytes(known)
        found = self._alike(needs, offers, most, every=False)
        self._matches.save(key, found.to_bytes())
        return found

    def _alike(
        self, needs: Sequence[str], offers: Sequence[str], most: int | None, *, every: bool
    ) -> Likeness:
        nothing = np.empty(0, dtype=np.int64)
        parts = [Likeness(nothing, nothing, np.empty(0), np.empty(0))]
        if needs and offers:
            left, right = [read(text) for text in needs], [read(text) for text in offers]
            structure = Structure(left, right)
            blocks = (
                _by_wording(left, right, structure, every)
                if self._vectors is None
                else _by_encoder(self._vectors, left, right, structure, every)
            )
            parts += [block.best(most) for block in blocks]
        return Likeness(
            left=np.concatenate([part.left for part in parts]),
            right=np.concatenate([part.right for part in parts]),
            odds=np.concatenate([part.odds for part in parts]),
            scores=np.concatenate([part.scores for part in parts]),
        )

    def closeness(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return how near the two texts of each pair are in meaning, -1 to 1; 0 by wording alone.

        A bare cosine: good for putting pairs in order, and for nothing else.
        """
        if self._vectors is None or not pairs:
            return [0.0] * len(pairs)
        ones, others = (self._vectors.of(side) for side in zip(*pairs, strict=True))
        # Rounded: summation order must not decide which pair comes first.
        cosines: list[float] = np.round((ones * others).sum(axis=1, dtype=np.float64), 6).tolist()
        return cosines


def _by_encoder(
    vectors: Vectors,
    left: Sequence[Statement],
    right: Sequence[Statement],
    structure: Structure,
    every: bool,
) -> Iterator[Likeness]:
    needs, offers, asked, given = (
        vectors.of([*map(_encoded, side)]) for side in (left, right, *_strangers())
    )
    r = _neighbourhood(needs, _padded(offers, given))
    c = _neighbourhood(offers, _padded(needs, asked))
    unread_needs, unread_offers = _unread(needs), _unread(offers)
    wordings: _Wordings | None = None
    for start in range(0, len(left), _ROWS):
        rows = np.arange(start, min(start + _ROWS, len(left)))
        cosines = needs[rows] @ offers.T
        z = cosines - r[rows, None] - c - _LACKS * structure.lacking(rows)
        # Rounded: summation order must not decide on which side of a threshold a pair falls.
        scores: NDArray[np.float64] = z.astype(np.float64).round(6)
        odds = _on_scale(scores, vectors.scale)
        odds[structure.wrong_way(rows)] = 0
        unwilling = [at for at, row in enumerate(rows.tolist()) if left[row].excluded]
        excluded = vectors.of([left[start + at].excluded for at in unwilling])
        for at, unwanted in zip(unwilling, excluded, strict=True):
            odds[at, (offers @ unwanted > cosines[at]) & unwanted.any()] = 0
        by_wording = unread_needs[rows, None] | unread_offers
        if by_wording.any():
            wordings = wordings or _Wordings(left, right, structure)
            words = wordings.block(rows, every=True)
            odds = np.where(by_wording, words.odds.reshape(odds.shape), odds)
            scores = np.where(by_wording, words.scores.reshape(odds.shape), scores)
        row, column = np.nonzero(np.ones_like(odds) if every else odds)
        yield Likeness(rows[row], column.astype(np.int64), odds[row, column], scores[row, column])


def _unread(vectors: Floats) -> NDArray[np.bool_]:
    """Return which texts the encoder did not understand."""
    result: NDArray[np.bool_] = np.logical_not(np.any(vectors, axis=1))
    return result


def _by_wording(
    left: Sequence[Statement], right: Sequence[Statement], structure: Structure, every: bool
) -> Iterator[Likeness]:
    wordings = _Wordings(left, right, structure)
    for start in range(0, len(left), _ROWS):
        yield wordings.block(np.arange(start, min(start + _ROWS, len(left))), every=every)


class _Wordings:
    """Needs and offers compared by the words they have in common."""

    def __init__(
        self, left: Sequence[Statement], right: Sequence[Statement], structure: Structure
    ) -> None:
        self._needs = words_in_common([said.core for said in left])
        self._offers = words_in_common([said.core for said in right]).T.tocsr()
        self._excluded = words_in_common([said.excluded for said in left])
        self._structure = structure

    def block(self, rows: NDArray[np.int64], *, every: bool) -> Likeness:
        """Return the pairs of successive needs that have odds, or every one, sorted."""
        here = slice(rows[0], rows[-1] + 1)
        product = (self._needs[here] @ self._offers).tocoo()
        at, columns = (side.astype(np.int64) for side in product.coords)
        cosines = product.data
        if every:
            cosines = product.toarray().ravel()
            at, columns = (side.ravel() for side in np.indices(product.shape))
        left = at + rows[0]
        # Rounded: summation order must not decide on which side of a threshold a pair falls.
        lacking = self._structure.lacking_pairs(left, columns)
        scores = np.round(cosines - _LEXICAL_LACKS * lacking, 9)
        odds = _on_scale(scores, LEXICAL_SCALE)
        odds[self._structure.wrong_pairs(left, columns)] = 0
        unwanted = (self._excluded[here] @ self._offers).tocoo()
        wide = self._offers.shape[1]
        keys = unwanted.coords[0].astype(np.int64) * wide + unwanted.coords[1]
        odds[np.isin(at * wide + columns, keys)] = 0
        keep = np.flatnonzero(np.ones_like(odds) if every else odds)
        return Likeness(left[keep], columns[keep], odds[keep], scores[keep])


def _on_scale(scores: NDArray[np.float64], scale: Scale) -> NDArray[np.float64]:
    points = np.array(scale)
    result: NDArray[np.float64] = np.interp(scores, points[:, 0], points[:, 1])
    return result


def _encoded(said: Statement) -> str:
    """Return what is encoded of a text: what it is about, terms of art also in plain words."""
    plain = gloss(said.core)
    return f"{said.core}: {plain}" if plain else said.core


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
def background() -> tuple[tuple[str, str], ...]:
    """Return needs, each with the offer that fits, as people write them.

    Small events are measured by the first `_ENOUGH` of them, encoders by all.
    """
    source = (files("matcher.meaning") / "background.csv").read_text(encoding="utf-8")
    return tuple((row["need"], row["offer"]) for row in csv.DictReader(source.splitlines()))


@cache
def _strangers() -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """Return what stands beside the needs, and beside the offers, of a small event."""
    needs, offers = zip(*background()[:_ENOUGH], strict=True)
    return tuple(map(read, needs)), tuple(map(read, offers))


LEXICAL = Meaning()
"""Compares wordings; always there."""
