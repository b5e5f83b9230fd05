"""Looking for permitted partners where not all pairs are written out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning import crowd

from matcher import permitted
from matcher.affinity import Affinities
from matcher.permitted import count_permitted, look_further
from matcher.plan.narrow import SPARE_PARTNERS, narrow
from matcher.preflight import preflight
from matcher.rules import Cohorts, Exclusions, FixedTables
from matcher.settings import Settings


@st.composite
def restrictions(draw):
    """Draw the people of an event and what rules of several sorts ask of it."""
    ids = crowd(draw(st.integers(2, 40))).ids
    who = st.sampled_from(ids)
    side, table = (st.frozensets(st.sampled_from(some), min_size=1) for some in ("abc", (1, 2, 3)))
    pairs = st.frozensets(st.tuples(who, who).filter(lambda pair: pair[0] < pair[1]))
    rules = (
        Cohorts(draw(st.dictionaries(who, side)), frozenset({("a", "b"), ("c", "c")})),
        FixedTables(draw(st.dictionaries(who, table))),
        Exclusions(draw(pairs)),
    )
    return ids, [rule.restrict(ids, 3) for rule in rules if draw(st.booleans())]


@settings(deadline=None)
@given(restrictions(), st.integers(1, 7))
def test_everybody_is_compared_once_with_all_whom_no_class_keeps_away(event, at_once):
    ids, bound = event
    everyone = np.ones(len(ids), dtype=np.bool_)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(permitted, "PAIRS_AT_ONCE", at_once)
        seen = [
            (int(a), int(b))
            for mine, theirs in look_further(bound, len(ids), lambda: everyone)
            for a, b in zip(mine, theirs, strict=True)
        ]
    apart = [each.classes.forbids for each in bound if each.classes]
    a, b = (side.ravel() for side in np.indices((len(ids), len(ids))))
    open_to = ~np.any([np.zeros(len(a), bool), *(each(a, b) for each in apart)], axis=0)
    assert sorted(seen) == list(zip(a[open_to].tolist(), b[open_to].tolist(), strict=True))


@settings(deadline=None)
@given(restrictions())
def test_searching_counts_as_looking_at_every_pair_does(event):
    ids, bound = event
    present = np.ones((len(ids), 3), dtype=np.bool_)
    every = count_permitted(bound, None, present)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(permitted, "EVERY_PAIR_UP_TO", 0)
        found = count_permitted(bound, None, present)
    assert found.pairs in (None, every.pairs)
    short = every.partners < 3
    assert (found.partners[short] == every.partners[short]).all()


def fair(visitors, exhibitors):
    """Return a fair at which visitors meet exhibitors, none of their pairs listed."""
    ids = tuple(f"p{i:06}" for i in range(visitors + exhibitors))
    sides = {who: frozenset("e" if i < exhibitors else "v") for i, who in enumerate(ids)}
    none = np.zeros(0, dtype=np.int32)
    affinities = Affinities(ids=ids, a=none, b=none, value=none.astype(np.int64), others=1000)
    return affinities, Cohorts(sides, frozenset({("e", "v")}))


def test_visitors_look_among_the_few_exhibitors_of_a_large_fair_alone():
    affinities, sides = fair(60_000, 5)
    short = np.ones(len(affinities.ids), dtype=np.bool_)
    bound = [sides.restrict(affinities.ids, 6)]
    assert sum(len(mine) for mine, _ in look_further(bound, len(short), lambda: short)) == 600_000
    problem = narrow(affinities, Settings(rounds=6), [sides])
    assert problem.partners.tolist() == [60_000] * 5 + [5] * 60_000
    found = preflight(affinities.ids, Settings(rounds=6), rules=[sides])
    assert found.possible == 300_000


def test_candidates_are_spread_over_all_exhibitors():
    affinities, sides = fair(5_000, 500)
    partners = narrow(affinities, Settings(rounds=6), [sides]).partners
    wanted = 6 + SPARE_PARTNERS
    assert partners.min() >= wanted
    assert partners[:500].max() < 4 * partners[:500].min()
