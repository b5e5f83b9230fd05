"""Banks: the templates of one language, read, checked and sorted into clusters."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from matcher.errors import BankError
from matcher.phrase import phrase
from matcher.questions.alike import clusters
from matcher.questions.deny import load_deny_list
from matcher.questions.lint import lint
from matcher.questions.template import STAGES, Formality, Template
from matcher.questions.wording import LANGUAGES, Wording, load_wording

__all__ = ["Bank", "load_bank", "read_templates"]

_HERE = files("matcher.questions")
_OWN = "your questions"
_ID = re.compile(r"""(?:^|^[^#"]*?[{,])\s*id\s*=""")
_TEXTS = ("id", "area", "stage", "text")
_LISTS = ("slots", "needs", "approved")
_KEYS = {*_TEXTS, *_LISTS, "formality"}


@dataclass(frozen=True)
class Bank:
    """All that cards of one language are made of.

    Parameters
    ----------
    templates
        In one tone, lint-clean, ids unique; the organizer's own first, then in file order.
    wording
        Reasons in the same language.
    own
        Ids of the templates that the organizer added.
    """

    templates: tuple[Template, ...]
    wording: Wording
    own: frozenset[str] = frozenset()

    @property
    def language(self) -> str:
        """Code of the language."""
        return self.wording.language

    @cached_property
    def stages(self) -> Mapping[str, tuple[Template, ...]]:
        """Templates by stage."""
        return {
            stage: tuple(entry for entry in self.templates if entry.stage == stage)
            for stage in STAGES
        }

    @cached_property
    def cluster(self) -> Mapping[str, str]:
        """For each template id, the id of the first template that is nearly the same question."""
        stop = self.wording.lint["stop_words"]
        found: dict[str, str] = {}
        for entries in self.stages.values():
            leaders = clusters([entry.text for entry in entries], stop)
            found |= {entry.id: entries[at].id for entry, at in zip(entries, leaders, strict=True)}
        return found


@lru_cache(maxsize=16)
def load_bank(language: str, formality: Formality | None = None, own: str = "") -> Bank:
    """Return the bank of a shipped language, with the organizer's own templates if any.

    Parameters
    ----------
    language
        A code from `LANGUAGES`.
    formality
        The tone of all templates in the bank; the language's customary one if None.
    own
        Text of a template file for one event.

    Raises
    ------
    BankError
        If the language is not shipped, or a file cannot be read or breaks the lint. The message
        names file, line and template of every finding.
    """
    wording = load_wording(language, formality)
    deny = load_deny_list(LANGUAGES)
    file = _HERE / f"{language}.toml"
    shipped = read_templates(file.read_text(encoding="utf-8"), file.name, language)
    added = read_templates(own, _OWN, language) if own else ()
    findings = [f"{file.name}, {found}" for found in lint(shipped, wording, deny)]
    findings += [found.in_yours for found in lint(added, wording, deny, beside=shipped)]
    if findings:
        raise BankError("\n".join(findings))
    tones = (Formality.NEUTRAL, formality or wording.formality)
    return Bank(
        templates=tuple(entry for entry in (*added, *shipped) if entry.formality in tones),
        wording=wording,
        own=frozenset(entry.id for entry in added),
    )


def read_templates(text: str, name: str, language: str) -> tuple[Template, ...]:
    """Return the templates that a data file holds, without judging their texts.

    Raises
    ------
    BankError
        If it is not TOML, is for another language, or an entry has a wrong shape.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BankError(f"{name} is not a TOML file: {error}.") from error
    if table.get("language") != language:
        said = table.get("language", "no language")
        raise BankError(f'{name} says {said!r}. Begin it with: language = "{language}"')
    entries = table.get("template", [])
    if not entries:
        raise BankError(
            phrase("%(file)s has no templates. Add at least one [[template]].", file=name)
        )
    numbered = [at for at, line in enumerate(text.splitlines(), 1) if _ID.match(line)]
    lines = numbered if len(numbered) == len(entries) else [0] * len(entries)
    return tuple(
        _template(entry, line, f"{name}, {f'line {line}' if line else f'template {number}'}")
        for number, (entry, line) in enumerate(zip(entries, lines, strict=True), 1)
    )


def _template(entry: Any, line: int, where: str) -> Template:
    if not isinstance(entry, dict) or not all(_is_text(entry.get(key)) for key in _TEXTS):
        raise BankError(
            phrase(
                "%(where)s: a template needs %(keys)s, each a text.",
                where=where,
                keys=", ".join(_TEXTS),
            )
        )
    unknown = sorted(entry.keys() - _KEYS)
    if unknown:
        known = ", ".join(sorted(_KEYS))
        raise BankError(
            phrase(
                "%(where)s: unknown entry %(keys)s. Known: %(known)s.",
                where=where,
                keys=", ".join(unknown),
                known=known,
            )
        )
    try:
        formality = Formality(entry.get("formality", Formality.NEUTRAL))
    except ValueError:
        known = ", ".join(Formality)
        raise BankError(
            phrase("%(where)s: unknown formality. Known: %(known)s.", where=where, known=known)
        ) from None
    slots, needs, approved = (_texts(entry, key, where) for key in _LISTS)
    return Template(
        id=entry["id"],
        area=entry["area"],
        stage=entry["stage"],
        text=entry["text"],
        slots=slots,
        formality=formality,
        needs=needs,
        approved=approved,
        line=line,
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _texts(entry: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(map(_is_text, value)):
        raise BankError(phrase("%(where)s: %(key)s must be a list of texts.", where=where, key=key))
    return tuple(value)
