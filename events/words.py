"""An organizer's own words, as they are stored, made into what the matcher speaks with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from matcher.questions import Formality, Style, questions_of_lines, read_style

from .finished import read_finished
from .model import Words

__all__ = ["to_style", "with_printed"]


def to_style(words: Words, language: str) -> Style:
    """Return the style that an event's words make.

    Parameters
    ----------
    language
        Of questions that stand one a line; the text of a template file says its own.

    Raises
    ------
    MatcherError
        If a question breaks the lint or a field is unknown; every finding stands on a line of its
        own.
    """
    lines = [line.strip() for line in words.questions.splitlines()]
    is_file = any(line.startswith(("language", "[[template]]")) for line in lines)
    text = words.questions if is_file else questions_of_lines(words.questions, language)
    tone = Formality(words.tone) if words.tone else None
    return read_style([text] if any(lines) else [], tone, words.banned, words.kept_off)


def with_printed(style: Style, files: Mapping[str, bytes]) -> Style:
    """Return a style that leaves the questions on handed out cards where they are.

    Parameters
    ----------
    files
        Of the plan whose cards are out, by name; empty when there is none.

    Raises
    ------
    UnreadableFile
        If they do not fit together.
    """
    if not files:
        return style
    told = read_finished(files).introductions.values()
    return replace(style, printed=tuple(entry for mine in told for entry in mine))
