"""Two records of one person are made one, stay one when files come again, and come apart again."""

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imported_list import ImportedList

from events.drop_columns import drop_columns
from events.erase import erase_person
from events.erased import erased_from
from events.errors import Conflict, NotFound, UnusableOption
from events.importer import read_people
from events.merging import Take, choices, last_merge, merge, merged_into, together, undo_merge
from events.model import Answer, Attendee
from events.parts import LABELS
from events.reimport import import_people
from events.rules import Sentence
from events.sentences import say, sentences, take_out
from events.store import Store
from events.undo_import import undo_import
from matcher.fields import Visibility


def person(id, name=None, **more):
    return Attendee(id=id, name=name or id.title(), **more)


def said(**texts):
    return tuple(
        Answer(field=name, texts=tuple(text.split("; ")), visibility=Visibility.PRINT)
        for name in LABELS
        for text in [texts.get(name)]
        if text
    )


class List(ImportedList):
    def merge(self, kept, other, **takes):
        chosen = {name: Take(take) for name, take in takes.items()}
        return merge(self.store, self.event.id, self.entry(kept), self.entry(other), chosen)

    def undo(self, kept):
        number = self.entry(kept).number
        other = last_merge(self.store, self.event.id, number)
        return undo_merge(self.store, self.event.id, number, other.number)

    def standing(self):
        return [replace(entry, version=0) for entry in self.all()]

    def ids(self):
        return [entry.attendee.id for entry in self.all()]


@pytest.fixture
def list_():
    with Store.open(":memory:") as store:
        yield List(store)


ANA = person("ana", "Ana Lima", email="ana@x.org", source_row=2, answers=said(school="Porto"))
LIMA = person(
    "lima", "A. Lima", email="lima@y.org", source_row=3, answers=said(school="Lisbon", role="Baker")
)


def test_the_later_answer_stands_and_name_and_address_stay(list_):
    list_.take(ANA, LIMA)
    list_.merge("ana", "lima")
    assert list_.people() == [replace(ANA, answers=said(role="Baker", school="Lisbon"))]


def test_an_earlier_answer_does_not_replace_a_later_one(list_):
    list_.take(ANA, LIMA)
    list_.merge("lima", "ana")
    (one,) = list_.people()
    assert (one.name, one.answer("school")) == ("A. Lima", ("Lisbon",))


def test_what_was_typed_by_hand_stands(list_):
    list_.take(ANA, LIMA)
    list_.edit("ana", answers=said(school="Coimbra"))
    list_.merge("ana", "lima")
    assert list_.people()[0].answer("school") == ("Coimbra",)


def test_every_part_can_be_chosen(list_):
    list_.take(ANA, LIMA)
    list_.merge("ana", "lima", name="other", email="other", school="kept", role="kept")
    (one,) = list_.people()
    assert (one.id, one.name, one.email) == ("ana", "A. Lima", "lima@y.org")
    assert one.answers == said(school="Porto")


def test_lists_can_stand_together_as_visible_as_the_stricter():
    one, other = (
        replace(answer, visibility=visibility)
        for answer, visibility in zip(
            (*said(need="a; b"), *said(need="b; c")),
            (Visibility.PRINT, Visibility.MATCH),
            strict=True,
        )
    )
    with Store.open(":memory:") as store:
        list_ = List(store)
        list_.take(person("ana", answers=(one,)), person("lima", answers=(other,)))
        list_.merge("ana", "lima", need="both")
        assert list_.people()[0].answers == (replace(other, texts=("a", "b", "c")),)


def test_a_single_value_cannot_be_both(list_):
    list_.take(ANA, LIMA)
    with pytest.raises(UnusableOption, match=r"Of “name” only one value.*"):
        list_.merge("ana", "lima", name="both")
    with pytest.raises(UnusableOption, match="“industry” is the same in both"):
        list_.merge("ana", "lima", industry="other")
    assert list_.ids() == ["lima", "ana"]


