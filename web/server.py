"""Starts the app on this computer, for the person who started it and nobody else."""

from __future__ import annotations

import logging
import os
import secrets
import sys
import time
import webbrowser
from pathlib import Path

import click
from waitress.server import create_server

from events import runs
from events.errors import UnusableOption
from events.launch import launch
from events.model import RunStatus
from events.sample import open_demo
from events.store import Store
from web.app import create_app
from web.warm import warm_beside

__all__ = ["THREADS", "default_database", "run"]

_LOOPBACK = ("127.0.0.1", "localhost")
THREADS = 8
"""Requests answered at once; connections that wait need none. With more, threads under load pass
Python's lock around instead of finishing: with 32, views took twenty times as long as with 8."""
_DEMO_SECONDS = 60.0


def run(*, port: int, database: Path | None, demo: bool, open_browser: bool, host: str) -> None:
    """Serve until Ctrl-C.

    Parameters
    ----------
    port
        0 for any free one.
    database
        The file that keeps everything; None for `default_database`.
    demo
        Make sure that the solved sample event is there.

    Raises
    ------
    UnusableOption
        If the host is not this computer, or the port is taken.
    StoreError
        If the database cannot be opened.
    """
    if host not in _LOOPBACK:
        raise UnusableOption(
            f"Seedbed serves this computer only, not {host}: it has no sign-in yet. "
            "Leave --host away, and share printed cards or files instead."
        )
    path = database or default_database()
    path.parent.mkdir(parents=True, exist_ok=True)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news
    token = secrets.token_urlsafe(24)
    app = create_app(path, token=token)
    try:
        server = create_server(app, host="127.0.0.1", port=port, threads=THREADS)
    except OSError as error:
        raise UnusableOption(
            f"Port {port} is taken, perhaps by Seedbed in another window. "
            "Close it, or choose another port with --port 0."
        ) from error
    if demo:
        solve_demo(path)
    address = f"http://127.0.0.1:{server.effective_port}/?token={token}"
    click.echo(f"Seedbed is running at {address}")
    click.echo(f"Everything is kept in {path}. Stop with Ctrl-C.")
    warm_beside(app)
    if open_browser:
        webbrowser.open(address)
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()


def default_database() -> Path:
    """Return where the database is kept when nobody says otherwise: the user's own data folder."""
    home = Path.home()
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    elif sys.platform == "darwin":
        folder = home / "Library" / "Application Support"
    else:
        folder = Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share"))
    return folder / "seedbed" / "seedbed.db"


def solve_demo(path: Path) -> None:
    """Make the sample event and its plan, unless they are there; wait until it is solved."""
    with Store.open(path) as store:
        event, latest = open_demo(store)
        if latest.status is not RunStatus.QUEUED:
            return
        click.echo("Planning the sample event ...")
        launch(path, latest)
        end = time.monotonic() + _DEMO_SECONDS
        while not runs.find(store, event.id, latest.number).status.is_over:
            if time.monotonic() > end:
                return
            time.sleep(0.1)
