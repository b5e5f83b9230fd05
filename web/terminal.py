"""What the command line does at a terminal: progress, Ctrl-C, errors in words. No command here."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

from events.errors import EventsError
from matcher.errors import MatcherError, NoPlan
from web.errors import WebError

if TYPE_CHECKING:
    from events.model import Notice
    from matcher.plan import Progress
    from matcher.preflight import Preflight

__all__ = ["counted", "in_words", "say", "say_notices", "say_preflight", "watched"]

_SHOWN = 20


@contextmanager
def in_words() -> Iterator[None]:
    """Turn expected errors into one sentence and an exit code: 1 the answer is no, 2 bad input."""
    try:
        yield
    except NoPlan as answer:
        _leave(str(answer), 1)
    except (EventsError, MatcherError, WebError) as error:
        _leave(str(error), 2)
    except OSError as error:
        _leave(f"{error.filename or 'A file'}: {error.strerror}.", 2)


def _leave(message: str, code: int) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)


@contextmanager
def watched() -> Iterator[Callable[[Progress], bool]]:
    """Yield an `on_progress` that draws a bar on a terminal and stops at the first Ctrl-C.

    Stopping keeps the best plan so far. When the output is piped nothing is drawn.
    """
    stop = False

    def stop_soon(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stop
        stop = True

    bar = click.progressbar(
        length=1000,
        file=sys.stderr,
        item_show_func=lambda stage: stage or "",
        hidden=not sys.stderr.isatty(),
        show_eta=False,
    )

    def on_progress(progress: Progress) -> bool:
        bar.update(round(1000 * progress.done) - bar.pos, progress.stage)
        return not stop

    before = signal.signal(signal.SIGINT, stop_soon)
    try:
        with bar:
            yield on_progress
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def counted() -> Iterator[Callable[[int, int], bool]]:
    """Yield an `on_progress` that draws how many of how many are done, on a terminal."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=1, file=sys.stderr, hidden=hidden, show_eta=False) as bar:

        def on_progress(done: int, of: int) -> bool:
            bar.length = of
            bar.update(done - bar.pos)
            return True

        yield on_progress


def say(line: str) -> None:
    """Print one line of the answer."""
    click.echo(line)


def say_notices(summary: str, notices: Sequence[Notice | str], more: str) -> None:
    """Print what was understood and what to look at, on the side channel.

    Parameters
    ----------
    more
        The command that shows every notice, named when not all of them fit here.
    """
    if summary:
        click.echo(summary, err=True)
    for notice in notices[:_SHOWN]:
        click.echo(f"- {notice}", err=True)
    if len(notices) > _SHOWN:
        click.echo(f"- and {len(notices) - _SHOWN} more; all of them: {more}", err=True)


def say_preflight(found: Preflight) -> None:
    """Print on the side channel what is known of a plan before it is made."""
    for finding in found.findings:
        click.echo(f"- {finding.text}", err=True)
