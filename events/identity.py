"""Who in a list the people of a file are: for certain, or a question to the organizer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .errors import UnusableOption
from .model import Attendee, StoredAttendee

__all__ = ["Recognized", "recognize"]

_Thing = TypeVar("_Thing")


@dataclass(frozen=True, kw_only=True)
class Recognized:
    """Who the people of a file are, by their position in it; whoever is in neither is new.

    Parameters
    ----------
    known
        Record of everybody who is in the list; nobody is two people.
    doubtful
        Records of whom somebody may be, in the order of the list, while nobody has said.
    likely
        Positions of those whose only candidate has the same name and organization, and is nobody
        else's candidate.
    """

    known: Mapping[int, StoredAttendee]
    doubtful: Mapping[int, tuple[StoredAttendee, ...]]
    likely: frozenset[int]


def recognize(
    stored: Sequence[StoredAttendee],
    people: Sequence[Attendee],
    *,
    is_own: bool = False,
    answers: Mapping[str, int | None] | None = None,
) -> Recognized:
    """Find the people of a file in a list.

    Certain is an id together with name or e-mail, then e-mail and name, then an e-mail that occurs
    once on both sides. Equal ids alone prove nothing: two ticket shops both number their guests
    from 1. The exception is Seedbed's own list (`is_own`), where a person stays the same under
    another name and address, unless it is plainly the list of another event.

    In doubt is whoever has the address of somebody else who was not found, or their name unless
    both name organizations and these differ.

    Parameters
    ----------
    answers
        Id of a person of the file to the number of the record that they are, None for somebody
        new. An answer about nobody in doubt is no use, and is refused.

    Raises
    ------
    UnusableOption
        With every answer that does not fit, or if two people would be the same record.
    """
    known = _certain(stored, people, is_own and _is_of_this_list(stored, people))
    doubtful = _doubtful(stored, people, known)
    decided = _decided(people, doubtful, answers or {})
    known |= {at: entry for at, entry in decided.items() if entry is not None}
    taken = {entry.number for entry in decided.values() if entry is not None}
    left = {
        at: tuple(entry for entry in entries if entry.number not in taken)
        for at, entries in doubtful.items()
        if at not in decided
    }
    doubtful = {at: entries for at, entries in left.items() if entries}
    return Recognized(known=known, doubtful=doubtful, likely=_likely(people, doubtful))


def _certain(
    stored: Sequence[StoredAttendee], people: Sequence[Attendee], by_id: bool
) -> dict[int, StoredAttendee]:
    found: dict[int, StoredAttendee] = {}
    id_and_name = _Key(lambda person: (person.id, _plain(person.name)))
    id_and_email = _Key(lambda person: (person.id, _plain(person.email)) if person.email else None)
    keys: tuple[_Key, ...] = (
        *((_Key(lambda person: person.id),) if by_id else ()),
        id_and_name,
        id_and_email,
        # The id that the file gave, where the list had to give another one.
        _Key(id_and_name.of, as_written=True),
        _Key(id_and_email.of, as_written=True),
        _Key(lambda person: (_plain(person.email), _plain(person.name)) if person.email else None),
        _Key(lambda person: _plain(person.email) or None),
    )
    for key in keys:
        used = {entry.number for entry in found.values()}
        theirs = _unique((key.of_stored(e), e) for e in stored if e.number not in used)
        if not theirs:
            continue
        ours = _unique((key.of(person), at) for at, person in enumerate(people) if at not in found)
        found |= {at: theirs[same] for same, at in ours.items() if same in theirs}
    return found


@dataclass(frozen=True)
class _Key:
    """What two sides have in common if they are one person; None where it says nothing."""

    of: Callable[[Attendee], Hashable]
    as_written: bool = False

    def of_stored(self, entry: StoredAttendee) -> Hashable:
        person = entry.imported if self.as_written else entry.attendee
        return None if person is None else self.of(person)


def _doubtful(
    stored: Sequence[StoredAttendee],
    people: Sequence[Attendee],
    known: Mapping[int, StoredAttendee],
) -> dict[int, tuple[StoredAttendee, ...]]:
    used = {entry.number for entry in known.values()}
    named, reached = defaultdict(list), defaultdict(list)
    for entry in stored:
        if entry.number not in used:
            named[_plain(entry.attendee.name)].append(entry)
            reached[_plain(entry.attendee.email)].append(entry)
    doubtful = {}
    for at, person in enumerate(people if named else ()):
        if at in known:
            continue
        same = [e for e in named.get(_plain(person.name), ()) if _may_agree(e.attendee, person)]
        same += reached.get(_plain(person.email), ()) if person.email else ()
        if same:
            numbered = {entry.number: entry for entry in same}
            doubtful[at] = tuple(numbered[number] for number in sorted(numbered))
    return doubtful


def _decided(
    people: Sequence[Attendee],
    doubtful: Mapping[int, tuple[StoredAttendee, ...]],
    answers: Mapping[str, int | None],
) -> dict[int, StoredAttendee | None]:
    """Return what the answers say of those in doubt."""
    asked = {people[at].id: at for at in doubtful}
    decided: dict[int, StoredAttendee | None] = {}
    wrong = []
    for who, number in answers.items():
        at = asked.get(who, -1)
        choices = {None: None} | {entry.number: entry for entry in doubtful.get(at, ())}
        if at in doubtful and number in choices:
            decided[at] = choices[number]
        else:
            wrong.append(f"'{who}' is nobody who may be that person of the list.")
    often = Counter(entry.number for entry in decided.values() if entry is not None)
    wrong += [
        f"{people[at].name} (row {people[at].source_row}) and somebody else cannot both be "
        f"{entry.attendee.name} ({entry.attendee.id})."
        for at, entry in decided.items()
        if entry is not None and often[entry.number] > 1
    ]
    if wrong:
        wrong.append("Look at the list again, and say it anew.")
        raise UnusableOption("\n".join(wrong))
    return decided


def _likely(
    people: Sequence[Attendee], doubtful: Mapping[int, tuple[StoredAttendee, ...]]
) -> frozenset[int]:
    often = Counter(entry.number for entries in doubtful.values() for entry in entries)
    return frozenset(
        at
        for at, (entry, *others) in doubtful.items()
        if not others and often[entry.number] == 1 and _agree(entry.attendee, people[at])
    )


def _agree(one: Attendee, other: Attendee) -> bool:
    organization = _organization(one)
    same_name = _plain(one.name) == _plain(other.name)
    return same_name and bool(organization) and organization == _organization(other)


def _may_agree(one: Attendee, other: Attendee) -> bool:
    mine, theirs = _organization(one), _organization(other)
    return not mine or not theirs or mine == theirs


def _organization(person: Attendee) -> str:
    return _plain("\n".join(person.answer("organization")))


def _is_of_this_list(stored: Sequence[StoredAttendee], people: Sequence[Attendee]) -> bool:
    """Whether at least half of those with an id of the list have their name or address too."""
    known = {entry.attendee.id: entry.attendee for entry in stored}
    both = [(known[person.id], person) for person in people if person.id in known]
    agree = sum(
        _plain(one.name) == _plain(other.name)
        or (bool(one.email) and _plain(one.email) == _plain(other.email))
        for one, other in both
    )
    return 2 * agree >= len(both)


def _unique(pairs: Iterable[tuple[Hashable, _Thing]]) -> dict[Hashable, _Thing]:
    listed = [(key, thing) for key, thing in pairs if key is not None]
    often = Counter(key for key, _ in listed)
    return {key: thing for key, thing in listed if often[key] == 1}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
