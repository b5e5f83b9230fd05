"""Entries of the shared list that free text may mean, for the organizer to confirm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from events.cells import write_csv
from events.model import Attendee
from events.profiles import to_profile
from matcher.canon import LISTED, is_listed, shared_list
from matcher.meaning import Meaning

__all__ = ["SUGGESTED", "suggest_entries"]

SUGGESTED = ("kind", "value", "other", "same", "probability")
_LIKELY = 0.5


def suggest_entries(attendees: Sequence[Attendee], meaning: Meaning, language: str) -> bytes:
    """Return the likeliest entry for each need and offer that is none, as CSV.

    A file of decisions (`events.equal_file.read_decisions`) whose column `same` is still empty:
    with `yes` there, the answer counts as the entry and meets everybody who picked it.

    Parameters
    ----------
    language
        Of the entries.

    Raises
    ------
    ProfileError
        If the list is not shipped in that language.
    """
    return write_csv(SUGGESTED, _suggested(attendees, meaning, language))


def _suggested(
    attendees: Sequence[Attendee], meaning: Meaning, language: str
) -> Iterator[tuple[str, str, str, str, float]]:
    listed = shared_list(language)
    entries = [listed.phrase(kind, domain) for kind in listed.kinds for domain in listed.domains]
    profiles = [to_profile(attendee) for attendee in attendees]
    for kind in LISTED:
        traits = (trait for profile in profiles for trait in profile.of(kind))
        texts = sorted({trait.text for trait in traits if not is_listed(trait.value)})
        asked, given = (texts, entries) if kind == "need" else (entries, texts)
        found = meaning.alike(asked, given)
        own, other = (found.left, found.right) if kind == "need" else (found.right, found.left)
        likely = zip((-found.odds).tolist(), own.tolist(), other.tolist(), strict=True)
        best: dict[int, tuple[int, float]] = {}
        for negative, text, entry in sorted(likely):
            if negative <= -_LIKELY:
                best.setdefault(text, (entry, -negative))
        for text, (entry, odds) in sorted(best.items()):
            yield kind, texts[text], entries[entry], "", round(odds, 2)
