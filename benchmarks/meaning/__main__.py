"""How well needs find the offers that meet them: `python -m benchmarks.meaning [--quick]`."""

from __future__ import annotations

import csv
import resource
import sys
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

from events.store import Store
from events.vectors import KeptVectors
from matcher.canon import fold
from matcher.meaning import LEXICAL, Meaning
from matcher.meaning import likeness as method
from matcher.meaning.glossary import glossed_terms
from matcher.meaning.sentence import sentence_encoder

FOLDER = Path(__file__).parent
SIDES = ("need", "offer")
LEVELS = ("word", "paraphrase", "knowledge")
SURE = 0.8  # from which a match is printed (`matcher.questions.reasons`)


class Figures(NamedTuple):
    """One line of the table; ties count against a hit."""

    hits: tuple[float, float, float]
    hit1: float
    hit5: float
    across: float
    recall_1: float
    recall_01: float
    traps_01: float
    recall_sure: float
    wrong_sure: float
    traps_sure: float


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def matrices(meaning: Meaning, needs: Sequence[str], offers: Sequence[str]) -> tuple[Any, Any]:
    """Return odds and scores of every pair."""
    found = meaning.alike(needs, offers, every=True)
    shape = (len(needs), len(offers))
    odds, scores = found.odds.reshape(shape), found.scores.reshape(shape)
    return odds, scores


