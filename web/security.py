"""Who may talk to this server, and what a browser may do with its pages.

The server is for the person who started it. It answers to its own addresses only, so that no other
web site can reach it under a name of its own, and asks the first request for the start-up token.
"""

from __future__ import annotations

import hmac

from flask import Flask, Response, current_app, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.sansio.utils import host_is_trusted

__all__ = ["print_policy", "protect"]

_HOSTS = ("127.0.0.1", "localhost", "[::1]")
_OPEN_TO_ALL = ("static", "bootstrap.static")  # styles, also of the page that says no

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def protect(app: Flask) -> None:
    """Put the checks before, and the headers after, every request."""
    app.before_request(_check_host)
    app.before_request(_check_token)
    app.after_request(_add_headers)


def print_policy(style_source: str) -> str:
    """Return the policy for pages that carry one style block and no script: the cards.

    Parameters
    ----------
    style_source
        The hash of that block, as a policy writes it.
    """
    return (
        f"default-src 'none'; style-src {style_source}; img-src data:; font-src data:; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    )


def _check_host() -> ResponseReturnValue | None:
    if host_is_trusted(request.environ.get("HTTP_HOST"), _HOSTS):
        return None
    return Response(
        "Seedbed only answers to 127.0.0.1 and localhost.\n", status=400, mimetype="text/plain"
    )


def _check_token() -> ResponseReturnValue | None:
    token = current_app.config["TOKEN"]
    if token is None or request.endpoint in _OPEN_TO_ALL or session.get("let_in"):
        return None
    if hmac.compare_digest(request.args.get("token", "").encode(), token.encode()):
        session["let_in"] = True
        session.permanent = True
        return redirect("/" + request.path.lstrip("/\\"))  # never another host
    message = _(
        "Seedbed is open to the person who started it. Use the whole address that the terminal "
        "shows, including the part after the question mark."
    )
    return render_template("error.html", title=_("This door is closed"), message=message), 403


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint not in _OPEN_TO_ALL:
        response.headers.setdefault("Cache-Control", "no-store")
    return response
