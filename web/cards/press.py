"""Sets a job with typst: fonts inside, tagged for screen readers (PDF/UA-1), nothing fetched.

No box ever stands in for a sign: `signs` has seen to it that a job holds none that no font has.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import typst

from web.cards.errors import CardsError, Stopped
from web.cards.impose import Imposition
from web.cards.labels import Labels
from web.cards.parts import OnProgress, parts
from web.cards.sheet import CardSheet
from web.cards.signs import font_paths
from web.cards.stock import Grid

__all__ = ["UA", "frame", "pictured", "press", "pressed"]

UA: dict[str, Any] = {"format": "pdf", "pdf_standards": "ua-1"}
"""Output of a tagged PDF."""

_FIRST = ("Noto Sans", "Noto Sans CJK JP")
"""Asked before all others: Latin letters, and of the Han variants the fonts' own default."""

_SCREEN = 96  # dots an inch

_AT_ONCE = 2
"""Parts of a large job that are set at the same time."""

_LOOK = 0.2  # seconds between two questions whether to go on


def press(template: str, job: dict[str, Any], **output: Any) -> Any:
    """Return what typst makes of a job, in any of its output formats.

    Parameters
    ----------
    template
        Name of a template, which follows ``base.typ``.
    output
        Passed on to `typst.compile`.

    Raises
    ------
    CardsError
        If a sign is in none of the fonts, or something overflows that the job measures.
    """
    try:
        return typst.compile(
            _source(template),
            font_paths=list(font_paths()),
            ignore_system_fonts=True,
            sys_inputs={"job": json.dumps(job | {"fonts": _families()})},
            **output,
        )
    except typst.TypstError as error:
        raise _in_words(error) from error


def pictured(template: str, job: dict[str, Any]) -> bytes:
    """Return the first sheet of a job without its ruler page, as PNG for a screen.

    Raises
    ------
    CardsError
        As `press`.
    """
    job = job | {"sheets": job["sheets"][:1], "first": False, "page": ""}
    made: bytes | list[bytes] = press(template, job, format="png", ppi=_SCREEN)
    return made if isinstance(made, bytes) else made[0]


def pressed(template: str, job: dict[str, Any], on_progress: OnProgress) -> Iterator[bytes]:
    """Yield a job as tagged PDFs of whole sheets, one for every `PART` pieces of paper.

    typst never gives memory back: a process for each part of a large job bounds what it takes.
    Several are set side by side.

    Parameters
    ----------
    on_progress
        Not called for a job of one part.

    Raises
    ------
    Stopped
        If `on_progress` says so; the parts under way are dropped.
    CardsError
        As `press`.
    """
    jobs = list(parts(job))
    if len(jobs) == 1:
        yield press(template, job, **UA)
        return
    sizes = [sum(piece is not None for row in part["sheets"] for piece in row) for part in jobs]
    done, of = 0, sum(sizes)
    running: deque[_Part] = deque()
    try:
        for at, size in enumerate(sizes):
            due = jobs[at + len(running) : at + _AT_ONCE]
            running.extend(_begun(template, part) for part in due)
            yield _finished(running[0], partial(on_progress, done, of))
            running.popleft()
            done += size
    finally:
        for part in running:
            part.process.terminate()
    on_progress(done, of)


@dataclass(frozen=True)
class _Part:
    """A process that sets one part, and where it says what came of it.

    A pool of processes would not do: a part under way cannot be stopped, and a process that waits
    for work lives on for ever when this one is killed. Here each has its work, and nothing to do
    when nobody listens any more.
    """

    process: BaseProcess
    answer: Connection


def _begun(template: str, job: dict[str, Any]) -> _Part:
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(sender, template, job), daemon=True)
    process.start()
    sender.close()
    return _Part(process, receiver)


def _tell(sender: Connection, template: str, job: dict[str, Any]) -> None:
    try:
        answer: bytes | CardsError = press(template, job, **UA)
    except CardsError as problem:
        answer = problem
    with suppress(BrokenPipeError):  # nobody listens any more
        sender.send(answer)


def _finished(part: _Part, goes_on: Callable[[], bool]) -> bytes:
    answered = False
    while not answered:
        if not goes_on():
            raise Stopped("Stopped before the file was complete, so there is none.")
        answered = part.answer.poll(_LOOK)
    try:
        answer: bytes | CardsError = part.answer.recv()
    except EOFError:
        raise CardsError(
            "The PDF could not be made: a process that set a part of it was ended from outside, "
            "perhaps for want of memory. Close other programs and try again."
        ) from None
    part.process.join()
    part.answer.close()
    if isinstance(answer, CardsError):
        raise answer
    return answer


def frame(
    sheet: CardSheet,
    grid: Grid,
    labels: Labels,
    heading: str,
    sentences: list[str],
    imposition: Imposition,
) -> dict[str, Any]:
    """Return what ``base.typ`` needs of every job."""
    return {
        "title": " · ".join(filter(None, (heading, sheet.title))),
        "heading": heading,
        "event": sheet.title,
        "sentences": [*sentences, labels.paper.format(paper=grid.paper.name)],
        "language": sheet.language,
        "shift": imposition.shift,
    }


@cache
def _source(template: str) -> bytes:
    folder = files("web.cards") / "templates"
    return b"".join((folder / name).read_bytes() for name in ("base.typ", template))


@cache
def _families() -> list[str]:
    """Return the names of the fonts to look for a sign in, in this order."""
    known = typst.Fonts(include_system_fonts=False, font_paths=list(font_paths()))
    shipped = {font.family for font in known.fonts() if font.path}
    return [*_FIRST, *sorted(shipped.difference(_FIRST))]


def _in_words(error: Exception) -> CardsError:
    return CardsError(f"The PDF could not be made: {error}. Print the page cards.html instead.")