def test_nobody_loses_a_rule_nor_has_one_about_themselves(list_):
    list_.take(
        replace(ANA, not_with=("ben", "A. Lima"), pin=("lima@2",)),
        replace(LIMA, not_with=("cyd",), already_met=("Ana Lima",)),
        person("ben"),
        person("cyd"),
    )
    one = list_.merge("ana", "lima").attendee
    assert (one.not_with, one.pin, one.already_met) == (("ben", "cyd"), (), ())


def test_others_who_name_the_record_that_goes_name_the_one_that_stays(list_):
    list_.take(
        ANA, LIMA, person("ben", not_with=("A. Lima", "ana"), pin=("lima@2",), wish=("Ana Lima",))
    )
    before = list_.standing()
    list_.merge("ana", "lima")
    ben = list_.entry("ben").attendee
    assert (ben.not_with, ben.pin, ben.wish) == (("ana", "ana"), ("ana@2",), ("Ana Lima",))
    list_.undo("ana")
    assert list_.standing() == before


def test_rules_of_the_app_and_of_the_file_follow(list_):
    list_.take(ANA, LIMA, person("ben"))
    store, event = list_.store, list_.event
    say(store, event.id, Sentence(kind="apart", blanks={"one": "ben", "other": "lima"}))
    say(store, event.id, Sentence(kind="apart", blanks={"one": "ana", "other": "ben"}))
    say(store, event.id, Sentence(kind="known", blanks={"one": "ana", "other": "lima"}))
    store.save_event(replace(event, rules='[[wish]]\nof = "A. Lima"\nfor = ["Ben"]\n'))
    before = sentences(store, event.id)
    list_.merge("ana", "lima")
    assert [each.people for each in sentences(store, event.id)] == [("ana", "ben")]
    assert store.event(event.id).rules == '[[wish]]\nof = "ana"\nfor = ["Ben"]\n'
    list_.undo("ana")
    assert sentences(store, event.id) == before
    assert '"A. Lima"' in store.event(event.id).rules


def test_an_id_with_a_quote_in_it_leaves_the_rules_readable(list_):
    one, other = person('a"1', "Ana"), person("b2", "A. Lima")
    list_.take(one, other)
    store, event = list_.store, list_.event
    store.save_event(replace(event, rules='[[wish]]\nof = "A. Lima"\nfor = ["Ben"]\n'))
    list_.merge('a"1', "b2")
    assert tomllib.loads(store.event(event.id).rules)["wish"][0]["of"] == 'a"1'


def test_a_rule_changed_since_stays_as_it_is(list_):
    list_.take(ANA, LIMA, person("ben", wish=("lima",)))
    store, event = list_.store, list_.event
    rule, _ = say(store, event.id, Sentence(kind="apart", blanks={"one": "ben", "other": "lima"}))
    list_.merge("ana", "lima")
    list_.edit("ben", wish=("ana", "cyd"))
    take_out(store, event.id, rule.number)
    list_.undo("ana")
    assert list_.entry("ben").attendee.wish == ("ana", "cyd")
    assert sentences(store, event.id) == ()


def test_the_file_that_comes_again_changes_nothing(list_):
    list_.take(ANA, LIMA)
    list_.merge("ana", "lima")
    before = list_.all()
    changes = list_.take(ANA, LIMA)
    assert (changes.added, changes.changed, changes.gone) == ((), (), ())
    assert list_.all() == before


def test_a_row_of_either_record_keeps_the_person_in_the_list(list_):
    list_.take(ANA, LIMA)
    list_.merge("ana", "lima")
    assert list_.take(LIMA).gone == ()
    assert list_.take(ANA).gone == ()
    (gone,) = list_.take(person("ben")).gone
    assert gone.attendee.id == "ana"


def test_each_row_changes_what_came_from_it(list_):
    list_.take(ANA, LIMA)
    list_.merge("ana", "lima", name="kept")
    list_.take(
        replace(ANA, name="Anna Lima", answers=said(school="Faro")),
        replace(LIMA, answers=said(school="Evora", role="Chef")),
    )
    (one,) = list_.people()
    assert (one.name, one.email, one.source_row) == ("Anna Lima", "ana@x.org", 2)
    assert (one.answer("school"), one.answer("role")) == (("Evora",), ("Chef",))


