"""How a file with the same columns, or nearly the same, was read before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .importer import Import, Options
from .importer.wording import plain
from .model import Upload

__all__ = ["Earlier", "columns_of", "read_before"]

_ALIKE = 0.6
"""Least share of columns that two files have in common, of all that either has."""


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """An earlier file, and how the columns of a new one differ from its.

    Parameters
    ----------
    new, gone
        Headers as written that only the new file has, and only the earlier one.
    """

    upload: Upload
    new: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether the columns are the same, however ordered and cased."""
        return not (self.new or self.gone)

    def kept(self, options: Options) -> Options:
        """Return the choices made for the earlier file, as far as they are about shared columns."""
        gone = set(map(plain, self.gone))
        mapping = {
            field: tuple(header for header in headers if plain(header) not in gone)
            for field, headers in options.mapping.items()
        }
        return replace(
            options,
            mapping={field: left for field, left in mapping.items() if left},
            splits={header: m for header, m in options.splits.items() if plain(header) not in gone},
        )


def columns_of(found: Import) -> str:
    """Return the headers of a file as an upload keeps them."""
    return json.dumps([column.header for column in found.columns], ensure_ascii=False)


def read_before(upload: Upload, earlier: Iterable[Upload]) -> Earlier | None:
    """Return the earlier file that is most like this one, None if none is like it.

    Of several, one of the same event comes first among those with the same columns, then the
    most similar one, then the newest.

    Parameters
    ----------
    earlier
        Files for which choices were made, the newest first.
    """
    found = [
        (alike, before.event_id == upload.event_id, before)
        for before in earlier
        if (alike := _alike(_headers(upload), _headers(before))) >= _ALIKE
    ]
    if not found:
        return None
    _, _, best = max(found, key=lambda item: item[:2])
    mine, theirs = _headers(upload), _headers(best)
    return Earlier(upload=best, new=_only(mine, theirs), gone=_only(theirs, mine))


def _headers(upload: Upload) -> Sequence[str]:
    """Return the headers; none of a file that could not be read, or that a trial version kept."""
    return json.loads(upload.headers) if upload.headers.startswith("[") else ()


def _alike(mine: Iterable[str], theirs: Iterable[str]) -> float:
    one, other = set(map(plain, mine)), set(map(plain, theirs))
    return len(one & other) / len(one | other) if one and other else 0.0


def _only(mine: Iterable[str], theirs: Iterable[str]) -> tuple[str, ...]:
    others = set(map(plain, theirs))
    return tuple(header for header in mine if plain(header) not in others)
