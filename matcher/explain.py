"""Introductions in words: why these two, what to ask, what the reader could give.

Says only what both people let be printed; match-only answers leave no trace here. Decides nothing
about who meets whom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcher.affinity.table import Component, PairAffinity
from matcher.fields import Visibility, field
from matcher.introduction import Introduction
from matcher.plan.plan import Plan
from matcher.profile import Profile
from matcher.questions.asking import Asking
from matcher.questions.bank import load_bank
from matcher.questions.choose import Choice, choose
from matcher.questions.deny import CATEGORIES, load_deny_list
from matcher.questions.facts import SLOT, Facts, tidy
from matcher.questions.offers import Offers
from matcher.questions.reasons import Reason, Reasons
from matcher.questions.template import QUESTION_STAGES
from matcher.questions.wording import LANGUAGES
from matcher.settings import Settings

__all__ = ["Written", "write_introductions"]

NAMED_IN_NOTICES = 10
"""Most people whom one notice names; of more it says how many there are."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """All introductions of a plan, and what the organizer should know before printing.

    Parameters
    ----------
    introductions
        By round, table, reader, partner; in each round the sit-outs after the tables.
    notices
        Sentences, each with what to do.
    """

    introductions: tuple[Introduction, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Seat:
    """One reader beside one partner at one table; `full` unless a trio's second partner."""

    round: int
    table: int
    letter: str
    reader: Profile
    partner: Profile
    trio: bool
    full: bool

    @property
    def pair(self) -> tuple[str, str]:
        return min(self.reader.id, self.partner.id), max(self.reader.id, self.partner.id)


def write_introductions(
    plan: Plan,
    profiles: Sequence[Profile],
    explained: Mapping[tuple[str, str], PairAffinity],
    settings: Settings,
) -> Written:
    """Put every introduction of a plan into words.

    Parameters
    ----------
    plan
        Who meets whom, when and where.
    profiles
        Everyone in the plan, in any order.
    explained
        For every pair that meets, by its sorted ids, where its affinity comes from.
    settings
        `language`, `seed` and `title` count here.

    Returns
    -------
    Written
        The same input gives the same words.

    Raises
    ------
    BankError
        If a deny-list, the templates or the wording cannot be used: no cards are made then.
    """
    deny = load_deny_list(LANGUAGES)
    bank = load_bank(settings.language)
    facts = Facts(bank.wording, deny)
    seats = tuple(_seats(plan, {profile.id: profile for profile in profiles}))

    reasons = Reasons(bank.wording, facts, len(plan.ids))
    why = [
        reasons.of(explained[seat.pair], seat.reader, seat.partner, trio=seat.trio)
        for seat in seats
    ]
    askings = [_asking(seat, said) for seat, said in zip(seats, why, strict=True)]
    choices = choose(askings, bank, facts, deny, title=settings.title, seed=settings.seed)
    offers = Offers(bank, facts, deny, settings.seed)
    giving = [offers.of(explained[seat.pair], seat.reader) for seat in seats]

    written = [
        _introduction(seat, said, choice, offer, bank.wording.no_reason)
        for seat, said, choice, offer in zip(
            seats, why, choices, _one_a_card(seats, giving), strict=True
        )
    ]
    names = {profile.id: profile.name for profile in profiles}
    return Written(
        introductions=tuple(sorted([*written, *_pauses(plan)], key=_place)),
        notices=(
            *_thin(seats, choices, plan),
            *_short(seats, choices),
            *_withheld(profiles, facts),
            *_pitches(offers, names),
        ),
    )


def _seats(plan: Plan, people: Mapping[str, Profile]) -> Iterator[_Seat]:
    """Yield every reader beside every partner, by round, table, reader, partner."""
    for meeting in sorted(plan.meetings, key=lambda meeting: (meeting.round, meeting.table)):
        members = meeting.members
        for at, reader in enumerate(members):
            # A trio starts in a circle, so that each is asked first once.
            first = members[(at + 1) % len(members)]
            for partner in meeting.partners(reader):
                yield _Seat(
                    round=meeting.round,
                    table=meeting.table,
                    letter="ABC"[at],
                    reader=people[reader],
                    partner=people[partner],
                    trio=len(members) == 3,
                    full=partner == first,
                )


def _asking(seat: _Seat, reasons: Sequence[Reason]) -> Asking:
    """Return what `seat` asks for: facts first that a reason names and the partner holds."""
    named = (said.contribution for said in reasons)
    return Asking(
        round=seat.round,
        reader=seat.reader,
        partner=seat.partner,
        trio=seat.trio,
        full=seat.full,
        reasons=tuple(
            (said.kind, said.value)
            for said in named
            if said.component is Component.SHARED or said.giver == seat.reader.id
        ),
    )


