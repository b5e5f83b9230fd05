"""Set Seedbed up in an environment of its own and start it; needs nothing but Python.

    python3 start.py          install what is needed, then open the app with a solved sample event
    python3 start.py test     install what the tests need too, then run every check and every test

The environment is the folder `.venv` beside this file. Packages are the locked ones, verified by
hash; they are fetched once, and again only when a lock file changes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
FONTS = Path("/usr/share/fonts")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main(arguments: list[str]) -> int:
    """Do what the command line asks for; return the exit code."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 14):
        return _refuse(f"Seedbed needs Python 3.11 to 3.14; this is {sys.version.split()[0]}.")
    what, *rest = arguments or ["demo"]
    if what == "demo":
        install("run")
        become(BIN / "seedbed", "serve", "--demo", *rest)
    if what == "test":
        install("test")
        install_browser()
        return run_checks(rest)
    return _refuse(f"{what!r} is not something to start. Use: {Path(__file__).name} [demo|test]")


def install(purpose: str) -> None:
    """Install the locked packages for `run` or `test`, unless they are there already."""
    lock = ROOT / "requirements" / f"{purpose}.lock"
    wanted = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = ENVIRONMENT / f"seedbed-{purpose}.sha256"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print(f"Installing what Seedbed needs to {purpose} (once, about a minute) ...", flush=True)
    if not PYTHON.is_file():
        make_environment()
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    _call(*pip, "--require-hashes", "-r", lock)
    _call(*pip, "--no-deps", "--no-index", "--no-build-isolation", "--editable", ROOT)
    stamp.write_text(wanted)


def make_environment() -> None:
    """Create the environment, or say what is missing."""
    try:
        _call(sys.executable, "-m", "venv", ENVIRONMENT)
    except subprocess.CalledProcessError:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        sys.exit(
            "Python's venv module is incomplete. On Debian or Ubuntu: apt install python3-venv"
        )


def install_browser() -> None:
    """Make sure that there is a browser for the tests that click, and fonts for what it shows."""
    browser = any(map(shutil.which, BROWSERS))
    if not shutil.which("apt-get"):
        if not browser:
            sys.exit(f"The tests need a Chromium on the PATH ({', '.join(BROWSERS)}). Install one.")
        return
    missing = [] if browser else ["chromium"]
    missing += [] if any(FONTS.rglob("NotoSans-Regular.*")) else ["fonts-noto-core"]
    if missing:
        print(f"Installing {' and '.join(missing)} for the browser tests ...", flush=True)
        sudo = [] if os.geteuid() == 0 else ["sudo"]
        _call(*sudo, "apt-get", "update", "-qq")
        _call(*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing)


def become(program: Path, *arguments: str) -> NoReturn:
    """Run a program in place of this one, so that whoever ends this one ends it."""
    command = [str(program), *arguments]
    if os.name == "nt":  # where a replaced process looks ended to the terminal
        sys.exit(subprocess.call(command))
    sys.stdout.flush()
    os.execv(command[0], command)


def run_checks(pytest_options: list[str]) -> int:
    """Run every check, all of them even when one fails; return how many failed."""
    checks = (
        ("ruff check", [BIN / "ruff", "check", "."]),
        ("ruff format", [BIN / "ruff", "format", "--check", "."]),
        ("mypy --strict", [BIN / "mypy"]),
        ("import-linter", [BIN / "lint-imports"]),
        ("vulture", [BIN / "vulture"]),
        ("pytest", [PYTHON, "-m", "pytest", *(pytest_options or ["-n", "auto"])]),
    )
    failed = [name for name, command in checks if _report(name, command)]
    if failed:
        print(f"FAILED: {', '.join(failed)}", flush=True)
    return len(failed)


def _report(name: str, command: list[str | Path]) -> int:
    print(f"== {name}", flush=True)
    return subprocess.call(command, cwd=ROOT)


def _call(*command: str | Path) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(0)
    except subprocess.CalledProcessError as error:
        sys.exit(f"This step failed: {' '.join(map(str, error.cmd))}")
