"""What the checker answers with: one violation a broken promise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Code", "Violation"]


class Code(StrEnum):
    """Every way in which exported files can break a promise."""

    MISSING_FILE = "missing-file"
    UNREADABLE_FILE = "unreadable-file"
    MISSING_COLUMN = "missing-column"
    BAD_VALUE = "bad-value"
    NO_PLAN = "no-plan"

    DUPLICATE_PERSON = "duplicate-person"
    MISSING_PERSON = "missing-person"
    UNKNOWN_PERSON = "unknown-person"
    WRONG_NAME = "wrong-name"
    UNSORTED = "unsorted"

    SELF_PAIR = "self-pair"
    DOUBLE_BOOKING = "double-booking"
    REMATCH = "rematch"
    ROUND_OUT_OF_RANGE = "round-out-of-range"
    TABLE_TAKEN = "table-taken"
    TABLE_LIMIT = "table-limit"
    TWO_TRIOS = "two-trios"
    NEEDLESS_TRIO = "needless-trio"
    UNWANTED_TRIO = "unwanted-trio"
    NOT_PLACED = "not-placed"
    FALSE_SIT_OUT = "false-sit-out"

    MISSING_SCORE = "missing-score"
    STRAY_SCORE = "stray-score"
    WRONG_AFFINITY = "wrong-affinity"
    WRONG_TOTAL = "wrong-total"
    WRONG_BOUND = "wrong-bound"
    WRONG_GAP = "wrong-gap"
    WRONG_MEASURE = "wrong-measure"
    WRONG_WELFARE = "wrong-welfare"
    NOT_OPTIMAL = "not-optimal"
    WRONG_COUNT = "wrong-count"
    WRONG_WORST_OFF = "wrong-worst-off"
    PERSON_ROUNDS = "person-rounds"
    PERSON_PARTNERS = "person-partners"
    PERSON_TOTAL = "person-total"

    UNKNOWN_RULE = "unknown-rule"
    BAD_RULE = "bad-rule"
    FORBIDDEN_PAIR = "forbidden-pair"
    SAME_ORGANIZATION = "same-organization"
    MET_BEFORE = "met-before"
    ABSENT = "absent"
    OVER_QUOTA = "over-quota"
    WRONG_TABLE = "wrong-table"
    MISSING_PIN = "missing-pin"
    COHORTS_APART = "cohorts-apart"
    FROZEN_ROUND = "frozen-round"

    MISSING_INTRODUCTION = "missing-introduction"
    ONE_SIDED_INTRODUCTION = "one-sided-introduction"
    STRAY_INTRODUCTION = "stray-introduction"
    REPEATED_INTRODUCTION = "repeated-introduction"
    WRONG_CARD = "wrong-card"
    WRONG_INTRODUCER = "wrong-introducer"
    NO_HEADLINE = "no-headline"
    ASKED_TWICE = "asked-twice"
    HEARD_TWICE = "heard-twice"

    WRONG_SCORE = "wrong-score"
    NOT_PERMITTED = "not-permitted"


@dataclass(frozen=True, kw_only=True)
class Violation:
    """One promise that the files break.

    Parameters
    ----------
    file
        Name of the exported file.
    row
        Row of a CSV file as a spreadsheet numbers it, the header being row 1; position from 1 of
        an entry of ``introductions.json``; None when it is about the whole file.
    sentence
        What is broken, naming the people, and what to do about it.
    """

    code: Code
    file: str
    sentence: str
    row: int | None = None

    def __str__(self) -> str:
        """Return the violation as one line.

        Examples
        --------
        >>> print(Violation(code=Code.SELF_PAIR, file="pairings.csv", row=4, sentence="No. Edit."))
        pairings.csv, row 4: No. Edit. (self-pair)
        """
        where = self.file if self.row is None else f"{self.file}, row {self.row}"
        return f"{where}: {self.sentence} ({self.code})"
