"""What cards say around the questions in one language: reasons, and words the lint looks for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from matcher.canon import PLACES
from matcher.errors import BankError
from matcher.fields import FIELDS, Purpose
from matcher.questions.template import Formality

__all__ = ["LANGUAGES", "Wording", "load_wording"]

LANGUAGES = ("en", "de", "fr", "es")
"""Languages that cards can be written in. A new one is three files and one entry here."""

_SHARED = tuple(field.name for field in FIELDS if field.is_shared)
_NEEDS = tuple(field.name for field in FIELDS if field.purpose is Purpose.NEED)
_SHARED_VARIANTS = ("some", "only", "both", "differ", "pair_both", "pair_counted", "pair_differ")
_PLACE_VARIANTS = (*_SHARED_VARIANTS, "region", "country", "pair_region", "pair_country")
_HELP_VARIANTS = ("give", "get", "same_give", "same_get", "pair", "same_pair")
_LINT = (
    "starts",
    "you",
    "first_person",
    "accusing",
    "presuming",
    "placing",
    "ranking",
    "conditional",
    "stop_words",
)
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "lint": _LINT,
    "not_facts": ("any", "org"),
    "shared": _SHARED,
    "help": _NEEDS,
    **{f"shared.{kind}": _SHARED_VARIANTS for kind in _SHARED},
    **{f"shared.{kind}": _PLACE_VARIANTS for kind in PLACES},
    **{f"help.{kind}": _HELP_VARIANTS for kind in _NEEDS},
}
_WHOLE = ("names", "formality", "numbers", "languages", "no_reason")
_HERE = files("matcher.questions") / "wording"


@dataclass(frozen=True, kw_only=True)
class Wording:
    """One language's sentences, each whole.

    Parameters
    ----------
    names
        What people call the language, in several languages, folded.
    formality
        The customary tone between strangers.
    numbers
        Words for 0, 1, 2, … as they stand inside a sentence.
    languages
        What languages are called inside a sentence, by the value of the answer.
    no_reason
        Sentences that are true of any two people.
    shared, help
        Reasons by trait kind, then by variant, in one tone; the data file says what each is for.
    not_facts
        Answers that are none ("n/a", "freelance" as an organization), folded, by slot or ``any``.
    lint
        Words that the lint looks for, by list.
    """

    language: str
    names: frozenset[str]
    formality: Formality
    numbers: tuple[str, ...]
    languages: Mapping[str, str]
    no_reason: tuple[str, ...]
    shared: Mapping[str, Mapping[str, str]]
    help: Mapping[str, Mapping[str, str]]
    not_facts: Mapping[str, frozenset[str]]
    lint: Mapping[str, frozenset[str]]

    def number(self, count: int) -> str:
        """Return a small number as a word, a greater one in digits."""
        return self.numbers[count] if count < len(self.numbers) else str(count)


@cache
def load_wording(
    language: str, tone: Formality | None = None, folder: Traversable = _HERE
) -> Wording:
    """Return the sentences of a shipped language.

    Parameters
    ----------
    tone
        How reasons speak to their reader; None for what is customary in that language.

    Raises
    ------
    BankError
        If the language is not shipped, or its file is missing, unreadable or incomplete.
    """
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise BankError(f"Cards cannot be written in {language!r}. Known languages: {known}.")
    table = _read(folder / f"{language}.toml")
    tone = tone or Formality(table["formality"])
    return Wording(
        language=language,
        names=frozenset(table["names"]),
        formality=Formality(table["formality"]),
        numbers=tuple(table["numbers"]),
        languages=table["languages"],
        no_reason=tuple(table["no_reason"]),
        shared={kind: _said(variants, tone) for kind, variants in table["shared"].items()},
        help={kind: _said(variants, tone) for kind, variants in table["help"].items()},
        not_facts={slot: frozenset(words) for slot, words in table["not_facts"].items()},
        lint={name: frozenset(words) for name, words in table["lint"].items()},
    )


def _said(variants: Mapping[str, Any], tone: Formality) -> Mapping[str, str]:
    """Return each sentence in one tone; one that addresses nobody fits them all."""
    return {
        name: said if isinstance(said, str) else said[tone.value] for name, said in variants.items()
    }


def _read(file: Traversable) -> dict[str, Any]:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BankError(f"The wording file {file.name} cannot be read: {error}.") from error
    gaps = [name for name in _WHOLE if not table.get(name)]
    for path, names in _REQUIRED.items():
        part: Any = table
        for step in path.split("."):
            part = part.get(step, {})
        gaps += [f"{path}.{name}" for name in names if not _whole(part.get(name))]
    if gaps:
        raise BankError(f"The wording file {file.name} has nothing under {', '.join(gaps)}.")
    return table


def _whole(said: Any) -> bool:
    """Whether something is said, and in both tones if they differ."""
    tones = [Formality.INFORMAL.value, Formality.FORMAL.value]
    if isinstance(said, dict) and not said.keys().isdisjoint(tones):
        return all(map(said.get, tones))
    return bool(said)
