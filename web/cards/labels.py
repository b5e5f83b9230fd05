"""Every word on a card that is not about its people, one line of `LABELS` a language.

Whole sentences with named gaps: ``{name}`` and the like are filled in by `Labels.say`, which
isolates them, so that a name in another script does not turn the sentence round.
"""

from __future__ import annotations

from dataclasses import dataclass

from web.cards.errors import UnknownChoice

__all__ = ["LABELS", "Labels", "labels_of"]


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The words of one language.

    Parameters
    ----------
    language
        Code as in `lang` attributes.
    direction
        ``ltr`` or ``rtl``.
    turns
        Sentences; each may stand on a line of its own.
    short_turns
        The same in one short line, for small cards.
    no_offer
        Stands on a card without an offer.
    """

    language: str
    direction: str
    cards: str
    summary: str
    paper: str
    bar_mm: str
    bar_inch: str
    check: str
    round: str
    table: str
    why: str
    ask: str
    follow: str
    deeper: str
    offer: str
    no_offer: str
    introducer: str
    start_with: str
    then_ask: str
    about: str
    turns: tuple[str, ...]
    short_turns: str
    met: str
    carry_on: str
    was_offered: str
    offered: str
    what_offered: str
    notes: str
    reader: str
    card: str
    plan: str
    pause: str
    where: str
    where_to: str
    alone: str
    not_alone: str
    ask_host: str
    next: str
    next_stop: str
    next_stop_timed: str
    no_next: str
    seeds: str
    and_word: str

    def turns_for(self, compact: bool) -> tuple[str, ...]:
        """Return the sentences about taking turns as a card has room for them."""
        return (self.short_turns,) if compact else self.turns

    def in_round(self, number: int) -> str:
        """Return ``Round 2`` in this language."""
        return self.round.format(round=number)

    def say(self, sentence: str, **gaps: object) -> str:
        """Return one of the sentences with its gaps filled, each in a bidi isolate."""
        return sentence.format(**{name: f"\u2068{text}\u2069" for name, text in gaps.items()})


ENGLISH = Labels(
    language="en",
    direction="ltr",
    cards="Introduction cards",
    summary="Plan {plan}: {cards} cards on {sheets} sheets.",
    paper="Paper: {paper}. Print at 100 %, not fit to page.",
    bar_mm="100 mm",
    bar_inch="4 in",
    check="Measure one bar. If it is off by more than 0.5 mm, correct the print size first.",
    round="Round {round}",
    table="Table",
    why="Why",
    ask="Ask",
    follow="Follow up",
    deeper="Deeper",
    offer="Offer",
    no_offer=(
        "Listen for what is in their way. Ask who they would like to meet, "
        "and make that introduction."
    ),
    introducer="{name} knows you both: ask {name} to introduce you.",
    start_with="Start with {name}:",
    then_ask="Then {name}:",
    about="{name}:",
    turns=("Take turns, question by question.", "Skip any question."),
    short_turns="Take turns. Skip any question.",
    met="met",
    carry_on="continue",
    was_offered="I was offered",
    offered="I offered:",
    what_offered="What I offered",
    notes="Your notes",
    reader="for: {name}",
    card="card {id}",
    plan="plan {id}",
    pause="A pause",
    where="Where",
    where_to="You could join the host at the welcome desk, or rest. Both are fine.",
    alone="The numbers are odd this round, so you have a pause.",
    not_alone="There are not enough new partners this round, so you have a pause.",
    ask_host="You could ask the host: what made you want to bring these people together?",
    next="Next",
    next_stop="Round {round}, table {table}, with {names}.",
    next_stop_timed="{time}, table {table}, with {names}.",
    no_next="This was your last round. Stay, and go on with someone you met.",
    seeds="Seeds to keep: what you offered, to whom",
    and_word="and",
)

LABELS = (ENGLISH,)
"""Every language that cards can be printed in."""


def labels_of(language: str) -> Labels:
    """Return the words of a language.

    Raises
    ------
    UnknownChoice
        If cards cannot be printed in it.
    """
    for labels in LABELS:
        if labels.language == language:
            return labels
    known = ", ".join(labels.language for labels in LABELS)
    raise UnknownChoice(f"Cards cannot be printed in {language!r}. Known languages: {known}.")
