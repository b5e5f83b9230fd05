"""A finished plan opened beside the people it was made from: what several commands begin with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .files import read_attendees, read_plan_rules
from .taking import kept_vectors, take_equal_options

if TYPE_CHECKING:
    from events.finished import FinishedPlan
    from events.importer import Import
    from events.replay import Replay
    from events.rules import RulesFound
    from matcher.canon import Equals
    from matcher.meaning import Meaning
    from matcher.settings import Settings

__all__ = ["OpenPlan", "opened_plan"]


@dataclass(frozen=True, kw_only=True)
class OpenPlan:
    """A plan, and all that it was made from."""

    files: Mapping[str, bytes]
    finished: FinishedPlan
    imported: Import
    settings: Settings
    rules: RulesFound
    equals: Equals
    meaning: Meaning

    @cached_property
    def replayed(self) -> Replay:
        """What answers questions about it; raises `UnusableOption` for other people."""
        from events.replay import replay

        return replay(
            self.finished,
            self.imported.people,
            self.settings,
            self.rules,
            self.equals,
            self.meaning,
        )


@contextmanager
def opened_plan(people: Path, folder: Path, options: dict[str, Any]) -> Iterator[OpenPlan]:
    """Take the options about people, rules and vectors out of a command's keywords, and open it."""
    from events.files import read_folder
    from events.finished import read_finished, settings_of
    from events.meaning import meaning_of_plan

    imported = read_attendees(people, options)
    files = read_folder(folder)
    settings, finished = settings_of(files), read_finished(files)
    rules = read_plan_rules(options, imported.people, settings)
    equals = take_equal_options(options).among(imported.people)
    with kept_vectors(options) as cache:
        yield OpenPlan(
            files=files,
            finished=finished,
            imported=imported,
            settings=settings,
            rules=rules,
            equals=equals,
            meaning=meaning_of_plan(finished.certificate.encoder, cache),
        )
