"""An organizer's own words: question files, a tone and banned words become a `Style`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Sequence

from matcher.errors import BankError
from matcher.fields import field
from matcher.phrase import phrase
from matcher.questions.bank import load_bank
from matcher.questions.language import Style
from matcher.questions.template import Formality
from matcher.questions.wording import LANGUAGES

__all__ = ["questions_of_lines", "read_style"]


def read_style(
    questions: Sequence[str] = (),
    tone: Formality | None = None,
    banned: Sequence[str] = (),
    kept_off: Collection[str] = (),
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
    kept_off
        Names of fields whose answers no card shall name.

    Raises
    ------
    ProfileError
        If there is no such field.
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
    return Style(
        formality=formality,
        own=own,
        banned=tuple(filter(None, map(str.strip, banned))),
        kept_off=frozenset(field(name).name for name in kept_off),
    )


def questions_of_lines(text: str, language: str) -> str:
    """Return a template file with each line of a text as an opening question about the event.

    Every question keeps its line, so that findings name it, and is its own id: another wording is
    another question.

    Examples
    --------
    >>> print(questions_of_lines("Who is here?", "en"))
    template = [{id = "Who is here?", area = "event", stage = "open", text = "Who is here?"},
    ]
    language = "en"
    """
    entries = (
        f'{{id = {said}, area = "event", stage = "open", text = {said}}},' if said else ""
        for said in (line.strip() and json.dumps(line.strip()) for line in text.splitlines())
    )
    return "\n".join(
        (f"template = [{next(entries, '')}", *entries, f"]\nlanguage = {json.dumps(language)}")
    )


def _language(text: str) -> str:
    try:
        language = tomllib.loads(text).get("language")
    except tomllib.TOMLDecodeError as error:
        raise BankError(
            phrase("Your questions are not a TOML file: %(error)s.", error=str(error))
        ) from error
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise BankError(
            phrase(
                "Your questions are in '%(language)s'. Begin the file with one of the shipped "
                "languages (%(known)s), such as: %(form)s",
                language=str(language),
                known=known,
                form='language = "en"',
            )
        )
    return str(language)
