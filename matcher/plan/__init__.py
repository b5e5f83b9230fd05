"""From affinities and rules to rounds with a proven bound. OR-Tools lives here only."""

from __future__ import annotations

from .arrange import Arrangement, arrange_plan
from .make import BrokenPlan, make_plan
from .pins.conflict import Conflict, Infeasible, Requirement
from .plan import BoundCovers, Meeting, Plan, Progress, Status, StoppedBy

__all__ = [
    "Arrangement",
    "BoundCovers",
    "BrokenPlan",
    "Conflict",
    "Infeasible",
    "Meeting",
    "Plan",
    "Progress",
    "Requirement",
    "Status",
    "StoppedBy",
    "arrange_plan",
    "make_plan",
]
