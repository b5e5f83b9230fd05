"""A min-cost flow on standard input, what its arcs carry on standard output.

A program of its own, because the solver can neither be interrupted nor does it let other threads
run meanwhile; a process can be ended at any time. `run_flow` starts it; nothing is imported here
that the flow does not need.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib.format import read_array, write_array
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

if TYPE_CHECKING:
    from matcher.plan.watch import Watch

__all__ = ["min_cost", "run_flow"]

Integers = NDArray[np.int64]


def min_cost(
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    capacity: Integers,
    cost: Integers,
    supply: Integers,
) -> Integers | None:
    """Return what each arc carries at the least cost; None when the supplies cannot move.

    Parameters
    ----------
    tail, head, capacity, cost
        (arcs,): where each arc begins and ends, what it can carry, and the cost of a unit.
    supply
        (nodes,): what each node sends out, negative for what it takes in.
    """
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(tail, head, capacity, cost)
    solver.set_nodes_supplies(np.arange(len(supply), dtype=np.int32), supply)
    status = solver.solve()
    if status == solver.INFEASIBLE:
        return None
    if status != solver.OPTIMAL:
        raise ArithmeticError(f"Min-cost flow over {len(tail)} arcs ended with {status}.")
    carried: Integers = solver.flows(arcs)
    return carried


def run_flow(watch: Watch, *arrays: NDArray[Any]) -> Integers | None:
    """Return the same as `min_cost`, from a process that ends when the watch stops the run.

    Raises
    ------
    Stopped
        If the watch stopped the run.
    ArithmeticError
        If the process failed; the message holds its last line.
    """
    with (
        subprocess.Popen(  # noqa: S603 - this very file
            [sys.executable, "-P", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process,
        watch.ending(process.kill),
    ):
        complaint = b""
        try:
            answer, complaint = process.communicate(_packed(arrays))
            carried: Integers = _unpacked(answer, 1)[0]
        except (OSError, ValueError):
            watch.again()
            lines = complaint.decode(errors="replace").splitlines() or ["no message"]
            raise ArithmeticError(f"The process of the flow failed: {lines[-1]}") from None
    return carried if len(carried) else None


def _packed(arrays: Sequence[NDArray[Any]]) -> bytes:
    stream = BytesIO()
    for array in arrays:
        write_array(stream, array)
    return stream.getvalue()


def _unpacked(data: bytes, count: int) -> list[NDArray[Any]]:
    stream = BytesIO(data)
    return [read_array(stream) for _ in range(count)]


def _main() -> None:
    carried = min_cost(*_unpacked(sys.stdin.buffer.read(), 5))
    sys.stdout.buffer.write(_packed([np.zeros(0, dtype=np.int64) if carried is None else carried]))


if __name__ == "__main__":
    _main()
