"""A QR code: one address of the organizer's choice, the same on every card of A6 and larger.

The paper is complete without it, and nothing is fetched: what cannot work at all is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from ipaddress import ip_address
from itertools import groupby
from urllib.parse import urlsplit

import segno

from matcher.phrase import phrase
from web.cards.errors import UnknownChoice
from web.cards.stock import POINT

__all__ = ["CODE_QUIET", "CODE_SIDE", "Code"]

CODE_SIDE = 20 / POINT
"""Width and height of the code in points."""

_QUIET_MODULES = 4
_FEWEST_MODULES = 25  # of version 2: in a smaller code the quiet zone would be wider
CODE_QUIET = _QUIET_MODULES * CODE_SIDE / _FEWEST_MODULES
"""Space around the code in points, wide enough for every version."""

_LONGEST = 84
"""Bytes of version 5 with error correction M, whose modules are half a millimetre wide."""


@dataclass(frozen=True)
class Code:
    """An address that cards carry as a QR code.

    Raises
    ------
    UnknownChoice
        If no attendee could open it, or it is too long for modules that a telephone can tell apart.
    """

    address: str

    def __post_init__(self) -> None:
        """Refuse what is no address for attendees."""
        if problem := _problem(self.address):
            raise UnknownChoice(
                phrase(
                    "The address %(address)s %(problem)s",
                    address=repr(self.address[:100]),
                    problem=problem,
                )
            )

    @cached_property
    def modules(self) -> int:
        """Modules along one side."""
        return len(self._rows)

    @cached_property
    def path(self) -> str:
        """The dark modules as the path of an SVG whose unit is one module."""
        return "".join(
            f"M{x} {y}h{width}v1h-{width}z"
            for y, row in enumerate(self._rows)
            for x, width in _runs(row)
        )

    @cached_property
    def svg(self) -> str:
        """The code as an SVG without its quiet zone."""
        side = self.modules
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
            f'<path d="{self.path}"/></svg>'
        )

    @cached_property
    def _rows(self) -> tuple[bytes, ...]:
        code = segno.make_qr(self.address, error="m", boost_error=False)
        if code.version == 1:
            code = segno.make_qr(self.address, version=2, error="m", boost_error=False)
        return tuple(bytes(row) for row in code.matrix)


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Return where dark modules stand in a row, and how many follow each other."""
    runs, at = [], 0
    for dark, group in groupby(row):
        width = len(list(group))
        if dark:
            runs.append((at, width))
        at += width
    return runs


def _problem(address: str) -> str:
    """Return why an address is of no use on a card, "" when it is."""
    if not address.isascii() or not address.isprintable() or " " in address:
        return phrase(
            "has signs that no address has. Use one as browsers show it, in plain letters."
        )
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https"):
        return phrase("is not one of the web. Begin it with https://")
    if _is_here(host):
        return phrase(
            "leads to this computer, which attendees cannot reach. Use one that they can."
        )
    if len(address) > _LONGEST:
        return phrase(
            "has %(length)s signs. Use one of at most %(most)s, which scans well.",
            length=len(address),
            most=_LONGEST,
        )
    return ""


def _is_here(host: str) -> bool:
    try:
        at = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return at.is_loopback or at.is_unspecified
