"""Every figure with its formula and target, in the order in which it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from .cards import askability, headline_rarity, question_repeats, rare_headlines
from .chance import bridging, lift
from .findings import Findings
from .help import given, needs_met, received, reciprocity
from .promises import (
    forbidden,
    inequality,
    optimality,
    rematches,
    sit_out_spread,
    tenth,
    worst_off,
)

__all__ = ["MEASURES", "Gauge", "Measure", "measure"]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One figure of one plan.

    Parameters
    ----------
    value
        Rounded to six decimals; None where nothing it could rest on exists.
    least, most
        Target; None: no limit on that side.
    formula
        What was computed, in words.
    """

    name: str
    value: float | None
    least: float | None
    most: float | None
    formula: str


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """How one figure is computed and what it should be."""

    name: str
    formula: str
    least: float | None = None
    most: float | None = None
    compute: Callable[[Findings], float | Fraction | None]


def measure(found: Findings) -> tuple[Measure, ...]:
    """Return every figure of a plan, in the order of `MEASURES`."""
    return tuple(_reading(gauge, found) for gauge in MEASURES)


def _reading(gauge: Gauge, found: Findings) -> Measure:
    value = gauge.compute(found)
    return Measure(
        name=gauge.name,
        value=None if value is None else round(float(value), 6),
        least=gauge.least,
        most=gauge.most,
        formula=gauge.formula,
    )


MEASURES: tuple[Gauge, ...] = (
    Gauge(
        name="optimality",
        formula="welfare / its bound; without fairness, total / bound",
        least=0.999,
        compute=optimality,
    ),
    Gauge(
        name="lift",
        formula="mean of a meeting / mean in 200 random plans that keep the rules, seeded",
        least=2.0,
        compute=lift,
    ),
    Gauge(
        name="needs_met",
        formula="needs that meet an offer with certainty of at least .5 / needs that could",
        least=0.8,
        compute=needs_met,
    ),
    Gauge(
        name="received",
        formula="people helped at least once / people whom anybody could help",
        least=0.9,
        compute=received,
    ),
    Gauge(
        name="given",
        formula="people helping at least once / people who could help anybody",
        least=0.9,
        compute=given,
    ),
    Gauge(
        name="reciprocity",
        formula="median, of those with help, of 1 - abs(give - receive) / (give + receive)",
        least=0.7,
        compute=reciprocity,
    ),
    Gauge(
        name="worst_off",
        formula="least / mean of what a person gets in a meeting",
        least=0.4,
        compute=worst_off,
    ),
    Gauge(
        name="tenth",
        formula="10th percentile / mean of what a person gets in a meeting",
        least=0.65,
        compute=tenth,
    ),
    Gauge(
        name="inequality",
        formula="Gini coefficient of what a person gets in a meeting",
        most=0.15,
        compute=inequality,
    ),
    Gauge(
        name="headline_rarity",
        formula="median rarity of the strongest printable shared fact of a pair",
        least=0.5,
        compute=headline_rarity,
    ),
    Gauge(
        name="rare_headlines",
        formula="share of these facts held by at most 10 % of those who answered",
        least=0.6,
        compute=rare_headlines,
    ),
    Gauge(
        name="askability",
        formula="opening questions that name something specific / opening questions",
        least=0.95,
        compute=askability,
    ),
    Gauge(
        name="question_repeats",
        formula="questions that a reader asks again or a partner hears again",
        most=0,
        compute=question_repeats,
    ),
    Gauge(
        name="rematches",
        formula="pairs meeting again, in this event or after an earlier one",
        most=0,
        compute=rematches,
    ),
    Gauge(name="forbidden", formula="rules broken", most=0, compute=forbidden),
    Gauge(
        name="sit_out_spread",
        formula="most sit-outs of a person - fewest sit-outs of a person",
        most=1,
        compute=sit_out_spread,
    ),
    Gauge(
        name="bridging",
        formula="share of pairs across organizations (cohorts, if any) / share at random",
        least=0.9,
        most=1.2,
        compute=bridging,
    ),
)
"""Every figure, in the order in which it is shown."""
