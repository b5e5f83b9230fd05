"""What compares needs with offers on this computer: a model that somebody named, or what is here.

A bigger model than the installed ones is a folder with `model.onnx` and `tokenizer.json`, as most
sentence encoders are published; `SEEDBED_MODEL` names it, so that workers find it too. Nothing is
ever fetched.
"""

from __future__ import annotations

import os
import tomllib
from functools import cache as once
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from matcher.meaning import (
    READ_UP_TO,
    Cache,
    Encoder,
    Floats,
    Matches,
    Meaning,
    NotInstalled,
    best_meaning,
    meaning_named,
    remembered,
)
from matcher.meaning.calibration import Centred
from matcher.meaning.tokens import UnknownTokens, tokens_from_json
from matcher.meaning.transformer import Pooling, Transformer, open_graph

from .errors import UnusableOption

__all__ = ["MODEL", "local_encoder", "meaning_here", "meaning_of_plan"]

MODEL = "SEEDBED_MODEL"
"""Environment variable that names the folder of a model."""

_CHUNK = 2**20


class _Manner(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """How a model wants to be used: `seedbed.toml` in its folder."""

    prefix: str = ""
    pooling: Pooling = Pooling.MEAN


def meaning_here(cache: Cache | None = None, most: int | None = READ_UP_TO) -> Meaning:
    """Return the best there is: the named model, the installed encoder, or wordings alone.

    Parameters
    ----------
    most
        As for `matcher.meaning.Meaning`.

    Raises
    ------
    UnusableOption
        If a model is named that cannot be used; it is never silently left out.
    """
    named = os.environ.get(MODEL, "")
    if named:
        return Meaning(local_encoder(Path(named), cache), most=most)
    return best_meaning(cache, most)


def meaning_of_plan(
    name: str, cache: Cache | None = None, matches: Matches | None = None
) -> Meaning:
    """Return what a plan was compared by (`Meaning.name`).

    Parameters
    ----------
    matches
        What was kept of its comparisons; None for a plan from files.

    Raises
    ------
    NotInstalled
        If that encoder is not here; with `matches`, only when something else is compared.
    """
    here = meaning_here(cache, None)
    try:
        found = here if here.name == name else meaning_named(name, cache)
    except NotInstalled:
        if matches is None:
            raise
        return remembered(name, matches)
    return found.remembering(matches) if matches else found


def local_encoder(folder: Path, cache: Cache | None = None) -> Encoder:
    """Return the sentence encoder in a folder, calibrated by the shipped needs and offers.

    Raises
    ------
    UnusableOption
        If something is missing or of a kind that Seedbed does not know.
    """
    if find_spec("onnxruntime") is None:
        raise UnusableOption(
            f"{folder}: to use a model of your own, install the extra meaning (start.py does)."
        )
    missing = [name for name in ("model.onnx", "tokenizer.json") if not (folder / name).is_file()]
    if missing:
        raise UnusableOption(
            f"{folder} has no {' and no '.join(missing)}. Name the folder of a sentence encoder in "
            "ONNX form."
        )
    return Centred(_opened(folder.resolve()), cache)


class _LocalEncoder:
    """A model out of a folder; see `Centred` for what its vectors and scores become."""

    scale = ()

    def __init__(self, name: str, model: Transformer) -> None:
        self.name, self._model = name, model
        self.width = model.encode(["a"]).shape[1]

    def understands(self, text: str) -> bool:
        """Return whether there is a letter: what a model was trained on is not in its files."""
        return any(map(str.isalpha, text))

    def encode(self, texts: list[str]) -> Floats:
        """Return one row of length 1 a text."""
        return self._model.encode(texts)


@once
def _opened(folder: Path) -> Any:
    try:
        manner = _manner(folder)
        tokens = tokens_from_json((folder / "tokenizer.json").read_text(encoding="utf-8"))
        graph = open_graph(str(folder / "model.onnx"))
        model = Transformer(graph, tokens, manner.pooling, manner.prefix)
        return _LocalEncoder(f"{folder.name} {_fingerprint(folder)}", model)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError) as error:
        raise UnusableOption(
            f'{folder / "seedbed.toml"}: {error}. It may say prefix = "query: " and '
            'pooling = "mean" or "first".'
        ) from error
    except UnknownTokens as error:
        raise UnusableOption(f"{folder}: {error}") from error
    except Exception as error:  # what a graph of somebody else's raises is not ours to list
        raise UnusableOption(
            f"{folder / 'model.onnx'} cannot be run as a sentence encoder ({error}). "
            "It takes input_ids, and gives vectors of pieces or of the text first."
        ) from error


def _manner(folder: Path) -> _Manner:
    file = folder / "seedbed.toml"
    told = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return msgspec.convert(told, _Manner)


def _fingerprint(folder: Path) -> str:
    """Return a hash of everything that decides vectors: another one never finds these again."""
    whole = sha256()
    for path in sorted(folder.iterdir()):
        if path.name.startswith("model.onnx") or path.name in ("tokenizer.json", "seedbed.toml"):
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    whole.update(chunk)
    return whole.hexdigest()[:12]
