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
        Headers it always has, in plain words: each column with the ways in which it is called.
    fields
        Header in plain words → target, where the words alone would mislead.
    warning
        "" for a list of attendees.
    """

    name: str
    columns: tuple[frozenset[str], ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    warning: str = ""


def _products() -> tuple[Product, ...]:
    path = Path(__file__).parent / "products.toml"
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["product"]
    return tuple(
        Product(
            name=entry["name"],
            columns=tuple(frozenset(map(plain, said.split(" | "))) for said in entry["columns"]),
            fields={plain(header): target for header, target in entry.get("fields", {}).items()},
            warning=entry.get("warning", ""),
        )
        for entry in entries
    )


PRODUCTS: tuple[Product, ...] = _products()


def product_with(headers: Iterable[str]) -> Product | None:
    """Return the product whose fixed columns are there, the one with most if several, or None."""
    have = set(map(plain, headers))
    there = {place: _there(product, have) for place, product in enumerate(PRODUCTS)}
    fitting = [
        place
        for place, product in enumerate(PRODUCTS)
        if there[place] >= _OVERLAP * len(product.columns)
    ]
    return PRODUCTS[max(fitting, key=there.__getitem__)] if fitting else None


def _there(product: Product, headers: set[str]) -> int:
    return sum(not headers.isdisjoint(ways) for ways in product.columns)
