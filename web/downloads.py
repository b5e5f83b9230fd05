"""Answers that the browser keeps as files."""

from __future__ import annotations

from flask import Response

__all__ = ["XLSX", "download"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(content: bytes, name: str, kind: str) -> Response:
    """Return a file of that name, offered to be saved."""
    return Response(
        content,
        mimetype=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
