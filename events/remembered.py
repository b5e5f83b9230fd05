"""How a file with the same columns, or nearly the same, was read before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from matcher.phrase import Phrase, phrase

from .errors import EventsError
from .importer import Import, Options, headers_of
from .importer.targets import target_called
from .importer.wording import plain, shortened
from .model import Upload
from .records import options_from_json, options_to_json
from .store import Store

__all__ = ["Earlier", "read_before", "read_like_before"]

_ALIKE = 0.6
"""Least share of columns that two files have in common, of all that either has."""

_NOTHING_SAID = Options()


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

    @property
    def told(self) -> tuple[Phrase, ...]:
        """What was remembered and what differs, in sentences."""
        name = self.upload.name
        if self.is_same:
            return (phrase("Read like “%(name)s”, which had the same columns.", name=name),)
        said = [phrase("Read like “%(name)s”, which had nearly the same columns.", name=name)]
        if self.new:
            said.append(phrase("Only this file has: %(columns)s.", columns=_listed(self.new)))
        if self.gone:
            said.append(phrase("Only that file had: %(columns)s.", columns=_listed(self.gone)))
        return tuple(said)

    def kept(self) -> Options:
        """Return the choices made for the earlier file, as far as they are about shared columns."""
        options = options_from_json(self.upload.options)
        gone = set(map(plain, self.gone))
        mapping = {
            field: tuple(header for header in headers if plain(header) not in gone)
            for field, headers in options.mapped.items()
        }
        return replace(
            options,
            mapping={field: left for field, left in mapping.items() if left},
            splits={header: m for header, m in options.splits.items() if plain(header) not in gone},
        )


def read_like_before(
    store: Store,
    upload: Upload,
    content: bytes,
    understand: Callable[[Options], Import],
    said: Options = _NOTHING_SAID,
    *,
    anew: bool = False,
) -> tuple[Upload, Earlier | None]:
    """Return the upload with its headers and how to read it, and the file that it is read like.

    The choices for the most similar earlier file are taken over. What may be printed is asked anew
    for every event, and where the file lies otherwise (no such sheet, another row of headers), that
    part is found out again. Nothing is stored.

    Parameters
    ----------
    understand
        Reads the content with some options.
    said
        What the organizer says of this file; it wins over what is remembered.
    anew
        Whether nothing remembered counts.
    """
    with suppress(EventsError):  # whoever reads it is told why it cannot be
        upload = replace(upload, headers=json.dumps(headers_of(content), ensure_ascii=False))
    earlier = None if anew else read_before(upload, store.uploads_with_choices())
    options = _taken_over(earlier, upload, understand, said) if earlier else said
    kept = options_to_json(options) if earlier or options != _NOTHING_SAID else ""
    return replace(upload, options=kept), earlier


def _taken_over(
    earlier: Earlier, upload: Upload, understand: Callable[[Options], Import], said: Options
) -> Options:
    kept = earlier.kept()
    if earlier.upload.event_id != upload.event_id:
        kept = replace(kept, printed=frozenset())
    options = _joined(kept, said)
    try:
        understand(options)
    except EventsError:
        return _joined(replace(kept, sheet=None, header_row=None, encoding=None), said)
    return options


def _joined(kept: Options, said: Options) -> Options:
    """Return the choices of two, of which what is said wins: by column, and by field."""
    mine = {plain(header) for headers in said.mapped.values() for header in headers}
    mapping = dict(said.mapped)
    for field, headers in kept.mapped.items():
        left = tuple(header for header in headers if plain(header) not in mine)
        if left and (field not in mapping or target_called(field).columns):
            mapping[field] = (*left, *mapping.get(field, ()))
    splits = {header: mark for header, mark in kept.splits.items() if plain(header) not in mine}
    return Options(
        mapping=mapping,
        encoding=said.encoding or kept.encoding,
        header_row=said.header_row or kept.header_row,
        sheet=said.sheet or kept.sheet,
        keep_set_aside=kept.keep_set_aside | said.keep_set_aside,
        printed=kept.printed | said.printed,
        splits=splits | dict(said.splits),
        guests=said.guests or kept.guests,
    )


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


def _listed(headers: Iterable[str]) -> str:
    return ", ".join(f"“{shortened(header, 40)}”" for header in headers)


def _only(mine: Iterable[str], theirs: Iterable[str]) -> tuple[str, ...]:
    others = set(map(plain, theirs))
    return tuple(header for header in mine if plain(header) not in others)
