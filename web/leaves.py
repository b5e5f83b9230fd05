"""Long lists, a part on each page."""

from __future__ import annotations

from math import ceil

from flask import request

__all__ = ["leaf_asked_for"]


def leaf_asked_for(count: int, size: int) -> tuple[int, int]:
    """Return which part of a long list the address asks for, and how many parts there are."""
    leaves = max(1, ceil(count / size))
    return min(max(1, request.args.get("page", 1, int)), leaves), leaves
