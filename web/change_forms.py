"""What organizers choose when they change a plan by hand. Values in, values out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import NumberRange, Optional

from events.finished import FinishedPlan, PlannedPerson
from matcher.changes import Change, Forbid, Move, Pin, Remove, Swap

__all__ = ["ChangeForm", "CorrectedForm"]

_KINDS = {
    Swap.kind: _l("Change places with somebody in a round"),
    Move.kind: _l("Join the two at another table in a round"),
    Remove.kind: _l("Have a break in a round"),
    Pin.kind: _l("Meet somebody, in a round or in any (a rule from then on)"),
    Forbid.kind: _l("Never meet somebody (a rule from then on)"),
}
_ANY = 0


class ChangeForm(FlaskForm):
    """A change of one person's place, asked about in the address and confirmed by a form."""

    do = RadioField(
        _l("What shall be different?"), choices=[SelectChoice(*each) for each in _KINDS.items()]
    )
    round = SelectField(_l("Round"), coerce=int, default=_ANY)
    other = SelectField(_l("Somebody else"), coerce=int, default=_ANY)
    table = IntegerField(_l("Table"), [Optional(), NumberRange(min=1)])

    class Meta:
        """Asking changes nothing, so an address needs no token; what confirms has one."""

        csrf = False

    @classmethod
    def of(cls, plan: FinishedPlan, person: PlannedPerson, given: Mapping[str, Any]) -> ChangeForm:
        """Return the form for one person of a plan, filled with what is given."""
        form = cls(given)
        rounds = range(1, plan.certificate.rounds + 1)
        form.round.choices = [
            SelectChoice(_ANY, _("any")),
            *(SelectChoice(each, str(each)) for each in rounds),
        ]
        form.other.choices = [
            SelectChoice(_ANY, "—"),
            *(SelectChoice(each.position, each.name) for each in plan.people if each != person),
        ]
        form._plan, form._person = plan, person
        return form

    def change(self) -> Change | None:
        """Return the change that is asked for; None, with errors, when something is missing."""
        if not self.validate() or not self._is_whole():
            return None
        me, number = self._person.id, self.round.data
        other = self._plan.people[self.other.data - 1].id
        match self.do.data:
            case Swap.kind:
                return Swap(round=number, one=me, other=other)
            case Move.kind:
                return Move(round=number, person=me, table=self.table.data)
            case Remove.kind:
                return Remove(round=number, person=me)
            case Pin.kind:
                return Pin(one=me, other=other, round=number or None)
            case _:
                return Forbid(one=me, other=other)

    def _is_whole(self) -> bool:
        """Note what this kind of change needs and nobody chose."""
        needs = (
            (self.round, (Swap, Move, Remove), _("Choose a round.")),
            (self.other, (Swap, Pin, Forbid), _("Choose somebody.")),
            (self.table, (Move,), _("Type the number of a table.")),
        )
        missing = [
            (field, says)
            for field, kinds, says in needs
            if not field.data and self.do.data in (kind.kind for kind in kinds)
        ]
        for field, says in missing:
            field.errors = [*field.errors, says]
        return not missing


class CorrectedForm(FlaskForm):
    """A corrected pairings file."""

    file = FileField(
        _l("Corrected pairings.csv"),
        [FileRequired(_l("Choose a file."))],
        description=_l("As CSV or as a workbook. The columns round, table, a, b and c count."),
    )
