"""What an encoder made of texts, kept in the store, so that the next plan starts at once.

Kept under a hash of the text, never the text; still, vectors come from what people wrote, and go
when somebody is erased (`forget_vectors`). They can be computed again at any time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

import numpy as np

from matcher.meaning import Floats

from .store import Store

__all__ = ["KeptVectors", "forget_vectors"]

_AT_ONCE = 500  # SQLite takes so many values in a statement, and more


class KeptVectors:
    """The vectors in a store, by encoder and text: a `matcher.meaning.Cache`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def load(self, encoder: str, texts: Sequence[str]) -> Mapping[str, Floats]:
        """Return the vectors that are known, by text."""
        hashes = {_hash(text): text for text in texts}
        found: dict[str, Floats] = {}
        keys = sorted(hashes)
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            holes = ",".join("?" * len(some))
            sql = f"select hash, vector from vectors where encoder = ? and hash in ({holes})"  # noqa: S608
            for row in self._store.rows(sql, (encoder, *some)):
                found[hashes[row["hash"]]] = np.frombuffer(row["vector"], dtype="<f4")
        return found

    def save(self, encoder: str, vectors: Mapping[str, Floats]) -> None:
        """Keep vectors; those that somebody else kept meanwhile are the same."""
        sql = "insert or ignore into vectors (encoder, hash, vector) values (?, ?, ?)"
        with self._store.writing():
            for text, vector in vectors.items():
                self._store.change(sql, (encoder, _hash(text), vector.astype("<f4").tobytes()))


def forget_vectors(store: Store) -> None:
    """Forget all vectors: which of them somebody's texts gave, no one can tell."""
    store.change("delete from vectors")


def _hash(text: str) -> bytes:
    return sha256(text.encode(errors="surrogatepass")).digest()
