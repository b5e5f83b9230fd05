"""An organizer's own words, as they are stored, made into what the matcher speaks with."""

from __future__ import annotations

from matcher.questions import Formality, Style, questions_of_lines, read_style

from .model import Words

__all__ = ["to_style"]


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
