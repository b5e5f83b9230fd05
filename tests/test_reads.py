"""What was read is known again, and told from everything else."""

from hypothesis import given
from hypothesis import strategies as st

from events.model import Attendee
from events.reads import digest
from events.store import Store

VALUES = st.none() | st.integers(-3, 3) | st.floats(-3, 3) | st.text() | st.binary()
ROWS = st.lists(st.tuples(VALUES, VALUES))


def typed(rows):
    return [[(type(value), repr(value)) for value in row] for row in rows]


@given(ROWS, ROWS)
def test_rows_have_one_digest_if_they_are_the_same(one, other):
    assert (digest(one) == digest(other)) == (typed(one) == typed(other))


def test_minus_one_and_minus_two_differ_and_so_do_one_and_one_point_nought():
    assert len({digest([(value,)]) for value in (-1, -2, 1, 1.0, "1", b"1", None)}) == 7


def test_an_object_that_is_used_twice_counts_as_two_equal_ones():
    text = "".join(["long", " ", "text"])
    assert digest([(text, text)]) == digest([(text, "".join(["long", " ", "text"]))])


def test_what_was_read_holds_until_it_would_be_read_otherwise():
    with Store.open(":memory:") as store:
        event, other = store.add_event("Evening"), store.add_event("Other")
        with store.noting() as reads:
            store.attendees(event.id)
        store.add_attendee(other.id, Attendee(id="ana", name="Ana"))
        assert store.holds(reads)
        store.add_attendee(event.id, Attendee(id="ana", name="Ana"))
        assert not store.holds(reads)


def test_a_question_answered_in_two_ways_does_not_hold():
    with Store.open(":memory:") as store:
        with store.noting() as reads:
            store.events()
            store.add_event("Evening")
            store.events()
        assert not store.holds(reads)


def test_what_filled_the_holes_is_kept_as_it_was():
    with Store.open(":memory:") as store:
        values = [1]
        with store.noting() as reads:
            list(store.rows("select ?", values))
        values[0] = 2
        assert store.holds(reads)
        assert list(store.rows("select ?", values)) == [{"?": 2}]
        assert len(reads) == 1
