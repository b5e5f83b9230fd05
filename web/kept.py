"""Pages kept as they were last shown, until anything that they show has changed.

Only pages that say what is stored: they are made from their address, the language, the day and what
they read from the database, so they are right while it would answer the same. What runs live
(progress), what depends on files or on what this process is doing is not kept. Nothing is
remembered that the database would not give again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from threading import Lock
from typing import ParamSpec
from weakref import WeakValueDictionary

from flask import Flask, current_app, g, make_response, request, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from events import runs
from events.reads import Read
from events.store import Store
from web.database import forget_plans, store
from web.languages import language

__all__ = ["forget_pages", "keep_pages", "kept", "live"]

_Names = ParamSpec("_Names")
_LIMIT = 64 * 1024 * 1024
"""Bytes of pages; when there are more, all go, and those that are still looked at come back."""


@dataclass(kw_only=True)
class _Page:
    """A page and what it was made from.

    Parameters
    ----------
    token
        The form token in it, of whoever asked for it first.
    stamp
        Of a state of the database in which `reads` hold; b"" while none is known.
    """

    content: bytes
    token: bytes
    reads: list[Read]
    stamp: bytes


class _Memory:
    """Pages by all that they depend on beside the database. Another one begins at each erasure."""

    def __init__(self, erasures: bytes = b"") -> None:
        self.erasures = erasures
        self._lock = Lock()
        self._pages: dict[Hashable, _Page] = {}
        self._bytes = 0
        self._turns: WeakValueDictionary[Hashable, Lock] = WeakValueDictionary()  # type: ignore[type-var]

    def find(self, store: Store, key: Hashable, token: bytes) -> bytes | None:
        """Return a page with the form token of who asks; None when it has to be made."""
        page = self._pages.get(key)
        if page is None:
            return None
        stamp = store.stamp()
        if stamp != page.stamp:
            if not store.holds(page.reads):
                return None
            page.stamp = _while_same(store, stamp)
        return page.content.replace(page.token, token)

    def keep(self, key: Hashable, page: _Page) -> None:
        """Keep a page in the place of an earlier one."""
        with self._lock:
            earlier = self._pages.pop(key, None)
            self._bytes += len(page.content) - (len(earlier.content) if earlier else 0)
            if self._bytes > _LIMIT:
                self._pages, self._bytes = {}, len(page.content)
            self._pages[key] = page

    def turn(self, key: Hashable) -> Lock:
        """Return what whoever makes a page holds meanwhile."""
        with self._lock:
            return self._turns.setdefault(key, Lock())


def keep_pages(app: Flask) -> None:
    """Give an application a memory of its own for pages."""
    app.extensions["kept"] = _Memory()
    app.before_request(_heed_erasures)


def forget_pages() -> None:
    """Keep no page any longer: somebody in it was erased. Nor one that is being made."""
    current_app.extensions["kept"] = _Memory(store().erasures())


def live() -> None:
    """Say that the page being made shows what changes without a change in the database."""
    g.live = True


def kept(view: Callable[_Names, ResponseReturnValue]) -> Callable[_Names, ResponseReturnValue]:
    """Answer with the page as it was last shown, if it would be made the same now.

    The page is made when it is not there, when something has to be said once (a flash), when a form
    is sent, and on another day. Forms get the token of who asks.

    Who asks for a page that is being made waits for it. A thread waits for one page at most, before
    it makes any: a view that calls another one that is kept makes both by itself, so nobody who is
    waited for waits.
    """

    @wraps(view)
    def shown(*args: _Names.args, **names: _Names.kwargs) -> ResponseReturnValue:
        if request.method != "GET" or "_flashes" in session or "making" in g:
            return view(*args, **names)
        runs.RUNS.mark_stale(store())
        memory, key, token = _memory(), _key(), generate_csrf().encode()
        page = memory.find(store(), key, token)
        if page is not None:
            return page
        with memory.turn(key):
            page = memory.find(store(), key, token)  # somebody may have made it meanwhile
            if page is not None:
                return page
            return _made(lambda: view(*args, **names), memory, key, token)

    return shown


def _made(
    view: Callable[[], ResponseReturnValue], memory: _Memory, key: Hashable, token: bytes
) -> ResponseReturnValue:
    """Make a page and keep it with what was read for it."""
    g.making = True
    try:
        stamp = store().stamp()
        with store().noting() as reads:
            answer = make_response(view())
    finally:
        del g.making
    if answer.status_code == 200 and answer.mimetype == "text/html" and "live" not in g:
        stamp = _while_same(store(), stamp)
        memory.keep(key, _Page(content=answer.get_data(), token=token, reads=reads, stamp=stamp))
    return answer


def _while_same(store: Store, stamp: bytes) -> bytes:
    """Return a stamp if it still is that of the database: else several states may have been read.

    A restored backup brings its stamp back, so a wrong one could be met again.
    """
    return stamp if store.stamp() == stamp else b""


def _key() -> Hashable:
    """Return what a page depends on beside the database and the token: address, language, day."""
    known = sorted((name, repr(session[name])) for name in session if name != "csrf_token")
    return request.full_path, language(), date.today(), *known


def _heed_erasures() -> None:
    """Keep no page and no plan from before an erasure, whichever program did it."""
    if request.blueprint not in (None, "bootstrap"):  # styles and scripts
        erasures = store().erasures()
        if erasures != _memory().erasures:
            forget_plans()
            forget_pages()


def _memory() -> _Memory:
    memory: _Memory = current_app.extensions["kept"]
    return memory
