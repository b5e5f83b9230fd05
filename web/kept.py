"""Pages kept as they were last shown, until anything that a page can show has changed.

Only pages that say what is stored. What runs live (progress), what depends on files or on what this
process is doing is not kept. Nothing is remembered that the database would not give again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from functools import wraps
from threading import Lock
from typing import ParamSpec

from flask import Flask, current_app, g, make_response, request, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from events import runs
from web.database import store
from web.languages import language

__all__ = ["forget_pages", "keep_pages", "kept", "live"]

_Names = ParamSpec("_Names")
_LIMIT = 64 * 1024 * 1024
"""Bytes of pages; when there are more, all go, and those that are still looked at come back."""


class _Memory:
    """Pages of one state of the database; those of earlier states are gone, erased people too."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stamp = b""
        self._pages: dict[Hashable, tuple[bytes, bytes]] = {}
        self._bytes = 0

    def find(self, stamp: bytes, key: Hashable, token: bytes) -> bytes | None:
        """Return a page with the form token of who asks; None when it has to be made."""
        with self._lock:
            if stamp != self._stamp:
                self._start(stamp)
            page, theirs = self._pages.get(key, (None, b""))
        return page.replace(theirs, token) if page is not None else None

    def keep(self, stamp: bytes, key: Hashable, page: bytes, token: bytes) -> None:
        with self._lock:
            if stamp == self._stamp and key not in self._pages:
                if self._bytes + len(page) > _LIMIT:
                    self._start(stamp)
                self._pages[key] = page, token
                self._bytes += len(page)

    def forget(self) -> None:
        with self._lock:
            self._start(b"")

    def _start(self, stamp: bytes) -> None:
        self._stamp, self._pages, self._bytes = stamp, {}, 0


def keep_pages(app: Flask) -> None:
    """Give an application a memory of its own for pages."""
    app.extensions["kept"] = _Memory()


def forget_pages() -> None:
    """Keep no page any longer: somebody in it was erased, or another database is in its place."""
    _memory().forget()


def live() -> None:
    """Say that the page being made shows what changes without a change in the database."""
    g.live = True


def kept(view: Callable[_Names, ResponseReturnValue]) -> Callable[_Names, ResponseReturnValue]:
    """Answer with the page as it was last shown, if nothing changed since.

    The page is made when it is not there, when something has to be said once (a flash), when a form
    is sent, and on another day. Forms get the token of who asks. The state is read before the page
    is made: a page made while somebody else saved is kept for a state that nobody asks for again.
    """

    @wraps(view)
    def shown(*args: _Names.args, **names: _Names.kwargs) -> ResponseReturnValue:
        if request.method != "GET" or "_flashes" in session:
            return view(*args, **names)
        runs.mark_stale(store())
        stamp, key, token = store().stamp(), _key(), generate_csrf().encode()
        page = _memory().find(stamp, key, token)
        if page is not None:
            return page
        answer = make_response(view(*args, **names))
        if answer.status_code == 200 and answer.mimetype == "text/html" and "live" not in g:
            _memory().keep(stamp, key, answer.get_data(), token)
        return answer

    return shown


def _key() -> Hashable:
    """Return what a page depends on beside the database and the token: address, language, day."""
    known = sorted((name, repr(session[name])) for name in session if name != "csrf_token")
    return request.full_path, language(), date.today(), *known


def _memory() -> _Memory:
    memory: _Memory = current_app.extensions["kept"]
    return memory
