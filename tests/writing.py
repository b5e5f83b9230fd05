"""Writing introductions for tests, with nothing in common unless they say so."""

from build_plans import pair, plan
from build_profiles import profile

from matcher.explain import write_introductions
from matcher.questions.template import visible
from matcher.settings import Settings

__all__ = ["ANA", "BEN", "TWO", "card", "crowd", "nothing_in_common", "said", "write"]

ANA, BEN = profile("ana"), profile("ben")
TWO = plan(["ana ben"])


def crowd(size, **answers):
    """People p000, p001, … with the same answers."""
    return [profile(f"p{number:03d}", **answers) for number in range(size)]


def nothing_in_common(plan_):
    return {key: pair(*key) for meeting in plan_.meetings for key in meeting.pairs}


def write(people, plan_=TWO, *pairs, **chosen):
    explained = nothing_in_common(plan_) | {(said.a, said.b): said for said in pairs}
    return write_introductions(plan_, people, explained, Settings(**chosen))


def card(*contributions, people=(ANA, BEN), others=0, **chosen):
    """Ana's card for Ben; `others` more people are at the event."""
    more = crowd(others)
    tables = [f"p{at:03d} p{at + 1:03d}" for at in range(0, others, 2)]
    written = write(
        [*people, *more], plan(["ana ben", *tables]), pair("ana", "ben", *contributions), **chosen
    )
    return written.introductions[0]


def said(entry):
    """Everything that a card says, as a reader sees it."""
    texts = [entry.headline, *entry.reasons, entry.offer, *(ask.text for ask in entry.questions)]
    return visible(" | ".join(filter(None, texts)))
