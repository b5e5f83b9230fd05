"""`cards` and `preview`: a plan, or any two people, on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from web.terminal import counted, in_words, say

from .files import read_attendees
from .options import (
    FILE,
    FOLDER,
    equal_options,
    import_options,
    meaning_options,
    print_options,
    word_options,
)
from .taking import chosen_meaning, take_equal_options, take_print_options, take_style_options

__all__ = ["cards", "preview"]


def _printed(_context: click.Context, _option: click.Parameter, out: Path) -> Path:
    """Refuse a file name that says neither page nor PDF, rather than guess which is meant."""
    if out.suffix.lower() not in (".html", ".pdf"):
        raise click.BadParameter(f"{out.name} says neither. Let it end in .html or .pdf.")
    return out


_out_option = click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_printed,
    help="Page (.html) or PDF (.pdf) to write.",
)


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@print_options
@click.option("--since", type=FOLDER, help="The plan whose cards are out: print what changes.")
@_out_option
def cards(folder: Path, since: Path | None, out: Path, **options: Any) -> None:
    """Print a plan: its cards, labels, tents, schedules and lists, as a page or a PDF."""
    from events.files import read_folder, write_files
    from web.cards import changed_since, sheet_from_files

    with in_words():
        job = take_print_options(options)
        sheet = sheet_from_files(read_folder(folder))
        if since:
            sheet = changed_since(sheet, sheet_from_files(read_folder(since)))
        for notice in job.notices(sheet):
            click.echo(notice, err=True)
        as_pdf = out.suffix.lower() == ".pdf"
        with counted() as on_progress:
            content = job.pdf(sheet, on_progress) if as_pdf else job.html(sheet).encode()
        write_files(out.parent, {out.name: content})
    say(str(out))


@click.command()
@click.argument("people", type=FILE)
@click.argument("one")
@click.argument("other")
@click.option("--layout", default="a6x4", show_default=True, help="Which cards.")
@_out_option
@word_options
@meaning_options
@equal_options
@import_options
def preview(people: Path, one: str, other: str, layout: str, out: Path, **options: Any) -> None:
    """Show the cards of any two people, by name or id, before there is a plan."""
    from events.files import write_files
    from events.preview import preview_pair
    from events.rules import who_is
    from matcher.settings import Settings
    from web.cards import PrintJob, sheet_from_files

    with in_words():
        attendees = read_attendees(people, options).people
        equals = take_equal_options(options).among(attendees)
        style = take_style_options(options)
        settings = Settings(title=options.pop("title"), language=options.pop("language"))
        a, b = (who_is(text, attendees) for text in (one, other))
        with chosen_meaning(options) as meaning:
            files = preview_pair(
                attendees, a, b, settings, style=style, equals=equals, meaning=meaning
            )
        job, sheet = PrintJob(layout=layout), sheet_from_files(files)
        as_pdf = out.suffix.lower() == ".pdf"
        write_files(out.parent, {out.name: job.pdf(sheet) if as_pdf else job.html(sheet).encode()})
    say(str(out))
