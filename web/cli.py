"""The command line: a stable contract, documented in docs/reference.md.

Commands import what they need when they run, so that `seedbed --help` answers at once (importing
the solver alone takes half a second).
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from events.model import Attendee, Notice, Severity
from web.exporting import export
from web.importing import import_list
from web.options import (
    FILE,
    FOLDER,
    chosen_meaning,
    equal_options,
    history_options,
    import_options,
    kept_vectors,
    meaning_options,
    plan_options,
    print_options,
    rule_options,
    take_equal_options,
    take_import_options,
    take_print_options,
    take_style_options,
    to_settings,
    vector_options,
    weight_options,
    word_options,
)
from web.terminal import counted, in_words, say, say_notices, say_preflight, watched

if TYPE_CHECKING:
    from events.importer import Import
    from events.replay import Replay
    from events.rules import RulesFound
    from matcher.introduce import Outcome
    from matcher.settings import Settings

__all__ = ["main", "seedbed"]


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="seedbed")
@click.option(
    "--model",
    type=FOLDER,
    envvar="SEEDBED_MODEL",
    help="Folder of a sentence encoder of your own, to compare needs with offers.",
)
@click.pass_context
def seedbed(context: click.Context, model: Path | None) -> None:
    """Introduce the people at an event to each other.

    Without a command, starts the app in the browser.
    """
    if model is not None:
        os.environ["SEEDBED_MODEL"] = str(model.resolve())  # workers of the app read it as well
    if context.invoked_subcommand is None:
        context.invoke(serve)


seedbed.add_command(export)
seedbed.add_command(import_list)


def main() -> None:
    """Run the command line; the console script `seedbed`."""
    _ours()
    # A job makes many values and little garbage; looking for it less often saves a tenth.
    gc.set_threshold(200_000, 20, 20)
    with in_words():
        seedbed()


def _ours() -> None:
    """Stop when another distribution's `matcher`, `events` or `web` stands in for ours."""
    home = Path(__file__).resolve().parent.parent
    for name in ("matcher", "events", "web"):
        found = find_spec(name)
        if found is None or not found.origin or Path(found.origin).resolve().parent.parent != home:
            sys.exit(
                f"Another package named {name!r} is installed beside Seedbed and hides ours. "
                "Install Seedbed into an environment of its own (see README.md)."
            )


@seedbed.command()
@click.argument("people", type=FILE)
@plan_options
@meaning_options
@equal_options
@import_options
def match(people: Path, out: Path, **options: Any) -> None:
    """The whole job: from an attendee file to introductions, cards and CSV files."""
    from events.pipeline import introduce_attendees

    with in_words():
        imported = _imported(people, options)
        say_notices(imported.counts, _to_check(imported), f"seedbed inspect {people}")
        priced = options.pop("priced")
        equals = take_equal_options(options).among(imported.people)
        style = take_style_options(options)
        compared = {name: options.pop(name) for name in ("meaning", "database")}
        rules, settings = _rules_and_settings(options, imported.people)
        with (
            chosen_meaning(compared) as meaning,
            watched() as on_progress,
            _answering(out, settings, len(imported.people), imported.input_sha256),
        ):
            outcome = introduce_attendees(
                imported.people,
                settings,
                rules=rules,
                equals=equals,
                priced=priced,
                meaning=meaning,
                style=style,
                on_preflight=say_preflight,
                on_progress=on_progress,
                clock=monotonic,
            )
        _finish(out, outcome, imported.input_sha256)


