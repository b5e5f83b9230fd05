"""The inputs of a long form, drawn fast.

WTForms writes every attribute of every option and input through `str.format`, made safe twice; in a
form of 64 inputs and 248 options that is most of what the page costs.
"""

from __future__ import annotations

from typing import Any

import wtforms
from markupsafe import Markup, escape

__all__ = ["SelectField", "StringField", "TextAreaField"]


def _attributes(field: wtforms.Field, given: dict[str, Any]) -> str:
    """Return id, name, what validators say of the input, and what a template gives it."""
    own = {"id": field.id, "name": field.name, **vars(field.flags)}
    return " ".join(
        name if value is True else f'{name}="{escape(value)}"'
        for name, value in (own | given).items()
        if value is not False
    )


def _draw_text(field: StringField, **given: Any) -> Markup:
    value = escape(field._value())
    return Markup(f'<input type="text" {_attributes(field, given)} value="{value}">')  # noqa: S704


def _draw_texts(field: TextAreaField, **given: Any) -> Markup:
    # The first line break after the tag is not part of the text.
    value = escape(field._value())
    return Markup(f"<textarea {_attributes(field, given)}>\r\n{value}</textarea>")  # noqa: S704


def _draw_select(field: SelectField, **given: Any) -> Markup:
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if chosen else ""}>{escape(label)}</option>'
        for value, label, chosen, _ in field.iter_choices()
    )
    return Markup(f"<select {_attributes(field, given)}>{options}</select>")  # noqa: S704


class StringField(wtforms.StringField):
    """A line of text."""

    widget = staticmethod(_draw_text)


class TextAreaField(wtforms.TextAreaField):
    """Some lines of text."""

    widget = staticmethod(_draw_texts)


class SelectField(wtforms.SelectField):
    """A choice among options that have a value and a label, and nothing else."""

    widget = staticmethod(_draw_select)
