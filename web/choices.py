"""Plain choices for what numbers decide, each with its effect as measured at the demo.

`python -m benchmarks.choices` measures it again, and a test compares.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

__all__ = ["FAIRNESS", "WEIGHTS", "Evenness", "Weighing"]


@dataclass(frozen=True)
class Weighing:
    """What makes a good introduction.

    Parameters
    ----------
    value
        Four weights, as `--weights` takes them.
    needs, rare
        Percent of the needs that could be met which are, and of cards that open with something
        few share.
    """

    value: str
    label: LazyString
    needs: int
    rare: int

    @property
    def effect(self) -> str:
        """What it gives, in words."""
        return _(
            "In the demo, of 100 needs that could be met about %(needs)s are; of 100 cards about "
            "%(rare)s open with something that few here share.",
            needs=self.needs,
            rare=self.rare,
        )


@dataclass(frozen=True)
class Evenness:
    """Who gets the best introductions.

    Parameters
    ----------
    value
        As `--fairness` takes it.
    tenth
        What the lowest tenth gets in percent of the average.
    lost
        Permille of the total that it gives up.
    """

    value: float
    label: LazyString
    tenth: int
    lost: int

    @property
    def effect(self) -> str:
        """What it gives, in words."""
        if not self.lost:
            return _(
                "In the demo the tenth that gets least has about %(tenth)s percent of the average.",
                tenth=self.tenth,
            )
        return _(
            "In the demo that tenth has about %(tenth)s percent; about %(lost)s of 1,000 parts of "
            "the total are given up for it.",
            tenth=self.tenth,
            lost=self.lost,
        )


WEIGHTS = (
    Weighing("30 45 15 10", _l("As research suggests: help first, then what people share"), 77, 67),
    Weighing("45 30 15 10", _l("What people share, then help"), 65, 67),
    Weighing("15 65 10 10", _l("Help above all"), 100, 58),
    Weighing("25 30 35 10", _l("People from different circles"), 71, 62),
    Weighing("20 30 10 40", _l("The wishes of people, and yours"), 77, 67),
)
FAIRNESS = (
    Evenness(0.0, _l("The greatest total, whoever gets it"), 82, 0),
    Evenness(0.5, _l("Balanced: a little less in total, more for those who get little"), 84, 1),
    Evenness(0.75, _l("Fair: clearly more for those who get little"), 86, 9),
    Evenness(1.0, _l("As even as can be: first those who get least"), 85, 12),
)
