"""Texts to the numbers that a model was trained on: pieces of words.

Two ways, which between them cover most published sentence encoders. Files of other ways are
refused; nothing is guessed.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Protocol

from matcher.errors import MatcherError

__all__ = ["Tokens", "Unigram", "UnknownTokens", "WordPiece", "tokens_from_json"]

_MOST = 128
_LONGEST_WORD = 100
_UNKNOWN_PENALTY = 10.0


class UnknownTokens(MatcherError, ValueError):  # noqa: N818 - says what is the matter
    """A file of tokens that is of another kind than this module knows."""


class Tokens(Protocol):
    """Texts to numbers of pieces."""

    def of(self, text: str) -> list[int]:
        """Return the numbers of a text, with the marks of its beginning and end; 128 at most."""
        ...


class WordPiece:
    """The longest known piece first (Devlin et al. 2019, "BERT"); words are lower-cased.

    Parameters
    ----------
    pieces
        By number; those that continue a word begin with ``##``.

    Examples
    --------
    >>> WordPiece(["[UNK]", "[CLS]", "[SEP]", "old", "fash", "##ion", ","]).of("Old, fashion!")
    [1, 3, 6, 4, 5, 0, 2]
    """

    def __init__(self, pieces: Sequence[str], *, lowercase: bool = True) -> None:
        self._number = {piece: at for at, piece in enumerate(pieces)}
        self._lowercase = lowercase
        self._unknown, self._first, self._last = (
            self._number[mark] for mark in ("[UNK]", "[CLS]", "[SEP]")
        )

    def of(self, text: str) -> list[int]:
        """Return the numbers of a text, with the marks of its beginning and end; 128 at most."""
        numbers = [number for word in self._words(text) for number in self._pieces(word)]
        return [self._first, *numbers[: _MOST - 2], self._last]

    def _words(self, text: str) -> list[str]:
        if self._lowercase:
            text = unicodedata.normalize("NFD", text.lower())
            text = "".join(char for char in text if unicodedata.category(char) != "Mn")
        return "".join(map(_set_apart, text)).split()

    def _pieces(self, word: str) -> list[int]:
        found: list[int] = []
        start = 0
        while start < len(word):
            before = "##" if start else ""
            for end in range(len(word), start, -1):
                number = self._number.get(before + word[start:end])
                if number is not None:
                    break
            else:
                return [self._unknown]
            found.append(number)
            start = end
        return found if len(word) <= _LONGEST_WORD else [self._unknown]


class Unigram:
    """The likeliest pieces (Kudo 2018, "Subword Regularization"), as SentencePiece writes them.

    Parameters
    ----------
    pieces
        Piece and log-probability by number; ``▁`` stands for the space before a word.
    unknown, first, last
        Numbers of the mark of what is not known, and of beginning and end.
    """

    def __init__(
        self, pieces: Sequence[tuple[str, float]], *, unknown: int, first: int, last: int
    ) -> None:
        self._pieces = {piece: (at, score) for at, (piece, score) in enumerate(pieces)}
        self._longest = max(map(len, self._pieces))
        self._worst = min(score for _, score in pieces) - _UNKNOWN_PENALTY
        self._unknown, self._first, self._last = unknown, first, last

    def of(self, text: str) -> list[int]:
        """Return the numbers of a text, with the marks of its beginning and end; 128 at most."""
        words = unicodedata.normalize("NFKC", text).split()
        numbers = self._likeliest("".join(f"▁{word}" for word in words))
        return [self._first, *numbers[: _MOST - 2], self._last]

    def _likeliest(self, text: str) -> list[int]:
        """Return the best division of a text (Viterbi 1967)."""
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)]  # score, where the piece starts, number
        for end in range(1, len(text) + 1):
            found = (-math.inf, end - 1, self._unknown)
            for start in range(max(0, end - self._longest), end):
                known = self._pieces.get(text[start:end])
                if known is not None:
                    number, score = known
                elif start == end - 1:
                    number, score = self._unknown, self._worst
                else:
                    continue
                found = max(found, (best[start][0] + score, start, number))
            best.append(found)
        numbers: list[int] = []
        end = len(text)
        while end:
            _, end, number = best[end]
            if not (number == self._unknown and numbers[-1:] == [self._unknown]):
                numbers.append(number)  # one mark for all that is unknown in a row
        return numbers[::-1]


def tokens_from_json(content: str) -> Tokens:
    """Return what a ``tokenizer.json``, as published beside most models, describes.

    Raises
    ------
    UnknownTokens
        If it is of another kind than WordPiece or Unigram, or not what its kind needs.
    """
    try:
        told = json.loads(content)
        model = told["model"]
        marks = {entry["content"]: int(entry["id"]) for entry in told.get("added_tokens", ())}
        if model.get("type") == "WordPiece":
            return _word_piece(told, model["vocab"])
        if model.get("type") == "Unigram":
            return Unigram(
                [(piece, float(score)) for piece, score in model["vocab"]],
                unknown=int(model["unk_id"]),
                first=marks["<s>"],
                last=marks["</s>"],
            )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnknownTokens(
            f"This tokenizer.json is not complete ({error!r}). Take it from the same source as "
            "the model."
        ) from error
    raise UnknownTokens(
        f"This tokenizer.json is of the kind {model.get('type')!r}. "
        "Choose a model whose kind is WordPiece or Unigram."
    )


def _word_piece(told: Mapping[str, object], vocabulary: Mapping[str, int]) -> WordPiece:
    normalizer = told.get("normalizer")
    lowercase = not isinstance(normalizer, Mapping) or bool(normalizer.get("lowercase", True))
    pieces = [""] * (1 + max(vocabulary.values()))
    for piece, number in vocabulary.items():
        pieces[number] = piece
    return WordPiece(pieces, lowercase=lowercase)


def _set_apart(char: str) -> str:
    """Return a character as words are divided at it: punctuation and Han stand alone."""
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category in ("Cc", "Cf") or char == "\ufffd":
        return ""
    is_sign = char.isascii() and not char.isalnum()
    is_han = unicodedata.name(char, "").startswith("CJK UNIFIED")
    return f" {char} " if is_sign or is_han or category.startswith("P") else char
