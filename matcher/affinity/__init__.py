"""How well two people would be introduced, and why.

`AffinityModel` scores every pair of an event and explains any; one file a component.
"""

from matcher.affinity.help import compared_texts
from matcher.affinity.model import BASE, EXACT_UP_TO, AffinityModel
from matcher.affinity.table import FULL, Affinities, Component, Contribution, PairAffinity

__all__ = [
    "BASE",
    "EXACT_UP_TO",
    "FULL",
    "Affinities",
    "AffinityModel",
    "Component",
    "Contribution",
    "PairAffinity",
    "compared_texts",
]
