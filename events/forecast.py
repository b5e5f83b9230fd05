"""What a plan will look like before it is made: facts that follow from counting alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from matcher.settings import Odd, Settings

__all__ = ["Fact", "Tone", "forecast"]


class Tone(StrEnum):
    """How a fact is meant."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True)
class Fact:
    """One sentence about a plan to come."""

    text: str
    tone: Tone = Tone.NOTE


def forecast(people: int, settings: Settings) -> tuple[Fact, ...]:
    """Say what these settings mean for this number of people.

    Rules are not counted: they can only make it harder.

    Examples
    --------
    >>> [fact.text for fact in forecast(4, Settings(rounds=3, start="18:00"))]
    ['Everybody meets 3 people, one in each round.', 'From 18:00 to 18:34, at 2 tables.']
    """
    if people < 2:
        missing = "two people" if people == 0 else "one more person"
        return (Fact(f"An introduction takes two: add {missing} first.", Tone.BAD),)
    scarce = tuple(_scarce_partners(people, settings))
    return (*(scarce or _meetings(people, settings)), *_frame(people, settings))


def _meetings(people: int, settings: Settings) -> Iterator[Fact]:
    seated = _seated(people, settings)
    left = people - seated
    if settings.tables is not None and settings.tables < people // 2:
        tables = _count(settings.tables, "table seats", "tables seat")
        yield Fact(
            f"{tables} {seated} of {people} people at a time: {left} have a break in each round. "
            f"{people // 2} tables would seat everybody.",
            Tone.BAD,
        )
    elif left:
        yield Fact(f"{people} is an odd number: one person has a break in each round.")
    else:
        meets = _count(settings.rounds, "person", "people")
        yield Fact(f"Everybody meets {meets}, one in each round.", Tone.GOOD)
        if people % 2:
            yield Fact(f"{people} is an odd number: {_ODD[settings.odd]} in each round.")
    if left:
        yield _breaks(people, left * settings.rounds)


_ODD = {
    Odd.TRIO: "one table seats three",
    Odd.HOST: "a host meets the one who is left",
}


def _breaks(people: int, breaks: int) -> Fact:
    least, rest = divmod(breaks, people)
    if not least:
        return Fact(f"{rest} of {people} people have one break, the others none.")
    most = f" or {least + 1}" if rest else ""
    return Fact(
        f"Over the event everybody has {least}{most} {'breaks' if breaks > people else 'break'}."
    )


def _scarce_partners(people: int, settings: Settings) -> Iterator[Fact]:
    pairs = people * (people - 1) // 2
    each = _seated(people, settings) // 2
    trio = people % 2 and settings.odd is Odd.TRIO and not people - _seated(people, settings)
    wanted = settings.rounds * (each + (2 if trio else 0))
    if wanted > pairs and not settings.meet_again:
        most = pairs // (each + (2 if trio else 0))
        yield Fact(
            f"{people} people make {pairs} different pairs, and {settings.rounds} rounds would "
            f"need {wanted}. Nobody meets twice, so some will have breaks; "
            f"{_count(most, 'round is', 'rounds are')} possible without.",
            Tone.BAD,
        )


def _frame(people: int, settings: Settings) -> Iterator[Fact]:
    tables = _count(_tables(people, settings), "table")
    if settings.start:
        end = replace(settings, gap=0, start=settings.clock_time(settings.rounds)).clock_time(2)
        yield Fact(f"From {settings.start} to {end}, at {tables}.")
    else:
        minutes = settings.rounds * settings.minutes + (settings.rounds - 1) * settings.gap
        yield Fact(f"It takes {_count(minutes, 'minute')}, at {tables}.")


def _tables(people: int, settings: Settings) -> int:
    host = people % 2 and settings.odd is Odd.HOST
    needed = people // 2 + (1 if host else 0)
    return needed if settings.tables is None else min(needed, settings.tables)


def _seated(people: int, settings: Settings) -> int:
    tables = people // 2 if settings.tables is None else min(people // 2, settings.tables)
    alone = people % 2 and tables == people // 2 and settings.odd is not Odd.SIT_OUT
    return 2 * tables + (1 if alone else 0)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
