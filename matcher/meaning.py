"""How alike two texts are: encoders turn texts into unit vectors, a scale turns cosines into odds.

An encoder proposes, it does not decide: what is printed needs more certainty than what is weighed.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from matcher.canon import fold

__all__ = ["LEXICAL", "Encoder", "LexicalEncoder", "Likeness", "alike"]


class Encoder(Protocol):
    """Texts to unit vectors.

    Attributes
    ----------
    name
        Shown with every plan that used it.
    scale
        Cosines and the probabilities that they stand for, rising; between them, straight lines.
        A scale belongs to its encoder: cosines of two encoders cannot be compared.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - see Attributes

    @property
    def scale(self) -> tuple[tuple[float, float], ...]: ...  # noqa: D102

    def encode(self, texts: Sequence[str]) -> csr_array:
        """Return one row of length 1 a text (or a zero row), each independent of the others."""
        ...


@dataclass(frozen=True)
class Likeness:
    """Pairs of texts that may mean the same: `left` and `right` index them, `odds` is 0 to 1."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    odds: NDArray[np.float64]


_STOP_WORDS = frozenset(
    "a about an and any anyone are at be can could do for from get give has have help helping how i"
    " if in into is it its like looking me meet more my need needs of offer on or our out people"
    " person seeking share show some someone something start that the their them there they this to"
    " up want was we what who with would you your".split()
)
_WORD = re.compile(r"[\w+#]+")
_NO_SPACES = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DIMENSIONS = 2**20
_ROWS_AT_ONCE = 1_000


class LexicalEncoder:
    """Words and their beginnings, hashed: no model, no language, no network.

    Each word counts by itself and by its first five letters, so that endings matter less; scripts
    written without spaces count by pairs of characters. Texts without a common word are strangers.
    """

    name = "lexical"
    scale = ((0.30, 0.0), (0.50, 0.5), (0.70, 0.8), (0.99, 0.97))

    def encode(self, texts: Sequence[str]) -> csr_array:
        """Return one sparse row a text; equal texts give equal rows whatever stands beside them."""
        rows: list[int] = []
        columns: list[int] = []
        for row, text in enumerate(texts):
            features = sorted(set(_features(text)))
            rows += [row] * len(features)
            columns += features
        ones = np.ones(len(rows))
        counts = csr_array((ones, (rows, columns)), shape=(len(texts), _DIMENSIONS))
        norms = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
        scaled = ones / np.repeat(norms, np.diff(counts.indptr))
        return csr_array((scaled, counts.indices, counts.indptr), shape=counts.shape)


LEXICAL: Encoder = LexicalEncoder()
"""The encoder that is always there."""


def _features(text: str) -> Iterator[int]:
    for word in _WORD.findall(fold(text)):
        if _NO_SPACES.search(word):
            yield from (_hash(word[i : i + 2]) for i in range(max(1, len(word) - 1)))
        elif word not in _STOP_WORDS:
            yield _hash(word)
            yield _hash(word[:5] + "\0")


def _hash(feature: str) -> int:
    return zlib.crc32(feature.encode()) % _DIMENSIONS


def alike(
    encoder: Encoder, left: Sequence[str], right: Sequence[str], most: int | None = None
) -> Likeness:
    """Return every pair of a left and a right text with odds above 0, sorted by (left, right).

    Parameters
    ----------
    most
        Of each left text only the most likely so many pairs; None returns all.

    Notes
    -----
    Sparse products, some rows at a time: time grows with the pairs that share a feature, not with
    all pairs; memory with what is returned.
    """
    parts = [Likeness(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0))]
    if left and right:
        rows, columns = encoder.encode(left), encoder.encode(right).T.tocsr()
        for start in range(0, len(left), _ROWS_AT_ONCE):
            product = (rows[start : start + _ROWS_AT_ONCE] @ columns).tocoo()
            part = _likely(encoder, product, most)
            parts.append(Likeness(part.left + start, part.right, part.odds))
    sides = zip(*((part.left, part.right, part.odds) for part in parts), strict=True)
    return Likeness(*(np.concatenate(side) for side in sides))


def _likely(encoder: Encoder, product: coo_array, most: int | None) -> Likeness:
    """Return the pairs of texts with odds above 0 among cosines, sorted."""
    cosines, odds = zip(*encoder.scale, strict=True)
    # Rounded first: summation order must not decide on which side of a threshold a pair falls.
    certain = np.interp(np.round(product.data, 9), cosines, odds)
    keep = np.flatnonzero(certain > 0)
    rows, columns = (side[keep].astype(np.int64) for side in product.coords)
    certain = certain[keep]
    if most is not None:
        best = np.lexsort((columns, -certain, rows))
        place = np.arange(len(best)) - np.searchsorted(rows[best], rows[best])
        best = best[place < most]
        rows, columns, certain = rows[best], columns[best], certain[best]
    order = np.lexsort((columns, rows))
    return Likeness(rows[order], columns[order], certain[order])
