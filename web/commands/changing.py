"""`change`: a finished plan changed by hand, with its price before anything is written."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from events.errors import UnusableOption
from web.terminal import in_words, say

from .opening import OpenPlan, opened_plan
from .options import (
    FILE,
    FOLDER,
    equal_options,
    import_options,
    pdf_option,
    rule_options,
    style_options,
    vector_options,
)
from .planning import finish
from .taking import take_style_options

if TYPE_CHECKING:
    from events.changes import Proposal
    from matcher.changes import Change

__all__ = ["change"]

_TWO = "PERSON PERSON"
_WAYS = ("swap", "move", "remove", "pin", "forbid", "pairings")


@click.command()
@click.argument("people", type=FILE)
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--swap", nargs=2, metavar=_TWO, help="They take each other's places in --round.")
@click.option("--move", nargs=2, metavar="PERSON TABLE", help="Joins the two there in --round.")
@click.option("--remove", metavar="PERSON", help="Has a break in --round.")
@click.option("--pin", nargs=2, metavar=_TWO, help="They meet, in --round or in any.")
@click.option("--forbid", nargs=2, metavar=_TWO, help="They never meet.")
@click.option("--pairings", type=FILE, help="A corrected pairings.csv, read back.")
@click.option("--round", "number", type=click.IntRange(1), help="Which round is meant.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the changed plan; without it, only its price is told.",
)
@pdf_option
@rule_options
@style_options
@vector_options
@equal_options
@import_options
def change(people: Path, folder: Path, out: Path | None, **options: Any) -> None:
    """Change a plan by hand: told what it costs, then written as another plan."""
    from events.changes import told

    with in_words():
        wanted = {way: found for way in _WAYS if (found := options.pop(way))}
        number, pdf = options.pop("number"), options.pop("pdf")
        if len(wanted) != 1:
            listed = ", ".join(f"--{way}" for way in _WAYS)
            raise UnusableOption(f"Name one change: {listed}.")
        with opened_plan(people, folder, options) as plan:
            ((way, value),) = wanted.items()
            proposal = _proposed(plan, way, value, number)
            for line in told(proposal, plan.replayed):
                say(line)
            if proposal.price.broken:
                sys.exit(1)
            if out is not None and not proposal.is_nothing:
                _write(out, plan, proposal, options, pdf=pdf)


def _proposed(plan: OpenPlan, way: str, value: Any, number: int | None) -> Proposal:
    from events.changes import propose
    from events.corrected import read_corrected

    if way != "pairings":
        return propose(plan.replayed, _change(plan, way, value, number))
    found = read_corrected(value.read_bytes(), plan.replayed)
    if found.proposal is None:
        raise UnusableOption("\n".join(map(str, found.problems)))
    return found.proposal


def _change(plan: OpenPlan, way: str, value: Any, number: int | None) -> Change:
    from events.rules import who_is
    from matcher.changes import Forbid, Move, Pin, Remove, Swap

    def person(text: str) -> str:
        return who_is(text, plan.imported.people)

    if way == "pin":
        return Pin(one=person(value[0]), other=person(value[1]), round=number)
    if way == "forbid":
        return Forbid(one=person(value[0]), other=person(value[1]))
    if number is None:
        raise UnusableOption(f"--{way} needs a round: add --round 2, for instance.")
    if way == "swap":
        return Swap(round=number, one=person(value[0]), other=person(value[1]))
    if way == "remove":
        return Remove(round=number, person=person(value))
    if not value[1].isdecimal():
        raise UnusableOption(f"--move needs the number of a table, not {value[1]!r}.")
    return Move(round=number, person=person(value[0]), table=int(value[1]))


def _write(
    out: Path, plan: OpenPlan, proposal: Proposal, options: dict[str, Any], *, pdf: bool
) -> None:
    """Tell the changed plan in words, as files; cards of meetings that stay ask the same."""
    from events.changes import rules_text
    from events.pipeline import introduce_attendees
    from events.seats import arrangement
    from events.words import with_printed

    changed = proposal.changed
    outcome = introduce_attendees(
        plan.imported.people,
        plan.settings,
        rules=replace(plan.rules, rules=(*plan.rules.rules, *changed.rules)),
        equals=plan.equals,
        meaning=plan.meaning,
        style=with_printed(take_style_options(options), plan.files),
        arranged=arrangement(changed.meetings, plan.finished.certificate, (changed.text,)),
    )
    finish(out, outcome, plan.imported.input_sha256, pdf=pdf)
    if changed.rules:
        say(f"Add this to your rules, so that further plans keep it:\n{rules_text(changed.rules)}")
