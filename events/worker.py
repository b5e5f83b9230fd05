"""The process that makes one plan: ``python -m events.worker DATABASE RUN``.

It reads the people from its run, writes its progress and its result there, and looks there whether
somebody asked it to stop. Killed at any moment it leaves either a complete result or none.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from matcher.canon import Equals
from matcher.errors import MatcherError
from matcher.phrase import phrase
from matcher.plan import Arrangement, Infeasible, Progress
from matcher.questions import Style
from matcher.settings import Settings

from . import claims, runs
from .claims import Claim
from .errors import EventsError
from .finished import read_finished
from .model import Attendee, RunStatus
from .pulse import Pulse
from .rules import RulesFound, read_rules
from .seats import arrangement, read_seats
from .store import Store
from .words import to_style, with_printed

__all__ = ["Solve", "main", "solve_here", "work"]

Solve = Callable[
    [
        Sequence[Attendee],
        Settings,
        Callable[[Progress], bool],
        RulesFound,
        Equals,
        bool,
        Style,
        Arrangement | None,
    ],
    Mapping[str, bytes],
]
"""Makes the files of a plan out of people, settings, rules, decisions about equal answers, whether
to say what each rule costs, the organizer's words, and meetings chosen by hand, reporting how far
it is."""

_LOG = logging.getLogger(__name__)
_BUG = phrase(
    "Something went wrong inside Seedbed, and no plan was made. Your people and earlier plans are "
    "untouched. Please report the technical details below."
)


def work(path: Path, run_id: int, solve: Solve) -> RunStatus | None:
    """Make the plan of a queued run; None when the run is not to be had.

    Whatever goes wrong is kept with the run in words, with the technical side beside it.
    """
    with Store.open(path) as store:
        claim = claims.claim(store, run_id)
        if claim is None:
            return None
        beat = partial(_beat, claim)
        pulse = Pulse(path, beat, Progress(stage="Getting ready", done=0.0))
        pulse.start()
        files: Mapping[str, bytes] = {}
        error = detail = ""
        infeasible = False
        try:
            rules = read_rules(
                claim.attendees,
                claim.settings,
                toml=claim.rules,
                sentences=claim.sentences,
                since=claim.since,
                keeping=claim.keeping,
            )
            printed = runs.files_of(store, claim.printed)
            style = with_printed(to_style(claim.words, claim.settings.language), printed)
            files = solve(
                claim.attendees,
                claim.settings,
                pulse.on_progress,
                rules,
                claim.equals,
                claim.priced,
                style,
                _arranged(store, claim),
            )
        except Infeasible as answer:
            infeasible, files = True, _answer(claim, answer)
        except (EventsError, MatcherError) as problem:
            error = str(problem)
        except Exception:  # the organizer must hear of any bug, whatever it is
            error, detail = _BUG, traceback.format_exc()
            _LOG.exception("run %d failed", run_id)
        pulse.end()
        status = (
            RunStatus.INFEASIBLE
            if infeasible
            else _status(stopped=pulse.stopped, failed=bool(error))
        )
        claims.finish(store, claim, status, files=files, error=error, detail=detail)
        return status


def _beat(claim: Claim, store: Store, progress: Progress) -> bool:
    return claims.beat(store, claim, progress)


def _status(*, stopped: bool, failed: bool) -> RunStatus:
    if stopped:
        return RunStatus.CANCELLED
    return RunStatus.FAILED if failed else RunStatus.DONE


def _arranged(store: Store, claim: Claim) -> Arrangement | None:
    """Return the meetings that were chosen by hand; None where the plan is to be computed."""
    if claim.seats is None:
        return None
    base = read_finished(runs.files_of(store, claim.base))
    meetings = read_seats(claim.seats, claim.settings.rounds)
    return arrangement(meetings, base.certificate, (claim.said,))


def _answer(claim: Claim, answer: Infeasible) -> Mapping[str, bytes]:
    from .exporter import export_conflict  # late, as in `solve_here`

    return export_conflict(answer.conflict, claim.settings, len(claim.attendees))


def solve_here(
    path: Path,
    run_id: int,
    attendees: Sequence[Attendee],
    settings: Settings,
    on_progress: Callable[[Progress], bool],
    rules: RulesFound,
    equals: Equals,
    priced: bool,
    style: Style,
    arranged: Arrangement | None,
) -> Mapping[str, bytes]:
    """Make the files of a plan with all there is here; a `Solve` once it knows path and run."""
    # The solver takes half a second to import; the run shows as running before that.
    from .exporter import export
    from .matches import KeptMatches
    from .meaning import meaning_here
    from .pipeline import introduce_attendees
    from .vectors import KeptVectors

    with Store.open(path) as store:
        meaning = meaning_here(KeptVectors(store)).remembering(KeptMatches(store, run_id))
        return export(
            introduce_attendees(
                attendees,
                settings,
                rules=rules,
                equals=equals,
                priced=priced,
                style=style,
                arranged=arranged,
                meaning=meaning,
                on_progress=on_progress,
            )
        )


def main(arguments: Sequence[str]) -> int:
    """Run as a program; returns the exit code."""
    logging.basicConfig(level=logging.INFO)
    if hasattr(os, "nice"):
        os.nice(10)  # pages come first: people wait for them
    path, run_id = arguments
    solve = partial(solve_here, Path(path), int(run_id))
    return 0 if work(Path(path), int(run_id), solve) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
