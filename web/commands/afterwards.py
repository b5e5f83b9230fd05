"""`why` and `needs`: what a plan and the people it was made from say together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from events.model import Attendee
from web.terminal import in_words, say

from .files import give, read_attendees, read_plan_rules
from .options import FILE, FOLDER, equal_options, import_options, rule_options, vector_options
from .taking import kept_vectors, take_equal_options

if TYPE_CHECKING:
    from events.replay import Replay

__all__ = ["needs", "why"]


@click.command()
@click.argument("people", type=FILE)
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("one", metavar="PERSON")
@click.argument("other", metavar="[OTHER]", default="")
@rule_options
@vector_options
@equal_options
@import_options
def why(people: Path, folder: Path, one: str, other: str, **options: Any) -> None:
    """Ask a plan why PERSON meets whom they meet, or why not OTHER. For the organizer alone."""
    from events.rules import who_is

    with in_words(), _replayed(people, folder, options) as (replayed, attendees):
        ids = [who_is(text, attendees) for text in (one, other) if text]
        lines = replayed.why_not(ids[0], ids[1]) if len(ids) == 2 else replayed.why_these(ids[0])
    for line in lines:
        say(line)


@click.command()
@click.argument("people", type=FILE)
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@rule_options
@equal_options
@import_options
@vector_options
def needs(people: Path, folder: Path, out: Path | None, **options: Any) -> None:
    """List every need and offer and what becomes of it in a plan. For the organizer alone."""
    from events.needs import needs_in_words, write_needs

    with in_words(), _replayed(people, folder, options) as (replayed, _):
        give(write_needs(replayed.coverage, replayed.names), out)
        click.echo(needs_in_words(replayed.coverage), err=True)


@contextmanager
def _replayed(
    people: Path, folder: Path, options: dict[str, Any]
) -> Iterator[tuple[Replay, Sequence[Attendee]]]:
    """Yield a plan beside all that it was made from, and its people."""
    from events.files import read_folder
    from events.finished import read_finished, settings_of
    from events.meaning import meaning_of_plan
    from events.replay import replay

    attendees = read_attendees(people, options).people
    files = read_folder(folder)
    equals = take_equal_options(options).among(attendees)
    found = read_plan_rules(options, attendees, settings_of(files))
    finished = read_finished(files)
    with kept_vectors(options) as cache:
        meaning = meaning_of_plan(finished.certificate.encoder, cache)
        yield replay(finished, attendees, settings_of(files), found, equals, meaning), attendees
