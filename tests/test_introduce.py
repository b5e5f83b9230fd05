"""The whole job on profiles: what a change of the input must change in the plan."""

import pytest
from build_profiles import profile

from matcher.errors import NoPlan
from matcher.introduce import introduce
from matcher.meaning import best_meaning
from matcher.rules import Exclusions
from matcher.settings import Settings

ROOM = [
    profile("ana", need="cellos"),
    profile("ben", school="ETH"),
    profile("cyd", school="ETH"),
    profile("dee", hobby="bees"),
]


def pairs(people, **options):
    outcome = introduce(people, Settings(rounds=1), **options)
    return [meeting.members for meeting in outcome.plan.meetings]


def test_an_offer_that_meets_a_need_changes_the_plan():
    assert pairs(ROOM) == [("ana", "dee"), ("ben", "cyd")]
    helpful = [*ROOM[:1], profile("ben", school="ETH", offer="cellos"), *ROOM[2:]]
    assert pairs(helpful) == [("ana", "ben"), ("cyd", "dee")]


def test_an_exclusion_keeps_the_best_pair_apart():
    rules = [Exclusions(frozenset({("ben", "cyd")}))]
    assert ("ben", "cyd") not in pairs(ROOM, rules=rules)


def test_order_of_people_changes_nothing():
    assert introduce(ROOM, Settings()) == introduce(ROOM[::-1], Settings())


def test_progress_rises_and_names_its_stages():
    seen = []
    introduce(ROOM, Settings(), on_progress=lambda progress: seen.append(progress) or True)
    assert [progress.done for progress in seen] == sorted(progress.done for progress in seen)
    assert (seen[0].stage, seen[-1].stage) == ("Comparing profiles", "Writing introductions")


def test_stopping_before_there_is_a_plan_says_so():
    with pytest.raises(NoPlan, match="no plan"):
        introduce(ROOM, Settings(), on_progress=lambda _: False)


def test_noise_in_place_of_needs_changes_the_plan():
    meaning = best_meaning()
    people = [
        profile("ana", need="pay less tax"),
        profile("ben", offer="I am an accountant"),
        profile("cyd", need="suche jemanden zum Tanzen"),
        profile("dee", offer="dance partner"),
    ]
    assert pairs(people, meaning=meaning) == [("ana", "ben"), ("cyd", "dee")]
    noise = [
        profile("ana", need="dancing lessons"),
        people[1],
        profile("cyd", need="qx zvw"),
        people[3],
    ]
    assert pairs(noise, meaning=meaning) == [("ana", "dee"), ("ben", "cyd")]
