"""The best schedule so far and the bounds that are known, while the stages are at work."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .bound.aims import is_most_even, reached_limits
from .bound.limits import Limits
from .bound.relaxation import Relaxation
from .draft import Draft
from .plan import StoppedBy
from .problem import Problem
from .watch import Watch

__all__ = ["Run", "Solution"]

ENOUGH = 100_000
"""Where only candidates are listed, a loss of one part in so many is left."""


@dataclass(frozen=True, kw_only=True)
class Solution:
    """A schedule, a bound on all with sit-outs as few and even, and what ended the run.

    Parameters
    ----------
    limits
        Kept by all of those.
    is_even
        Whether it is proved that no plan has fewer or more even sit-outs.
    """

    draft: Draft
    bound: int
    limits: Limits
    is_even: bool
    stopped_by: StoppedBy


class Run:
    """The best draft so far, and the bounds that are known."""

    def __init__(self, draft: Draft, bound: int, watch: Watch) -> None:
        self.problem, self.weight, self.watch = draft.problem, draft.weight, watch
        self.best, self._bound = draft, bound
        self._even: Relaxation | None = None
        self.is_settled = False  # whether no plan has fewer or more even sit-outs than the best

    def offer(self, draft: Draft) -> None:
        """Keep the draft if it is better than the best."""
        if draft.rank > self.best.rank:
            self.best = draft
        self._show()

    def widen(self, problem: Problem) -> None:
        """Go on with a problem that has further pairs written out, all weights being its own."""
        pairs = problem.find(self.problem.a[self.best.pairs], self.problem.b[self.best.pairs])
        self.problem, self.weight = problem, problem.weight
        self.best = replace(self.best, problem=problem, weight=problem.weight, pairs=pairs)

    def bounded(self, even: Relaxation) -> None:
        """Note a bound on all plans that keep the relaxation's limits; the least of such counts."""
        if self._even is not None and self._even.limits is even.limits:
            even = replace(even, bound=min(even.bound, self._even.bound))
        self._even = even
        self._show()

    def lower(self, bound: int) -> None:
        """Note a bound on all plans as good as the best one in the first aim."""
        self._bound = min(self._bound, bound)

    def _show(self) -> None:
        if self.weight is not self.problem.weight:
            return  # not the total
        settled = sum(meeting.value for meeting in self.problem.fixed)
        self.watch.best, self.watch.bound = self.best.value + settled, self.bound + settled

    @property
    def is_even(self) -> bool:
        """Whether the best draft's sit-outs are as few and even as the relaxation's."""
        return self._even is not None and self._even.limits.hold(self.best.meetings)

    @property
    def bound(self) -> int:
        """The least bound that holds for plans as good as the best one in the first aim."""
        return self._known()[1]

    @property
    def is_most_even(self) -> bool:
        """Whether no plan has fewer or more even sit-outs than the best draft."""
        even, meetings = self._even, self.best.meetings
        return self.is_settled or (
            even is not None
            and even.limits.hold(meetings)
            and is_most_even(self.problem, even.limits, meetings)
        )

    @property
    def proved(self) -> bool:
        """Whether nothing better is possible."""
        return self.is_most_even and self.best.value == self.bound

    @property
    def is_enough(self) -> bool:
        """Whether looking on is pointless: proved, or next to a bound that cannot be a proof."""
        loss = self.bound - self.best.value
        near = self.problem.others is not None and loss * ENOUGH <= self.bound
        return self.proved or (self.is_even and near)

    def _known(self) -> tuple[Draft, int]:
        """Return the best draft with a bound that holds for it, also while work goes on elsewhere.

        The bounds are read first: they hold for every draft that comes after them.
        """
        bound, even, best = self._bound, self._even, self.best
        if even is not None and even.limits.hold(best.meetings):
            bound = min(bound, even.bound)
        return best, bound

    def solution(self, by: StoppedBy) -> Solution:
        """Return what is known now."""
        is_settled = self.is_settled  # before the best draft, as in `_known`
        best, bound = self._known()
        even, meetings = self._even, best.meetings
        limits = even.limits if even and even.limits.hold(meetings) else None
        is_even = is_settled or (
            limits is not None and is_most_even(best.problem, limits, meetings)
        )
        return Solution(
            draft=best,
            bound=bound,
            limits=limits or reached_limits(best.problem, meetings),
            is_even=is_even,
            stopped_by=StoppedBy.PROOF if is_even and best.value == bound else by,
        )
