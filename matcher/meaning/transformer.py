"""A sentence transformer as an ONNX graph: numbers of pieces in, one vector a text out."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import Any

import numpy as np

from matcher.meaning.encoder import Floats
from matcher.meaning.tokens import Tokens

__all__ = ["Pooling", "Transformer", "open_graph"]


class Pooling(StrEnum):
    """How one vector is made of those of all pieces."""

    MEAN = "mean"
    FIRST = "first"


class Transformer:
    """Reimers & Gurevych, "Sentence-BERT" (2019).

    Parameters
    ----------
    graph
        From `open_graph`.
    prefix
        What the model was trained to see before each text, such as "query: ".
    """

    def __init__(
        self, graph: Any, tokens: Tokens, pooling: Pooling = Pooling.MEAN, prefix: str = ""
    ) -> None:
        self._graph, self._tokens = graph, tokens
        self._pooling, self._prefix = pooling, prefix
        self._inputs = [each.name for each in graph.get_inputs()]

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one row of length 1 a text; each is read alone, so neighbours change nothing."""
        with ThreadPoolExecutor() as pool:  # a graph runs outside Python's lock
            return np.array(list(pool.map(self._vector, texts)), dtype=np.float32)

    def _vector(self, text: str) -> Floats:
        numbers = np.array([self._tokens.of(self._prefix + text)], dtype=np.int64)
        given = {
            "input_ids": numbers,
            "attention_mask": np.ones_like(numbers),
            "token_type_ids": np.zeros_like(numbers),
        }
        (states,) = self._graph.run(None, {name: given[name] for name in self._inputs})[:1]
        # A graph may do the last step itself; then there is one vector already.
        vectors = states[0] if states.ndim == 3 else states
        vector = vectors[0] if self._pooling is Pooling.FIRST else vectors.mean(axis=0)
        result: Floats = (vector / max(np.linalg.norm(vector), 1e-9)).astype(np.float32)
        return result


def open_graph(model: bytes | str) -> Any:
    """Return a model, from its bytes or the path of its file, ready to run.

    One thread: what is summed in which order must not depend on the machine.
    """
    import onnxruntime  # late: takes half a second

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
