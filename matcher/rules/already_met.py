"""No rematch: people who met at an earlier event, or who said that they know each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .pairs import ForbiddenPairs

__all__ = ["AlreadyMet"]


@dataclass(frozen=True)
class AlreadyMet(ForbiddenPairs):
    """Attendees who need no introduction any more."""

    kind: ClassVar[str] = "history"
    says: ClassVar[str] = "have met before (history)"
