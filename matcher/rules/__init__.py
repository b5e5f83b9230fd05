"""Hard rules: one file each, read once to build a plan and once to check it."""

from __future__ import annotations

from .already_met import AlreadyMet
from .availability import Availability
from .cohorts import Cohorts
from .exclusions import Exclusions
from .fixed_tables import FixedTables
from .frozen import FrozenRounds
from .minimum import Minimum
from .pins import Pins
from .quota import Quota
from .rule import Classes, FrozenMeeting, Pin, Restriction, Row, Rule, sorted_pairs
from .same_organization import SameOrganization
from .seated import Seated
from .sharing import sharing
from .tables import Tables
from .violation import Violation, broken, violations

__all__ = [
    "RULES",
    "AlreadyMet",
    "Availability",
    "Classes",
    "Cohorts",
    "Exclusions",
    "FixedTables",
    "FrozenMeeting",
    "FrozenRounds",
    "Minimum",
    "Pin",
    "Pins",
    "Quota",
    "Restriction",
    "Row",
    "Rule",
    "SameOrganization",
    "Seated",
    "Tables",
    "Violation",
    "broken",
    "sharing",
    "sorted_pairs",
    "violations",
]

RULES: tuple[type[Rule], ...] = (
    Exclusions,
    SameOrganization,
    AlreadyMet,
    Cohorts,
    Availability,
    Quota,
    Minimum,
    Tables,
    FixedTables,
    Pins,
    FrozenRounds,
)
"""Every kind of rule. A new one is one file and one line here."""
