"""The command `seedbed export`: a list, a plan or one person's data as files to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from events.errors import UnusableOption
from web.terminal import in_words, say

from .options import import_options
from .taking import take_import_options

__all__ = ["export"]

_DELIMITERS = {"comma": ",", "semicolon": ";"}


@click.command()
@click.argument(
    "sources", metavar="PEOPLE|DIR...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="A folder, or one file: .zip, .xlsx, or .csv for the list alone.",
)
@click.option("--person", default="", help="What is known of one person, and of nobody else.")
@click.option("--excel", is_flag=True, help="CSV that Excel opens without asking (UTF-8 mark).")
@click.option(
    "--delimiter",
    type=click.Choice(list(_DELIMITERS)),
    default="comma",
    show_default=True,
    help="Of CSV files; semicolon for spreadsheet programs with a decimal comma.",
)
@import_options
def export(sources: Sequence[Path], out: Path, person: str, **options: Any) -> None:
    """Take away a list of people, the folder of a plan, or both, as files or as one."""
    excel, delimiter = options.pop("excel"), _DELIMITERS[options.pop("delimiter")]
    with in_words():
        files = _files(sources, out, person, options)
        _write(out, _styled(files, excel, delimiter))
    say(f"{out}: {', '.join(sorted(files))}")


def _files(
    sources: Sequence[Path], out: Path, person: str, options: dict[str, Any]
) -> dict[str, bytes]:
    from events.files import read_folder
    from events.importer import read_people
    from events.list_files import list_files, person_files
    from events.rules import who_is

    if out in sources:
        raise UnusableOption(f"--out {out}: that is what is read. Name another place.")
    folders = [path for path in sources if path.is_dir()]
    lists = [path for path in sources if path not in folders]
    if len(folders) > 1 or len(lists) > 1:
        raise UnusableOption("Name one list of people, one folder of a plan, or one of each.")
    plan = read_folder(folders[0]) if folders else {}
    if not lists:
        if person:
            raise UnusableOption("--person: name the list of people too, to find the person in.")
        return plan
    found = read_people(
        lists[0].read_bytes(), name=lists[0].name, options=take_import_options(options)
    )
    if not person:
        return {**plan, **list_files(found)}
    wanted = who_is(person, found.people)
    one = next(each for each in found.people if each.id == wanted)
    return person_files(one, {"": plan})


def _styled(files: Mapping[str, bytes], excel: bool, delimiter: str) -> dict[str, bytes]:
    from events.cells import read_csv, rewrite_csv

    if not excel and delimiter == ",":
        return dict(files)
    return {
        name: rewrite_csv(read_csv(content), delimiter=delimiter, excel=excel)
        if name.endswith(".csv")
        else content
        for name, content in files.items()
    }


def _write(out: Path, files: Mapping[str, bytes]) -> None:
    from events.bundles import as_workbook, as_zip
    from events.files import write_files

    match out.suffix.lower():
        case ".zip":
            write_files(out.parent, {out.name: as_zip(files)})
        case ".xlsx":
            write_files(out.parent, {out.name: as_workbook(files)})
        case ".csv":
            if "attendees.csv" not in files:
                raise UnusableOption("A plan has several tables. Name a folder, a .zip or a .xlsx.")
            write_files(out.parent, {out.name: files["attendees.csv"]})
        case _:
            write_files(out, files)
