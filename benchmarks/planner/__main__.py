"""Compares the planner with what people would use otherwise, on the same affinities in one run.

    python -m benchmarks.planner                        # 20 to 300 people
    python -m benchmarks.planner --people 1000 10000
    python -m benchmarks.planner --growth               # 1,000 to 100,000 people, Seedbed alone
    python -m benchmarks.planner --figures              # every aim of docs/planner.md in one table

Every plan, whoever made it, is exported and verified by the independent checker. Totals are shown
as a share of Seedbed's proven bound, which holds for every plan whose sit-outs are as few and as
even. Seconds are processor seconds, the solver's threads included. A method whose cost at a
size is known to be out of proportion is listed with the reason. Prints the table as Markdown, and
keeps it under `benchmarks/results`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.planner import figures
from benchmarks.planner.compare import HEADER, compare
from benchmarks.planner.growth import HEADERS, growth
from benchmarks.planner.instances import KINDS

RESULTS = Path(__file__).resolve().parent.parent / "results"


def main(words: list[str] | None = None) -> None:
    """Print and keep the table that is asked for."""
    chosen = _chosen(words)
    if chosen.growth:
        for what, header in HEADERS.items():
            _keep(f"growth_{what}", _table(header, growth(what, chosen.people or GROWTH)))
        return
    if chosen.figures:
        _keep("figures", _table(figures.HEADER, figures.figures()))
        return
    lines = (
        line.cells
        for people in chosen.people or (20, 100, 300)
        for kind in KINDS
        if not chosen.kinds or kind.__name__ in chosen.kinds
        for line in compare(kind(people, chosen.seed))
    )
    _keep("planner", _table(HEADER, lines))


TEXTS = ("kind", "method", *figures.HEADER)
GROWTH = (1_000, 3_000, 10_000, 30_000, 100_000)


def _chosen(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, nargs="+", help="sizes of the events")
    parser.add_argument("--kinds", nargs="+", choices=[kind.__name__ for kind in KINDS])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--growth", action="store_true", help="Seedbed alone, up to 100,000 people")
    parser.add_argument("--figures", action="store_true", help="every aim, and what is measured")
    return parser.parse_args(words)


def _table(header: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield "|" + "|".join("---" if name in TEXTS else "--:" for name in header) + "|"
    for cells in lines:
        yield f"| {' | '.join(cells)} |"


def _keep(name: str, lines: Iterable[str]) -> None:
    """Print each line as soon as it is known, and keep all of them."""
    RESULTS.mkdir(exist_ok=True)
    with (RESULTS / f"{name}.md").open("w", encoding="utf-8") as file:
        for line in lines:
            print(line, flush=True)
            print(line, file=file, flush=True)


if __name__ == "__main__":
    main()
