"""Base of the exceptions that `web` raises on purpose; their texts are for organizers."""

__all__ = ["WebError"]


class WebError(Exception):
    """Something that cannot be shown or printed; the message says what to change."""
