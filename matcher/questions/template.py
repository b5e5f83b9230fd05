"""Templates: the patterns of questions and offers, as a data file holds them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

__all__ = [
    "ANY",
    "QUESTION_STAGES",
    "STAGES",
    "Formality",
    "Template",
    "fill",
    "isolate",
    "visible",
]

QUESTION_STAGES = ("open", "follow", "deeper")
"""The three questions of a card, in the order in which they are asked."""
STAGES = (*QUESTION_STAGES, "offer")
ANY = "any"
"""Area of templates that fit every area."""

_SLOT = re.compile(r"\{(\w+)\}")
_ISOLATE, _POP = "\u2068", "\u2069"


class Formality(StrEnum):
    """How a sentence addresses its reader and speaks to the partner."""

    NEUTRAL = "neutral"
    """Fits both tones."""
    INFORMAL = "informal"
    FORMAL = "formal"


@dataclass(frozen=True, kw_only=True)
class Template:
    """One question or offer with placeholders.

    Parameters
    ----------
    id
        The same id in every language is the same question.
    area
        One of `matcher.fields.AREAS`, or `ANY` for follow, deeper and offer.
    stage
        One of `STAGES`.
    text
        One whole sentence with ``{slot}`` placeholders.
    slots
        Their names, in order.
    formality
        Cards of the other tone do not use it.
    needs
        Conditions that must all hold; see `matcher.questions.conditions`.
    approved
        Codes of lint rules that a person has looked at and allowed for this text.
    line
        Line of its data file, from 1, for messages.
    """

    id: str
    area: str
    stage: str
    text: str
    slots: tuple[str, ...] = ()
    formality: Formality = Formality.NEUTRAL
    needs: tuple[str, ...] = ()
    approved: tuple[str, ...] = ()
    line: int = 0

    @property
    def used_slots(self) -> tuple[str, ...]:
        """Names of the placeholders in the text, in order."""
        return tuple(_SLOT.findall(self.text))

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the text with its slots filled, each value in a bidi isolate.

        Examples
        --------
        >>> city = Template(id="x", area="city", stage="open", text="Where is {city}?")
        >>> visible(city.fill({"city": "Graz"}))
        'Where is Graz?'
        """
        return fill(self.text, values)


def fill(sentence: str, values: Mapping[str, str]) -> str:
    """Return `sentence` with its ``{slot}`` placeholders filled, each value in a bidi isolate."""
    parts = list(_parts(sentence))
    opens = not parts[0] and parts[1] == "language"  # whose names are ours, not somebody's words
    parts[1::2] = [isolate(values[slot]) for slot in parts[1::2]]
    if opens:
        parts[1] = isolate(values["language"][:1].upper() + values["language"][1:])
    return "".join(parts)


@lru_cache(maxsize=10_000)
def _parts(sentence: str) -> tuple[str, ...]:
    """Return the words and the slots of a sentence in turn, beginning with words."""
    return tuple(_SLOT.split(sentence))


def isolate(text: str) -> str:
    """Wrap `text` in U+2068 … U+2069, so that its direction cannot turn its neighbours round."""
    return f"{_ISOLATE}{text}{_POP}"


def visible(text: str) -> str:
    """Return what a reader sees of `text`: without bidi isolates."""
    return text.replace(_ISOLATE, "").replace(_POP, "")
