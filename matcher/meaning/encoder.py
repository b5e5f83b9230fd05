"""What turns texts into vectors. No encoder reaches for the network: its weights are installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Cache", "Encoder", "Floats", "OnRead", "Scale", "Vectors"]

Floats = NDArray[np.float32]
Scale = Sequence[tuple[float, float]]
"""Scores and the probabilities that they stand for, ascending; straight lines between."""
OnRead = Callable[[int, int], bool]
"""Told how many of how many texts are encoded; answers False to stop."""

_BATCH = 16


class Encoder(Protocol):
    """Texts to unit vectors.

    Attributes
    ----------
    name
        Name and version: vectors of two encoders, or of two versions of one, never mix.
    width
        Numbers in a vector.
    scale
        What its scores mean (`matcher.meaning.likeness`). At 0.8 and above, 1 in 1,000 wrong pairs
        may pass; a scale never transfers to another encoder.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - see Attributes

    @property
    def width(self) -> int: ...  # noqa: D102

    @property
    def scale(self) -> Scale: ...  # noqa: D102

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


class Vectors:
    """The vector of every text asked for; each is encoded once, and kept in a cache between runs.

    Parameters
    ----------
    cache
        None keeps vectors as long as this object lives.
    """

    def __init__(self, encoder: Encoder, cache: Cache | None = None) -> None:
        self.name, self.scale = encoder.name, encoder.scale
        self._encoder, self._cache = encoder, cache
        self._known: dict[str, Floats] = {}

    def of(self, texts: Sequence[str]) -> Floats:
        """Return (texts, width): a row a text, all 0 where the encoder does not understand it."""
        self.read(texts)
        nothing = np.zeros(self._encoder.width, dtype=np.float32)
        rows = [self._known.get(text, nothing) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(rows), self._encoder.width)

    def read(self, texts: Iterable[str], on_read: OnRead | None = None) -> bool:
        """Encode texts ahead of their use; return False when `on_read` ended it early."""
        wanted = sorted(filter(self._encoder.understands, set(texts) - self._known.keys()))
        if self._cache is not None and wanted:
            self._known |= self._cache.load(self._encoder.name, wanted)
        missing = [text for text in wanted if text not in self._known]
        for start in range(0, len(missing), _BATCH):
            if on_read is not None and not on_read(start, len(missing)):
                return False
            batch = missing[start : start + _BATCH]
            fresh = dict(zip(batch, self._encoder.encode(batch), strict=True))
            if self._cache is not None:
                self._cache.save(self._encoder.name, fresh)
            self._known |= fresh
        return True
