"""The shared list of needs and offers: a kind of help, and what it is about.

Whoever picks "advice on marketing" as a need and whoever picks "Rat: Marketing" as an offer said
the same thing, and no model has to guess it. Data: `shared_list/`, one file a language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from matcher.canon.text import key
from matcher.errors import ProfileError

__all__ = ["LISTED", "LIST_LANGUAGES", "SharedList", "is_listed", "listed_as", "shared_list"]

LISTED = ("need", "offer")
"""Kinds of answers that can be picked from the list."""
LIST_LANGUAGES = ("en", "de", "es", "fr")
"""Languages in which the list is shipped."""

_MARK = "list:"


@dataclass(frozen=True)
class SharedList:
    """The list in one language; ids are the same in all.

    Parameters
    ----------
    kinds
        Id of a kind of help to its name.
    phrases
        Id of a kind of help to the answer that says it; ``{}`` stands for what it is about.
    domains
        Id to name of what help can be about.
    """

    kinds: Mapping[str, str]
    phrases: Mapping[str, str]
    domains: Mapping[str, str]

    def phrase(self, kind: str, domain: str) -> str:
        """Return an entry as an answer.

        Examples
        --------
        >>> shared_list("en").phrase("advice", "marketing")
        'advice on marketing'
        """
        return self.phrases[kind].replace("{}", self.domains[domain])


@cache
def shared_list(language: str) -> SharedList:
    """Return the list in a language.

    Raises
    ------
    ProfileError
        If it is not shipped in that one; the message lists the languages.
    """
    if language not in LIST_LANGUAGES:
        known = ", ".join(LIST_LANGUAGES)
        raise ProfileError(f"There is no list of needs and offers in {language!r}. Use {known}.")
    source = files("matcher.canon") / "shared_list" / f"{language}.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return SharedList(
        kinds={name: entry["label"] for name, entry in data["kinds"].items()},
        phrases={name: entry["phrase"] for name, entry in data["kinds"].items()},
        domains=data["domains"],
    )


def listed_as(text: str) -> str:
    """Return the canonical id of an answer that is an entry of the list in any language, or "".

    Examples
    --------
    >>> listed_as("Advice on Marketing.") == listed_as("Conseil: marketing") != ""
    True
    >>> listed_as("advice on kites")
    ''
    """
    return _entries().get(_looked_up(text), "")


def is_listed(value: str) -> bool:
    """Return whether a canonical id is one of the list."""
    return value.startswith(_MARK)


def _looked_up(text: str) -> str:
    return " ".join(key(text).replace(":", " ").split())


@cache
def _entries() -> Mapping[str, str]:
    return {
        _looked_up(entry.phrase(kind, domain)): f"{_MARK}{kind}/{domain}"
        for entry in map(shared_list, LIST_LANGUAGES)
        for kind in entry.kinds
        for domain in entry.domains
    }
