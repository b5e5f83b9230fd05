"""The rules in sentences of an event, as they stand in the store: added, taken out, put back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from matcher.phrase import phrase

from .errors import UnusableOption
from .records import blanks_to_json, sentence_from_row
from .rules import RuleMistakes, Sentence, kind_of, quoted, read_blank, read_rules, why
from .store import Store

__all__ = ["Refused", "about", "forget", "put_back", "say", "sentences", "take_out", "taken_out"]

_SELECT = "select number, kind, blanks from sentences where event_id = ?"
_NO_RULE = phrase("There is no such rule here. It may have been removed.")


class Refused(UnusableOption):
    """A sentence that cannot be kept.

    Parameters
    ----------
    gaps
        Gap to what is wrong with it.
    problems
        What is wrong with the whole.
    """

    def __init__(self, gaps: Mapping[str, str], problems: Sequence[str] = ()) -> None:
        super().__init__("\n".join((*gaps.values(), *problems)))
        self.gaps, self.problems = gaps, tuple(problems)


def sentences(store: Store, event_id: str) -> tuple[Sentence, ...]:
    """Return the rules that were put together in the app, the oldest first."""
    sql = f"{_SELECT} and removed = 0 order by number"
    return tuple(map(sentence_from_row, store.rows(sql, (event_id,))))


def taken_out(store: Store, event_id: str) -> tuple[Sentence, ...]:
    """Return the rules that were taken out or replaced, the latest first."""
    sql = f"{_SELECT} and removed > 0 order by removed desc, number desc"
    return tuple(map(sentence_from_row, store.rows(sql, (event_id,))))


def say(
    store: Store, event_id: str, sentence: Sentence, *, since: str = ""
) -> tuple[Sentence, tuple[Sentence, ...]]:
    """Keep a rule; return it with its number, and those that it replaces.

    Parameters
    ----------
    since
        `pairings.csv` of the plan in use, whose rounds may be frozen; "" when there is none.

    Raises
    ------
    Refused
        If it says nothing that can be read, or does not fit the event.
    """
    wrong = dict(_unreadable(sentence))
    if wrong:
        raise Refused(wrong)
    with store.writing():
        kept = sentences(store, event_id)
        replaced = tuple(each for each in kept if each.subject == sentence.subject)
        others = tuple(each for each in kept if each not in replaced)
        _require_fit(store, event_id, (*others, replace(sentence, number=0)), since)
        for each in replaced:
            take_out(store, event_id, each.number)
        number = _next(store, event_id, "number")
        store.insert(
            "sentences",
            {
                "event_id": store.event(event_id).id,
                "number": number,
                "kind": sentence.kind,
                "blanks": blanks_to_json(sentence.blanks),
                "removed": 0,
            },
        )
    return replace(sentence, number=number), replaced


def take_out(store: Store, event_id: str, number: int) -> Sentence:
    """Let a rule hold no longer; it can be put back. Raises `NotFound`."""
    with store.writing():
        store.change(
            "update sentences set removed = ? where event_id = ? and number = ? and removed = 0",
            (_next(store, event_id, "removed"), event_id, number),
        )
        return _one(store, event_id, number)


def put_back(store: Store, event_id: str, number: int) -> Sentence:
    """Let a rule hold again, in place of any that says something of the same; may be `NotFound`."""
    with store.writing():
        sentence = _one(store, event_id, number)
        for each in sentences(store, event_id):
            if each.subject == sentence.subject and each.number != number:
                take_out(store, event_id, each.number)
        store.change(
            "update sentences set removed = 0 where event_id = ? and number = ?", (event_id, number)
        )
    return sentence


def about(store: Store, event_id: str, person: str) -> tuple[Sentence, ...]:
    """Return every rule that names somebody, those that were taken out last."""
    kept = (*sentences(store, event_id), *taken_out(store, event_id))
    return tuple(each for each in kept if person in each.people)


def forget(store: Store, event_id: str, person: str) -> None:
    """Erase every rule that names somebody, also those that were taken out."""
    with store.writing():
        for each in about(store, event_id, person):
            sql = "delete from sentences where event_id = ? and number = ?"
            store.change(sql, (event_id, each.number))


def _unreadable(sentence: Sentence) -> Iterator[tuple[str, str]]:
    for gap, blank in kind_of(sentence.kind).blanks.items():
        text = sentence.blanks.get(gap, "")
        try:
            read_blank(blank, text)
        except ValueError as problem:
            yield gap, quoted(text.strip(), why(problem)) if text.strip() else why(problem)


def _require_fit(store: Store, event_id: str, together: tuple[Sentence, ...], since: str) -> None:
    """Raise `Refused` if the sentence without a number is wrong beside all other rules."""
    event = store.event(event_id)
    coming = store.coming(event_id)
    try:
        read_rules(coming, event.settings, toml=event.rules, sentences=together, since=since)
    except RuleMistakes as mistakes:
        if 0 in mistakes.rules:
            raise Refused({}, mistakes.rules[0]) from None
    except UnusableOption:
        return  # what is wrong with others is said where they stand


def _next(store: Store, event_id: str, column: str) -> int:
    sql = f"select coalesce(max({column}), 0) + 1 as n from sentences where event_id = ?"  # noqa: S608
    return int(next(store.rows(sql, (event_id,)))["n"])


def _one(store: Store, event_id: str, number: int) -> Sentence:
    row = store.row(f"{_SELECT} and number = ?", (event_id, number), _NO_RULE)
    return sentence_from_row(row)
