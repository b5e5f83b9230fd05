"""Introductions: what each reader gets, in words, ready for any layout."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Introduction", "Question"]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question on a card, asked of the partner.

    Parameters
    ----------
    stage
        ``open``, ``follow`` or ``deeper``.
    template
        Id of the template; the same id in every language is the same question.
    """

    stage: str
    area: str
    template: str
    text: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Introduction:
    """One pairing as one attendee, the reader, gets it; or a sit-out when `partner` is None.

    Parameters
    ----------
    card
        Id of the card, ``ROUND-TABLE-LETTER``: ``2-07-B`` is the second member (by id) at table 7
        in round 2. A trio reader's two entries share it; a sit-out's is ``2-P03``.
    round, table
        Numbered from 1; table None for a sit-out.
    reader, partner
        Ids.
    headline
        Why these two, one sentence; what can be said when nothing may be shown otherwise.
    reasons
        All printable reasons, strongest first, the headline's first.
    offer
        One conditional sentence of what the reader could give, None when there is none.
    introducer
        Id of someone who knows both, None when there is none.
    """

    card: str
    round: int
    table: int | None
    reader: str
    partner: str | None
    headline: str | None = None
    reasons: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    offer: str | None = None
    introducer: str | None = None
