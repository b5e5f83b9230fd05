"""What help a plan brings about, beside what help there could have been."""

import itertools

from build_profiles import profile

from matcher.affinity import AffinityModel
from matcher.coverage import cover
from matcher.plan import Meeting
from matcher.rules import Availability, Exclusions

ROOM = [
    profile("ana", need="a lathe; cello lessons", offer="sourdough"),
    profile("ben", offer="a lathe; cello lessons"),
    profile("cyd", need="sourdough", challenge="moving abroad"),
    profile("dee", offer="a lathe", experience="moving abroad"),
    profile("eli", need="a hot air balloon", offer="accordion repairs"),
]


def meeting(*members, number=1):
    return Meeting(round=number, table=1, members=members, value=0)


def found(*meetings, rules=(), room=ROOM, rounds=2):
    return cover(AffinityModel(room), meetings, rules, rounds)


def in_short(answers):
    return [(said.person, said.text, said.other, said.met) for said in answers]


def test_each_wish_is_met_or_could_be_or_nobody_can():
    assert in_short(found(meeting("ana", "dee")).wishes) == [
        ("ana", "a lathe", "ben", True),
        ("ana", "cello lessons", "ben", False),
        ("cyd", "sourdough", "ana", False),
        ("cyd", "moving abroad", "dee", False),
        ("eli", "a hot air balloon", None, False),
    ]


def test_each_gift_is_used_or_could_be_or_nobody_asks():
    assert in_short(found(meeting("ana", "dee"), meeting("cyd", "dee", number=2)).gifts) == [
        ("ana", "sourdough", "cyd", False),
        ("ben", "a lathe", "ana", False),
        ("ben", "cello lessons", "ana", False),
        ("dee", "a lathe", "ana", True),
        ("dee", "moving abroad", "cyd", True),
        ("eli", "accordion repairs", None, False),
    ]


def test_more_than_two_wishes_are_met_at_one_table():
    room = [profile("ana", need="bees; cellos; kilns"), profile("ben", offer="kilns; bees; cellos")]
    assert [said.met for said in found(meeting("ana", "ben"), room=room).wishes] == [True] * 3


def test_whom_a_rule_keeps_apart_cannot_help():
    apart = Exclusions(pairs=frozenset({("ana", "ben")}))
    never = Availability({"ana": frozenset({1}), "dee": frozenset({2})})
    assert [said.other for said in found(rules=[apart]).wishes][:2] == ["dee", None]
    assert [said.other for said in found(rules=[apart, never]).wishes][:2] == [None, None]


def test_the_first_of_many_who_may_is_found_behind_many_who_may_not():
    givers = [f"g{at:03}" for at in range(300)]
    room = [profile("ana", need="bees"), *(profile(each, offer="bees") for each in givers)]
    apart = Exclusions(pairs=frozenset(("ana", each) for each in givers[:-1]))
    assert found(room=room, rules=[apart]).wishes[0].other == "g299"


def test_nobody_helps_themselves_and_order_of_people_changes_nothing():
    alone = [profile("ana", need="bees", offer="bees"), profile("ben", city="Graz")]
    assert found(room=alone).wishes[0].other is None
    every = [meeting(a.id, b.id) for a, b in itertools.combinations(ROOM, 2)]
    assert found(*every) == found(*every, room=ROOM[::-1])
    assert all(said.met == (said.other is not None) for said in found(*every).wishes)
