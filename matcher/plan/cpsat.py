"""One way to run CP-SAT: repeatable, stoppable, and with every effort counted the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from .watch import Watch

__all__ = ["SolverRun", "run_solver"]


@dataclass(frozen=True, kw_only=True)
class SolverRun:
    """What came out of a run."""

    solver: cp_model.CpSolver
    status: cp_model.CpSolverStatus

    @property
    def found(self) -> bool:
        """Whether there is a solution."""
        return self.status in (cp_model.OPTIMAL, cp_model.FEASIBLE)

    @property
    def proved(self) -> bool:
        """Whether the solution is proved to be the best."""
        return bool(self.status == cp_model.OPTIMAL)

    @property
    def impossible(self) -> bool:
        """Whether it is proved that there is no solution."""
        return bool(self.status == cp_model.INFEASIBLE)

    @property
    def value(self) -> int:
        """The objective of the solution."""
        return round(self.solver.objective_value)

    @property
    def bound(self) -> int:
        """The proved bound on the objective, once something was found; until then it may be 0.

        An integer that CP-SAT hands out as a float, at times a hair below: rounding down would
        make it no bound.
        """
        return round(self.solver.best_objective_bound)

    def values(self, variables: Sequence[cp_model.IntVar]) -> list[bool]:
        """Return the values of Booleans in the solution."""
        return [self.solver.boolean_value(variable) for variable in variables]


def run_solver(model: cp_model.CpModel, effort: float, seed: int, watch: Watch) -> SolverRun:
    """Solve a model.

    Parameters
    ----------
    effort
        Limit in CP-SAT's deterministic seconds, which unlike real ones are the same on every run;
        one lasts one to five real seconds.
    watch
        May stop the solver; its exception passes through.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1  # several would share what they learn in no fixed order
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.max_deterministic_time = effort
    # CP-SAT would take Ctrl-C away from the program, and leave it deadly afterwards.
    solver.parameters.catch_sigint_signal = False
    with watch.ending(solver.stop_search):
        status = solver.solve(model)
    return SolverRun(solver=solver, status=status)
