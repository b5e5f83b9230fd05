"""The command `seedbed rules`: every rule in a sentence, with where it was written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from events.errors import UnusableOption
from web.terminal import in_words, say

from .files import find_event, opened, read_attendees, read_plan_rules
from .options import FILE, import_options, rule_options

if TYPE_CHECKING:
    from events.model import Attendee, Event
    from events.rules import RulesFound, Sentence
    from events.store import Store
    from matcher.settings import Settings

__all__ = ["rules"]


@click.command()
@click.argument("people", type=FILE, required=False)
@click.option(
    "--rounds",
    type=click.IntRange(1, 100),
    default=6,
    show_default=True,
    help="Rounds of introductions, for rules that name one.",
)
@rule_options
@import_options
@click.option("--event", "called", help="Title or id of an event of the app, in place of PEOPLE.")
@click.option("--database", type=FILE, help="File that the app keeps all in; by default its own.")
@click.option(
    "--say",
    "said",
    metavar='"KIND | …"',
    multiple=True,
    help='Add a rule to the event, such as "apart | Ana | Ben". Repeatable.',
)
@click.option(
    "--take-out",
    type=int,
    multiple=True,
    metavar="NUMBER",
    help="Take a rule of the app out. Repeatable.",
)
@click.option("--toml", is_flag=True, help="Write the rules of the app as a file for --rules.")
@click.option(
    "--put-back",
    type=int,
    multiple=True,
    metavar="NUMBER",
    help="Put back a rule that was taken out. Repeatable.",
)
def rules(people: Path | None, called: str | None, database: Path | None, **options: Any) -> None:
    """List all rules in sentences, and where each stands: of PEOPLE and files, or of an event."""
    ours = {name: options.pop(name) for name in ("said", "take_out", "put_back", "toml")}
    with in_words():
        if (people is None) == (called is None):
            raise UnusableOption("Name a list of people, or an event of the app with --event.")
        if people is not None:
            if any(ours.values()):
                raise UnusableOption("These are for an event of the app: name it with --event.")
            lines = _of_files(people, options)
        else:
            with opened(database) as store:
                lines = list(_of_event(store, find_event(store, called or ""), **ours))
    for line in lines:
        say(line)


def _of_files(people: Path, options: dict[str, Any]) -> list[str]:
    from matcher.settings import Settings

    settings = Settings(rounds=options.pop("rounds"))
    attendees = read_attendees(people, options).people
    return list(_told(read_plan_rules(options, attendees, settings), settings, attendees))


def _of_event(
    store: Store,
    event: Event,
    *,
    said: Sequence[str],
    take_out: Sequence[int],
    put_back: Sequence[int],
    toml: bool,
) -> Iterator[str]:
    from events import sentences
    from events.rules import Register, parse_sentence, write_toml
    from events.runs import find_rules, pairings_in_use

    coming = store.coming(event.id)
    names = {person.id: person.name for person in coming}
    since = pairings_in_use(store, event.id)
    replaced: list[Sentence] = []
    with store.writing():  # all or nothing
        for number in take_out:
            sentences.take_out(store, event.id, number)
        for number in put_back:
            sentences.put_back(store, event.id, number)
        for text in said:
            wanted = parse_sentence(text, Register(coming))
            replaced += sentences.say(store, event.id, wanted, since=since)[1]
    if toml:
        yield write_toml(sentences.sentences(store, event.id)).rstrip()
        return
    yield from (f"taken out: {each.words(names)}" for each in replaced)
    yield from _told(find_rules(store, event), event.settings, coming)


def _told(found: RulesFound, settings: Settings, people: Sequence[Attendee]) -> Iterator[str]:
    from events.rules import standing, tell

    names = {person.id: f"{person.name} ({person.id})" for person in people}
    for told in (*standing(found, settings), *tell(found)):
        yield f"{told.words(names)}  [{told.source}]"
    yield from map(str, found.notices)
