"""Figures of a finished plan, for the organizer to read before printing.

They describe; they steer nothing. Targets are meant for events of 40 people and more over 6 rounds
with rich profiles; elsewhere they are shown, not judged. Where the evidence a figure rests on does
not exist (affinities from elsewhere, no questions), the figure is None and not zero.
"""

from .findings import Findings
from .gauges import MEASURES, Gauge, Measure, measure

__all__ = ["MEASURES", "Findings", "Gauge", "Measure", "measure"]
