"""The one type that every layout prints from. No typography, no files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from matcher.profile import Profile
from web.cards.code import Code
from web.cards.errors import UnknownChoice

__all__ = ["Ask", "Card", "CardSheet", "Change", "Order", "Stop", "order_of"]


class Order(StrEnum):
    """How the cards of a job are sorted."""

    NAME = "name"
    """Each person's cards together, by family name: for the desk."""
    ROUND = "round"
    """By round, then table: to hand out between rounds."""
    TABLE = "table"
    """By table, then round: to lay out on the tables."""


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What to ask one partner.

    Parameters
    ----------
    partner
        Who is asked.
    open, follow, deeper
        The questions; "" where there is none.
    """

    partner: Profile
    open: str
    follow: str = ""
    deeper: str = ""


@dataclass(frozen=True, kw_only=True)
class Stop:
    """Where somebody goes next.

    Parameters
    ----------
    time
        ``HH:MM``, "" when the plan has no start.
    names
        What to call the partners there.
    """

    round: int
    time: str
    table: int
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Card:
    """One card: what a reader holds in one round.

    Parameters
    ----------
    id
        ``2-07-B``; a sit-out's is ``2-P03``.
    time
        Start of the round as ``HH:MM``, "" when the plan has no start.
    table
        None on a sit-out card.
    asks
        One for each partner, the one to start with first; none on a sit-out card.
    why
        One sentence, about the partner to start with.
    also
        What else the two have in common, strongest first: for cards on which `why` has no room.
    offer, offer_to
        One conditional sentence and the partner it fits; both None when there is no offer.
    introducer
        Somebody who knows both, None when there is none.
    next_stop
        On a sit-out card, the reader's next meeting; None after the last.
    alone
        Whether nobody else sits out in this round: then an odd number is the reason.
    language
        Of labels and questions.
    replaces
        Whether its reader holds another card for this round, from an earlier plan.
    """

    id: str
    round: int
    time: str
    table: int | None
    reader: Profile
    asks: tuple[Ask, ...]
    language: str
    why: str | None = None
    also: tuple[str, ...] = ()
    offer: str | None = None
    offer_to: Profile | None = None
    introducer: Profile | None = None
    next_stop: Stop | None = None
    alone: bool = False
    replaces: bool = False

    @property
    def is_trio(self) -> bool:
        """Whether the reader meets two people at once."""
        return len(self.asks) > 1

    @property
    def is_sit_out(self) -> bool:
        """Whether the reader meets nobody in this round."""
        return not self.asks


@dataclass(frozen=True, kw_only=True)
class Change:
    """What one person does in one round by an earlier plan and by this one, where that differs.

    Parameters
    ----------
    old, new
        None where that plan has no card for them.
    """

    round: int
    reader: Profile
    old: Card | None = None
    new: Card | None = None


@dataclass(frozen=True, kw_only=True)
class CardSheet:
    """All cards of one plan, each person's together, people by name.

    Parameters
    ----------
    title
        Name of the event, may be empty.
    plan_id
        The plan's whole hash.
    language
        Main language of the plan: of the page around the cards, and of the other sheets.
    people
        Everybody in the plan, by name, also those without a card.
    changes
        By round and name, what differs from an earlier plan whose cards are handed out already;
        None where there is no such plan. Then only what is new is printed.
    code
        What every card carries as a QR code, None for nothing.
    welcome
        One sentence of the organizer for the welcome sheet, may be empty.
    """

    title: str
    plan_id: str
    language: str
    rounds: int
    cards: tuple[Card, ...]
    people: tuple[Profile, ...] = ()
    changes: tuple[Change, ...] | None = None
    code: Code | None = None
    welcome: str = ""

    @property
    def short_id(self) -> str:
        """The part of the plan's hash that is printed: enough to tell two plans apart."""
        return self.plan_id[:8]

    @property
    def address(self) -> str:
        """The address in the QR code, "" when there is none."""
        return self.code.address if self.code else ""

    @property
    def tables(self) -> tuple[int, ...]:
        """Numbers of the tables that anybody sits at in any round, sorted."""
        return tuple(sorted({card.table for card in self.cards if card.table is not None}))

    @property
    def new_cards(self) -> tuple[Card, ...]:
        """The cards to hand out: all, or those that an earlier plan does not have."""
        if self.changes is None:
            return self.cards
        return tuple(change.new for change in self.changes if change.new)

    def by_reader(self) -> Iterator[tuple[Profile, list[Card]]]:
        """Yield everybody who gets a new card, with all cards of theirs by round."""
        new = {card.reader.id for card in self.new_cards}
        for person, cards in groupby(self.cards, key=lambda card: card.reader):
            if person.id in new:
                yield person, list(cards)

    def sorted_by(self, order: Order) -> tuple[Card, ...]:
        """Return all cards in an order."""
        return tuple(sorted(self.cards, key=_KEYS[order]))

    def new_sorted_by(self, order: Order) -> tuple[Card, ...]:
        """Return the cards to hand out in an order."""
        return tuple(sorted(self.new_cards, key=_KEYS[order]))


def order_of(name: str) -> Order:
    """Return the order called `name`.

    Raises
    ------
    UnknownChoice
        If there is none.
    """
    try:
        return Order(name)
    except ValueError:
        known = ", ".join(Order)
        raise UnknownChoice(f"There is no order {name!r}. Known orders: {known}.") from None


def _by_name(card: Card) -> tuple[object, ...]:
    return card.reader.sort_key, card.round


def _by_round(card: Card) -> tuple[object, ...]:
    return card.round, card.table is None, card.table or 0, card.reader.sort_key


def _by_table(card: Card) -> tuple[object, ...]:
    return card.table is None, card.table or 0, card.round, card.reader.sort_key


_KEYS = {Order.NAME: _by_name, Order.ROUND: _by_round, Order.TABLE: _by_table}
