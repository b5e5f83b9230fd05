"""Words and their beginnings, hashed: how much of their wording two texts share."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse import csr_array

from matcher.meaning.statement import NO_SPACES, content_words, without_article

__all__ = ["words_in_common"]

_NO_SPACES = re.compile(f"[{NO_SPACES}]")
_DIMENSIONS = 2**20


def words_in_common(texts: Sequence[str]) -> csr_array:
    """Return one sparse row of length 1 a text; equal texts give equal rows in any company.

    Each word counts by itself and by its first five letters, so that endings matter less; scripts
    written without spaces count by pairs of characters. Texts without a common word are strangers.
    """
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


def _features(text: str) -> Iterator[int]:
    for word in content_words(text):
        if _NO_SPACES.search(word):
            yield from (_hash(word[i : i + 2]) for i in range(max(1, len(word) - 1)))
        else:
            bare = without_article(word)
            yield _hash(bare)
            yield _hash(bare[:5] + "\0")


def _hash(feature: str) -> int:
    return zlib.crc32(feature.encode()) % _DIMENSIONS
