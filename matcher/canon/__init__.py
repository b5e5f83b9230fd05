"""Equal values: what counts as the same answer, kind by kind.

Precision first: a false merge prints a false fact, a false split only loses an edge. Tables hold
what everybody means by a name; what is likely but not certain becomes a proposal for a person.
"""

from __future__ import annotations

from matcher.canon.equals import Decision, Equals, decided_as
from matcher.canon.listed import (
    LIST_LANGUAGES,
    LISTED,
    SharedList,
    is_listed,
    listed_as,
    shared_list,
)
from matcher.canon.place import called, within
from matcher.canon.proposal import Because, Held, Proposal, held_values, propose
from matcher.canon.text import fold
from matcher.canon.value import PLACES, How, Value, values_of

__all__ = [
    "LISTED",
    "LIST_LANGUAGES",
    "PLACES",
    "Because",
    "Decision",
    "Equals",
    "Held",
    "How",
    "Proposal",
    "SharedList",
    "Value",
    "called",
    "canonical",
    "decided_as",
    "fold",
    "held_values",
    "is_listed",
    "listed_as",
    "propose",
    "shared_list",
    "values_of",
    "within",
]


def canonical(kind: str, text: str) -> str:
    """Return the canonical id of an answer, "" when it says nothing; several are joined by bars.

    Examples
    --------
    >>> canonical("organization", "Stripewell, Inc.") == canonical("organization", "STRIPEWELL")
    True
    >>> canonical("school", " MIT") == canonical("school", "Massachusetts")
    False
    """
    return "|".join(value.id for value in values_of(kind, text))