def judge(meaning: Meaning) -> Figures:
    """Measure one method on the pairs alone, and on traps among the pairs, as at an event."""
    pairs, traps = rows("pairs.csv"), rows("traps.csv")
    needs, offers = [row["need"] for row in pairs], [row["offer"] for row in pairs]
    odds, scores = matrices(meaning, needs, offers)
    right, wrong = np.diagonal(scores), scores[~np.eye(len(pairs), dtype=bool)]
    rank = (scores >= right[:, None]).sum(axis=1) - 1
    level = np.array([row["level"] for row in pairs])
    across = np.array([row["need_language"] != row["offer_language"] for row in pairs])
    strict = np.sort(wrong)[-1 - len(wrong) // 1000]
    both, both_scores = matrices(
        meaning,
        needs + [row["need"] for row in traps],
        offers + [row["offer"] for row in traps],
    )
    trap = np.diagonal(both_scores)[len(pairs) :]
    return Figures(
        hits=tuple(float((rank[level == name] == 0).mean()) for name in LEVELS),
        hit1=(rank == 0).mean(),
        hit5=(rank < 5).mean(),
        across=(rank[across] == 0).mean(),
        recall_1=(right > np.sort(wrong)[-1 - len(wrong) // 100]).mean(),
        recall_01=((right > strict) & (np.diagonal(odds) > 0)).mean(),
        traps_01=((trap > strict) & (np.diagonal(both)[len(pairs) :] > 0)).mean(),
        recall_sure=(np.diagonal(odds) >= SURE).mean(),
        wrong_sure=(odds[~np.eye(len(pairs), dtype=bool)] >= SURE).mean(),
        traps_sure=(np.diagonal(both)[len(pairs) :] >= SURE).mean(),
    )


class Part:
    """One of the two models that the sentence encoder joins."""

    def __init__(self, name: str, whole: Any, columns: slice) -> None:
        self.name, self._whole, self._columns = name, whole, columns
        self.width = len(range(*columns.indices(whole.width)))
        self.understands, self.scale = whole.understands, whole.scale

    def encode(self, texts: Sequence[str]) -> Any:
        rows = self._whole.encode(texts)[:, self._columns]
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def unseen(folded: str) -> str:
    """Gloss as the product does, less every term that stands in the evaluation.

    Pairs and glossary have one author: of terms that are in both, nothing can be learned.
    """
    judged = evaluated()
    return ", ".join(words for term, words in glossed_terms(folded) if term not in judged)


@cache
def evaluated() -> frozenset[str]:
    """Return the terms of the glossary that stand in the evaluation."""
    texts = [row[side] for row in rows("pairs.csv") + rows("traps.csv") for side in SIDES]
    return frozenset(term for text in texts for term, _ in glossed_terms(fold(text)))


def line(name: str, got: Figures) -> str:
    levels = " / ".join(f"{value:.2f}" for value in got.hits)
    rest = (got.hit1, got.hit5, got.across, got.recall_1, got.recall_01, got.traps_01)
    sure = f"{got.recall_sure:.2f} / {got.wrong_sure:.2%} / {got.traps_sure:.2f}"
    return f"| {name} | {levels} | {' | '.join(f'{value:.2f}' for value in rest)} | {sure} |"


def without(part: str, meaning: Meaning) -> Figures:
    """Measure with one idea switched off."""
    changed = {
        "terms seen": ("gloss", unseen),
        "glossary": ("gloss", lambda _: ""),
        "kinds": ("_LACKS", 0.0),
        "wording": ("read", lambda text: method.Statement(text.casefold(), "", None, frozenset())),
        "neighbourhoods": ("_neighbourhood", lambda a, _: np.zeros(len(a), dtype=np.float32)),
    }
    name, value = changed[part]
    kept = getattr(method, name)
    setattr(method, name, value)
    method._strangers.cache_clear()
    try:
        return judge(meaning)
    finally:
        setattr(method, name, kept)
        method._strangers.cache_clear()


def main(arguments: list[str]) -> None:
    print(
        "| method | hit@1 word / paraphrase / knowledge | hit@1 | hit@5 | across languages", end=""
    )
    print(" | recall at 1 % | at .1 % | traps at .1 % | printed: right / wrong / traps |")
    print("|---|---|--:|--:|--:|--:|--:|--:|---|")
    print(line("wording alone", judge(LEXICAL)))
    encoder = sentence_encoder()
    if encoder is None:
        print("The extra `meaning` is not installed: nothing more to compare.")
        return
    cache = Remembered()
    meaning = Meaning(encoder, cache)
    started = time.process_time()
    print(line("encoder, structure", judge(meaning)))
    seconds = (time.process_time() - started) / len(cache)
    print(line("… terms not judged by", without("terms seen", meaning)))
    if "--quick" in arguments:
        return
    for part in ("glossary", "kinds", "wording", "neighbourhoods"):
        print(line(f"… without {part}", without(part, meaning)))
    parts = (("multilingual", slice(0, 512)), ("English", slice(512, None)))
    for name, columns in parts:
        alone = Meaning(Part(name, encoder, columns), cache)
        print(line(f"… {name} model alone", judge(alone)))
        print(line("…… terms not judged by", without("terms seen", alone)))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{len(evaluated())} terms of the glossary stand in the evaluation.")
    print(f"{seconds * 1000:.0f} ms of processor time a text, {memory:.0f} MB at most")
    print(first_and_again())


def first_and_again() -> str:
    """Measure an event of 300 people with 6 different strings each, with vectors in a store."""
    rng = Random(0)
    words = sorted(
        {word for row in rows("pairs.csv") for side in SIDES for word in row[side].split()}
    )
    texts = sorted({" ".join(rng.choices(words, k=6)) for _ in range(1800)})
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "vectors.db") as store:
        seconds = []
        for _ in range(2):
            meaning = Meaning(sentence_encoder(), KeptVectors(store))
            started = time.process_time()
            meaning.read_ahead(texts)
            seconds.append(time.process_time() - started)
    first, again = seconds
    return f"{len(texts)} texts: {first:.1f} s of processor time at first, {again:.2f} s again"


class Remembered(dict[tuple[str, str], Any]):
    """A cache for one run."""

    def load(self, encoder: str, texts: Sequence[str]) -> dict[str, Any]:
        return {text: self[encoder, text] for text in texts if (encoder, text) in self}

    def save(self, encoder: str, vectors: dict[str, Any]) -> None:
        self.update({(encoder, text): vector for text, vector in vectors.items()})


if __name__ == "__main__":
    main(sys.argv[1:])
