"""What settings mean, by counting: compared with what plans then are."""

from events.forecast import Tone, forecast
from matcher.settings import Odd, Settings


def said(people, **settings):
    return [fact.text for fact in forecast(people, Settings(**settings))]


def tones(people, **settings):
    return [fact.tone for fact in forecast(people, Settings(**settings))]


def test_an_even_number_without_limits():
    assert said(48, rounds=6, start="18:30") == [
        "Everybody meets 6 people, one in each round.",
        "From 18:30 to 19:40, at 24 tables.",
    ]
    assert tones(48) == [Tone.GOOD, Tone.NOTE]


def test_an_odd_number_makes_a_trio_a_break_or_takes_a_host():
    assert said(5, rounds=2, odd=Odd.TRIO) == [
        "Everybody meets 2 people, one in each round.",
        "5 is an odd number: one table seats three in each round.",
        "It takes 22 minutes, at 2 tables.",
    ]
    assert said(5, rounds=2, odd=Odd.SIT_OUT) == [
        "5 is an odd number: one person has a break in each round.",
        "2 of 5 people have one break, the others none.",
        "It takes 22 minutes, at 2 tables.",
    ]
    assert said(5, rounds=2, odd=Odd.HOST)[1:] == [
        "5 is an odd number: a host meets the one who is left in each round.",
        "It takes 22 minutes, at 3 tables.",
    ]


def test_too_few_tables_mean_breaks():
    assert said(10, rounds=6, tables=3)[:2] == [
        "3 tables seat 6 of 10 people at a time: 4 have a break in each round. "
        "5 tables would seat everybody.",
        "Over the event everybody has 2 or 3 breaks.",
    ]
    assert said(10, rounds=1, tables=1)[0].startswith("1 table seats 2 of 10 people")


def test_more_rounds_than_partners_are_announced():
    assert said(4, rounds=5)[0] == (
        "4 people make 6 different pairs, and 5 rounds would need 10. Nobody meets twice, "
        "so some will have breaks; 3 rounds are possible without."
    )
    assert said(4, rounds=3)[0] == "Everybody meets 3 people, one in each round."
    assert "different pairs" not in " ".join(said(4, rounds=5, meet_again=True))


def test_a_meeting_with_the_host_uses_up_no_pair():
    assert "different pairs" not in " ".join(said(5, rounds=5, odd=Odd.HOST))
    assert "different pairs" in " ".join(said(5, rounds=6, odd=Odd.HOST))


def test_trios_use_up_pairs_faster():
    assert "5 people make 10 different pairs, and 3 rounds would need 12." in said(5, rounds=3)[0]
    assert "different pairs" not in " ".join(said(5, rounds=2))


def test_nobody_and_one_alone_are_told_whom_to_add():
    assert said(0) == ["An introduction takes two: add two people first."]
    assert said(1) == ["An introduction takes two: add one more person first."]
    assert tones(1) == [Tone.BAD]


def test_a_round_over_midnight_ends_the_next_day():
    assert "From 23:55 to 00:27" in said(4, rounds=3, start="23:55", minutes=10, gap=1)[-1]
