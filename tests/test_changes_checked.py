"""Every change that is allowed makes a plan that the check accepts, and costs what was told."""

import json
from dataclasses import replace
from random import Random

import pytest

from events.changes import propose
from events.exporter import export
from events.finished import read_finished
from events.model import Answer, Attendee
from events.pipeline import introduce_attendees
from events.replay import replay
from events.rules import read_rules
from events.seats import arrangement
from matcher.changes import Forbid, Impossible, Move, Pin, Remove, Swap
from matcher.check import check
from matcher.fields import Visibility
from matcher.settings import Odd, Settings

PEOPLE = 13
RULES = """
[[exclusion]]
people = ["p00", "p05"]
[[availability]]
person = "p03"
absent = [2]
[[quota]]
person = "p04"
most = 2
[[minimum]]
person = "p04"
fewest = 2
[[table]]
person = "p06"
tables = [1, 2, 3]
[[pin]]
people = ["p07", "p08"]
round = 1
[cohorts]
allowed = [["mentor", "mentee"]]
members = { mentor = ["p09", "p10"], mentee = ["p11", "p12"] }
trios = true
"""


def people():
    hobbies = Random(7)
    return [
        Attendee(
            id=f"p{at:02}",
            name=f"Person {at}",
            answers=(
                Answer(
                    field="hobby",
                    texts=(hobbies.choice(("chess", "go", "tango")),),
                    visibility=Visibility.PRINT,
                ),
            ),
        )
        for at in range(PEOPLE)
    ]


def some_change(random, rounds):
    one, other = random.sample([f"p{at:02}" for at in range(PEOPLE)], 2)
    number = random.randint(1, rounds)
    return random.choice(
        (
            Swap(round=number, one=one, other=other),
            Swap(round=number, one=one, other=other),
            Move(round=number, person=one, table=random.randint(1, PEOPLE // 2)),
            Remove(round=number, person=one),
            Pin(one=one, other=other, round=random.choice((None, number))),
            Forbid(one=one, other=other),
        )
    )


@pytest.mark.parametrize("fairness", [0.0, 0.5])
@pytest.mark.parametrize("odd", list(Odd))
def test_what_is_allowed_passes_the_check_and_costs_what_was_told(odd, fairness):
    settings = Settings(rounds=3, odd=odd, fairness=fairness, tables=6)
    random, everybody = Random(f"{odd}{fairness}"), people()
    rules = read_rules(everybody, settings, toml=RULES)
    files = export(introduce_attendees(everybody, settings, rules=rules))
    allowed = 0
    for _ in range(16):
        finished = read_finished(files)
        board = replay(finished, everybody, settings, rules)
        try:
            proposal = propose(board, some_change(random, settings.rounds))
        except Impossible:
            continue
        if proposal.price.broken:
            continue
        changed = proposal.changed
        rules = replace(rules, rules=(*rules.rules, *changed.rules))
        arranged = arrangement(changed.meetings, finished.certificate, (changed.text,))
        before = json.loads(files["plan.json"])
        files = export(introduce_attendees(everybody, settings, rules=rules, arranged=arranged))
        after = json.loads(files["plan.json"])
        assert check({name: data.decode() for name, data in files.items()}) == ()
        assert after["total"] - before["total"] == pytest.approx(proposal.price.total / 2_000_000)
        assert after["sit_outs"] - before["sit_outs"] == proposal.price.breaks
        assert after["by_hand"][-1] == changed.text
        allowed += 1
    assert allowed >= 3