def test_a_person_edited_after_the_merge_wins_over_both_rows(list_):
    list_.take(ANA, LIMA)
    list_.merge("ana", "lima")
    list_.edit("ana", answers=said(school="Coimbra"))
    changes = list_.take(ANA, replace(LIMA, answers=said(school="Evora", role="Baker")))
    assert [(f.field, f.kept) for c in changes.changed for f in c.fields] == [("school", True)]
    assert list_.people()[0].answers == said(school="Coimbra")


def test_overruling_names_the_record_whose_row_wins(list_):
    list_.take(ANA, LIMA)
    list_.merge("ana", "lima", school="kept")
    number = merged_into(list_.store, list_.event.id, list_.entry("ana").number)[0].number
    again = replace(LIMA, answers=said(school="Evora", role="Baker"))
    list_.take(ANA, again, overruled={(number, "school")})
    assert list_.people()[0].answer("school") == ("Evora",)


def test_a_name_of_the_record_that_went_asks_who_it_is(list_):
    list_.take(ANA, LIMA)
    list_.merge("ana", "lima")
    with pytest.raises(UnusableOption, match=r"A\. Lima \(lima, lima@y\.org\)"):
        list_.take(person("new", "A. Lima"))
    number = merged_into(list_.store, list_.event.id, list_.entry("ana").number)[0].number
    list_.take(person("new", "A. Lima"), answers={"new": number})
    assert list_.ids() == ["ana"]


def test_an_id_that_went_is_not_given_away(list_):
    list_.take(ANA, LIMA)
    list_.merge("ana", "lima")
    list_.take(person("lima", "Somebody Else"))
    assert list_.ids() == ["ana", "lima-2"]


def test_taken_back_both_stand_where_they_stood(list_):
    list_.take(ANA, LIMA)
    before = list_.standing()
    list_.merge("ana", "lima")
    assert list_.undo("ana").attendee == LIMA
    assert list_.standing() == before
    assert last_merge(list_.store, list_.event.id, list_.entry("ana").number) is None


def test_what_was_edited_since_stays_with_the_kept_person(list_):
    list_.take(ANA, LIMA)
    list_.merge("ana", "lima")
    list_.edit("ana", email="new@x.org", answers=said(role="Baker", school="Faro"))
    list_.undo("ana")
    ana = list_.entry("ana").attendee
    assert (ana.email, ana.answers) == ("new@x.org", said(school="Faro"))


FILES = st.lists(
    st.sampled_from(
        [
            replace(one, answers=said(**{field: text}))
            for one in (ANA, LIMA)
            for field in ("school", "role")
            for text in "xyz"
        ]
    ),
    unique_by=lambda one: one.id,
)


@given(FILES, FILES, FILES, st.sampled_from(["kept", "other"]))
def test_files_after_a_merge_lead_where_they_would_without_it(first, second, third, take):
    with Store.open(":memory:") as one, Store.open(":memory:") as other:
        merged, plain = List(one), List(other)
        for each in (merged, plain):
            each.take(ANA, LIMA)
            each.take(*first)
        takes = {c.field: Take(take) for c in choices(merged.entry("ana"), merged.entry("lima"))}
        merge(one, merged.event.id, merged.entry("ana"), merged.entry("lima"), takes)
        for file in (second, third, third):
            before = merged.all()
            changes = merged.take(*file)
            plain.take(*file)
            assert changes.added == ()
        assert merged.all() == before
        merged.undo("ana")
        assert merged.people() == plain.people()


