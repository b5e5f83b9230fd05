"""Whose printed cards say something that an import changes: to be named before anybody presses it.

A card counts as printed once its plan is in use. It says what its reader and the partners on it are
called, and what they let be printed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from matcher.fields import Visibility

from .differences import Change
from .finished import read_finished
from .model import Attendee
from .reimport import Changes
from .runs import files_in_use
from .store import Store

__all__ = ["Affected", "affected_cards"]


@dataclass(frozen=True, kw_only=True)
class Affected:
    """Names on printed cards that would not be right any more, as printed, by surname.

    Parameters
    ----------
    changed
        Whose cards name, or are read by, somebody who changes, or would if somebody in doubt is
        the same person.
    gone
        Whose cards name, or are read by, somebody who is not in the file: if these are archived.
    """

    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def affected_cards(store: Store, event_id: str, changes: Changes) -> Affected:
    """Return whose printed cards an import would make wrong; nobody while no plan is in use."""
    choices = (choice for doubt in changes.doubts for choice in doubt.choices)
    changed = set(_changed_on_cards((*changes.changed, *choices)))
    gone = {entry.attendee.id for entry in changes.gone}
    files = files_in_use(store, event_id) if changed or gone else {}
    if not files:
        return Affected()
    plan = read_finished(files)

    def named(ids: Collection[str]) -> tuple[str, ...]:
        return tuple(
            person.name
            for person in plan.people
            if any(
                person.id in ids or entry.partner in ids
                for entry in plan.introductions.get(person.id, ())
            )
        )

    return Affected(changed=named(changed), gone=named(gone))


def _changed_on_cards(changes: Iterable[Change]) -> Iterable[str]:
    for change in changes:
        before = change.listed.attendee
        if _on_cards(before) != _on_cards(change.attendee):
            yield before.id


def _on_cards(person: Attendee) -> tuple[object, ...]:
    printed = (a for a in person.answers if a.visibility is Visibility.PRINT)
    return person.name, sorted((answer.field, answer.texts) for answer in printed)
