"""The sample event: an evening of 48 invented people, as a ticket shop would export them."""

from __future__ import annotations

from importlib.resources import files

from matcher.settings import Settings

__all__ = ["DEMO_PRINTED", "DEMO_SETTINGS", "DEMO_TITLE", "demo_people"]

DEMO_TITLE = "The Long Table, an evening for curious neighbours"
"""Name of the event."""

DEMO_SETTINGS = Settings(title=DEMO_TITLE, rounds=6, start="18:30", minutes=10, gap=2)
"""Six rounds of ten minutes, with two minutes to walk, from half past six."""

DEMO_PRINTED = ("lived", "community", "project", "topic", "need", "challenge", "experience")
"""Fields that its form announced as something to talk about, to be printed beside the defaults."""


def demo_people() -> bytes:
    """Return the attendee list as exported: UTF-8 CSV, one second ticket and one refund in it."""
    return (files(__name__) / "people.csv").read_bytes()
