"""In which language the people at one table get their cards, and in which tone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from matcher.fields import Visibility
from matcher.introduction import Introduction
from matcher.profile import Profile
from matcher.questions.template import Formality
from matcher.questions.wording import LANGUAGES, load_wording

__all__ = ["SHIPPED_STYLE", "Style", "common_language", "spoken"]

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, kw_only=True)
class Style:
    """What an organizer decides about the words on cards.

    Parameters
    ----------
    formality
        Tone by language; a language that is not there keeps its customary one.
    own
        Text of a template file by language; its questions are preferred to the shipped ones.
    banned
        Words and phrases that shall stand on no card; a trailing ``*`` makes a stem.
    kept_off
        Kinds of answers that no card names, whoever lets them be printed.
    printed
        What stands on cards that are handed out already; see `choose`.
    """

    formality: Mapping[str, Formality] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    banned: tuple[str, ...] = ()
    kept_off: frozenset[str] = frozenset()
    printed: tuple[Introduction, ...] = ()


SHIPPED_STYLE = Style()
"""Customary tones, no questions of one's own, nothing banned."""


def spoken(profile: Profile) -> tuple[str, ...]:
    """Return the shipped languages that a person lists openly, in the order of their list.

    A language that is not to be printed does not count: the card would tell it.
    """
    names = {name: code for code in LANGUAGES for name in load_wording(code).names}
    found: dict[str, None] = {}
    for trait in profile.of("language"):
        if trait.visibility is Visibility.PRINT:
            said = trait.text.strip().casefold()
            # A code counts alone only: "de" and "en" are words of the sentences around names.
            codes = [said] if said in LANGUAGES else []
            codes += [names[word] for word in _WORD.findall(said) if word in names]
            found |= dict.fromkeys(codes)
    return tuple(found)


def common_language(spoken_by: Sequence[Sequence[str]], main: str) -> str | None:
    """Return the language for people who speak these, None when they have none in common.

    The event's main language if everyone has it; else the one whose lower rank in their lists is
    best, ties in the order of `LANGUAGES`.

    Examples
    --------
    >>> common_language([["de", "fr"], ["fr", "de", "en"]], "en")
    'de'
    """
    common = set(spoken_by[0]).intersection(*spoken_by[1:])
    if main in common:
        return main
    ranks = {code: max(mine.index(code) for mine in spoken_by) for code in common}
    return min(ranks, key=lambda code: (ranks[code], LANGUAGES.index(code)), default=None)