@seedbed.command()
@click.argument("affinities", type=FILE)
@click.option(
    "--others",
    type=click.FloatRange(0, 1),
    metavar="AFFINITY",
    help="Permit pairs that are not listed, at this affinity.",
)
@plan_options
def plan(affinities: Path, out: Path, others: float | None, **options: Any) -> None:
    """Plan rounds from given affinities: a CSV with columns a,b,affinity (0 to 1)."""
    from events.affinity_file import read_affinities
    from events.pipeline import introduce_table

    with in_words():
        data = affinities.read_bytes()
        table = read_affinities(data, others=others)
        people = [Attendee(id=person, name=person) for person in table.ids]
        priced = options.pop("priced")
        style = take_style_options(options)
        rules, settings = _rules_and_settings(options, people)
        input_sha256 = sha256(data).hexdigest()
        with watched() as on_progress, _answering(out, settings, len(people), input_sha256):
            outcome = introduce_table(
                table,
                settings,
                rules=rules,
                priced=priced,
                style=style,
                on_preflight=say_preflight,
                on_progress=on_progress,
                clock=monotonic,
            )
        _finish(out, outcome, input_sha256)


@seedbed.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--against", type=FILE, help="The people or affinities that the plan was made from.")
@click.option(
    "--rules", type=FILE, help="The rules of that plan: wishes and the like count in affinities."
)
@history_options
@vector_options
@equal_options
@import_options
def check(folder: Path, against: Path | None, rules: Path | None, **options: Any) -> None:
    """Verify a plan from its files alone: exit 0, or 1 and what is broken."""
    from events.checking import check_folder

    with in_words():
        reading, decisions = take_import_options(options), take_equal_options(options)
        with kept_vectors(options) as cache:
            violations = check_folder(
                folder, against, reading, rules, decisions, cache, options.pop("history")
            )
    for violation in violations:
        say(str(violation))
    if violations:
        sys.exit(1)
    say(f"{folder}: every promise holds.")


