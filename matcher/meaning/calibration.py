"""What the scores of an encoder mean: a scale belongs to one encoder and never to another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.meaning.encoder import Cache, Encoder, Floats, Scale, Vectors
from matcher.meaning.likeness import Meaning, background

__all__ = ["Centred", "calibrated"]

_PASSING = ((0.03, 0.0), (0.01, 0.1), (0.003, 0.45))


def calibrated(encoder: Encoder) -> Scale:
    """Return what an encoder's scores mean, judged by the shipped needs and offers.

    By how many of the 4,970 wrong pairs among them pass: 3 % stand for a probability of 0, 1 % for
    0.1, 0.3 % for 0.45 and none for 0.8, from where offers are printed. These are conventions, as
    the odds depend on how many needs of an event have an offer at all.
    """
    needs, offers = zip(*background(), strict=True)
    found = Meaning(encoder).alike(needs, offers, every=True)
    scores = found.scores.reshape(len(needs), len(offers))
    wrong = np.sort(scores[~np.eye(len(needs), dtype=np.bool_)])[::-1]
    low = [(round(float(wrong[int(len(wrong) * share)]), 3), odds) for share, odds in _PASSING]
    best = float(wrong[0])
    step = best - low[-1][0]
    return (*low, *_above(best, step))


def _above(best: float, step: float) -> Scale:
    return [
        (round(best + times * step, 3), odds) for times, odds in ((0, 0.8), (1, 0.95), (2, 0.98))
    ]


class Centred:
    """An encoder less what all texts have in common, which some models have much of.

    The mean of the shipped needs and offers is taken from every vector (Mu & Viswanath 2018,
    "All-but-the-Top"), so that cosines spread around 0, as the fixed numbers of the score expect.
    The cache keeps vectors as the encoder gave them.
    """

    def __init__(self, encoder: Encoder, cache: Cache | None = None) -> None:
        self.name, self.width = encoder.name, encoder.width
        self.understands = encoder.understands
        self._vectors = Vectors(encoder, cache)
        texts = sorted({text for pair in background() for text in pair})
        self._mean: NDArray[np.float32] = self._vectors.of(texts).mean(axis=0)
        self.scale: Scale = ((-1.0, 0.0), (1.0, 1.0))  # until it is judged
        self.scale = calibrated(self)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one row of length 1 a text."""
        rows = self._vectors.of(texts) - self._mean
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        result: Floats = np.round(rows / np.maximum(lengths, 1e-9), 4)
        return result
