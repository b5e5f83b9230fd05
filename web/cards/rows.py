"""What a card says, row by row: the whole of it, before anything gives way.

A trio's rows run their labels in: two blocks of questions need the whole width.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from matcher.profile import Profile
from web.cards.labels import Labels
from web.cards.sheet import Card

__all__ = ["Part", "Row", "next_stop", "rows_of"]


class Part(StrEnum):
    """What a row of a card is."""

    REPLACES = "replaces"
    WHY = "why"
    WHY_TAIL = "why-tail"
    INTRODUCER = "introducer"
    LEAD = "lead"
    ASK = "ask"
    FOLLOW = "follow"
    DEEPER = "deeper"
    OFFER = "offer"
    OWN_OFFER = "own-offer"
    PAUSE = "pause"
    WHERE = "where"
    ASK_HOST = "ask-host"
    NEXT = "next"


@dataclass(frozen=True)
class Row:
    """One row of a card.

    Parameters
    ----------
    label
        "" where the text needs none.
    lead
        The partner it is about, where there are two.
    run_in
        Whether the label begins the text, which then has the whole width, or stands beside it.
    """

    part: Part
    label: str
    text: str
    lead: str = ""
    run_in: bool = False


def rows_of(card: Card, labels: Labels, *, compact: bool = False) -> tuple[Row, ...]:
    """Return everything that a card could say, in the order in which it says it.

    Parameters
    ----------
    compact
        Whether every label runs in, and a card without an offer says so in few words.
    """
    no_offer = labels.short_no_offer if compact else labels.no_offer
    rows = _pause_rows(card, labels) if card.is_sit_out else _meeting_rows(card, labels, no_offer)
    if compact or card.is_trio:
        rows = (replace(row, run_in=True) for row in rows)
    return *_replaces(card, labels), *rows


def _replaces(card: Card, labels: Labels) -> Iterator[Row]:
    if card.replaces:
        said = labels.replaces.format(round=card.round)
        yield Row(Part.REPLACES, "", said, run_in=True)


def _meeting_rows(card: Card, labels: Labels, no_offer: str) -> Iterator[Row]:
    first, *others = card.asks
    if card.why:
        named = first.partner.short_name in card.why
        lead = "" if named else _about(first.partner, labels.about, card, labels)
        yield Row(Part.WHY, labels.why, card.why, lead, run_in=True)
    if card.introducer:
        said = labels.say(labels.introducer, name=card.introducer.short_name)
        yield Row(Part.INTRODUCER, "", said, run_in=True)
    start = _about(first.partner, labels.start_with, card, labels)
    yield Row(Part.ASK, labels.ask, first.open, start)
    if first.follow:
        yield Row(Part.FOLLOW, labels.follow, first.follow)
    if first.deeper:
        yield Row(Part.DEEPER, labels.deeper, first.deeper)
    for other in others:
        then = _about(other.partner, labels.then_ask, card, labels)
        yield Row(Part.ASK, labels.ask, other.open, then)
    lead = _about(card.offer_to, labels.about, card, labels) if card.offer_to else ""
    yield Row(Part.OFFER, labels.offer, card.offer or no_offer, lead)


def _about(partner: Profile, sentence: str, card: Card, labels: Labels) -> str:
    """Return which of the two partners a row is about; with one partner there is no doubt."""
    return labels.say(sentence, name=partner.short_name) if card.is_trio else ""


def _pause_rows(card: Card, labels: Labels) -> Iterator[Row]:
    yield Row(Part.PAUSE, labels.why, labels.alone if card.alone else labels.not_alone)
    yield Row(Part.WHERE, labels.where, labels.where_to)
    yield Row(Part.ASK_HOST, labels.ask, labels.ask_host)
    yield Row(Part.NEXT, labels.next, next_stop(card, labels))


def next_stop(card: Card, labels: Labels) -> str:
    """Return where the reader of a sit-out card goes next, as a sentence."""
    stop = card.next_stop
    if stop is None:
        return labels.no_next
    names = labels.listed(stop.names)
    sentence = labels.next_stop_timed if stop.time else labels.next_stop
    return sentence.format(time=stop.time, round=stop.round, table=stop.table, names=names)
