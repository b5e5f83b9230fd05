"""The list as Seedbed writes it comes back exactly, and nothing in it is guessed."""

import csv
import io

import pytest
from attendees import people_with_ids
from hypothesis import given

from events.attendee_file import ATTENDEE_COLUMNS, write_attendees
from events.importer import Options, read_people
from events.model import Answer, Attendee
from events.people import by_surname
from matcher.fields import FIELDS, Visibility

ANA = Attendee(
    id="a1",
    name="Ana Lima",
    given_name="Ana",
    family_name="Lima",
    answers=(
        Answer(field="organization", texts=("Smith; Jones",), visibility=Visibility.PRINT),
        Answer(field="need", texts=("+ a bakery", "n/a"), visibility=Visibility.MATCH),
    ),
    source_row=7,
)


def cells(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@given(people_with_ids)
def test_people_written_and_read_back_are_equal_for_any_text(people):
    found = read_people(write_attendees(people))
    assert found.people == tuple(sorted(people, key=by_surname))
    assert (found.notices, found.set_aside) == ((), ())


@given(people_with_ids)
def test_the_order_of_people_does_not_change_the_file(people):
    assert write_attendees(people) == write_attendees(reversed(people))


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", list(",;\t|"))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_list_that_was_saved_elsewhere_is_still_known(mark, delimiter, encoding):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(cells(write_attendees([ANA])))
    text = (mark if encoding == "utf-8" else "") + out.getvalue()
    found = read_people(text.encode(encoding))
    assert found.is_own
    assert found.people == (ANA,)


def test_every_field_has_a_column_and_nothing_else_of_a_person_is_lost():
    assert {entry.name for entry in FIELDS} <= set(ATTENDEE_COLUMNS)
    assert {*Attendee.__dataclass_fields__} - {"answers"} <= set(ATTENDEE_COLUMNS)


def test_a_person_in_the_archive_stays_set_aside_unless_brought_back():
    content = write_attendees([ANA], archived={"a1"})
    assert [(e.row, e.reason, e.name) for e in read_people(content).set_aside] == [
        (2, "not attending", "Ana Lima")
    ]
    kept = Options(keep_set_aside=frozenset({"not attending"}))
    assert read_people(content, options=kept).people == (ANA,)


def test_a_row_typed_below_gets_an_id_and_a_copied_one_is_numbered_and_named():
    header, ana = cells(write_attendees([ANA]))
    typed = ["", "Ben", *[""] * (len(header) - 2)]
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header, ana, ana, typed])
    found = read_people(out.getvalue().encode())
    assert [person.id for person in found.people[:2]] == ["a1", "a1-2"]
    assert found.people[2].id
    assert [(n.row, n.column, n.value) for n in found.notices] == [(3, "id", "a1")]


def test_a_word_that_says_nothing_of_visibility_hides_the_answer_and_is_named():
    content = write_attendees([ANA]).replace(b"need=match", b"need=everybody")
    found = read_people(content)
    assert found.people[0].answers[1].visibility is Visibility.ORGANIZER
    assert [(n.row, n.value) for n in found.notices] == [(2, "need=everybody")]


def test_the_organizer_may_still_open_a_field_or_map_the_columns_anew():
    content = write_attendees([ANA])
    opened = read_people(content, options=Options(printed=frozenset({"needs"})))
    assert opened.people[0].answers[1].visibility is Visibility.PRINT
    assert not read_people(content, options=Options(mapping={"ignore": "need"})).is_own
