"""Figures of a plan in plain words: what each is called, how it is written, whether it is fine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .words import percent

__all__ = ["LABELS", "Figure", "figures", "fits_targets"]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure as a page shows it.

    Parameters
    ----------
    value, target
        In words; "" when there is none.
    fits
        Whether the target is met; None without a target.
    """

    label: str
    value: str
    target: str
    fits: bool | None
    formula: str

    @property
    def line(self) -> str:
        """The figure in one line of text."""
        return f"{self.label}: {self.value}" + (f" ({self.target})" if self.target else "")


def _count(value: float) -> str:
    return f"{value:.0f}"


def _number(value: float) -> str:
    return f"{value:.2f}"


def _times(value: float) -> str:
    return f"{value:.2f} times"


_Words = tuple[str, Callable[[float], str]]

LABELS: Mapping[str, _Words] = {
    "optimality": ("Reached of what is provably possible", percent),
    "lift": ("What a meeting is worth, beside drawing lots", _times),
    "needs_met": ("Needs that meet an offer, of those that could", percent),
    "received": ("People who meet somebody who can help, of those who could", percent),
    "given": ("People who meet somebody they can help, of those who could", percent),
    "reciprocity": ("Balance of giving and receiving", percent),
    "worst_off": ("What the worst-off person gets, beside the average", percent),
    "tenth": ("What the lowest tenth gets, beside the average", percent),
    "inequality": ("Inequality between people, 0 is none", _number),
    "headline_rarity": ("How rare the shared facts are, 1 is unique", _number),
    "rare_headlines": ("Shared facts that at most one in ten has", percent),
    "askability": ("Opening questions about something of the partner's own", percent),
    "question_repeats": ("Questions asked or heard twice", _count),
    "rematches": ("Pairs who meet again", _count),
    "forbidden": ("Rules broken", _count),
    "sit_out_spread": ("Most breaks of a person minus fewest", _count),
    "bridging": ("Introductions across organizations or cohorts, beside chance", _times),
}
"""Name in the plan's files → what it is called, and how it is written."""


def fits_targets(people: int, rounds: int) -> bool:
    """Return whether an event is of the size that the targets are meant for."""
    return people >= 40 and rounds >= 6


def figures(measures: Iterable[Mapping[str, Any]]) -> tuple[Figure, ...]:
    """Return the figures of a plan that have a value, in the order of the file."""
    return tuple(_figure(measure) for measure in measures if measure["value"] is not None)


def _figure(measure: Mapping[str, Any]) -> Figure:
    label, write = LABELS[measure["name"]]
    value, least, most = measure["value"], measure["least"], measure["most"]
    wanted = [f"at least {write(least)}"] if least is not None else []
    wanted += [f"at most {write(most)}"] if most is not None else []
    fits = (least is None or value >= least) and (most is None or value <= most)
    return Figure(
        label=label,
        value=write(value),
        target=", ".join(wanted),
        fits=fits if wanted else None,
        formula=measure["formula"],
    )
