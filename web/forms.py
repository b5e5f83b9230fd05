"""What organizers can type, and what is wrong with it in words. Values in, values out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import DateField, SelectChoice
from wtforms.validators import (
    AnyOf,
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    ValidationError,
)
from wtforms.widgets import HiddenInput

from events.model import Event
from matcher.fields import FIELDS, Purpose
from matcher.settings import Odd, Settings

from .choices import FAIRNESS, WEIGHTS
from .languages import LANGUAGES
from .version_field import VersionField
from .words import ODD

__all__ = [
    "EqualForm",
    "EventForm",
    "LanguageForm",
    "PasteForm",
    "PlanForm",
    "RestoreForm",
    "RulesForm",
    "SameForm",
    "UploadForm",
]

_SENTENCE = 200
_RULES = 100_000
_SHARED = [line.name for line in FIELDS if line.purpose is Purpose.SHARED]
_KNOWN = {"list": "known", "autocomplete": "off"}
_CELL = 32_767  # as much as a spreadsheet cell can hold


class EventForm(FlaskForm):
    """Name and day of an event, and the day on which it shall go."""

    title = StringField(
        _l("Name of the event"),
        [DataRequired(_l("Give the event a name.")), Length(max=_SENTENCE)],
        filters=[lambda text: " ".join((text or "").split())],
        description=_l("People see it on their cards."),
    )
    date = DateField(_l("Date"), [Optional()], description=_l("You can leave this open."))
    erase_on = DateField(
        _l("Erase on"),
        [Optional()],
        description=_l(
            "From this day on Seedbed asks you to erase it. It never does so by itself."
        ),
    )
    series = StringField(
        _l("Series"),
        [Length(max=_SENTENCE)],
        filters=[lambda text: " ".join((text or "").split())],
        description=_l("If it is one of several. They share which answers mean the same."),
        render_kw={"list": "series-names", "autocomplete": "off"},
    )
    version = VersionField(default=0)

    @property
    def day(self) -> str:
        """The date as ISO text, or ""."""
        return self.date.data.isoformat() if self.date.data else ""

    @property
    def delete_day(self) -> str:
        """The day on which the event shall go as ISO text, or ""."""
        return self.erase_on.data.isoformat() if self.erase_on.data else ""

    def validate_erase_on(self, field: DateField) -> None:
        """Refuse a day before the event itself."""
        if self.date.data and field.data and field.data < self.date.data:
            raise ValidationError(_("That is before the event."))


class UploadForm(FlaskForm):
    """One attendee file."""

    file = FileField(
        _l("Attendee list"),
        [FileRequired(_l("Choose a file first."))],
        description=_l("CSV, TSV, Excel (.xlsx, .xls) or OpenDocument (.ods), up to 100 MB."),
    )


class RestoreForm(FlaskForm):
    """One backup."""

    file = FileField(_l("Backup file"), [FileRequired(_l("Choose a backup first."))])


class LanguageForm(FlaskForm):
    """The language of the pages."""

    language = SelectField(
        _l("Language of the pages"),
        choices=[
            SelectChoice("", _l("As the browser asks for")),
            *(SelectChoice(code, name) for code, name in LANGUAGES.items()),
        ],
        description=_l("Cards have a language of their own, for each event."),
    )


class PasteForm(FlaskForm):
    """Cells copied from a spreadsheet."""

    cells = TextAreaField(
        _l("Or paste from a spreadsheet"),
        [DataRequired(_l("Paste some cells first."))],
        description=_l("Select the rows with their headers, copy, and paste them here."),
        render_kw={"rows": 4},
    )


class EqualForm(FlaskForm):
    """Decisions about equal answers, as the command line reads them too."""

    file = FileField(
        _l("Decisions from a file"),
        [FileRequired(_l("Choose a file first."))],
        description=_l("A CSV with kind, value, other and same (yes or no)."),
    )


class SameForm(FlaskForm):
    """Two values of a kind that mean the same."""

    kind = StringField(
        widget=HiddenInput(), validators=[AnyOf(_SHARED, _l("Choose a kind first."))]
    )
    value = StringField(
        _l("What some typed"), [DataRequired(_l("Name both.")), Length(max=_CELL)], render_kw=_KNOWN
    )
    other = StringField(
        _l("Counts as"), [DataRequired(_l("Name both.")), Length(max=_CELL)], render_kw=_KNOWN
    )


class RulesForm(FlaskForm):
    """The RULES.toml of an event."""

    rules = TextAreaField(
        _l("RULES.toml"),
        [Length(max=_RULES)],
        filters=[lambda text: (text or "").replace("\r\n", "\n")],
        description=_l("For those who like to write. It can say all that rules above can."),
        render_kw={"rows": 8, "spellcheck": "false"},
    )
    version = VersionField(default=0)

    def refuse(self, mistakes: str) -> None:
        """Show mistakes beside the text, one on each line."""
        self.rules.errors = mistakes.splitlines()


def _weights(value: str | tuple[int, ...]) -> tuple[int, ...]:
    return tuple(map(int, value.split())) if isinstance(value, str) else value


class PlanForm(FlaskForm):
    """What an organizer chooses about the next plan."""

    date = DateField(_l("Date"), [Optional()], description=_l("You can leave this open."))
    rounds = IntegerField(
        _l("Rounds"),
        [
            InputRequired(_l("How many rounds?")),
            NumberRange(1, 100, _l("Use a number from 1 to 100.")),
        ],
        description=_l("How many people everybody meets."),
    )
    start = StringField(
        _l("First round starts at"),
        [Optional(), Regexp(r"^([01]\d|2[0-3]):[0-5]\d$", message=_l("Use a time such as 18:30."))],
        description=_l("Leave empty to print no times."),
        render_kw={"type": "time"},
    )
    minutes = IntegerField(
        _l("Minutes a round"),
        [InputRequired(_l("How long?")), NumberRange(1, 240, _l("Use a number from 1 to 240."))],
    )
    gap = IntegerField(
        _l("Minutes between rounds"),
        [InputRequired(_l("How long?")), NumberRange(0, 240, _l("Use a number from 0 to 240."))],
        description=_l("For finding the next table."),
    )
    tables = IntegerField(
        _l("Tables"),
        [Optional(), NumberRange(1, 100_000, _l("Use a number from 1, or leave it empty."))],
        description=_l("Leave empty if there are enough."),
    )
    odd = SelectField(
        _l("If the number of people is odd"),
        choices=[SelectChoice(choice.value, words) for choice, words in ODD.items()],
    )
    fairness = RadioField(
        _l("Who gets the best introductions"),
        choices=[SelectChoice(each.value, each.label) for each in FAIRNESS],
        coerce=float,
        default=Settings.fairness,
    )
    weights = RadioField(
        _l("What makes a good introduction"),
        choices=[SelectChoice(each.value, each.label) for each in WEIGHTS],
        coerce=_weights,
        default=Settings.weights,
    )
    introducers = BooleanField(_l("Cards name somebody who knows both people; they agreed to that"))
    priced = BooleanField(
        _l("Also say what each rule costs: takes as long again for each kind of rule")
    )
    version = VersionField(validators=[Optional()])

    def fill(self, event: Event) -> None:
        """Show what an event has."""
        self.version.data = event.version
        self.date.data = date.fromisoformat(event.date) if event.date else None
        for name in _CHOSEN:
            self[name].data = getattr(event.settings, name)

    def chosen(self, before: Event) -> Event:
        """Return the event with what was chosen here."""
        values = {name: self[name].data for name in _CHOSEN}
        values |= {"odd": Odd(self.odd.data), "start": self.start.data or ""}
        day = self.date.data.isoformat() if self.date.data else ""
        return replace(before, date=day, settings=replace(before.settings, **values))


_CHOSEN = (
    "rounds",
    "start",
    "minutes",
    "gap",
    "tables",
    "odd",
    "fairness",
    "weights",
    "introducers",
)
