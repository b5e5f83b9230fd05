import pytest

from matcher.errors import ProfileError
from matcher.settings import Settings


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ({"rounds": 0}, "rounds is 0; it must be a number from 1 to 100"),
        ({"rounds": 101}, "from 1 to 100"),
        ({"tables": 0}, "tables is 0"),
        ({"minutes": 0}, "minutes is 0"),
        ({"gap": -1}, "gap is -1"),
        ({"start": "24:00"}, "18:30"),
        ({"start": "7pm"}, "18:30"),
        ({"limit_seconds": 0.0}, "above 0"),
        ({"fairness": 1.5}, "a number from 0 to 1"),
        ({"weights": (0, 0, 0, 0)}, "not all 0"),
        ({"weights": (1, 2, 3)}, "four whole numbers"),
        ({"weights": (-1, 2, 3, 4)}, "from 0 to 100"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(choice, says):
    with pytest.raises(ProfileError, match=says):
        Settings(**choice)


def test_rounds_follow_each_other_and_midnight():
    settings = Settings(start="23:50", minutes=10, gap=2)
    assert [settings.clock_time(number) for number in (1, 2, 3)] == ["23:50", "00:02", "00:14"]


def test_without_a_start_there_are_no_times():
    assert Settings().clock_time(1) == ""
