"""Puts PDFs together without losing what a screen reader needs.

Joining pages alone drops the structure tree, and with it the tags that PDF/UA-1 asks for. So the
trees are joined as well: the elements of each part under one document, the numbers by which pages
find their elements counted on (ISO 32000-1, 14.7).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from pikepdf import Array, Dictionary, NumberTree, Object, ObjectStreamMode, Pdf

__all__ = ["merged"]


def merged(parts: Iterable[bytes]) -> bytes:
    """Return one PDF with the pages of all parts, which typst made tagged and without tables.

    The same parts give the same bytes. Metadata, language and title are the first one's.
    """
    first, *others = parts
    if not others:
        return first
    with Pdf.open(io.BytesIO(first)) as whole:
        root = whole.Root.StructTreeRoot
        found = list(_numbers(root))
        for part in others:
            with Pdf.open(io.BytesIO(part)) as more:
                found += _joined(whole, more, 1 + max((key for key, _ in found), default=-1))
        nums = (item for key, value in found for item in (key, value))
        root.ParentTree = whole.make_indirect(Dictionary(Nums=Array(list(nums))))
        root.ParentTreeNextKey = 1 + found[-1][0]
        out = io.BytesIO()
        whole.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return out.getvalue()


def _joined(whole: Pdf, more: Pdf, offset: int) -> Iterator[tuple[int, Object]]:
    """Add a part's pages and elements; yield its numbers as they are in the whole."""
    for page in more.pages:
        page.StructParents = int(page.StructParents) + offset
    whole.pages.extend(more.pages)
    root = whole.copy_foreign(more.Root.StructTreeRoot)
    document, added = whole.Root.StructTreeRoot.K[0], root.K[0]
    for element in added.K:
        element.P = document
        document.K.append(element)
    yield from ((key + offset, value) for key, value in _numbers(root))


def _numbers(root: Object) -> Iterator[tuple[int, Object]]:
    yield from ((int(key), value) for key, value in NumberTree(root.ParentTree).items())
