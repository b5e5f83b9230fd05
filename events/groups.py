"""The people of a plan in groups, to see at a glance who meets whom. For the organizer alone.

Reads what people answered, as a plan compares it, also what stands on no card.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import networkx as nx

from events.model import Attendee
from events.profiles import to_profile
from matcher.canon import Equals
from matcher.communities import communities, strongest_ties, typical
from matcher.fields import FIELDS
from matcher.graph import ProfileGraph, TraitNode

__all__ = [
    *("Group", "Shared", "by_answer", "by_community", "comparable", "meetings_between"),
    "shared_with",
]

_SHARED = tuple(entry.name for entry in FIELDS if entry.is_shared)
_GROUPING = tuple(name for name in _SHARED if name != "need")  # needs are as many as people


@dataclass(frozen=True, kw_only=True)
class Group:
    """Some of the people of a plan; nobody is in two groups.

    Parameters
    ----------
    number
        From 1, the largest first; 0 for those who are in no other.
    common
        What they have in common, in somebody's words, most telling first.
    people
        Ids, sorted.
    """

    number: int
    common: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Shared:
    """An answer that somebody has in common with others.

    Parameters
    ----------
    kind
        Name of the field.
    text
        The answer in the person's own words.
    others
        Ids of those who share it, in the order asked for.
    """

    kind: str
    text: str
    others: tuple[str, ...]


def shared_with(person: Attendee, others: Sequence[Attendee], equals: Equals) -> tuple[Shared, ...]:
    """Return what a person shares with each of some others, by field."""
    known = {each.id: to_profile(each, equals) for each in (person, *others)}
    graph = ProfileGraph(list(known.values()))
    found: dict[TraitNode, Shared] = {}
    for other in others:
        for node, mine, _ in graph.shared(person.id, other.id):
            before = found[node].others if node in found else ()
            found[node] = Shared(kind=node.kind, text=mine.text, others=(*before, other.id))
    order = sorted(found, key=lambda node: (_SHARED.index(node.kind), node.value))
    return tuple(found[node] for node in order)


def by_community(
    attendees: Sequence[Attendee], equals: Equals
) -> tuple[tuple[Group, ...], nx.Graph[Any]]:
    """Return the communities of an event, and the ties that make them.

    Notes
    -----
    Takes about 0.4 ms of processor time a person.
    """
    graph = ProfileGraph([to_profile(attendee, equals) for attendee in attendees])
    ties = strongest_ties(graph)
    found = [
        Group(number=number, common=typical(graph, group), people=group)
        for number, group in enumerate(communities(ties), start=1)
    ]
    return _with_the_rest(found, attendees), ties


def comparable(attendees: Sequence[Attendee]) -> tuple[str, ...]:
    """Return the fields by which people can be put into groups, the most answered first."""
    count = Counter(answer.field for attendee in attendees for answer in attendee.answers)
    return tuple(sorted((name for name in _GROUPING if count[name] > 1), key=lambda n: -count[n]))


def by_answer(
    attendees: Sequence[Attendee], equals: Equals, kind: str, most: int = 11
) -> tuple[Group, ...]:
    """Return groups of people with the same answer to one field, the commonest answers.

    Parameters
    ----------
    kind
        One of `comparable`.
    most
        Answers that get a group; all other people share one. Who gave several counts for the
        commonest.
    """
    profiles = [to_profile(_only(attendee, kind), equals) for attendee in attendees]
    held = Counter(value for each in profiles for value in {t.value for t in each.of(kind)})
    words: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for person in sorted(profiles, key=lambda person: person.id):
        for trait in person.of(kind):
            words.setdefault(trait.value, trait.text)
        if person.of(kind):
            best = min((t.value for t in person.of(kind)), key=lambda value: (-held[value], value))
            members.setdefault(best, []).append(person.id)
    several = [value for value, people in members.items() if len(people) > 1]
    largest = sorted(several, key=lambda value: (-len(members[value]), value))[:most]
    found = [
        Group(number=number, common=(words[value],), people=tuple(members[value]))
        for number, value in enumerate(largest, start=1)
    ]
    return _with_the_rest(found, attendees)


def meetings_between(
    groups: Iterable[Group], pairs: Iterable[tuple[str, str]]
) -> Mapping[tuple[int, int], int]:
    """Count the pairs who meet by the numbers of their two groups, the smaller number first."""
    number = {person: group.number for group in groups for person in group.people}
    return Counter(
        (min(ends), max(ends)) for one, other in pairs for ends in [(number[one], number[other])]
    )


def _only(attendee: Attendee, kind: str) -> Attendee:
    """Return an attendee without all other answers, which would take long to read."""
    kept = tuple(answer for answer in attendee.answers if answer.field == kind)
    return replace(attendee, answers=kept)


def _with_the_rest(found: list[Group], attendees: Sequence[Attendee]) -> tuple[Group, ...]:
    placed = {person for group in found for person in group.people}
    rest = tuple(sorted(each.id for each in attendees if each.id not in placed))
    return (*found, Group(number=0, common=(), people=rest)) if rest else tuple(found)
