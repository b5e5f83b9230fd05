"""The store of the current request. Opened when first asked for, closed at its end."""

from __future__ import annotations

from pathlib import Path

from flask import current_app, g

from events.store import Store

__all__ = ["close_store", "database_path", "store"]


def database_path() -> Path:
    """Return the database file of this application."""
    return Path(current_app.config["DATABASE"])


def store() -> Store:
    """Return the store of this request."""
    if "store" not in g:
        g.store = Store.open(database_path())
    opened: Store = g.store
    return opened


def close_store(_: BaseException | None = None) -> None:
    """Close the store if this request opened one."""
    opened = g.pop("store", None)
    if opened is not None:
        opened.close()
