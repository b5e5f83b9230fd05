"""Figures of a plan in plain words: what each is called, how it is written, whether it is fine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from .languages import number
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
    return number(value)


def _number(value: float) -> str:
    return number(value, 2)


def _times(value: float) -> str:
    return _("%(value)s times", value=number(value, 2))


_Words = tuple[str, Callable[[float], str]]

LABELS: Mapping[str, _Words] = {
    "optimality": (_l("Reached of what is provably possible"), percent),
    "lift": (_l("What a meeting is worth, beside drawing lots"), _times),
    "needs_met": (_l("Needs that meet an offer, of those that could"), percent),
    "received": (_l("People who meet somebody who can help, of those who could"), percent),
    "given": (_l("People who meet somebody they can help, of those who could"), percent),
    "reciprocity": (_l("Balance of giving and receiving"), percent),
    "worst_off": (_l("What the worst-off person gets, beside the average"), percent),
    "tenth": (_l("What the lowest tenth gets, beside the average"), percent),
    "inequality": (_l("Inequality between people, 0 is none"), _number),
    "headline_rarity": (_l("How rare the shared facts are, 1 is unique"), _number),
    "rare_headlines": (_l("Shared facts that at most one in ten has"), percent),
    "askability": (_l("Opening questions about something of the partner's own"), percent),
    "question_repeats": (_l("Questions asked or heard twice"), _count),
    "rematches": (_l("Pairs who meet again"), _count),
    "forbidden": (_l("Rules broken"), _count),
    "sit_out_spread": (_l("Most breaks of a person minus fewest"), _count),
    "bridging": (_l("Introductions across organizations or cohorts, beside chance"), _times),
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
    wanted = [_("at least %(value)s", value=write(least))] if least is not None else []
    wanted += [_("at most %(value)s", value=write(most))] if most is not None else []
    fits = (least is None or value >= least) and (most is None or value <= most)
    return Figure(
        label=str(label),
        value=write(value),
        target=", ".join(wanted),
        fits=fits if wanted else None,
        formula=measure["formula"],
    )
