"""The words of `events.consent` in the language in which an event speaks to its attendees."""

from __future__ import annotations

from flask_babel import force_locale

from events.consent import consent
from events.model import Event

from .database import store
from .languages import LANGUAGES, translated
from .words import day

__all__ = ["consent_of"]


def consent_of(event: Event) -> str:
    """Return what attendees agree to, in the main language of the cards."""
    spoken = event.settings.language
    with force_locale(spoken if spoken in LANGUAGES else "en"):
        said = consent(event, store().coming(event.id), day=day(event.erase_on))
        return " ".join(map(translated, said))
