"""The commands of `seedbed`, one subject a file; `COMMANDS` names them all."""

from __future__ import annotations

import click

from .afterwards import needs, why
from .asking import affinities, canon, inspect, list_, similar
from .changing import change
from .exporting import export
from .importing import import_list
from .keeping import backup, drop, erase, events, restore
from .merging import same, split
from .planning import check, match, plan
from .printing import cards, preview
from .ruling import rules

__all__ = ["COMMANDS"]

COMMANDS: tuple[click.Command, ...] = (
    match,
    plan,
    check,
    change,
    cards,
    preview,
    inspect,
    affinities,
    canon,
    similar,
    list_,
    rules,
    why,
    needs,
    import_list,
    same,
    split,
    export,
    events,
    erase,
    drop,
    backup,
    restore,
)
