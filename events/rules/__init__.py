"""Rules as organizers write them: RULES.toml, columns of the people file, past meetings.

Everything that names a person is looked up among the attendees here; the matcher sees only ids.
"""

from __future__ import annotations

from .cells import CELLS, pin_of, unusable
from .found import Found, RulesFound
from .read import read_rules
from .register import Register, plain, who_is

__all__ = [
    "CELLS",
    "Found",
    "Register",
    "RulesFound",
    "pin_of",
    "plain",
    "read_rules",
    "unusable",
    "who_is",
]
