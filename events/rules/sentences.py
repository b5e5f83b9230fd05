"""Every kind of sentence in which a rule can be put together: one visible tuple.

A new one is an entry here; what it says must be something that RULES.toml can say too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .blanks import Blank

__all__ = ["SENTENCES", "SentenceKind", "Topic"]

Gaps = Mapping[str, Any]


class Topic(StrEnum):
    """What a sentence is about."""

    TWO = "two people"
    ONE = "one person"
    COHORTS = "cohorts"
    TABLES = "tables and rounds"
    WEIGHTS = "what counts more or less"


@dataclass(frozen=True, kw_only=True)
class SentenceKind:
    """One way to say a rule.

    Parameters
    ----------
    says
        The sentence; ``%(one)s`` is the gap called one.
    key
        What it says stands under this key of RULES.toml.
    blanks
        What stands in each gap, in the order in which they are asked for.
    value
        What the gaps, as read, say under the key.
    about
        Gaps by which a later sentence with the key is known to replace an earlier one.
    """

    name: str
    topic: Topic
    says: str
    key: str
    blanks: Mapping[str, Blank]
    value: Callable[[Gaps], Any]
    about: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """The gaps in which people stand."""
        return tuple(gap for gap, blank in self.blanks.items() if blank is Blank.PERSON)


def _gaps(**blanks: Blank) -> Mapping[str, Blank]:
    return blanks


def _two(gaps: Gaps) -> list[dict[str, Any]]:
    return [{"people": [gaps["one"], gaps["other"]]}]


def _of_person(key: str, gap: str) -> Callable[[Gaps], Any]:
    return lambda gaps: [{"person": gaps["person"], key: gaps[gap]}]


_PAIR = _gaps(one=Blank.PERSON, other=Blank.PERSON)
_ONE_OTHER = ("one", "other")

SENTENCES: tuple[SentenceKind, ...] = (
    SentenceKind(
        name="apart",
        topic=Topic.TWO,
        says="%(one)s and %(other)s never meet.",
        key="exclusion",
        blanks=_PAIR,
        value=_two,
        about=_ONE_OTHER,
    ),
    SentenceKind(
        name="together",
        topic=Topic.TWO,
        says="%(one)s and %(other)s must meet.",
        key="pin",
        blanks=_PAIR,
        value=_two,
        about=_ONE_OTHER,
    ),
    SentenceKind(
        name="round",
        topic=Topic.TWO,
        says="%(one)s and %(other)s meet in round %(round)s.",
        key="pin",
        blanks={**_PAIR, "round": Blank.ROUND},
        value=lambda gaps: [_two(gaps)[0] | {"round": gaps["round"]}],
        about=_ONE_OTHER,
    ),
    SentenceKind(
        name="wish",
        topic=Topic.TWO,
        says="%(one)s and %(other)s would like to meet, or one of them would.",
        key="wish",
        blanks=_PAIR,
        value=_two,
        about=_ONE_OTHER,
    ),
    SentenceKind(
        name="known",
        topic=Topic.TWO,
        says="%(one)s and %(other)s know each other already.",
        key="history",
        blanks=_PAIR,
        value=_two,
        about=_ONE_OTHER,
    ),
    SentenceKind(
        name="there",
        topic=Topic.ONE,
        says="%(person)s is there only in these rounds: %(rounds)s.",
        key="availability",
        blanks=_gaps(person=Blank.PERSON, rounds=Blank.ROUNDS),
        value=_of_person("rounds", "rounds"),
        about=("person",),
    ),
    SentenceKind(
        name="away",
        topic=Topic.ONE,
        says="%(person)s is not there in these rounds: %(rounds)s.",
        key="availability",
        blanks=_gaps(person=Blank.PERSON, rounds=Blank.ROUNDS),
        value=_of_person("absent", "rounds"),
        about=("person",),
    ),
    SentenceKind(
        name="most",
        topic=Topic.ONE,
        says="Meetings of %(person)s: at most %(count)s.",
        key="quota",
        blanks=_gaps(person=Blank.PERSON, count=Blank.COUNT),
        value=_of_person("most", "count"),
        about=("person",),
    ),
    SentenceKind(
        name="fewest",
        topic=Topic.ONE,
        says="Meetings of %(person)s: at least %(count)s if that is possible.",
        key="minimum",
        blanks=_gaps(person=Blank.PERSON, count=Blank.COUNT),
        value=_of_person("fewest", "count"),
        about=("person",),
    ),
    SentenceKind(
        name="table",
        topic=Topic.ONE,
        says="%(person)s sits at one of these tables: %(tables)s.",
        key="table",
        blanks=_gaps(person=Blank.PERSON, tables=Blank.TABLES),
        value=_of_person("tables", "tables"),
        about=("person",),
    ),
    SentenceKind(
        name="member",
        topic=Topic.COHORTS,
        says="%(person)s belongs to the cohort “%(cohort)s”.",
        key="cohorts",
        blanks=_gaps(person=Blank.PERSON, cohort=Blank.COHORT),
        value=lambda gaps: {"members": {gaps["cohort"]: [gaps["person"]]}},
        about=("person", "cohort"),
    ),
    SentenceKind(
        name="cohorts",
        topic=Topic.COHORTS,
        says="Of the cohorts, “%(cohort)s” and “%(partner)s” may meet.",
        key="cohorts",
        blanks=_gaps(cohort=Blank.COHORT, partner=Blank.COHORT),
        value=lambda gaps: {"allowed": [[gaps["cohort"], gaps["partner"]]]},
        about=("cohort", "partner"),
    ),
    SentenceKind(
        name="trios",
        topic=Topic.COHORTS,
        says="Two whose cohorts do not meet may share a partner in a trio.",
        key="cohorts",
        blanks={},
        value=lambda _: {"trios": True},
    ),
    SentenceKind(
        name="welcome",
        topic=Topic.COHORTS,
        says="The cohort “%(newcomers)s” is new here and welcomed by the cohort “%(hosts)s”.",
        key="welcome",
        blanks=_gaps(newcomers=Blank.COHORT, hosts=Blank.COHORT),
        value=dict,
    ),
    SentenceKind(
        name="tables",
        topic=Topic.TABLES,
        says="Tables, round by round: %(counts)s. The last number holds on.",
        key="tables",
        blanks=_gaps(counts=Blank.COUNTS),
        value=lambda gaps: {"rounds": gaps["counts"]},
    ),
    SentenceKind(
        name="called",
        topic=Topic.TABLES,
        says="“%(name)s” stands for these tables: %(tables)s.",
        key="tables",
        blanks=_gaps(name=Blank.NAME, tables=Blank.NUMBERS),
        value=lambda gaps: {"features": {gaps["name"]: gaps["tables"]}},
        about=("name",),
    ),
    SentenceKind(
        name="frozen",
        topic=Topic.TABLES,
        says="These rounds stay as they are in the plan in use: %(rounds)s.",
        key="frozen",
        blanks=_gaps(rounds=Blank.ROUNDS),
        value=lambda gaps: {"rounds": gaps["rounds"]},
    ),
    SentenceKind(
        name="needs",
        topic=Topic.WEIGHTS,
        says="The needs of %(person)s count %(share)s %%.",
        key="urgency",
        blanks=_gaps(person=Blank.PERSON, share=Blank.SHARE),
        value=_of_person("urgency", "share"),
        about=("person",),
    ),
    SentenceKind(
        name="need",
        topic=Topic.WEIGHTS,
        says="The need “%(need)s” of %(person)s counts %(share)s %%.",
        key="urgency",
        blanks=_gaps(person=Blank.PERSON, need=Blank.NEED, share=Blank.SHARE),
        value=lambda gaps: [
            {"person": gaps["person"], "need": gaps["need"], "urgency": gaps["share"]}
        ],
        about=("person", "need"),
    ),
    SentenceKind(
        name="rival",
        topic=Topic.WEIGHTS,
        says="%(person)s agreed to meet competitors.",
        key="rivals",
        blanks=_gaps(person=Blank.PERSON),
        value=lambda gaps: [gaps["person"]],
        about=("person",),
    ),
)
"""Every kind of sentence, in the order in which they are offered."""
