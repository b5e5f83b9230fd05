"""What help a plan brings about, beside what help there could have been.

For the organizer alone: it holds answers that may stand on no card.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from matcher.affinity import AffinityModel
from matcher.affinity.answers import Answers, Ints
from matcher.permitted import may_meet, present_in
from matcher.plan.plan import Meeting
from matcher.rules import Rule, sharing

__all__ = ["NOTHING", "Coverage", "Said", "cover"]


@dataclass(frozen=True, kw_only=True)
class Said:
    """One answer that asks or gives.

    Parameters
    ----------
    person, kind, text
        Who said it, in which field, in their own words.
    other
        Id of the one of all permitted people whom it fits best, with certainty of at least .5;
        None when it fits nobody's answer.
    met
        Whether the plan brings the person together with anybody whom it fits.
    """

    person: str
    kind: str
    text: str
    other: str | None
    met: bool


@dataclass(frozen=True)
class Coverage:
    """Everything asked for and offered at an event, by person, kind and order of answers.

    Parameters
    ----------
    wishes
        Needs and challenges.
    gifts
        Offers, and what people have been through.
    """

    wishes: tuple[Said, ...] = ()
    gifts: tuple[Said, ...] = ()


NOTHING = Coverage()
"""Where nothing is known of anybody."""


def cover(
    model: AffinityModel, meetings: Sequence[Meeting], rules: Sequence[Rule], rounds: int
) -> Coverage:
    """Return what could be met by permitted meetings, and what these meetings meet.

    Notes
    -----
    A need is compared with everybody's offers, not only with those of likely partners. With more
    than `matcher.affinity.EXACT_UP_TO` people it is compared with the 40 different texts closest
    to it, whoever wrote them.
    """
    ids = model.graph.ids
    bound = [rule.restrict(ids, rounds) for rule in rules]
    test = may_meet(bound, present_in(bound, len(ids), rounds))
    at = {person: index for index, person in enumerate(ids)}
    pairs = {pair for each in meetings for pair in each.pairs} - set(
        sharing(meetings, rules, rounds)
    )
    indices = sorted((at[a], at[b]) for a, b in pairs)
    a, b = np.array(indices, dtype=np.int64).reshape(-1, 2).T
    giver, receiver = np.concatenate([a, b]), np.concatenate([b, a])
    wishes: list[Iterator[Said]] = []
    gifts: list[Iterator[Said]] = []
    for route in model.help.routes:
        reach, (wish, gift) = route.reach(test), route.met(giver, receiver)
        wishes.append(_said(route.wishes, reach.wishes, wish, ids))
        gifts.append(_said(route.gifts, reach.gifts, gift, ids))
    return Coverage(
        wishes=tuple(sorted(chain(*wishes), key=lambda said: said.person)),
        gifts=tuple(sorted(chain(*gifts), key=lambda said: said.person)),
    )


def _said(answers: Answers, other: Ints, met: Ints, ids: Sequence[str]) -> Iterator[Said]:
    done = set(met.tolist())
    for at, (trait, owner, best) in enumerate(
        zip(answers.traits, answers.owner.tolist(), other.tolist(), strict=True)
    ):
        yield Said(
            person=ids[owner],
            kind=trait.kind,
            text=trait.text,
            other=ids[best] if best >= 0 else None,
            met=at in done,
        )
