"""What turns texts into vectors. No encoder reaches for the network: its weights are installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Cache", "Encoder", "Floats", "cached"]

Floats = NDArray[np.float32]
_BATCH = 64


class Encoder(Protocol):
    """Texts to unit vectors.

    Attributes
    ----------
    name
        Name and version: vectors of two encoders, or of two versions of one, never mix.
    width
        Numbers in a vector.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - see Attributes

    @property
    def width(self) -> int: ...  # noqa: D102

    def understands(self, text: str) -> bool:
        """Return whether the text is in a language that the encoder was trained on."""
        ...

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one row of length 1 a text, independent of its neighbours."""
        ...


class Cache(Protocol):
    """Where vectors are kept between runs, by encoder and text; may forget at any time."""

    def load(self, encoder: str, texts: Sequence[str]) -> Mapping[str, Floats]:
        """Return the vectors that are known, by text."""
        ...

    def save(self, encoder: str, vectors: Mapping[str, Floats]) -> None:
        """Keep vectors."""
        ...


def cached(encoder: Encoder, texts: Sequence[str], cache: Cache | None) -> dict[str, Floats]:
    """Return the vector of every text, from the cache where it is there; the rest is kept in it."""
    wanted = sorted(set(texts))
    known = dict(cache.load(encoder.name, wanted)) if cache is not None else {}
    missing = [text for text in wanted if text not in known]
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        fresh = dict(zip(batch, encoder.encode(batch), strict=True))
        if cache is not None:
            cache.save(encoder.name, fresh)
        known |= fresh
    return known
