"""Types the README's demo command in a fresh clone and looks whether cards come out of it."""

from __future__ import annotations

import html
import http.cookiejar
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT_SECONDS = 600


def main() -> int:
    """Return 0 when the demo answered with a solved event and printable cards."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^    (python3 start\.py)$", readme, flags=re.MULTILINE)
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "seedbed"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        database = Path(folder) / "demo.db"
        options = ["demo", "--no-browser", "--port", "0", "--database", str(database)]
        server = subprocess.Popen(
            [*command.split(), *options], cwd=clone, stdout=subprocess.PIPE, text=True
        )
        try:
            return look(server)
        finally:
            server.terminate()
            server.wait(timeout=30)


def look(server: subprocess.Popen[str]) -> int:
    """Follow the links from the printed address to the cards."""
    address = printed_address(server)
    browser = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )
    page = browser.open(address, timeout=30).read().decode()
    if "The Long Table" not in page:
        print("The start page does not show the sample event.")
        return 1
    print("demo: the sample event is there")
    host = address[: address.index("/?")]
    (plan,) = set(re.findall(r'href="(/events/[\w-]+/plans/1)"', page))
    page = browser.open(host + plan, timeout=30).read().decode()
    printed = re.findall(rf'href="({plan}/print)"', page)[0]
    page = browser.open(host + printed, timeout=60).read().decode()
    sheets = html.unescape(re.findall(rf'"({printed}/page[^"]*)"', page)[0])
    cards = browser.open(host + sheets, timeout=60).read().decode()
    found = cards.count("<article")
    print(f"demo: {found} cards on the print page")
    return 0 if found >= 48 * 6 else 1


def printed_address(server: subprocess.Popen[str]) -> str:
    """Return the address that the program prints once it listens."""
    assert server.stdout is not None
    end = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < end:
        line = server.stdout.readline()
        print(line, end="")
        found = re.search(r"http://127\.0\.0\.1:\d+/\S*", line)
        if found:
            return found[0]
        if not line and server.poll() is not None:
            break
    sys.exit("The demo ended without printing an address.")


if __name__ == "__main__":
    sys.exit(main())
