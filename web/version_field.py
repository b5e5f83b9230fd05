"""The state of a thing that a form was filled from, so that a second tab overwrites nothing."""

from __future__ import annotations

from wtforms import IntegerField
from wtforms.widgets import HiddenInput

__all__ = ["VersionField"]


class VersionField(IntegerField):
    """A hidden number.

    Shows what it was set to last: an ordinary field goes on showing what was sent, so whoever saves
    again after a conflict would be in conflict for ever.
    """

    widget = HiddenInput()

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)
