"""Guests whom somebody brings without saying who: counted, and added under a name if asked for.

A guest is known by whoever brings them: their id follows from that person's, so that the same list
gives the same guests, and a name typed over "Guest of Ana" stays when the list comes again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from events.model import Attendee, Notice, Severity
from events.people import free_id
from matcher.phrase import phrase, phrases

from .content import looks_like_name
from .limits import MOST_ROWS, within
from .rows import Entry, Nameless
from .vocabulary import is_empty_word, is_word
from .wording import shortened

__all__ = ["Party", "parties_of", "placeholders"]


@dataclass(frozen=True, kw_only=True)
class Party:
    """Somebody and the guests they bring.

    Parameters
    ----------
    tickets
        How many tickets bear the person's own name.
    guests
        How many of whom no name is known.
    """

    host: Entry
    tickets: int
    guests: int

    def notice(self, words: str) -> Notice:
        """Return what to know of the guests, added under these words or ("") not added."""
        unnamed = phrases("%(num)s unnamed guest", "%(num)s unnamed guests", self.guests)
        brings = (
            phrase(
                "has %(tickets)s tickets and so brings %(guests)s",
                tickets=self.tickets,
                guests=unnamed,
            )
            if self.tickets > self.guests
            else phrase("brings %(guests)s", guests=unnamed)
        )
        added = (
            phrase("added as “%(name)s”", name=f"{words} {self.host.name.full}")
            if words
            else phrase("not counted as people")
        )
        return Notice(
            row=self.host.row,
            value=self.host.name.full,
            problem=phrase(
                "%(brings)s, %(added)s%(notes)s.", brings=brings, added=added, notes=self._notes
            ),
            remedy=phrase("Type their names once you know them.") if words else _REMEDY,
            severity=Severity.INFO,
        )

    @property
    def _notes(self) -> str:
        """What the notes of the host say ("with Ben"), or a name where guests are counted."""
        named = filter(_is_named, self.host.values.get("guests", ()))
        notes = "; ".join((*named, *self.host.values.get("notes", ())))
        return phrase("; the notes say: '%(notes)s'", notes=shortened(notes)) if notes else ""


_REMEDY = "Add a row with a name for each of them, or use --guests 'Guest of' to add them unnamed."


def parties_of(
    people: Sequence[Entry],
    groups: Iterable[Sequence[Entry]],
    nameless: Iterable[Nameless],
    *,
    sells_tickets: bool,
) -> list[Party | None]:
    """Return one entry a person: their party, None for those who come alone.

    What the columns, the name ("Ana +1"), further tickets and rows without a name say may all mean
    the same guests, so the largest of these numbers counts.

    Parameters
    ----------
    people, groups
        Merged entry of each person, and the entries that it is made of.
    sells_tickets
        Whether rows are tickets: two of one name are then two seats, not two answers.
    """
    waiting = Counter(
        row.email.casefold() for row in nameless if row.email and (sells_tickets or row.is_guest)
    )
    often = Counter(entry.email.casefold() for entry in people) if waiting else {}
    return [
        _party(entry, group, waiting[email] if often.get(email) == 1 else 0, sells_tickets)
        for entry, group in zip(people, groups, strict=True)
        for email in [entry.email.casefold()]
    ]


def _party(host: Entry, group: Sequence[Entry], waiting: int, sells_tickets: bool) -> Party | None:
    tickets = len({entry.one("product_id") for entry in group} - {""}) if sells_tickets else 0
    said = (
        _guests(host.one("guests")),
        _number(host.one("quantity")) - 1,
        *(entry.brings for entry in group),
        waiting,
    )
    guests = max(*said, tickets - 1)
    decisive = tickets if guests > max(said) else 0
    return Party(host=host, tickets=decisive, guests=guests) if guests > 0 else None


def placeholders(
    hosts: Iterable[tuple[Attendee, Party | None]], words: str, taken: Collection[str]
) -> dict[str, tuple[Attendee, ...]]:
    """Return host id → an attendee for each guest, called "Guest of Ana" or whatever the words are.

    Those who come together have met already.

    Raises
    ------
    UnreadableFile
        If the guests of a list are more than its people may be.
    """
    hosts = tuple(hosts)
    within(
        phrase("The list"),
        sum(party.guests for _, party in hosts if party),
        MOST_ROWS,
        phrase("guests"),
    )
    used = set(taken)
    found: dict[str, tuple[Attendee, ...]] = {}
    for host, party in hosts:
        if party:
            found[host.id] = tuple(_guests_of(host, party, words, used))
    return found


def _guests_of(host: Attendee, party: Party, words: str, used: set[str]) -> Iterator[Attendee]:
    met = [host.id]
    for number in range(1, party.guests + 1):
        numbered = f" ({number})" if number > 1 else ""
        own = free_id(f"{host.id}-guest", used)
        used.add(own)
        yield Attendee(
            id=own,
            name=f"{words} {host.name}{numbered}",
            already_met=tuple(met),
            source_row=host.source_row,
        )
        met.append(own)


def _guests(text: str) -> int:
    """Return how many guests "2", "+1", "yes" or a name means."""
    if text != "0" and (is_word("yes", text) or _is_named(text)):
        return 1
    return _number(text.removeprefix("+").strip())


def _is_named(text: str) -> bool:
    return looks_like_name(text) and not is_empty_word(text)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
