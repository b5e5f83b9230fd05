"""The command line: a stable contract, documented in docs/reference.md.

Commands import what they need when they run, so that `seedbed --help` answers at once (importing
the solver alone takes half a second).
"""

from __future__ import annotations

import gc
import os
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from web.commands import COMMANDS
from web.commands.options import FOLDER
from web.terminal import in_words

__all__ = ["GARBAGE", "main", "seedbed"]

GARBAGE = 200_000, 20, 20
"""When Python looks for garbage. A job makes many values and little of it: looking for it less
often saves a tenth, and half of what it costs to show a list of thousands."""


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


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=5117,
    show_default=True,
    help="Where the app listens, on this computer only; 0 for any free port.",
)
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


for each in (serve, *COMMANDS):
    seedbed.add_command(each)


def main() -> None:
    """Run the command line; the console script `seedbed`."""
    _ours()
    gc.set_threshold(*GARBAGE)
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
