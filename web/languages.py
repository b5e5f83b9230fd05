"""The language of pages: chosen in the settings, else what the browser asks for, else English.

Texts are written in English where they are said, inside `gettext` (in templates `_()`); catalogues
in `translations/` hold the other languages. Cards have a language of their own: `web.cards.labels`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from babel.numbers import format_decimal
from flask import Flask, request
from flask_babel import Babel, get_locale, get_translations
from markupsafe import Markup

from events.errors import EventsError
from matcher.phrase import Phrase

from .database import store
from .recognized import recognized

__all__ = [
    "LANGUAGES",
    "choose_language",
    "chosen_language",
    "language",
    "ngettext",
    "number",
    "speak",
    "translated",
]

LANGUAGES = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}
"""Code → the language's own name; the first one is what texts are written in."""

_PREFERENCE = "language"


def speak(app: Flask) -> None:
    """Teach the application and its templates all languages."""
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    Babel(app, locale_selector=_language_of_request)
    app.jinja_env.globals.update(gettext=_gettext, ngettext=_ngettext, language=language)
    app.jinja_env.filters.update(number=number, translated=translated)


def language() -> str:
    """Return the code of the language in use; outside a request it is English."""
    return str(get_locale() or "en")


def chosen_language() -> str:
    """Return the code that the organizer chose; "" to follow the browser."""
    return store().preference(_PREFERENCE)


def choose_language(code: str) -> None:
    """Keep a choice: a code, or "" to follow the browser."""
    store().prefer(_PREFERENCE, code)


def ngettext(one: str, many: str, count: int) -> str:
    """Return a text that counts something, outside templates; its count is ``%(num)s``."""
    return get_translations().ungettext(one, many, count) % {"num": number(count)}


def number(value: float, digits: int = 0, *, keep_zeros: bool = True) -> str:
    """Return a number as the language in use writes it.

    Parameters
    ----------
    digits
        Digits after the point; zeros at the end stay if they are kept.

    Examples
    --------
    >>> number(2000), number(0.5, 2)
    ('2,000', '0.50')
    """
    pattern = "#,##0" + ("." + ("0" if keep_zeros else "#") * digits if digits else "")
    return _written(value + 0, pattern, language())  # a zero below zero is a zero


def translated(said: str | Exception) -> str:
    """Return what `events` or `matcher` say, in the language in use.

    That is a `Phrase`, an error made of one, a phrase that went through a file as a text, or a
    fixed word such as the label of a field, which ``tools/translations.py`` lists. What they say
    otherwise stays English.
    """
    if isinstance(said, Exception):
        words = said.args[0] if said.args else ""
        if isinstance(words, Phrase):
            return translated(words)
        return "\n".join(map(translated, str(words).split("\n")))  # a mistake a line
    words = get_translations()
    if not isinstance(said, Phrase):
        plain = words.ugettext(said) if said else ""
        if not plain or plain != said or language() == "en":
            return plain
        said = recognized(said)
        if not isinstance(said, Phrase):
            return said
    pattern = (
        words.ungettext(said.pattern, said.many, said.values["num"])
        if said.many
        else words.ugettext(said.pattern)
    )
    return pattern % {name: _value(value) for name, value in said.values.items()}


def _value(value: object) -> object:
    """Return what fills a gap as the language in use writes it."""
    if isinstance(value, str):
        return translated(value) if isinstance(value, Phrase) else value
    if isinstance(value, float):
        return number(value, 3)
    return number(value) if isinstance(value, int) else value


@lru_cache(maxsize=4096)
def _written(value: float, pattern: str, code: str) -> str:
    """Write a number; a long list shows the same few hundreds of times, half of what it costs."""
    return format_decimal(value, pattern, locale=code)


def _language_of_request() -> str:
    try:
        chosen = chosen_language()
    except EventsError:  # the page that says why the store cannot be opened needs a language too
        chosen = ""
    return chosen or request.accept_languages.best_match(LANGUAGES) or "en"


def _gettext(text: str, /, **values: Any) -> Markup:
    """Return a text of a template in the language in use."""
    return _filled(get_translations().ugettext(text), values)


def _ngettext(one: str, many: str, count: int, /, **values: Any) -> Markup:
    """Return a text of a template that counts something; its count is `num`."""
    return _filled(get_translations().ungettext(one, many, count), {"num": count, **values})


def _filled(pattern: str, values: dict[str, Any]) -> Markup:
    """Fill values in: escaped, and counts as the language writes them."""
    said = {name: number(value) if type(value) is int else value for name, value in values.items()}
    return Markup(pattern) % said  # noqa: S704 - our own text, and values are escaped