@seedbed.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@print_options
@click.option("--since", type=FOLDER, help="The plan whose cards are out: print what changes.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
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


@seedbed.command()
@click.argument("people", type=FILE)
@click.argument("one")
@click.argument("other")
@click.option("--layout", default="a6x4", show_default=True, help="Which cards.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
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
        attendees = _imported(people, options).people
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


@seedbed.command()
@click.argument("people", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
@click.option("--values", is_flag=True, help="Which answers count as equal, and which might.")
@equal_options
@import_options
def inspect(people: Path, as_json: bool, values: bool, **options: Any) -> None:
    """Show what was understood of an attendee file; writes nothing."""
    from events.equal_values import values_in_words
    from events.importer import inspect_json, inspect_text

    with in_words():
        decisions = take_equal_options(options)
        imported = _imported(people, options)
    if values:
        say(values_in_words(imported.people, decisions.among(imported.people)))
    elif as_json:
        say(json.dumps(inspect_json(imported), ensure_ascii=False, indent=2))
    else:
        say(inspect_text(imported))


@seedbed.command()
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
        attendees = _imported(people, options).people
        equals = decisions.among(attendees)
        with chosen_meaning(options) as meaning:
            model = affinity_model(attendees, equals=equals, meaning=meaning, weights=weights)
            _give(write_affinities(model, every=every), out)
        click.echo(compared_by(model.meaning.name), err=True)


@seedbed.command()
@click.argument("values", type=FILE)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@equal_options
def canon(values: Path, out: Path | None, **options: Any) -> None:
    """Say what counts as equal: reads kind,raw and writes kind,raw,canonical,how."""
    from events.equal_file import canon_table
    from events.files import read_text

    with in_words():
        _give(canon_table(read_text(values), take_equal_options(options)), out)


@seedbed.command()
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


@seedbed.command()
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
        _give(write_needs(replayed.coverage, replayed.names), out)
        click.echo(needs_in_words(replayed.coverage), err=True)


@seedbed.command()
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
            _give(write_similar(texts[0], texts[1], meaning), out)
        click.echo(compared_by(meaning.name), err=True)


@seedbed.command("list")
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
            _give(write_shared_list(language), out)
            return
        attendees = _imported(people, options).people
        with chosen_meaning(options) as meaning:
            _give(suggest_entries(attendees, meaning, language), out)


@seedbed.command()
@click.option("--port", type=click.IntRange(0, 65535), default=5117, show_default=True)
@click.option(
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File that keeps everything; by default in your own data folder.",
)
@click.option("--demo", is_flag=True, help="With a solved sample event.")
@click.option("--browser/--no-browser", default=True, help="Open the browser.")
@click.option("--host", default="127.0.0.1", hidden=True)
def serve(port: int, database: Path | None, demo: bool, browser: bool, host: str) -> None:
    """Start the app on this computer and open the browser."""
    from web.server import run

    with in_words():
        run(port=port, database=database, demo=demo, open_browser=browser, host=host)


def _give(content: bytes, out: Path | None) -> None:
    """Write to a file, or to standard output when none is named."""
    from events.files import write_files

    if out is None:
        sys.stdout.buffer.write(content)
    else:
        write_files(out.parent, {out.name: content})


def _imported(path: Path, options: dict[str, Any]) -> Import:
    from events.importer import read_people

    chosen = take_import_options(options)
    return read_people(path.read_bytes(), name=path.name, options=chosen)


def _rules_and_settings(
    options: dict[str, Any], people: Sequence[Attendee]
) -> tuple[RulesFound, Settings]:
    """Return what the plan options of a command, and the files they name, say."""
    named = {name: options.pop(name) for name in ("rules_file", "history", "since")}
    settings = to_settings(options)
    found = _rules(named, people, settings)
    return found, replace(settings, **found.settings)


def _rules(options: dict[str, Any], people: Sequence[Attendee], settings: Settings) -> RulesFound:
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


def _to_check(imported: Import) -> Sequence[Notice]:
    return [notice for notice in imported.notices if notice.severity is not Severity.INFO]


@contextmanager
def _replayed(
    people: Path, folder: Path, options: dict[str, Any]
) -> Iterator[tuple[Replay, Sequence[Attendee]]]:
    """Yield a plan beside all that it was made from, and its people."""
    from events.files import read_folder
    from events.finished import read_finished, settings_of
    from events.meaning import meaning_of_plan
    from events.replay import replay

    attendees = _imported(people, options).people
    files = read_folder(folder)
    equals = take_equal_options(options).among(attendees)
    found = _rules(options, attendees, settings_of(files))
    finished = read_finished(files)
    with kept_vectors(options) as cache:
        meaning = meaning_of_plan(finished.certificate.encoder, cache)
        yield replay(finished, attendees, settings_of(files), found, equals, meaning), attendees


@contextmanager
def _answering(out: Path, settings: Settings, people: int, input_sha256: str) -> Iterator[None]:
    """Write `plan.json` alone when pins and frozen rounds cannot hold, and go on to say so."""
    from events.exporter import export_conflict
    from events.files import write_files
    from matcher.plan import Infeasible

    try:
        yield
    except Infeasible as answer:
        files = export_conflict(answer.conflict, settings, people, input_sha256=input_sha256)
        write_files(out, files)
        raise


def _finish(out: Path, outcome: Outcome, input_sha256: str) -> None:
    """Write the files of an outcome and say what was done."""
    from events.exporter import export
    from events.files import write_files
    from events.needs import needs_in_words
    from events.pipeline import summary
    from web.cards import render_html, sheet_from_files
    from web.measures import figures

    files = export(outcome, input_sha256=input_sha256)
    files["cards.html"] = render_html(sheet_from_files(files)).encode()
    write_files(out, files)
    said = {finding.text for finding in outcome.preflight.findings}
    notices = [notice for notice in outcome.notices if notice not in said]
    say_notices("", notices, str(out / "plan.json"))
    say(summary(outcome))
    for price in outcome.prices:
        say(price.text)
    for figure in figures(map(asdict, outcome.measures)):
        say(f"- {figure.line}")
    found = needs_in_words(outcome.coverage)
    if found:
        say(f"{found} `seedbed needs` lists them.")
    say(f"Cards to print: {out / 'cards.html'}")
