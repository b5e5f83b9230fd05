"""What an organizer should know about the words before printing: sentences, each with a remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from matcher.fields import Visibility, field
from matcher.phrase import phrase, phrases
from matcher.profile import Profile
from matcher.questions.asking import Asking
from matcher.questions.choose import Choice
from matcher.questions.deny import BANNED, CATEGORIES
from matcher.questions.facts import SLOT, Facts, tidy
from matcher.questions.offers import Pitch
from matcher.questions.template import QUESTION_STAGES

__all__ = ["pitches", "short", "strangers", "thin", "withheld"]

MOST_NAMES = 10
"""Most people or pairs that one notice names; of more it says how many there are."""


def thin(askings: Sequence[Asking], choices: Sequence[Choice]) -> Iterator[str]:
    """Name those who are asked about the event only: nothing of theirs may be printed."""
    asked = {asking.partner.id: asking.partner for asking in askings}
    both = zip(askings, choices, strict=True)
    known = {asking.partner.id for asking, choice in both if choice.specific}
    found = _sorted(asked[person] for person in asked.keys() - known)
    if found:
        yield phrases(
            "%(num)s person has nothing on the list that a card may quote, so others ask them "
            "about the event: %(people)s. To change that, ask them: What are you working on? What "
            "is one thing you could use, and one you could give? What is one thing that people "
            "here may not know about you?",
            "%(num)s people have nothing on the list that a card may quote, so others ask them "
            "about the event: %(people)s. To change that, ask them: What are you working on? What "
            "is one thing you could use, and one you could give? What is one thing that people "
            "here may not know about you?",
            len(found),
            people=_named(found),
        )


def short(askings: Sequence[Asking], choices: Sequence[Choice]) -> Iterator[str]:
    """Name those whose cards lack a question: so many meetings that the templates ran out."""
    found = _sorted(
        {
            asking.reader.id: asking.reader
            for asking, choice in zip(askings, choices, strict=True)
            if len(choice.questions) < (len(QUESTION_STAGES) if asking.full else 1)
        }.values()
    )
    if found:
        yield phrases(
            "%(num)s person has a card with fewer questions than it should have, because none is "
            "asked or heard twice: %(people)s. Plan fewer rounds, or add questions of your own.",
            "%(num)s people have a card with fewer questions than it should have, because none is "
            "asked or heard twice: %(people)s. Plan fewer rounds, or add questions of your own.",
            len(found),
            people=_named(found),
        )


def strangers(
    pairs: Iterable[tuple[str, str]], profiles: Sequence[Profile], main: str
) -> Iterator[str]:
    """Name pairs who list languages, but none in common that cards are written in."""
    names = {profile.id: profile.name for profile in profiles}
    found = [f"{names[a]} and {names[b]}" for a, b in sorted(set(pairs))]
    if found:
        yield phrases(
            "%(num)s pair lists no language in common that cards are written in, and get theirs "
            "in the main language (%(main)s): %(pairs)s. See whether they can talk to each other, "
            "or exclude the pair.",
            "%(num)s pairs list no language in common that cards are written in, and get theirs "
            "in the main language (%(main)s): %(pairs)s. See whether they can talk to each other, "
            "or exclude the pair.",
            len(found),
            main=main,
            pairs=_listed(found),
        )


def withheld(profiles: Sequence[Profile], facts: Facts) -> Iterator[str]:
    """Count answers that were given for printing but hold a listed word, without the word."""
    found = Counter(
        (field(trait.kind).label, problem)
        for profile in profiles
        for trait in profile.traits
        if trait.visibility is Visibility.PRINT
        and (problem := facts.problem(tidy(trait.text), SLOT, field(trait.kind).slot))
        in (*CATEGORIES, BANNED)
    )
    for (label, category), count in sorted(found.items()):
        said = (
            phrase("you banned")
            if category == BANNED
            else phrase("about %(category)s", category=category)
        )
        yield phrases(
            "%(num)s answer stays off the cards for a word %(said)s, in “%(label)s”. If the answer "
            "means something else, have it reworded.",
            "%(num)s answers stay off the cards for a word %(said)s, in “%(label)s”. If the answer "
            "means something else, have it reworded.",
            count,
            said=said,
            label=phrase(label),
        )


def pitches(found: Iterable[Collection[Pitch]], profiles: Sequence[Profile]) -> Iterator[str]:
    """Show each offer that reads like a pitch, with a milder wording."""
    names = {profile.id: profile.name for profile in profiles}
    for pitch in sorted({pitch for some in found for pitch in some}):
        yield phrase(
            "%(name)s: the offer “%(offer)s” stays off the cards, because “%(word)s” reads like a "
            "pitch. A milder wording: %(milder)s.",
            name=names[pitch.giver],
            offer=pitch.text,
            word=pitch.word,
            milder=pitch.milder,
        )


def _sorted(people: Iterable[Profile]) -> list[Profile]:
    return sorted(people, key=lambda who: who.sort_key)


def _named(people: Sequence[Profile]) -> str:
    return _listed([who.name for who in people])


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return phrase("%(names)s and %(more)s more", names=shown, more=more) if more > 0 else shown
