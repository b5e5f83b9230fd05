"""`why` and `needs`: what a plan and the people it was made from say together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from web.terminal import in_words, say

from .files import give
from .opening import opened_plan
from .options import FILE, FOLDER, equal_options, import_options, rule_options, vector_options

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

    with in_words(), opened_plan(people, folder, options) as plan:
        ids = [who_is(text, plan.imported.people) for text in (one, other) if text]
        ask = plan.replayed
        lines = ask.why_not(ids[0], ids[1]) if len(ids) == 2 else ask.why_these(ids[0])
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

    with in_words(), opened_plan(people, folder, options) as plan:
        give(write_needs(plan.replayed.coverage, plan.replayed.names), out)
        click.echo(needs_in_words(plan.replayed.coverage), err=True)
