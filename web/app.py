"""The application: put together here, doing nothing itself.

One store per request. Nothing of an event lives in a module.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import IntegerConverter, Map

from events import runs
from events.errors import Conflict, EventsError, NotFound
from events.store import Store
from matcher.errors import MatcherError
from web.cards.errors import CardsError

from . import languages, security, words
from .compiled import keep_compiled
from .database import keep_stores
from .kept import keep_pages
from .languages import translated
from .views import BLUEPRINTS

__all__ = ["UPLOAD_LIMIT", "create_app"]

UPLOAD_LIMIT = 100 * 1024 * 1024
"""Bytes that one request may carry."""

_MONTH_SECONDS = 31 * 24 * 3600


def create_app(database: Path | str, *, token: str | None = None) -> Flask:
    """Return the application on one database file, which is made or brought up to date here.

    Parameters
    ----------
    token
        What the first address must carry (``/?token=…``) so that only whoever started the program
        can use it; None to let in everybody who reaches the server, as tests do.

    Raises
    ------
    StoreError
        If the database cannot be opened; the message says what to do.
    """
    path = Path(database).resolve()
    with Store.open(path) as store:
        secret_key = store.secret("session")
        runs.RUNS.mark_stale(store)
    app = Flask(__name__)
    app.config.update(
        DATABASE=path,
        TOKEN=token,
        SECRET_KEY=secret_key,
        SESSION_COOKIE_NAME="seedbed",
        SESSION_COOKIE_SAMESITE="Strict",
        PERMANENT_SESSION_LIFETIME=_MONTH_SECONDS,
        WTF_CSRF_TIME_LIMIT=None,  # a page left open over night must still save
        MAX_CONTENT_LENGTH=UPLOAD_LIMIT,
        MAX_FORM_MEMORY_SIZE=16 * 1024 * 1024,  # long answers, pasted spreadsheets
        BOOTSTRAP_SERVE_LOCAL=True,
    )
    app.url_map.converters["int"] = _Number
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Bootstrap5(app)
    CSRFProtect(app)
    security.protect(app)
    languages.speak(app)
    words.teach(app)
    keep_compiled(app)
    keep_pages(app)
    keep_stores(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    _explain_errors(app)
    return app


class _Number(IntegerConverter):
    """A number in an address; what no database can hold is no page."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=2**63 - 1)


def _explain_errors(app: Flask) -> None:
    app.register_error_handler(NotFound, _page(404, _l("Not here")))
    app.register_error_handler(Conflict, _page(409, _l("Somebody was faster")))
    for known in (EventsError, MatcherError, CardsError):
        app.register_error_handler(known, _page(400, _l("That did not work")))
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(CSRFError, _out_of_date)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _bug)


def _say(status: int, title: str, message: str) -> ResponseReturnValue:
    return render_template("error.html", title=title, message=message), status


def _page(status: int, title: LazyString) -> Callable[[Exception], ResponseReturnValue]:
    """Return a handler for errors whose text is for people."""
    return lambda error: _say(status, str(title), translated(error))


def _too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    message = _(
        "That is more than Seedbed accepts at once: files may have up to 100 MB, texts up to 16 MB."
        " Nothing was saved. Remove pictures or sheets you do not need from the file, or save it "
        "as CSV."
    )
    return _say(413, _("Too large"), message)


def _out_of_date(error: CSRFError) -> ResponseReturnValue:
    message = _(
        "This page was opened before Seedbed could know it was you, so nothing was changed. "
        "Go back, reload the page and try again."
    )
    return _say(400, _("Please try again"), message)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    known = {
        404: (_("Not here"), _("There is no such page. The address may be old or mistyped.")),
        405: (
            _("Not like this"),
            _("This address only takes forms. Go back and use the button."),
        ),
    }
    puzzling = (
        _("That did not work"),
        _("The browser sent what Seedbed cannot use. Go back, reload the page and try again."),
    )
    title, message = known.get(error.code or 500, puzzling)
    return _say(error.code or 500, title, message)


def _bug(error: Exception) -> ResponseReturnValue:
    current_app.logger.error("unexpected error", exc_info=error)
    message = _(
        "Something went wrong inside Seedbed. Nothing was lost: what you saved before is still "
        "there. The terminal shows the technical details; please report them."
    )
    return _say(500, _("Our mistake"), message)