def test_a_merge_of_a_merge_comes_apart_from_the_outside(list_):
    list_.take(ANA, LIMA, person("ben"))
    before = list_.standing()
    list_.merge("lima", "ben")
    between = list_.standing()
    list_.merge("ana", "lima")
    assert list_.take(ANA, LIMA, person("ben")).changed == ()
    assert list_.ids() == ["ana"]
    list_.undo("ana")
    assert list_.standing() == between
    list_.undo("lima")
    assert list_.standing() == before


def test_only_the_latest_merge_into_somebody_is_taken_back(list_):
    list_.take(ANA, LIMA, person("ben"))
    numbers = {id: list_.entry(id).number for id in ("ana", "lima")}
    list_.merge("ana", "lima")
    list_.merge("ana", "ben")
    with pytest.raises(NotFound, match="no such merge"):
        undo_merge(list_.store, list_.event.id, numbers["ana"], numbers["lima"])


def test_two_tabs_conflict(list_):
    list_.take(ANA, LIMA, person("ben"))
    ana, lima, ben = (list_.entry(id) for id in ("ana", "lima", "ben"))
    list_.edit("ana", email="new@x.org")
    with pytest.raises(Conflict):
        merge(list_.store, list_.event.id, ana, lima)
    list_.merge("ben", "lima")
    with pytest.raises(NotFound):
        merge(list_.store, list_.event.id, list_.entry("ana"), lima)
    with pytest.raises(UnusableOption, match="same record"):
        merge(list_.store, list_.event.id, ben, ben)


def test_somebody_who_comes_is_not_archived_by_a_merge(list_):
    list_.take(ANA, LIMA)
    list_.store.save_attendee(list_.event.id, replace(list_.entry("ana"), archived=True))
    before = list_.standing()
    assert not list_.merge("ana", "lima").archived
    list_.undo("ana")
    assert list_.standing() == before


def test_an_import_before_the_merge_is_taken_back_after_it_was(list_):
    list_.take(ANA)
    list_.take(ANA, LIMA)
    list_.merge("ana", "lima")
    list_.undo("ana")
    assert undo_import(list_.store, list_.event.id).removed == 1
    assert list_.people() == [ANA]


def test_taking_back_an_import_leaves_the_merged_as_they_are(list_):
    list_.take(ANA, LIMA)
    list_.merge("ana", "lima")
    assert undo_import(list_.store, list_.event.id).kept == ("Ana Lima",)
    list_.undo("ana")
    assert list_.ids() == ["lima", "ana"]


def test_erasing_takes_every_record_and_brings_none_back(list_):
    list_.take(ANA, LIMA, person("ben", wish=("lima",)))
    list_.merge("ana", "lima")
    erase_person(list_.store, list_.event.id, list_.entry("ana").number)
    assert [each.attendee.id for each in list_.store.attendees(list_.event.id, merged=True)] == [
        "ben"
    ]
    assert list_.people()[0].wish == ()
    assert LIMA in erased_from(list_.store, list_.event.id)
    assert list(list_.store.rows("select * from merges")) == []


def test_a_dropped_column_goes_from_every_record(list_):
    store, event = list_.store, list_.event
    content = b"Name,School\nAna Lima,Porto\nA. Lima,Lisbon\n"
    upload = store.add_upload(event.id, "guests.csv", content)
    import_people(store, upload, read_people(content).people)
    merge(store, event.id, *store.attendees(event.id))
    drop_columns(store, event.id, ["School"], answers=True)
    everybody = store.attendees(event.id, merged=True)
    assert [(each.attendee.answers, each.imported.answers) for each in everybody] == [((), ())] * 2
    assert list(store.rows("select * from merges")) == []


def test_a_preview_is_what_the_merge_does(list_):
    list_.take(ANA, LIMA)
    shown = together(list_.entry("ana"), list_.entry("lima"))
    assert list_.merge("ana", "lima").attendee == shown


def test_erasing_an_event_erases_its_merges(list_):
    list_.take(ANA, LIMA)
    list_.merge("ana", "lima")
    list_.store.delete_event(list_.event.id)
    for table in ("attendees", "merges"):
        assert list(list_.store.rows(f"select * from {table}")) == []
