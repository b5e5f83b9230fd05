"""A site under test: the application on a database of its own, used as a browser without script."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path
from typing import Any

from flask import url_for
from werkzeug.test import TestResponse

from events import runs
from events.exporter import export
from events.model import Attendee, Event, Run
from events.pipeline import introduce_attendees
from events.store import Store
from events.worker import work
from web.app import create_app

__all__ = ["Site", "solve", "text_of"]


class Site:
    """The application, its database, and a client that fills in forms."""

    def __init__(self, path: Path, token: str | None = None) -> None:
        self.path = path
        self.app = create_app(path, token=token)
        self.client = self.app.test_client()

    def store(self) -> Store:
        """Open the database beside the application."""
        return Store.open(self.path)

    def event(self, *people: Attendee, title: str = "Evening", **options: Any) -> Event:
        """Add an event with people."""
        with self.store() as store:
            event = store.add_event(title, **options)
            for person in people:
                store.add_attendee(event.id, person)
            return event

    def get(self, path: str, status: int = 200) -> str:
        """Return a page as text."""
        answer = self.client.get(path)
        assert answer.status_code == status, f"{path}: {answer.status}"
        return answer.text

    def post(self, path: str, page: str = "/events/new", **data: Any) -> TestResponse:
        """Send a form with the token of a page."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(page))
        assert found, f"{page} has no form"
        return self.client.post(path, data={**data, "csrf_token": found[1]})

    def write_rules(self, event: Event, toml: str) -> TestResponse:
        """Save a RULES.toml on the page of rules, as browsers send line ends."""
        at = f"/events/{event.id}/rules/"
        version = re.search(r'name="version"[^>]*value="(\d+)"', self.get(at))
        assert version
        text = toml.replace("\n", "\r\n")
        return self.post(f"{at}file", at, rules=text, version=version[1])

    def upload(self, event: Event, content: bytes, name: str = "guests.csv") -> str:
        """Upload a file and return the address of its preview."""
        answer = self.post(f"/events/{event.id}/uploads/new", file=(io.BytesIO(content), name))
        assert answer.status_code == 302, text_of(answer.text)
        return answer.location

    def work_at_once(self, monkeypatch: Any) -> Site:
        """Let changes by hand be made right here, by no process of their own."""
        monkeypatch.setattr(
            "web.views.changes.launch", lambda _, run: work(self.path, run.id, solve)
        )
        return self

    def addresses(self, method: str, event_id: str = "nobody") -> list[str]:
        """Return every address that answers a method, styles aside, with whatever is first."""
        values = {"event_id": event_id, "form": "a.csv", "name": "notices.csv"}
        with self.app.test_request_context():
            return sorted(
                url_for(rule.endpoint, **{name: values.get(name, 1) for name in rule.arguments})
                for rule in self.app.url_map.iter_rules()
                if method in (rule.methods or ()) and not rule.endpoint.endswith("static")
            )

    def solved(self, event: Event) -> Run:
        """Make a plan right here and return its run."""
        with self.store() as store:
            run = runs.start(store, event.id)
            work(self.path, run.id, solve)
            return runs.find(store, event.id, run.number)


def solve(attendees: Any, settings: Any, **given: Any) -> dict[str, bytes]:
    """Make a plan as the worker does."""
    return export(introduce_attendees(attendees, settings, **given))


def text_of(page: str) -> str:
    """Return what a page says, without its markup."""
    body = re.sub(r"(?s)<(head|select)\b.*?</\1>", " ", page)
    body = re.sub(r"</?bdi>", "", body)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
