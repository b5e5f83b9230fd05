from itertools import product
from random import Random
from string import ascii_lowercase
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.canon import Because, Decision, Equals, held_values, propose

SCHOOLS = ("Institut Teknologi Bandung", "Nanyang Technological University", "Amherst College")


def answers(kind, *texts):
    return [(str(person), kind, text) for person, text in enumerate(texts)]


def proposed(kind, *texts, equals=None):
    found = propose(held_values(answers(kind, *texts), equals), equals)
    return [(one.value.text, one.other.text, one.because) for one in found]


def test_initials_of_exactly_one_longer_answer_are_proposed():
    assert proposed("school", "ITB", *SCHOOLS) == [("ITB", SCHOOLS[0], Because.INITIALISM)]


def test_initials_of_two_longer_answers_are_not():
    assert proposed("school", "ITB", *SCHOOLS, "Institute of Technology Berlin") == []


def test_a_short_form_that_a_table_knows_is_what_the_table_says():
    assert proposed("school", "MIT", "Manipal Institute Tech") == []


def test_a_slip_of_one_person_is_proposed_for_what_others_typed():
    assert proposed("hobby", "Beekeping", "beekeeping", "Beekeeping") == [
        ("Beekeping", "Beekeeping", Because.TYPO)
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("Beekeping", "Beekeeping"),  # one against one: nobody knows who is right
        ("Beekeping", "Beekeping", "Beekeeping", "Beekeeping"),  # two people do not slip alike
        ("Hiking", "biking", "biking"),
        ("journalism", "journalist", "journalist"),
        ("microbiology", "macrobiology", "macrobiology"),
        ("Web 3 design", "Web 2 design", "Web 2 design"),
        ("Photography", "Phonography", "Phonography"),  # known to a table
    ],
)
def test_what_may_be_another_word_is_not_proposed(texts):
    assert proposed("hobby", *texts) == []


def test_what_was_rejected_does_not_return():
    (proposal,) = propose(held_values(answers("school", "ITB", *SCHOOLS)))
    assert proposed("school", "ITB", *SCHOOLS, equals=Equals([proposal.decided(same=False)])) == []


def test_what_was_accepted_is_one_value_with_both_wordings():
    (proposal,) = propose(held_values(answers("school", "ITB", SCHOOLS[0])))
    (held,) = held_values(
        answers("school", "ITB", SCHOOLS[0]), Equals([proposal.decided(same=True)])
    )
    assert (held.people, held.texts) == (2, ("ITB", SCHOOLS[0]))


def test_a_later_decision_about_the_same_two_wins():
    accepted = Decision("school", "itb", "bandung", same=True)
    rejected = Decision("school", "bandung", "itb", same=False)
    assert Equals([accepted, rejected]).of("school", "itb") == "itb"
    assert Equals([rejected, accepted]).of("school", "itb") == "bandung"


def test_decisions_in_a_circle_make_all_of_them_one():
    circle = [Decision("hobby", one, other, same=True) for one, other in ("ab", "bc", "ca")]
    assert {Equals(circle).of("hobby", one) for one in "abc"} == {"a"}


def test_among_many_names_alike_a_slip_may_be_any_and_that_is_soon_known():
    pairs = product(ascii_lowercase, repeat=2)
    names = [f"University of {one}{other} Town" for one, other in pairs]
    slips = [name.replace("Town", "Tawn") for name in names]
    held = held_values(answers("school", *names, *names, *slips))
    started = process_time()
    assert propose(held) == ()
    assert process_time() - started < 4  # a tenth of a second on an idle machine


@given(
    st.lists(st.sampled_from(["ITB", *SCHOOLS, "Amherst Colege", "NTU", "北京大学"]), max_size=9)
)
def test_the_order_of_people_changes_nothing(texts):
    shuffled = answers("school", *texts)
    Random(1).shuffle(shuffled)
    assert propose(held_values(shuffled)) == propose(held_values(answers("school", *texts)))


def test_what_is_joined_through_others_is_one_value_and_goes_by_the_last_name():
    pairs = [("itb", "bandung"), ("ib", "bandung"), ("tech", "ib")]
    equals = Equals(Decision("school", one, other, same=True) for one, other in pairs)
    assert {equals.of("school", one) for one in ("itb", "ib", "tech")} == {"bandung"}


def test_decisions_about_one_kind_hold_for_others_that_answer_the_same():
    equals = Equals([Decision("past_organization", "acme ug", "acme", same=True)])
    assert equals.of("organization", "acme ug") == "acme"
    assert equals.of("skill", "acme ug") == "acme ug"


def test_proposals_do_not_join_what_was_said_to_be_different_not_even_through_a_third():
    rejected = Equals([Decision("hobby", "a", "c", same=False)])
    links = [Decision("hobby", one, other, same=True) for one, other in ("ab", "bc", "cd")]
    equals = rejected.with_proposals(links)
    assert [equals.of("hobby", one) for one in "abcd"] == ["b", "b", "d", "d"]
    assert rejected.with_proposals([Decision("hobby", "c", "a", same=True)]).of("hobby", "c") == "c"


def test_words_that_a_table_takes_for_something_else_can_stand_for_themselves():
    apart = Decision("school", "mit", "massachusetts institute of technology", same=False)
    (own, table) = held_values(answers("school", "MIT", "M.I.T.", "MIT"), Equals([apart]))[::-1]
    assert (own.id, own.people, own.known) == ("mit", 2, False)
    assert (table.id, table.people, table.known) == (apart.other, 1, True)
    assert propose((own, table), Equals([apart])) == ()
