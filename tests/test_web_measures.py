"""Figures of a plan in plain words."""

from matcher.measure import MEASURES
from web.measures import LABELS, figures


def measured(**more):
    return {"name": "lift", "value": 2.5, "least": None, "most": None, "formula": "a / b", **more}


def test_every_figure_has_a_name():
    assert sorted(LABELS) == sorted(gauge.name for gauge in MEASURES)


def test_a_figure_is_held_against_its_target():
    (figure,) = figures([measured(least=2.0)])
    assert (figure.label, figure.value) == (
        "What a meeting is worth, beside drawing lots",
        "2.50 times",
    )
    assert (figure.target, figure.fits) == ("at least 2.00 times", True)
    assert figures([measured(least=2.6)])[0].fits is False
    assert figures([measured(least=1.0, most=2.5)])[0].target == (
        "at least 1.00 times, at most 2.50 times"
    )


def test_without_a_target_nothing_is_judged_and_without_a_value_nothing_is_shown():
    assert figures([measured()])[0].fits is None
    assert figures([measured(value=None)]) == ()


def test_a_figure_is_one_line_of_text():
    assert [figure.line for figure in figures([measured(least=2.0), measured()])] == [
        "What a meeting is worth, beside drawing lots: 2.50 times (at least 2.00 times)",
        "What a meeting is worth, beside drawing lots: 2.50 times",
    ]
