"""A Chromium for tests, Debian's or Playwright's own, that reaches nothing but this computer."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Error, sync_playwright
from waitress.server import create_server
from web_site import Site

__all__ = ["DESK", "PHONE", "SHOTS", "Served", "chromium"]

DESK, PHONE = {"width": 1180, "height": 800}, {"width": 390, "height": 800}
"""Sizes of windows that pages are looked at in."""

SHOTS = Path(__file__).resolve().parent.parent / "artifacts"
"""Where pictures of pages are kept to be looked at."""

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = ("--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser, or fail saying what to install."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=list(_ARGUMENTS))
        except Error as error:
            raise AssertionError(
                "These tests click in a real browser and found none. Install the package "
                "chromium, or run: playwright install chromium"
            ) from error
        yield browser
        browser.close()


class Served:
    """A site listening on a port of its own, and the browser page that visits it."""

    def __init__(self, path: Path, browser: Browser) -> None:
        self.site = Site(path, token="s3cret")
        self.server = create_server(self.site.app, host="127.0.0.1", port=0, threads=8)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        self.base = f"http://127.0.0.1:{self.server.effective_port}"
        self.context = browser.new_context(
            viewport=DESK, locale="en-GB", reduced_motion="reduce", color_scheme="light"
        )
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.page = self.context.new_page()
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(f"{self.base}/?token=s3cret")

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def go(self, path: str) -> None:
        """Open a page of the site."""
        self.page.goto(self.base + path)

    def close(self) -> None:
        """Stop; fail if a page complained, or asked for anything from elsewhere."""
        self.context.close()
        self.server.close()
        self.thread.join(timeout=5)
        assert self.complaints == []
        assert [url for url in self.asked if not url.startswith((self.base, "data:"))] == []
