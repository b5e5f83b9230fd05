"""`match`, `plan` and `check`: from files to a plan, and a second opinion on it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from events.model import Attendee, Notice, Severity
from web.terminal import counted, in_words, say, say_notices, say_preflight, watched

from .files import read_attendees, read_plan_rules
from .options import (
    FILE,
    FOLDER,
    equal_options,
    history_options,
    import_options,
    meaning_options,
    plan_options,
    vector_options,
)
from .taking import (
    chosen_meaning,
    kept_vectors,
    take_equal_options,
    take_import_options,
    take_style_options,
    to_settings,
)

if TYPE_CHECKING:
    from events.importer import Import
    from events.rules import RulesFound
    from matcher.introduce import Outcome
    from matcher.settings import Settings
    from web.cards import CardSheet, PrintJob

__all__ = ["check", "finish", "match", "plan"]

_PDF = "cards.pdf"


@click.command()
@click.argument("people", type=FILE)
@plan_options
@meaning_options
@equal_options
@import_options
def match(people: Path, out: Path, pdf: bool, **options: Any) -> None:
    """The whole job: from an attendee file to introductions, cards and CSV files."""
    from events.pipeline import introduce_attendees

    with in_words():
        imported = read_attendees(people, options)
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
        finish(out, outcome, imported.input_sha256, pdf=pdf)


@click.command()
@click.argument("affinities", type=FILE)
@click.option(
    "--others",
    type=click.FloatRange(0, 1),
    metavar="AFFINITY",
    help="Permit pairs that are not listed, at this affinity.",
)
@plan_options
def plan(affinities: Path, out: Path, pdf: bool, others: float | None, **options: Any) -> None:
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
        finish(out, outcome, input_sha256, pdf=pdf)


@click.command()
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


def _rules_and_settings(
    options: dict[str, Any], people: Sequence[Attendee]
) -> tuple[RulesFound, Settings]:
    """Return what the plan options of a command, and the files they name, say."""
    named = {name: options.pop(name) for name in ("rules_file", "history", "since")}
    settings = to_settings(options)
    found = read_plan_rules(named, people, settings)
    return found, replace(settings, **found.settings)


def _to_check(imported: Import) -> Sequence[Notice]:
    return [notice for notice in imported.notices if notice.severity is not Severity.INFO]


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


def finish(out: Path, outcome: Outcome, input_sha256: str, *, pdf: bool) -> None:
    """Write the files of an outcome and say what was done."""
    from events.exporter import export
    from events.files import write_files
    from events.needs import needs_in_words
    from events.pipeline import summary
    from web.cards import PrintJob, sheet_from_files
    from web.measures import figures

    files = export(outcome, input_sha256=input_sha256)
    job, sheet = PrintJob(), sheet_from_files(files)
    files["cards.html"] = job.html(sheet).encode()
    write_files(out, files, without=[_PDF])
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
    if pdf:
        _set(job, sheet, out / _PDF)


def _set(job: PrintJob, sheet: CardSheet, target: Path) -> None:
    """Set the cards as a PDF, last: the plan is there when somebody does not wait for it."""
    from events.files import write_files
    from web.cards.errors import CardsError

    try:
        with counted() as on_progress:
            content = job.pdf(sheet, on_progress)
    except CardsError as error:
        click.echo(f"There is no {target.name}: {error}", err=True)
    else:
        write_files(target.parent, {target.name: content})
        say(f"The same as a PDF: {target}")
