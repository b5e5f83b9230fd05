"""A never with B: silent, both ways, in every round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .pairs import ForbiddenPairs

__all__ = ["Exclusions"]


@dataclass(frozen=True)
class Exclusions(ForbiddenPairs):
    """Attendees never to be paired, whose cause is never shown to anyone."""

    kind: ClassVar[str] = "exclusion"
    says: ClassVar[str] = "are never to be paired (exclusion)"
