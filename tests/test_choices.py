"""What pages say of each choice is what was measured."""

import pytest

from benchmarks.choices import effects
from web.choices import FAIRNESS, WEIGHTS


@pytest.fixture(scope="module")
def found():
    return dict(effects())


@pytest.mark.parametrize("choice", WEIGHTS, ids=lambda choice: choice.value)
def test_the_effect_of_weights_is_as_measured(found, choice):
    effect = found[choice.value]
    told = (choice.needs, choice.rare)
    assert told == pytest.approx((100 * effect.needs, 100 * effect.rare), abs=6)


@pytest.mark.parametrize("choice", FAIRNESS, ids=lambda choice: str(choice.value))
def test_the_effect_of_fairness_is_as_measured(found, choice):
    effect = found[str(choice.value)]
    assert (choice.tenth, choice.lost / 10) == pytest.approx(
        (100 * effect.tenth, 100 * effect.lost), abs=3
    )
