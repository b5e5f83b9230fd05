from events.model import Answer, Attendee
from events.profiles import misplaced, to_profile
from matcher.fields import Visibility
from matcher.profile import Trait


def attendee(*answers):
    return Attendee(id="a1", name="Ana Li", given_name="Ana", family_name="Li", answers=answers)


def answer(field, *texts, visibility=Visibility.PRINT):
    return Answer(field=field, texts=texts, visibility=visibility)


def test_answers_become_traits_in_the_order_of_the_table():
    profile = to_profile(attendee(answer("hobby", "Chess", " Go "), answer("city", "Graz")))
    assert [(trait.kind, trait.text, trait.value) for trait in profile.traits] == [
        ("city", "Graz", "geo:AT.06.2778067"),
        ("hobby", "Chess", "chess"),
        ("hobby", "Go", "go"),
    ]


def test_visibility_travels_and_what_may_have_no_influence_stays_behind():
    levels = (Visibility.MATCH, Visibility.ORGANIZER, Visibility.OFF)
    fields = ("city", "school", "need")
    answers = [answer(f, "x", visibility=v) for f, v in zip(fields, levels, strict=True)]
    assert to_profile(attendee(*answers)).traits == (
        Trait(kind="city", text="x", value="x", visibility=Visibility.MATCH),
    )


def test_line_breaks_are_folded_and_punctuation_alone_is_nothing():
    profile = to_profile(attendee(answer("need", "a part-time\n CFO", "—")))
    assert [trait.text for trait in profile.traits] == ["a part-time CFO"]


def test_whom_somebody_knows_is_no_trait():
    assert to_profile(attendee(answer("knows", "Ben"))).traits == ()


def test_a_plain_wish_among_the_offers_is_a_need_and_the_other_way_round():
    profile = to_profile(
        attendee(
            answer("need", "I can teach chess", "a violin", visibility=Visibility.PRINT),
            answer("offer", "Looking for a co-founder", visibility=Visibility.PRINT),
        )
    )
    assert [(trait.kind, trait.text, trait.visibility) for trait in profile.traits] == [
        ("need", "a violin", Visibility.PRINT),
        ("need", "Looking for a co-founder", Visibility.MATCH),
        ("offer", "I can teach chess", Visibility.PRINT),
    ]


def test_what_speaks_of_both_stays_where_it_was_written():
    text = "I run a bakery and need an oven"
    assert [trait.kind for trait in to_profile(attendee(answer("need", text))).traits] == ["need"]


def test_a_notice_says_where_answers_were_moved_and_not_what_they_say():
    people = [attendee(answer("offer", "Looking for a co-founder", "maps"), answer("need", "maps"))]
    (notice,) = map(str, misplaced(people))
    assert "1 of 2 read as “Looking for” and count there." in notice
    assert "co-founder" not in notice


def test_a_town_of_the_past_counts_and_is_shown_as_one_lived_in():
    here, past = to_profile(attendee(answer("city", "NYC-6 yrs, grew up in Nebraska"))).traits
    assert (here.kind, here.text, here.visibility) == ("city", "NYC", Visibility.PRINT)
    assert (past.kind, past.text, past.visibility) == ("lived", "Nebraska", Visibility.MATCH)
