"""Table numbers: 1, 2, … in each round, so that one of every two people can stay seated."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["number_tables"]


def number_tables(rounds: Sequence[Sequence[tuple[int, ...]]]) -> list[list[int]]:
    """Return the table of each meeting, from 1, round by round.

    Parameters
    ----------
    rounds
        Members of each meeting, in each round.

    Notes
    -----
    Link every two meetings whose people sat together a round ago: the links form paths and
    cycles. Walking along them, each meeting can take the table one of its members already has.
    Meetings without such a table take the lowest free ones. Linear time.
    """
    tables: list[list[int]] = []
    seat: dict[int, int] = {}
    for meetings in rounds:
        chosen = _stay(meetings, seat)
        taken = set(chosen.values())
        free = (number for number in range(1, len(meetings) + 1) if number not in taken)
        numbers = [chosen[i] if i in chosen else next(free) for i in range(len(meetings))]
        tables.append(numbers)
        seat = {
            member: number
            for members, number in zip(meetings, numbers, strict=True)
            for member in members
        }
    return tables


def _stay(meetings: Sequence[tuple[int, ...]], seat: dict[int, int]) -> dict[int, int]:
    """Return tables kept from the round before, by position of the meeting."""
    wanted = [
        [t for member in members if (t := seat.get(member, 0)) and t <= len(meetings)]
        for members in meetings
    ]
    rivals: dict[int, list[int]] = {}
    for i, numbers in enumerate(wanted):
        for number in numbers:
            rivals.setdefault(number, []).append(i)
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    order = sorted(range(len(meetings)), key=lambda i: (len(wanted[i]), i))
    for start in order:
        meeting: int | None = start
        while meeting is not None and meeting not in chosen:
            table = next((t for t in wanted[meeting] if t not in taken), None)
            if table is None:
                break
            chosen[meeting] = table
            taken.add(table)
            meeting = next((i for i in rivals[table] if i not in chosen), None)
    return chosen
