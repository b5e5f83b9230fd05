"""Hard rules: one file each, read once to build a plan and once to check it."""

from __future__ import annotations

from .already_met import AlreadyMet
from .exclusions import Exclusions
from .rule import Restriction, Row, Rule, sorted_pairs
from .same_organization import SameOrganization
from .violation import Violation, violations

__all__ = [
    "RULES",
    "AlreadyMet",
    "Exclusions",
    "Restriction",
    "Row",
    "Rule",
    "SameOrganization",
    "Violation",
    "sorted_pairs",
    "violations",
]

RULES: tuple[type[Rule], ...] = (Exclusions, SameOrganization, AlreadyMet)
"""Every kind of rule. A new one is one file and one line here."""
