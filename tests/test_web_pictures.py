"""Pictures of a plan: the shapes and the words tell the same."""

import pytest

from web.pictures import distribution


def test_everybody_is_in_one_bar_and_the_fullest_is_as_high_as_the_picture():
    shown = distribution([0.0, *[1.0] * 9, 1.2])
    assert [bar.count for bar in shown.bars] == [1, *[0] * 9, 9, 1]
    assert max(bar.height for bar in shown.bars) == shown.height
    assert all(bar.y + bar.height == pytest.approx(shown.height) for bar in shown.bars)
    assert shown.bars[-1].high == pytest.approx(1.2)


def test_the_words_tell_the_halves_and_the_ends():
    assert distribution(range(9)).words == (
        "Half of the people get between 2.00 and 6.00, the middle one 4.00; "
        "the least is 0.00, the most 8.00."
    )


def test_few_people_or_equal_shares_need_no_picture():
    assert distribution(range(7)) is None
    assert distribution([0.5] * 20) is None
    assert distribution([0.0] * 20) is None
