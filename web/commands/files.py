"""What several commands read and write: attendees, the rules of a plan, one file."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from events.errors import UnusableOption
from events.model import Attendee, Event

from .taking import take_import_options

if TYPE_CHECKING:
    from events.importer import Import
    from events.rules import RulesFound
    from events.store import Store
    from matcher.settings import Settings


__all__ = ["find_event", "give", "opened", "read_attendees", "read_plan_rules"]


def give(content: bytes, out: Path | None) -> None:
    """Write to a file, or to standard output when none is named."""
    from events.files import write_files

    if out is None:
        sys.stdout.buffer.write(content)
    else:
        write_files(out.parent, {out.name: content})


@contextmanager
def opened(database: Path | None) -> Iterator[Store]:
    """Open what the app keeps all in, its own file by default."""
    from events.store import Store
    from web.server import default_database

    path = database or default_database()
    if not path.exists():
        raise UnusableOption(f"The app has no data in {path} yet. Name its file with --database.")
    with Store.open(path) as store:
        yield store


def find_event(store: Store, called: str) -> Event:
    """Return the event with that title or id."""
    found = [event for event in store.events() if called in (event.id, event.title)]
    if len(found) != 1:
        listed = ", ".join(f"{event.title!r} ({event.id})" for event in store.events())
        problem = "is no event" if not found else "are several events; write the id"
        raise UnusableOption(f"--event {called!r}: {problem}. There are: {listed or 'none'}.")
    return found[0]


def read_attendees(path: Path, options: dict[str, Any]) -> Import:
    """Read an attendee file as the import options of a command say."""
    from events.importer import read_people

    chosen = take_import_options(options)
    return read_people(path.read_bytes(), name=path.name, options=chosen)


def read_plan_rules(
    options: dict[str, Any], people: Sequence[Attendee], settings: Settings
) -> RulesFound:
    """Return what the people's columns ask for, and the files that the options name."""
    from events.files import read_text
    from events.rules import read_rules
    from matcher.rules import FrozenRounds

    file, histories, since = (options[name] for name in ("rules_file", "history", "since"))
    found = read_rules(
        people,
        settings,
        toml=read_text(file) if file else "",
        histories=[read_text(path) for path in histories],
        since=read_text(since) if since else "",
    )
    if since and not any(isinstance(rule, FrozenRounds) for rule in found.rules):
        raise UnusableOption(
            f"--since {since}: no round of that plan is kept. "
            "Write [frozen] and, below it, rounds = [1] into the rules file."
        )
    return found
