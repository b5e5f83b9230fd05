"""What each rule costs: the same event planned again without it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from matcher.affinity.table import Affinities
from matcher.errors import NoPlan
from matcher.phrase import Phrase, phrase, phrases
from matcher.plan import Plan, Progress, StoppedBy, make_plan
from matcher.rules import Rule
from matcher.settings import Settings

__all__ = ["RulePrice", "rule_prices"]


@dataclass(frozen=True, kw_only=True)
class RulePrice:
    """What changes when all rules of one kind are lifted.

    Parameters
    ----------
    total
        Change of the total affinity, in half-units.
    sit_outs
        Change of the number of sit-outs.
    gain, lose
        People who get more, and less, than with the rule.
    certain
        Whether the change of the total is more than the two plans may be short of the best ones.
    text
        The same as a sentence.
    """

    kind: str
    total: int
    sit_outs: int
    gain: int
    lose: int
    certain: bool
    text: str


def rule_prices(
    plan: Plan,
    affinities: Affinities,
    settings: Settings,
    rules: Sequence[Rule],
    on_progress: Callable[[Progress], bool] | None = None,
) -> tuple[RulePrice, ...]:
    """Return the price of each kind of rule, sorted by kind; rules that say nothing have none.

    Parameters
    ----------
    plan
        The plan with all rules, made of the other arguments.
    on_progress
        As for `make_plan`; a wish to stop leaves out the kinds that have no price yet.

    Notes
    -----
    One plan a kind, each with the whole effort and without a limit by the clock, so that prices
    are as repeatable as the plan and do not show a difference in effort.
    """
    kinds = sorted({rule.kind for rule in rules if any(True for _ in rule.rows())})
    prices = []
    for at, kind in enumerate(kinds if plan.stopped_by is not StoppedBy.CANCEL else ()):
        said = _said(on_progress, f"Planning without the rule {kind}", at, len(kinds))
        rest = [rule for rule in rules if rule.kind != kind]
        try:
            lifted = make_plan(
                affinities, replace(settings, limit_seconds=None), rules=rest, on_progress=said
            )
        except NoPlan:
            break  # stopped: with a rule less there is a plan where there was one
        if lifted.stopped_by is StoppedBy.CANCEL:
            break
        prices.append(_price(kind, plan, lifted))
    return tuple(prices)


def _said(
    on_progress: Callable[[Progress], bool] | None, stage: str, at: int, of: int
) -> Callable[[Progress], bool] | None:
    """Return a callback for one of several plans, which tells of all of them as one stage."""
    if on_progress is None:
        return None
    report = on_progress
    return lambda progress: report(Progress(stage=stage, done=(at + progress.done) / of))


def _price(kind: str, plan: Plan, lifted: Plan) -> RulePrice:
    before, after = _worth(plan), _worth(lifted)
    total = lifted.total - plan.total
    price = RulePrice(
        kind=kind,
        total=total,
        sit_outs=len(lifted.sit_outs) - len(plan.sit_outs),
        gain=sum(after[who] > before[who] for who in plan.ids),
        lose=sum(after[who] < before[who] for who in plan.ids),
        certain=abs(total) > (plan.bound - plan.total) + (lifted.bound - lifted.total),
        text="",
    )
    return replace(price, text=_sentence(price, plan))


def _worth(plan: Plan) -> dict[str, int]:
    """Return the sum of the values of each person's meetings."""
    return {
        who: sum(meeting.value for meeting in meetings) for who, meetings in plan.of_person.items()
    }


def _sentence(price: RulePrice, plan: Plan) -> str:
    if not price.total and not price.sit_outs:
        return phrase("The rule %(kind)s costs nothing.", kind=price.kind)
    total = _change(price.total, plan.total)
    gain = phrases("%(num)s person gains", "%(num)s people gain", price.gain)
    lose = phrases("%(num)s loses", "%(num)s lose", price.lose)
    said = (
        phrase(
            "Without the rule %(kind)s %(total)s, there are %(breaks)s, %(gain)s and %(lose)s.",
            kind=price.kind,
            total=total,
            breaks=_breaks(price.sit_outs),
            gain=gain,
            lose=lose,
        )
        if price.sit_outs
        else phrase(
            "Without the rule %(kind)s %(total)s, %(gain)s and %(lose)s.",
            kind=price.kind,
            total=total,
            gain=gain,
            lose=lose,
        )
    )
    if price.certain:
        return said
    return phrase("%(price)s That is no more than the plans may be short of the best.", price=said)


def _breaks(more: int) -> Phrase:
    if more > 0:
        return phrases("%(num)s break more", "%(num)s breaks more", more)
    return phrases("%(num)s break fewer", "%(num)s breaks fewer", -more)


def _change(change: int, total: int) -> Phrase:
    if not change:
        return phrase("the total stays the same")
    by = f"{abs(change) / total:.1%}" if total else f"{abs(change) / 2_000_000:.4f}"
    return (
        phrase("the total rises by %(amount)s", amount=by)
        if change > 0
        else phrase("the total falls by %(amount)s", amount=by)
    )
