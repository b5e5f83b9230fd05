"""`inspect`, `affinities`, `canon`, `similar` and `list`: what was understood, before any plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from web.terminal import in_words, say

from .files import give, read_attendees
from .options import FILE, equal_options, import_options, meaning_options, weight_options
from .taking import chosen_meaning, take_equal_options

__all__ = ["affinities", "canon", "inspect", "list_", "similar"]


@click.command()
@click.argument("people", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
@click.option("--values", is_flag=True, help="Which answers count as equal, and which might.")
@equal_options
@import_options
def inspect(people: Path, as_json: bool, values: bool, **options: Any) -> None:
    """Show what was understood of an attendee file; writes nothing."""
    from events.equal_values import values_in_words
    from events.importer import inspect_json, inspect_text
    from events.meaning import meaning_here

    with in_words():
        decisions = take_equal_options(options)
        imported = read_attendees(people, options)
    if values:
        with in_words():
            equals = decisions.among(imported.people)
            told = values_in_words(imported.people, equals, meaning_here())
        say(told)
    elif as_json:
        say(json.dumps(inspect_json(imported), ensure_ascii=False, indent=2))
    else:
        say(inspect_text(imported))


@click.command()
@click.argument("people", type=FILE)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@click.option("--all", "every", is_flag=True, help="All pairs, not only those with evidence.")
@weight_options
@meaning_options
@equal_options
@import_options
def affinities(people: Path, out: Path | None, every: bool, **options: Any) -> None:
    """List candidate pairs with every component of their affinity."""
    from events.affinity_file import write_affinities
    from events.pipeline import affinity_model
    from matcher.meaning import compared_by
    from matcher.settings import Settings

    with in_words():
        weights = Settings(weights=options.pop("weights")).weights
        decisions = take_equal_options(options)
        attendees = read_attendees(people, options).people
        equals = decisions.among(attendees)
        with chosen_meaning(options) as meaning:
            model = affinity_model(attendees, equals=equals, meaning=meaning, weights=weights)
            give(write_affinities(model, every=every), out)
        click.echo(compared_by(model.encoder), err=True)


@click.command()
@click.argument("values", type=FILE)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@equal_options
def canon(values: Path, out: Path | None, **options: Any) -> None:
    """Say what counts as equal: reads kind,raw and writes kind,raw,canonical,how."""
    from events.equal_file import canon_table
    from events.files import read_text

    with in_words():
        give(canon_table(read_text(values), take_equal_options(options)), out)


@click.command()
@click.argument("needs", type=FILE)
@click.argument("offers", type=FILE)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@meaning_options
def similar(needs: Path, offers: Path, out: Path | None, **options: Any) -> None:
    """Say how well each offer meets each need: two files, one text a line."""
    from events.files import read_text
    from events.similar import read_lines, write_similar
    from matcher.meaning import compared_by

    with in_words():
        texts = [read_lines(read_text(path), str(path)) for path in (needs, offers)]
        with chosen_meaning(options) as meaning:
            give(write_similar(texts[0], texts[1], meaning), out)
        click.echo(compared_by(meaning.name), err=True)


@click.command("list")
@click.argument("people", required=False, type=FILE)
@click.option("--language", default="en", show_default=True, help="Of the list.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@import_options
@meaning_options
def list_(people: Path | None, language: str, out: Path | None, **options: Any) -> None:
    """Write the shared list of needs and offers, or what PEOPLE may have meant of it."""
    from events.needs import write_shared_list
    from events.suggested import suggest_entries

    with in_words():
        if people is None:
            give(write_shared_list(language), out)
            return
        attendees = read_attendees(people, options).people
        with chosen_meaning(options) as meaning:
            give(suggest_entries(attendees, meaning, language), out)
