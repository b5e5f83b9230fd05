from events.model import Answer, Attendee
from events.profiles import to_profile
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
