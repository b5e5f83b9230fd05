"""Rules in sentences, as they are put together in the app.

Each says what a key of RULES.toml says, and is read by the reader of that key: both ways of writing
give the same rules. People stand in them by id, everything else as typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from events.errors import UnusableOption
from events.model import Notice, Severity
from matcher.phrase import phrase

from .blanks import read_blank
from .found import Found
from .register import Register, plain
from .sentences import SENTENCES, SentenceKind

__all__ = ["Numbered", "Sentence", "Told", "awake", "called", "kind_of", "parse_sentence"]


@dataclass(frozen=True, kw_only=True)
class Told:
    """Any rule in words, wherever it was written down.

    Parameters
    ----------
    says
        The sentence; ``%(one)s`` is the gap called one.
    gaps
        What stands in each gap; `people` by id, in order.
    source
        Where it was written down.
    """

    says: str
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gaps: Mapping[str, str] = field(default_factory=dict)
    source: str = ""

    def words(self, names: Mapping[str, str]) -> str:
        """Return the sentence with the people's names; of many only the first."""
        return self.says % {
            **self.gaps,
            **{gap: called(ids, names) for gap, ids in self.people.items()},
        }

    @property
    def ids(self) -> frozenset[str]:
        """Whom it names."""
        return frozenset(person for ids in self.people.values() for person in ids)


def called(ids: Iterable[str], names: Mapping[str, str]) -> str:
    """Return the first names of some, and how many more there are."""
    listed = [names.get(person, person) for person in ids]
    more = len(listed) - _NAMED
    return ", ".join(listed[:_NAMED]) + (f" + {more:,}" if more > 0 else "")


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One rule of an event.

    Parameters
    ----------
    kind
        Name of one of `SENTENCES`.
    blanks
        What stands in each of its gaps: ids of people, anything else as typed.
    number
        Counts the sentences of an event from 1; 0 while it is not kept.
    """

    kind: str
    blanks: Mapping[str, str] = field(default_factory=dict)
    number: int = 0

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of whom it names."""
        return tuple(self.blanks[gap] for gap in kind_of(self.kind).people)

    @property
    def toml(self) -> dict[str, Any]:
        """What RULES.toml would say, as it is parsed.

        Raises
        ------
        ValueError
            If something in a gap cannot be read; the text says what to write.
        """
        kind = kind_of(self.kind)
        read = {gap: read_blank(blank, self.blanks[gap]) for gap, blank in kind.blanks.items()}
        return {kind.key: kind.value(read)}

    @property
    def subject(self) -> tuple[object, ...]:
        """What it decides; of two sentences with the same subject only the later one is kept."""
        kind = kind_of(self.kind)
        named = sorted((kind.blanks[gap], plain(self.blanks[gap])) for gap in kind.about)
        return kind.key, *named

    @property
    def told(self) -> Told:
        """The sentence in words."""
        kind = kind_of(self.kind)
        return Told(
            says=kind.says,
            people={gap: (self.blanks[gap],) for gap in kind.people},
            gaps={gap: text for gap, text in self.blanks.items() if gap not in kind.people},
            source=Numbered(self.number).source("", 0, ""),
        )

    def words(self, names: Mapping[str, str]) -> str:
        """Return the sentence with the people's names."""
        return self.told.words(names)


_NAMED = 8


class Numbered:
    """The place of a sentence, for messages and for `rules.csv`: its number."""

    def __init__(self, number: int) -> None:
        self.number = number

    def told(self, _name: str, _place: int, _value: str, problem: str) -> tuple[int, str]:
        """Return the number, and the mistake; a sentence being written has none yet."""
        if not self.number:
            return 0, phrase("This rule: %(problem)s", problem=problem)
        said = phrase("Rule %(number)s: %(problem)s", number=str(self.number), problem=problem)
        return self.number, said

    def source(self, _name: str, _place: int, _value: str) -> str:
        """Return the number with where such rules stand."""
        return f"app, rule {self.number}"


def awake(sentences: Sequence[Sentence], register: Register, found: Found) -> Iterator[Sentence]:
    """Yield the sentences about people who are here; note how many rest meanwhile."""
    here = {attendee.id for attendee in register.attendees}
    resting = [each.number for each in sentences if not here.issuperset(each.people)]
    if resting:
        listed = ", ".join(map(str, resting))
        found.notices.append(
            Notice(
                problem=phrase(
                    "Rule %(rules)s of the app rests: somebody it names is not coming.",
                    rules=listed,
                ),
                remedy=phrase("Nothing to do; it holds again when they come."),
                severity=Severity.INFO,
            )
        )
    return (each for each in sentences if here.issuperset(each.people))


def kind_of(name: str) -> SentenceKind:
    """Return the kind of sentence called so; raises `KeyError`."""
    return _BY_NAME[name]


_BY_NAME = {kind.name: kind for kind in SENTENCES}


def parse_sentence(text: str, register: Register) -> Sentence:
    """Return the sentence that ``apart | Ana | Ben`` means: its kind, and what fills its gaps.

    Raises
    ------
    UnusableOption
        If there is no such kind, a gap too many or too few, or somebody is not to be found.
    """
    name, *texts = (part.strip() for part in text.split("|"))
    kind = _BY_NAME.get(name)
    if kind is None:
        known = ", ".join(_BY_NAME)
        raise UnusableOption(f"There is no kind of rule '{name}'. Known: {known}.")
    if len(texts) != len(kind.blanks):
        form = " | ".join([name, *kind.blanks])
        raise UnusableOption(f"'{text}': write {form}. It says: {kind.says}")
    blanks = dict(zip(kind.blanks, texts, strict=True))
    for gap in kind.people:
        blanks[gap] = register.require(blanks[gap])
    return Sentence(kind=name, blanks=blanks)
