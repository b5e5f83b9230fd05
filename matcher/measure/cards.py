"""Figures of what stands on the cards."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from statistics import median

from matcher.graph import rarity
from matcher.introduction import Introduction, Question

from .findings import Findings

__all__ = ["askability", "headline_rarity", "question_repeats", "rare_headlines"]


def headline_rarity(found: Findings) -> float | None:
    """Weigh each fact as the affinity does."""
    values = [rarity(fact.holders, fact.answered) for fact in found.headline_facts]
    return median(values) if values else None


def rare_headlines(found: Findings) -> Fraction | None:
    """Count facts that few hold."""
    rare = sum(10 * fact.holders <= fact.answered for fact in found.headline_facts)
    return Fraction(rare, len(found.headline_facts)) if found.headline_facts else None


def askability(found: Findings) -> Fraction | None:
    """Count openers that are not about the event itself."""
    openers = [question.area for _, question in _asked(found) if question.stage == "open"]
    specific = sum(area != "event" for area in openers)
    return Fraction(specific, len(openers)) if openers else None


def question_repeats(found: Findings) -> int | None:
    """Count by template: the same question in two languages is the same."""
    asked = list(_asked(found))
    readers = {(entry.reader, question.template) for entry, question in asked}
    partners = {(entry.partner, question.template) for entry, question in asked}
    return 2 * len(asked) - len(readers) - len(partners) if asked else None


def _asked(found: Findings) -> Iterator[tuple[Introduction, Question]]:
    return ((entry, question) for entry in found.introductions for question in entry.questions)
