"""Options that several commands share, as decorators. No command here.

What becomes of them stands in `web.commands.taking`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import click

from matcher.settings import Odd, Settings

__all__ = [
    "FILE",
    "FOLDER",
    "equal_options",
    "history_options",
    "import_options",
    "meaning_options",
    "pdf_option",
    "plan_options",
    "print_options",
    "rule_options",
    "style_options",
    "vector_options",
    "weight_options",
    "word_options",
]

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)

_Command: TypeAlias = Callable[..., Any]
_Adding: TypeAlias = Callable[[_Command], _Command]
_DEFAULT = Settings()
_ODD = click.Choice([odd.value for odd in Odd])


def _all_of(*options: _Adding) -> _Adding:
    """Return a decorator that adds these options, listed by `--help` in this order."""

    def add(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


import_options = _all_of(
    click.option(
        "--map",
        "mapping",
        multiple=True,
        metavar="FIELD=HEADER",
        help="Read a column as a field, e.g. need='Looking for'. Repeatable.",
    ),
    click.option("--encoding", help="Text encoding, e.g. cp1252; found out by default."),
    click.option(
        "--header-row",
        type=click.IntRange(1),
        metavar="ROW",
        help="Row of the headers, numbered as in a spreadsheet.",
    ),
    click.option("--sheet", help="Sheet of an Excel file."),
    click.option(
        "--keep-set-aside",
        multiple=True,
        metavar="REASON",
        help="Take rows set aside for this reason as people. Repeatable.",
    ),
    click.option(
        "--print",
        "printed",
        default="",
        metavar="FIELD,...",
        help="Fields that attendees were told may stand on cards, e.g. need.",
    ),
    click.option(
        "--split",
        "splits",
        multiple=True,
        metavar="HEADER=MARK",
        help="Divide the cells of a column at comma, semicolon, line, slash, bar, tab; or at none. "
        "Repeatable.",
    ),
    click.option(
        "--guests",
        default="",
        metavar="WORDS",
        help="Add guests whom people bring unnamed, called e.g. 'Guest of' Ana; to be named later.",
    ),
)
"""How an attendee file is to be read."""

history_options = _all_of(
    click.option(
        "--history",
        multiple=True,
        type=click.Path(exists=True, path_type=Path),
        metavar="FILE",
        help="Who met before: CSV with columns a,b,date, or an earlier --out. Repeatable.",
    ),
)
"""Who met before."""

rule_options = _all_of(
    click.option("--rules", "rules_file", type=FILE, help="Rules as TOML."),
    history_options,
    click.option(
        "--since",
        type=click.Path(exists=True, path_type=Path),
        metavar="DIR",
        help="Earlier plan whose rounds the rules file keeps ([frozen]).",
    ),
)
"""Rules beside those of the people file."""

equal_options = _all_of(
    click.option(
        "--equal",
        "equal_file",
        type=FILE,
        metavar="FILE",
        help="Which answers mean the same, and which never: CSV with kind,value,other,same.",
    ),
    click.option(
        "--accept-proposals",
        "accept",
        is_flag=True,
        help="Count initials and slips of typing as the answers they seem to mean.",
    ),
)
"""Which answers mean the same."""

vector_options = _all_of(
    click.option(
        "--database",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Keep what the encoder read in this file, the app's or a new one.",
    ),
)
"""Where vectors are kept."""

meaning_options = _all_of(
    click.option(
        "--meaning",
        type=click.Choice(["wording", "sentence"]),
        help="Compare needs with offers by words alone, or by the sentence encoder; "
        "by default with the encoder where it is installed.",
    ),
    vector_options,
)
"""What compares needs with offers."""

style_options = _all_of(
    click.option(
        "--questions",
        multiple=True,
        type=FILE,
        help="Questions of your own as TOML, one file a language. Repeatable.",
    ),
    click.option(
        "--tone",
        type=click.Choice(["informal", "formal"]),
        help="How cards address people; by default what the language is used to.",
    ),
    click.option(
        "--ban",
        "banned",
        multiple=True,
        metavar="WORD",
        help="Word or phrase for no card; WORD* for all that begins so. Repeatable.",
    ),
    click.option(
        "--keep-off",
        multiple=True,
        metavar="FIELD",
        help="Answers that no card names, such as organization. Repeatable.",
    ),
)
"""How cards speak."""

word_options = _all_of(
    click.option("--title", default=_DEFAULT.title, help="Name of the event, for cards."),
    click.option("--language", default=_DEFAULT.language, show_default=True, help="Of the cards."),
    style_options,
)
"""The words on cards."""

weight_options = _all_of(
    click.option(
        "--weights",
        nargs=4,
        type=click.IntRange(0, 100),
        default=_DEFAULT.weights,
        show_default=True,
        metavar="FACTS HELP BRIDGE WISHES",
        help="What each counts in an affinity, relative to the others.",
    ),
)
"""What the components of an affinity count."""

pdf_option = click.option(
    "--pdf/--no-pdf",
    default=True,
    show_default=True,
    help="Whether to set the cards as cards.pdf too: a second for 100 people, 15 for 5,000 cards.",
)

plan_options = _all_of(
    click.option("--out", required=True, type=FOLDER, help="Folder for the files."),
    pdf_option,
    click.option(
        "--rounds",
        type=int,
        default=_DEFAULT.rounds,
        show_default=True,
        help="Rounds of introductions.",
    ),
    rule_options,
    click.option(
        "--odd",
        type=_ODD,
        default=_DEFAULT.odd.value,
        show_default=True,
        help="What happens when the head-count is odd.",
    ),
    click.option(
        "--fairness",
        type=float,
        default=_DEFAULT.fairness,
        show_default=True,
        metavar="0..1",
        help="How much more those count who get little: 0 the plain total, 1 the worst-off.",
    ),
    weight_options,
    click.option("--tables", type=int, help="Most meetings in a round."),
    click.option(
        "--start",
        default=_DEFAULT.start,
        metavar="HH:MM",
        help="Start of round 1, for the times on cards.",
    ),
    click.option(
        "--minutes",
        type=int,
        default=_DEFAULT.minutes,
        show_default=True,
        help="Length of a round.",
    ),
    click.option(
        "--gap",
        type=int,
        default=_DEFAULT.gap,
        show_default=True,
        help="Minutes between two rounds.",
    ),
    word_options,
    click.option(
        "--seed",
        type=int,
        default=_DEFAULT.seed,
        show_default=True,
        help="Number that all chance comes from: the same number, the same plan.",
    ),
    click.option(
        "--rule-prices",
        "priced",
        is_flag=True,
        help="Plan again without each kind of rule, to say what it costs.",
    ),
    click.option(
        "--introducers",
        is_flag=True,
        help="Name on cards who knows both people; they agreed to that.",
    ),
    click.option(
        "--time-limit",
        "limit_seconds",
        type=float,
        metavar="SECONDS",
        help="Stop planning at this time; the plan is then not repeatable.",
    ),
)
"""All that decides a plan."""

print_options = _all_of(
    click.option("--layout", default="a6x4", show_default=True, help="Which cards or sheet."),
    click.option(
        "--paper",
        type=click.Choice(["a4", "letter"]),
        default="a4",
        show_default=True,
        help="For sheets that come in both sizes.",
    ),
    click.option(
        "--order",
        type=click.Choice(["name", "round", "table"]),
        default="name",
        show_default=True,
        help="How cards are sorted.",
    ),
    click.option(
        "--qr",
        "address",
        default="",
        metavar="ADDRESS",
        help="Where a QR code on every card leads, such as the event's page.",
    ),
    click.option("--welcome", default="", help="One sentence for the welcome sheet."),
    click.option("--stack", "stacked", is_flag=True, help="Cut in one pile, stays sorted (PDF)."),
    click.option("--backs", is_flag=True, help="Names on the backs, to print both sides (PDF)."),
    click.option(
        "--start-at",
        "start",
        type=click.IntRange(1),
        default=1,
        metavar="PLACE",
        help="First free place of a part-used sheet (PDF).",
    ),
    click.option(
        "--shift",
        nargs=2,
        type=float,
        default=(0.0, 0.0),
        metavar="X Y",
        help="What your printer is off, in mm right and down (PDF).",
    ),
)
"""What is printed, and how."""
