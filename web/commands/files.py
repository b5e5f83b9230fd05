"""What several commands read and write: attendees, the rules of a plan, one file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from events.model import Attendee

from .taking import take_import_options

if TYPE_CHECKING:
    from events.importer import Import
    from events.rules import RulesFound
    from matcher.settings import Settings


__all__ = ["give", "read_attendees", "read_plan_rules"]


def give(content: bytes, out: Path | None) -> None:
    """Write to a file, or to standard output when none is named."""
    from events.files import write_files

    if out is None:
        sys.stdout.buffer.write(content)
    else:
        write_files(out.parent, {out.name: content})


def read_attendees(path: Path, options: dict[str, Any]) -> Import:
    """Read an attendee file as the import options of a command say."""
    from events.importer import read_people

    chosen = take_import_options(options)
    return read_people(path.read_bytes(), name=path.name, options=chosen)


def read_plan_rules(
    options: dict[str, Any], people: Sequence[Attendee], settings: Settings
) -> RulesFound:
    """Return what the people's columns ask for, and the files that the options name."""
    from events.errors import UnusableOption
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
