"""How well each need is met by each offer, as a file: why one finds the other or does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from events.cells import write_csv
from events.errors import UnreadableFile
from matcher.meaning import Meaning

__all__ = ["read_lines", "write_similar"]

HEADER = ("need", "offer", "score", "probability")


def read_lines(text: str, name: str) -> list[str]:
    """Return the lines of a file, one text each; lines at its end that are empty do not count.

    Raises
    ------
    UnreadableFile
        If there is none, or one is empty: line numbers are all that the answer says.
    """
    lines = text.rstrip().splitlines()
    empty = [str(at) for at, line in enumerate(lines, start=1) if not line.strip()]
    if empty:
        raise UnreadableFile(
            f"{name}: nothing in line {', '.join(empty)}. Write one text in each line."
        )
    if not lines:
        raise UnreadableFile(f"{name} is empty. Write one text in each line.")
    return lines


def write_similar(needs: Sequence[str], offers: Sequence[str], meaning: Meaning) -> bytes:
    """Return every pair of line numbers, from 1, with its score and probability, as CSV.

    Scores compare within one file only: they are cosines less what else is near.
    """
    return write_csv(HEADER, _rows(needs, offers, meaning))


def _rows(
    needs: Sequence[str], offers: Sequence[str], meaning: Meaning
) -> Iterator[tuple[int, int, float, float]]:
    found = meaning.alike(needs, offers, every=True)
    columns = (found.left, found.right, found.scores.round(6), found.odds.round(4))
    for need, offer, score, odds in zip(*(part.tolist() for part in columns), strict=True):
        yield need + 1, offer + 1, score, odds
