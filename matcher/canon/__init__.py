"""Equal values: what counts as the same answer, kind by kind.

Precision first: a false merge prints a false fact, a false split only loses an edge.
"""

from __future__ import annotations

from matcher.canon.organization import organization_name
from matcher.canon.text import fold

__all__ = ["canonical", "fold"]

_BY_KIND = {"organization": organization_name, "past_organization": organization_name}


def canonical(kind: str, text: str) -> str:
    """Return the canonical id of an answer, "" when it says nothing (punctuation alone).

    Examples
    --------
    >>> canonical("organization", "Stripewell, Inc.") == canonical("organization", "STRIPEWELL")
    True
    >>> canonical("school", " MIT") == canonical("school", "Massachusetts")
    False
    """
    return _BY_KIND.get(kind, fold)(text)