def _introduction(
    seat: _Seat,
    reasons: Sequence[Reason],
    choice: Choice,
    offer: str | None,
    no_reason: Sequence[str],
) -> Introduction:
    plain = no_reason[(seat.round - 1) % len(no_reason)]
    return Introduction(
        card=f"{seat.round}-{seat.table:02d}-{seat.letter}",
        round=seat.round,
        table=seat.table,
        reader=seat.reader.id,
        partner=seat.partner.id,
        headline=reasons[0].text if reasons else plain,
        reasons=tuple(said.text for said in reasons),
        questions=choice.questions,
        offer=offer,
    )


def _one_a_card(seats: Sequence[_Seat], offers: Sequence[str | None]) -> Iterator[str | None]:
    """Keep one offer a card: a trio's goes to the partner of the full block where it can."""
    served = {
        (seat.round, seat.reader.id)
        for seat, offer in zip(seats, offers, strict=True)
        if offer and seat.full
    }
    for seat, offer in zip(seats, offers, strict=True):
        yield offer if seat.full or (seat.round, seat.reader.id) not in served else None


def _pauses(plan: Plan) -> Iterator[Introduction]:
    counted: Counter[int] = Counter()
    for number, person in sorted(plan.sit_outs):
        counted[number] += 1
        card = f"{number}-P{counted[number]:02d}"
        yield Introduction(card=card, round=number, table=None, reader=person, partner=None)


def _place(entry: Introduction) -> tuple[int, bool, int, str, str]:
    table = entry.table or 0
    return entry.round, entry.table is None, table, entry.reader, entry.partner or ""


# --- notices ------------------------------------------------------------------------------------


def _thin(seats: Sequence[_Seat], choices: Sequence[Choice], plan: Plan) -> Iterator[str]:
    """Name those who are asked about the event only, because nothing of theirs may be printed."""
    asked = {seat.partner.id: seat.partner for seat in seats}
    both = zip(seats, choices, strict=True)
    known = {seat.partner.id for seat, choice in both if choice.specific}
    thin = sorted((asked[person] for person in asked.keys() - known), key=lambda who: who.sort_key)
    if thin:
        yield (
            f"{_number(len(thin), 'person has', 'people have')} nothing on the list that a card "
            f"may quote, so others ask them about the event: {_names(thin)}. To change that, ask "
            "them: What are you working on? What is one thing you could use, and one you could "
            "give? What is one thing that people here may not know about you?"
        )


def _short(seats: Sequence[_Seat], choices: Sequence[Choice]) -> Iterator[str]:
    """Name those whose cards lack a question: so many meetings that the templates ran out."""
    lacking = {
        seat.reader.id: seat.reader
        for seat, choice in zip(seats, choices, strict=True)
        if len(choice.questions) < (len(QUESTION_STAGES) if seat.full else 1)
    }
    if lacking:
        people = sorted(lacking.values(), key=lambda who: who.sort_key)
        yield (
            f"{_number(len(people), 'person has', 'people have')} a card with fewer than three "
            f"questions, because no question is asked or heard twice: {_names(people)}. Plan "
            "fewer rounds, or add questions of your own."
        )


def _withheld(profiles: Sequence[Profile], facts: Facts) -> Iterator[str]:
    """Count answers that were given for printing but hold a listed word, without the word."""
    found: Counter[tuple[str, str]] = Counter()
    for profile in profiles:
        for trait in profile.traits:
            if trait.visibility is Visibility.PRINT:
                problem = facts.problem(tidy(trait.text), SLOT, field(trait.kind).slot)
                if problem in CATEGORIES:
                    found[field(trait.kind).label, problem] += 1
    for (label, category), count in sorted(found.items()):
        yield (
            f"{_number(count, 'answer', 'answers')} in “{label}” stays off the cards: a word of "
            f"it is about {category}. Nothing is to be done unless the answer means something "
            "else; then have it reworded."
        )


def _pitches(offers: Offers, names: Mapping[str, str]) -> Iterator[str]:
    for person, text, word, milder in sorted(offers.pitches):
        yield (
            f"{names[person]}: the offer “{text}” stays off the cards, because “{word}” reads like "
            f"a pitch. A milder wording: {milder}."
        )


def _names(people: Sequence[Profile]) -> str:
    shown = ", ".join(who.name for who in people[:NAMED_IN_NOTICES])
    more = len(people) - NAMED_IN_NOTICES
    return f"{shown} and {more} more" if more > 0 else shown


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
