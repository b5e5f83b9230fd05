"""Which product a file comes from, by its fixed columns (`products.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .wording import plain

__all__ = ["PRODUCTS", "Product", "product_with"]

_OVERLAP = 0.8


@dataclass(frozen=True, kw_only=True)
class Product:
    """One recognisable export.

    Parameters
    ----------
    columns
        Headers it always has, in plain words.
    fields
        Header in plain words → target, where the words alone would mislead.
    warning
        "" for a list of attendees.
    """

    name: str
    columns: frozenset[str]
    fields: Mapping[str, str] = field(default_factory=dict)
    warning: str = ""


def _products() -> tuple[Product, ...]:
    path = Path(__file__).parent / "products.toml"
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["product"]
    return tuple(
        Product(
            name=entry["name"],
            columns=frozenset(map(plain, entry["columns"])),
            fields={plain(header): target for header, target in entry.get("fields", {}).items()},
            warning=entry.get("warning", ""),
        )
        for entry in entries
    )


PRODUCTS: tuple[Product, ...] = _products()


def product_with(headers: Iterable[str]) -> Product | None:
    """Return the product whose fixed columns are there, the one with most if several, or None."""
    have = set(map(plain, headers))
    fitting = [p for p in PRODUCTS if len(p.columns & have) >= _OVERLAP * len(p.columns)]
    return max(fitting, key=lambda product: len(product.columns & have), default=None)
