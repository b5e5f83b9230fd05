"""Four invented events of other kinds than the demo, made from pools of answers."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random

from build_profiles import profile

from matcher.profile import Profile

__all__ = ["EVENTS", "people_of"]

_POOLS = tomllib.loads(
    (Path(__file__).parent / "data" / "invented_events.toml").read_text(encoding="utf-8")
)
EVENTS = tuple(_POOLS)


def people_of(event: str, size: int = 40) -> list[Profile]:
    """Return invented attendees; the same ones each time."""
    random = Random(event)
    found = []
    for number in range(size):
        answers = {
            field: "; ".join(random.sample(pool["answers"], random.randint(1, 2)))
            for field, pool in _POOLS[event].items()
            if random.random() * 10 < pool["share"]
        }
        found.append(profile(f"p{number:03d}", **answers))
    return found
