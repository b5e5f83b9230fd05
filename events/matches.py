"""Which needs and offers of a run fit, kept with it: its questions are answered without an encoder.

Vectors are forgotten when anybody is erased and stay out of backups; to make those of a large event
again takes minutes. What is kept here are positions and odds, no texts, and it goes with its run.
"""

from __future__ import annotations

from .store import Store

__all__ = ["KeptMatches"]


class KeptMatches:
    """The matches of one run in a store: a `matcher.meaning.Matches`.

    Parameters
    ----------
    adds
        Whether to keep what is found; False where other texts than those of the run may be asked
        about.
    """

    def __init__(self, store: Store, run_id: int, *, adds: bool = True) -> None:
        self._store, self._run, self._adds = store, run_id, adds

    def load(self, key: bytes) -> bytes | None:
        """Return what was kept under a key, None where nothing was."""
        sql = "select content from matches where run_id = ? and key = ?"
        row = next(iter(self._store.rows(sql, (self._run, key))), None)
        return None if row is None else bytes(row["content"])

    def save(self, key: bytes, content: bytes) -> None:
        """Keep it while there is the run; what somebody else kept meanwhile is the same."""
        if not self._adds:
            return
        sql = "insert or ignore into matches select id, ?, ? from runs where id = ?"
        self._store.change(sql, (key, content, self._run))
