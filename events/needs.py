"""What becomes of needs and offers in a plan, as a file and as lists for the organizer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from events.cells import write_csv
from matcher.canon import shared_list
from matcher.coverage import Coverage, Said

__all__ = ["NEEDS", "SHARED_LIST", "needs_in_words", "state", "write_needs", "write_shared_list"]

SHARED_LIST = ("kind", "domain", "answer")
NEEDS = ("id", "name", "field", "text", "state", "fits", "fits_name")


def write_needs(coverage: Coverage, names: Mapping[str, str]) -> bytes:
    """Return everything asked for and offered, and what becomes of it, as CSV.

    The state is `met`; `apart` where somebody it fits may be met, but is not in this plan; or
    `nobody` where it fits no answer of anybody whom the person may meet. `fits` is whom it fits
    best of all permitted people, whether they meet or not.

    Notes
    -----
    Holds answers that are not for printing.
    """
    return write_csv(NEEDS, _rows(coverage, names))


def _rows(coverage: Coverage, names: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    for said in (*coverage.wishes, *coverage.gifts):
        fits = said.other or ""
        answer = (said.person, names[said.person], said.kind, said.text)
        yield *answer, state(said), fits, names.get(fits, "")


def state(said: Said) -> str:
    """Return what becomes of an answer: `met`, `apart` or `nobody`."""
    if said.met:
        return "met"
    return "nobody" if said.other is None else "apart"


def needs_in_words(coverage: Coverage) -> str:
    """Return how many needs and offers find somebody; "" where there are none.

    Examples
    --------
    >>> said = Said(person="ana", kind="need", text="bees", other="ben", met=True)
    >>> needs_in_words(Coverage(wishes=(said,)))
    'Needs: 1 met, 0 not met although somebody could, 0 that nobody here could meet.'
    """
    parts = []
    if coverage.wishes:
        states = [state(said) for said in coverage.wishes]
        parts.append(
            f"Needs: {states.count('met')} met, {states.count('apart')} not met although somebody "
            f"could, {states.count('nobody')} that nobody here could meet."
        )
    if coverage.gifts:
        used = sum(said.met for said in coverage.gifts)
        parts.append(f"Offers: {used} of {len(coverage.gifts)} meet a need.")
    return " ".join(parts)


def write_shared_list(language: str) -> bytes:
    """Return every entry of the shared list of needs and offers in a language, as CSV."""
    listed = shared_list(language)
    rows = (
        (kind, domain, listed.phrase(kind, domain))
        for kind in listed.kinds
        for domain in listed.domains
    )
    return write_csv(SHARED_LIST, rows)
