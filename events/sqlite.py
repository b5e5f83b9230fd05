"""sqlite-utils, loaded without pandas.

It loads that, where it is installed, only to know the types of columns that we never make. The
solver brings pandas with it, and it would be a seventh of every start.
"""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["Database", "Migrations"]

_modules: dict[str, Any] = sys.modules
_seen = _modules.setdefault("pandas", None)  # None: as if it were not installed
from sqlite_utils import Database, Migrations  # noqa: E402 - start-up time

if _seen is None:
    del _modules["pandas"]
