"""An organizer's own words: question files, a tone and banned words become a `Style`."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence

from matcher.errors import BankError
from matcher.questions.bank import load_bank
from matcher.questions.language import Style
from matcher.questions.template import Formality
from matcher.questions.wording import LANGUAGES

__all__ = ["read_style"]


def read_style(
    questions: Sequence[str] = (), tone: Formality | None = None, banned: Sequence[str] = ()
) -> Style:
    """Return what an organizer decides about the words, checked like the shipped files.

    Parameters
    ----------
    questions
        Texts of template files, at most one a language.
    tone
        Of every language that knows both; each one's customary tone if None.
    banned
        Words and phrases that shall stand on no card; a trailing ``*`` makes a stem.

    Raises
    ------
    BankError
        If a file cannot be read or breaks the lint; the message names line, template and remedy of
        every finding.
    """
    own: dict[str, str] = {}
    for text in questions:
        language = _language(text)
        if language in own:
            raise BankError(f"Two files hold questions in {language!r}: put them into one.")
        load_bank(language, tone, text)
        own[language] = text
    formality = dict.fromkeys(LANGUAGES, tone) if tone else {}
    return Style(formality=formality, own=own, banned=tuple(filter(None, map(str.strip, banned))))


def _language(text: str) -> str:
    try:
        language = tomllib.loads(text).get("language")
    except tomllib.TOMLDecodeError as error:
        raise BankError(f"Your questions are not a TOML file: {error}.") from error
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise BankError(
            f"Your questions are in {language!r}. Begin the file with one of the shipped "
            f'languages ({known}), such as: language = "en"'
        )
    return str(language)
