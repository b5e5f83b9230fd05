"""Files in folders: read together, written together or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from events.errors import UnusableOption

__all__ = ["read_folder", "read_text", "write_files"]

_LAST = "plan.json"


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the CSV and JSON files of a plan's folder by name.

    Raises
    ------
    UnusableOption
        If there is no such folder.
    """
    if not folder.is_dir():
        raise UnusableOption(f"There is no folder {folder}. Name the --out of a plan.")
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.suffix in (".csv", ".json") and path.is_file()
    }


def read_text(path: Path) -> str:
    """Return the text of a file, or of the `pairings.csv` of a plan's folder.

    Raises
    ------
    UnusableOption
        If it is not there, or not UTF-8.
    """
    file = path / "pairings.csv" if path.is_dir() else path
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UnusableOption(f"{file}: {error.strerror}. Name another file.") from error
    except UnicodeDecodeError as error:
        raise UnusableOption(f"{file} is not UTF-8 text. Save it as UTF-8.") from error


def write_files(folder: Path, files: Mapping[str, bytes], without: Iterable[str] = ()) -> None:
    """Write files into a folder, each of them whole; all or none of a plan.

    They are written beside their places first and moved in at the end. Among the files of a plan
    `plan.json` goes first and comes last, so that a folder with a `plan.json` is whole even when
    the computer is switched off in between. Files of other names are left alone.

    Parameters
    ----------
    without
        Names of files that were made from what is replaced, and go with it.

    Raises
    ------
    UnusableOption
        If `folder` is a file, or nothing may be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".seedbed-", dir=folder))
    except OSError as error:
        raise UnusableOption(
            f"Cannot write to {folder}: {error.strerror}. Choose another folder with --out."
        ) from error
    try:
        for name, content in files.items():
            with (staging / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        if _LAST in files:
            (folder / _LAST).unlink(missing_ok=True)
        for name in without:
            (folder / name).unlink(missing_ok=True)
        for name in sorted(files, key=lambda name: (name == _LAST, name)):
            (staging / name).replace(folder / name)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
