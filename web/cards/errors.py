"""Exceptions of the cards; their text is for organizers."""

from __future__ import annotations

from web.errors import WebError

__all__ = ["CardsError", "Stopped", "UnknownChoice", "UnreadablePlan"]


class CardsError(WebError):
    """Base of every exception that the cards raise on purpose."""


class UnreadablePlan(CardsError):  # noqa: N818 - named after what is wrong
    """A missing, broken or inconsistent file of a plan."""


class UnknownChoice(CardsError, ValueError):  # noqa: N818 - named after what is wrong
    """A layout, order or language that does not exist; the message lists those that do."""


class Stopped(CardsError):  # noqa: N818 - not a fault
    """Somebody stopped a job before its file was complete."""
