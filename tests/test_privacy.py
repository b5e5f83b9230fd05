"""Which files of a plan hold answers of which visibility: decision by level, for every field."""

import re

import pytest

from events.affinity_file import write_affinities
from events.exporter import export
from events.model import Answer, Attendee
from events.pipeline import affinity_model, introduce_attendees
from matcher.fields import FIELDS, Purpose, Visibility
from matcher.settings import Settings

KINDS = [entry.name for entry in FIELDS if entry.purpose is not Purpose.IDENTITY]
TOLD = re.compile(rb"secret [a-z_]+ \d|secret@")


def room(level):
    """Return eight people who share one answer of every kind, and another one two by two."""
    return [
        Attendee(
            id=f"p{at}",
            name=f"Person {at}",
            email=f"secret@{at}.org",
            answers=tuple(
                Answer(
                    field=kind,
                    texts=(f"secret {kind} 9", f"secret {kind} {at // 2}"),
                    visibility=level,
                )
                for kind in KINDS
            ),
        )
        for at in range(8)
    ]


def holding(files):
    return {name for name, content in files.items() if TOLD.search(content)}


def files_of(level):
    settings = Settings(rounds=3, meet_same_organization=True)
    return export(introduce_attendees(room(level), settings))


@pytest.mark.parametrize("level", [Visibility.MATCH, Visibility.ORGANIZER, Visibility.OFF])
def test_no_file_of_a_plan_holds_what_may_not_be_printed(level):
    assert holding(files_of(level)) == set()


def test_what_may_be_printed_stands_where_cards_and_lists_are_made_from():
    names = {"introductions.csv", "introductions.json", "pairings.csv"}
    assert holding(files_of(Visibility.PRINT)) == names


@pytest.mark.parametrize("level", list(Visibility))
def test_affinities_hold_what_may_influence_them_and_nothing_else(level):
    content = write_affinities(affinity_model(room(level)), every=True)
    influence = level in (Visibility.PRINT, Visibility.MATCH)
    assert bool(TOLD.search(content)) == influence
    assert b"secret@" not in content
