"""What compares needs with offers, by name: the best that is here, and what a plan was made by."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.errors import MatcherError
from matcher.meaning.encoder import Cache, Floats
from matcher.meaning.likeness import LEXICAL, Matches, Meaning
from matcher.meaning.sentence import sentence_encoder
from matcher.phrase import phrase

__all__ = [
    *("READ_UP_TO", "NotInstalled", "best_meaning", "compared_by", "meaning_named"),
    "remembered",
]

READ_UP_TO = 12_000
"""Different texts that an encoder reads unasked: 2,000 people with six, three minutes at first."""


def best_meaning(cache: Cache | None = None, most: int | None = READ_UP_TO) -> Meaning:
    """Return the best that is installed: the sentence encoder, or wordings alone.

    Parameters
    ----------
    most
        As for `Meaning`.
    """
    return Meaning(sentence_encoder(), cache, most)


def compared_by(name: str) -> str:
    """Say by what needs were compared with offers, by `Meaning.name`; "" when by nothing.

    Examples
    --------
    >>> compared_by("lexical")
    'Needs and offers were compared by their wording alone.'
    """
    if name in ("", LEXICAL.name):
        said = phrase("Needs and offers were compared by their wording alone.")
        return said if name else ""
    return phrase(
        "Needs and offers were compared by what they mean (encoder: %(name)s).", name=name
    )


class NotInstalled(MatcherError):  # noqa: N818 - says what is missing
    """A plan was compared by an encoder that is not here, or not in that version."""


def meaning_named(name: str, cache: Cache | None = None) -> Meaning:
    """Return what a plan was compared by; "" (nothing compared) is as good as wordings.

    Raises
    ------
    NotInstalled
        If that encoder is not here.
    """
    for meaning in (LEXICAL, best_meaning(cache, None)):
        if name in (meaning.name, ""):
            return meaning
    raise _missing(name)


def remembered(name: str, matches: Matches) -> Meaning:
    """Return what knows the pairs that an encoder found, and nothing of any others.

    For a plan whose encoder is not here: to compare other texts raises `NotInstalled`.
    """
    return Meaning(_Absent(name)).remembering(matches)


class _Absent:
    """An encoder that is not here."""

    width, scale = 0, ()

    def __init__(self, name: str) -> None:
        self.name = name

    def understands(self, _text: str) -> bool:
        raise _missing(self.name)

    def encode(self, _texts: Sequence[str]) -> Floats:
        raise _missing(self.name)


def _missing(name: str) -> NotInstalled:
    return NotInstalled(
        f"This plan compared needs with offers by {name}, which is not installed. "
        "Install the extra meaning in that version, or name the model's folder with --model, or "
        "make the plan again."
    )
