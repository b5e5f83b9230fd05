"""Introductions in words: why these two, what to ask, what the reader could give.

Says only what both people let be printed; match-only answers leave no trace here. Decides nothing
about who meets whom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from matcher.affinity.table import Component, PairAffinity
from matcher.introduction import Introduction
from matcher.plan.plan import Plan
from matcher.profile import Profile
from matcher.questions.asking import Asking
from matcher.questions.bank import load_bank
from matcher.questions.choose import Choice, choose
from matcher.questions.deny import load_deny_list
from matcher.questions.facts import Facts
from matcher.questions.language import SHIPPED_STYLE, Style, common_language, spoken
from matcher.questions.notices import pitches, short, strangers, thin, withheld
from matcher.questions.offers import Offers
from matcher.questions.reasons import Reason, Reasons
from matcher.questions.speaker import Speaker
from matcher.questions.wording import LANGUAGES
from matcher.settings import Settings

__all__ = ["Written", "write_introductions"]


@dataclass(frozen=True, kw_only=True)
class Written:
    """All introductions of a plan, and what the organizer should know before printing.

    Parameters
    ----------
    introductions
        By round, table, reader, partner; in each round the sit-outs after the tables.
    pair_reasons
        Sorted pair of ids → its strongest printable reason in the third person and the event's
        main language, for the organizer; "" when nothing may be shown.
    notices
        Sentences, each with what to do.
    """

    introductions: tuple[Introduction, ...]
    pair_reasons: Mapping[tuple[str, str], str]
    notices: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Seat:
    """One reader beside one partner at one table.

    Parameters
    ----------
    strangers
        Whether all at the table list languages, but none in common.
    full
        Whether all three questions are asked; the second partner of a trio gets an opener.
    """

    round: int
    table: int
    letter: str
    reader: Profile
    partner: Profile
    language: str
    strangers: bool
    trio: bool
    full: bool

    @property
    def pair(self) -> tuple[str, str]:
        return min(self.reader.id, self.partner.id), max(self.reader.id, self.partner.id)


@dataclass(frozen=True)
class _Voice:
    """All that speaks one language."""

    speaker: Speaker
    reasons: Reasons
    offers: Offers


def write_introductions(
    plan: Plan,
    profiles: Sequence[Profile],
    explained: Mapping[tuple[str, str], PairAffinity],
    settings: Settings,
    style: Style = SHIPPED_STYLE,
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
    style
        Tone, the organizer's own questions and banned words.

    Returns
    -------
    Written
        The same input gives the same words.

    Raises
    ------
    BankError
        If a deny-list, the templates or the wording cannot be used: no cards are made then.
    """
    random = Random(settings.seed)  # noqa: S311 - variety, not secrecy
    seats = tuple(_seats(plan, profiles, settings.language))
    voices = _voices(seats, settings, style, len(plan.ids), random)
    mine = [voices[seat.language] for seat in seats]
    why = [
        voice.reasons.of(explained[seat.pair], seat.reader, seat.partner, trio=seat.trio)
        for voice, seat in zip(mine, seats, strict=True)
    ]
    askings = [_asking(seat, said) for seat, said in zip(seats, why, strict=True)]
    speakers = {language: voice.speaker for language, voice in voices.items()}
    choices = choose(askings, speakers, random, style.printed)
    giving = [
        voice.offers.of(explained[seat.pair], seat.reader)
        for voice, seat in zip(mine, seats, strict=True)
    ]
    written = [
        _introduction(seat, voice, said, choice, offer)
        for seat, voice, said, choice, offer in zip(
            seats, mine, why, choices, _one_a_card(seats, giving), strict=True
        )
    ]
    apart = (seat.pair for seat in seats if seat.strangers)
    return Written(
        introductions=tuple(sorted([*written, *_pauses(plan)], key=_place)),
        pair_reasons=dict(_pair_reasons(seats, explained, voices[settings.language].reasons)),
        notices=(
            *thin(askings, choices),
            *short(askings, choices),
            *strangers(apart, profiles, settings.language),
            *withheld(profiles, voices[settings.language].speaker.facts),
            *pitches((voice.offers.pitches for voice in voices.values()), profiles),
        ),
    )


def _voices(
    seats: Sequence[_Seat], settings: Settings, style: Style, people: int, random: Random
) -> dict[str, _Voice]:
    """Return all that is needed to speak the main language and every other one on a card."""
    deny = load_deny_list(LANGUAGES).with_banned(style.banned)
    voices = {}
    for language in sorted({settings.language, *(seat.language for seat in seats)}):
        own = style.own.get(language, "")
        bank = load_bank(language, style.formality.get(language), own)
        facts = Facts(bank.wording, deny)
        voices[language] = _Voice(
            speaker=Speaker(bank, facts, settings.title, random),
            reasons=Reasons(bank.wording, facts, people),
            offers=Offers(bank, facts, deny, random),
        )
    return voices


def _seats(plan: Plan, profiles: Sequence[Profile], main: str) -> Iterator[_Seat]:
    """Yield every reader beside every partner, by round, table, reader, partner."""
    people = {profile.id: profile for profile in profiles}
    speaks = {person: spoken(profile) for person, profile in people.items()}
    for meeting in sorted(plan.meetings, key=lambda meeting: (meeting.round, meeting.table)):
        members = meeting.members
        common = common_language([speaks[member] for member in members], main)
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
                    language=common or main,
                    strangers=common is None and bool(speaks[reader] and speaks[partner]),
                    trio=len(members) == 3,
                    full=partner == first,
                )


def _pair_reasons(
    seats: Sequence[_Seat], explained: Mapping[tuple[str, str], PairAffinity], reasons: Reasons
) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield every pair with its reason for the organizer: once, from the seat of the smaller id."""
    for seat in seats:
        if seat.reader.id < seat.partner.id:
            why = reasons.neutral(explained[seat.pair], seat.reader, seat.partner, trio=seat.trio)
            yield seat.pair, why


def _asking(seat: _Seat, reasons: Sequence[Reason]) -> Asking:
    """Return what `seat` asks for: facts first that a reason names and the partner holds."""
    named = (said.contribution for said in reasons)
    return Asking(
        round=seat.round,
        reader=seat.reader,
        partner=seat.partner,
        language=seat.language,
        trio=seat.trio,
        full=seat.full,
        reasons=tuple(
            (said.kind, said.value)
            for said in named
            if said.component is Component.SHARED or said.giver == seat.reader.id
        ),
    )


def _introduction(
    seat: _Seat, voice: _Voice, reasons: Sequence[Reason], choice: Choice, offer: str | None
) -> Introduction:
    return Introduction(
        card=f"{seat.round}-{seat.table:02d}-{seat.letter}",
        round=seat.round,
        table=seat.table,
        reader=seat.reader.id,
        partner=seat.partner.id,
        headline=reasons[0].text if reasons else voice.reasons.without(seat.round),
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
