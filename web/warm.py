"""What every first page would wait for, made ready while the browser opens."""

from __future__ import annotations

import gc
from threading import Thread

from flask import Flask

from events.importer import read_people
from events.profiles import to_profile
from web.languages import number
from web.words import day

__all__ = ["warm", "warm_beside"]

_LIST = b"Name,Company,City,Need,Offer\nAna,Rot AG,Ulm,help with pricing,design\n"
"""A list to be read once: by it the tables of headers, places and the shared list are loaded."""


def warm_beside(app: Flask) -> None:
    """Begin `warm` in a thread that ends with the program; pages can be asked for meanwhile."""
    Thread(target=warm, args=(app,), name="warm", daemon=True).start()


def warm(app: Flask) -> None:
    """Load tables, templates and words that pages need; 0.2 s of processor time.

    All that is loaded by then stays. Python is told so, or it looks through it for garbage in the
    middle of the first long page, for 60 ms.
    """
    for person in read_people(_LIST).people:
        to_profile(person)
    with app.test_request_context():
        for name in app.jinja_env.list_templates(extensions=["html"]):
            app.jinja_env.get_template(name)
        number(0.5, 2), day("2027-01-02")
    gc.freeze()
