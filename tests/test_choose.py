"""Questions on cards: none twice, about the partner, spread over areas and tables."""

from collections import Counter

from build_plans import help_, random_plan, shared
from build_profiles import profile
from hypothesis import given, settings
from hypothesis import strategies as st
from writing import ANA, card, crowd, write

from matcher.questions.template import visible


def rendered(written):
    """(stage, text) that each person asks, and that each person hears."""
    asked, heard = Counter(), Counter()
    for entry in written.introductions:
        for ask in entry.questions:
            text = visible(ask.text).casefold()
            asked[entry.reader, ask.stage, text] += 1
            heard[entry.partner, ask.stage, text] += 1
    return asked, heard


answers = st.fixed_dictionaries(
    {},
    optional={
        kind: st.sampled_from(["bees", "chess; tea", "Graz; Oslo; bees", "maps"])
        for kind in ("city", "hobby", "interest", "skill", "tool", "school", "project", "need")
    },
)


@settings(max_examples=40, deadline=None)
@given(st.lists(answers, min_size=3, max_size=11), st.integers(1, 8), st.integers(0, 99))
def test_nobody_asks_or_hears_a_question_twice(profiles, rounds, seed):
    people = [profile(f"p{at:03d}", **mine) for at, mine in enumerate(profiles)]
    planned = random_plan(len(people), rounds, seed)
    written = write(people, planned, seed=seed)
    asked, heard = rendered(written)
    assert max([*asked.values(), *heard.values()]) == 1
    full = sum(len(meeting.members) for meeting in planned.meetings)
    assert Counter(stage for _, stage, _ in asked.elements())["deeper"] == full


def test_a_card_has_three_questions_about_the_partner():
    entry = card(people=(ANA, profile("ben", hobby="bees")))
    assert [ask.stage for ask in entry.questions] == ["open", "follow", "deeper"]
    assert {ask.area for ask in entry.questions} == {"hobby"}
    assert "bees" in entry.questions[0].text


def test_the_opener_is_about_the_headline():
    ben = profile("ben", project="a map", hobby="bees", city="Graz")
    entry = card(shared("city", "Graz"), people=(profile("ana", city="Graz"), ben))
    assert "Graz" in entry.questions[0].text


def test_a_need_that_the_reader_can_meet_is_asked_about():
    ben = profile("ben", project="a map", need="a voice over")
    entry = card(help_("ana", "sound design", "a voice over"), people=(ANA, ben))
    assert "a voice over" in entry.questions[0].text


def test_openers_are_specific_and_areas_vary_where_profiles_allow():
    people = crowd(
        20, city="Graz", hobby="bees; chess", skill="maps", project="a kite", school="ETH"
    )
    written = write(people, random_plan(20, 6, 1))
    openers = [entry.questions[0] for entry in written.introductions]
    assert all("\u2068" in ask.text for ask in openers)
    heard = {}
    for entry in written.introductions:
        heard.setdefault(entry.partner, set()).add(entry.questions[0].area)
    assert min(map(len, heard.values())) >= 4


def test_a_pair_is_not_asked_the_same_question_both_ways():
    people = crowd(12, hobby="bees", city="Graz")
    written = write(people, random_plan(12, 6, 2))
    both = Counter(
        (entry.round, entry.table, ask.template)
        for entry in written.introductions
        for ask in entry.questions
    )
    assert max(both.values()) == 1


def test_a_question_is_asked_at_few_tables_of_a_round():
    people = crowd(40, hobby="bees; chess", city="Graz", skill="maps", project="a kite")
    written = write(people, random_plan(40, 6, 9))
    crowded = Counter(
        (entry.round, ask.template) for entry in written.introductions for ask in entry.questions
    )
    assert max(crowded.values()) <= 4


def test_a_bare_list_of_names_still_gives_kind_and_complete_cards():
    written = write(crowd(13), random_plan(13, 6, 3), title="Tide Night")
    full = [entry for entry in written.introductions if len(entry.questions) == 3]
    assert len(full) == 13 * 6
    assert {ask.area for entry in full for ask in entry.questions} == {"event"}
    assert all(entry.headline for entry in written.introductions)
    (notice,) = written.notices
    assert notice.startswith("13 people have nothing on the list that a card may quote")
    assert "P000, P001" in notice
    assert "and 3 more" in notice


def test_too_many_meetings_are_reported_and_never_repeat():
    written = write(crowd(45), random_plan(45, 44, 4))
    asked, heard = rendered(written)
    assert max([*asked.values(), *heard.values()]) == 1
    assert any("fewer questions than" in notice for notice in written.notices)
