"""The state of a thing that a form was filled from, so that a second tab overwrites nothing."""

from __future__ import annotations

from wtforms import IntegerField
from wtforms.widgets import HiddenInput

__all__ = ["VersionField", "sent_number"]

_MOST = 2**63 - 1
"""As much as a database can hold."""


def sent_number(text: str) -> int:
    """Return a number that a browser sent, -1 for one that nothing stored can have."""
    number = int(text)
    return number if 0 <= number <= _MOST else -1


class VersionField(IntegerField):
    """A hidden number.

    Shows what it was set to last: an ordinary field goes on showing what was sent, so whoever saves
    again after a conflict would be in conflict for ever.
    """

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent."""
        super().process_formdata(valuelist)
        if self.data is not None:
            self.data = sent_number(str(self.data))

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)
