"""Pictures of a plan as plain shapes, each with the same told in words. No script, no styles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import quantiles

from flask_babel import gettext as _

from .languages import number

__all__ = ["Bar", "Distribution", "distribution"]

_BARS = 12
_WIDTH, _HEIGHT = 600, 120


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar; lengths in units of the picture, origin top left.

    Parameters
    ----------
    count
        People in it, who get from `low` to `high`.
    """

    x: float
    y: float
    width: float
    height: float
    count: int
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """How many people get how much.

    Parameters
    ----------
    words
        What the picture shows, for those who do not see it.
    """

    bars: tuple[Bar, ...]
    width: int
    height: int
    words: str


def distribution(totals: Iterable[float]) -> Distribution | None:
    """Return what people get as bars of equal range from nothing to the most.

    None for fewer than eight people, or when all get the same: the list says more then.
    """
    values = sorted(totals)
    if len(values) < 8 or values[0] == values[-1]:
        return None
    step = values[-1] / _BARS
    counts = [0] * _BARS
    for value in values:
        counts[min(_BARS - 1, int(value / step))] += 1
    return Distribution(
        bars=tuple(_bar(at, count, max(counts), step) for at, count in enumerate(counts)),
        width=_WIDTH,
        height=_HEIGHT,
        words=_words(values),
    )


def _bar(at: int, count: int, most: int, step: float) -> Bar:
    width = _WIDTH / _BARS
    height = _HEIGHT * count / most
    return Bar(
        x=round(at * width + 2, 2),
        y=round(_HEIGHT - height, 2),
        width=round(width - 4, 2),
        height=round(height, 2),
        count=count,
        low=at * step,
        high=(at + 1) * step,
    )


def _words(values: list[float]) -> str:
    lower, middle, upper = quantiles(values, n=4, method="inclusive")
    return _(
        "Half of the people get between %(lower)s and %(upper)s, the middle one %(middle)s; "
        "the least is %(least)s, the most %(most)s.",
        lower=number(lower, 2),
        upper=number(upper, 2),
        middle=number(middle, 2),
        least=number(values[0], 2),
        most=number(values[-1], 2),
    )
