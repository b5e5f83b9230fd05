"""What organizers can type, and what is wrong with it in words. Values in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    Field,
    FloatField,
    IntegerField,
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

from events.model import RULE_COLUMNS, Answer, Attendee, Event
from events.rules import unusable
from matcher.fields import FIELDS, Purpose, Visibility
from matcher.fields import Field as Line
from matcher.settings import Odd, Settings

from .cards import PAPERS, SHEETS, Imposition, PrintJob
from .words import FAIRNESS, ODD, ORDER, VISIBILITY

__all__ = [
    "SECTIONS",
    "EventForm",
    "PasteForm",
    "PersonForm",
    "PlanForm",
    "PrintForm",
    "RestoreForm",
    "SameForm",
    "UploadForm",
]

_SENTENCE = 200
_RULES = 100_000
_SHARED = [line.name for line in FIELDS if line.purpose is Purpose.SHARED]
_KNOWN = {"list": "known", "autocomplete": "off"}
_CELL = 32_767  # as much as a spreadsheet cell can hold


class EventForm(FlaskForm):
    """Name and day of an event."""

    title = StringField(
        "Name of the event",
        [DataRequired("Give the event a name."), Length(max=_SENTENCE)],
        filters=[lambda text: " ".join((text or "").split())],
        description="People see it on their cards.",
    )
    date = DateField("Date", [Optional()], description="You can leave this open.")
    series = StringField(
        "Series",
        [Length(max=_SENTENCE)],
        filters=[lambda text: " ".join((text or "").split())],
        description="If it is one of several. They share which answers mean the same.",
        render_kw={"list": "series-names", "autocomplete": "off"},
    )
    version = IntegerField(widget=HiddenInput(), default=0)

    @property
    def day(self) -> str:
        """The date as ISO text, or ""."""
        return self.date.data.isoformat() if self.date.data else ""


class UploadForm(FlaskForm):
    """One attendee file."""

    file = FileField(
        "Attendee list",
        [FileRequired("Choose a file first.")],
        description="CSV, TSV, Excel (.xlsx, .xls) or OpenDocument (.ods), up to 100 MB.",
    )


class RestoreForm(FlaskForm):
    """One backup."""

    file = FileField("Backup file", [FileRequired("Choose a backup first.")])


class PasteForm(FlaskForm):
    """Cells copied from a spreadsheet."""

    cells = TextAreaField(
        "Or paste from a spreadsheet",
        [DataRequired("Paste some cells first.")],
        description="Select the rows with their headers, copy, and paste them here.",
        render_kw={"rows": 4},
    )


class SameForm(FlaskForm):
    """Two values of a kind that mean the same."""

    kind = StringField(widget=HiddenInput(), validators=[AnyOf(_SHARED, "Choose a kind first.")])
    value = StringField(
        "What some typed", [DataRequired("Name both."), Length(max=_CELL)], render_kw=_KNOWN
    )
    other = StringField(
        "Counts as", [DataRequired("Name both."), Length(max=_CELL)], render_kw=_KNOWN
    )


class PlanForm(FlaskForm):
    """What an organizer chooses about the next plan."""

    rounds = IntegerField(
        "Rounds",
        [InputRequired("How many rounds?"), NumberRange(1, 100, "Use a number from 1 to 100.")],
        description="How many people everybody meets.",
    )
    start = StringField(
        "First round starts at",
        [Optional(), Regexp(r"^([01]\d|2[0-3]):[0-5]\d$", message="Use a time such as 18:30.")],
        description="Leave empty to print no times.",
        render_kw={"type": "time"},
    )
    minutes = IntegerField(
        "Minutes a round",
        [InputRequired("How long?"), NumberRange(1, 240, "Use a number from 1 to 240.")],
    )
    gap = IntegerField(
        "Minutes between rounds",
        [InputRequired("How long?"), NumberRange(0, 240, "Use a number from 0 to 240.")],
        description="For finding the next table.",
    )
    tables = IntegerField(
        "Tables",
        [Optional(), NumberRange(1, 100_000, "Use a number from 1, or leave it empty.")],
        description="Leave empty if there are enough.",
    )
    odd = SelectField(
        "If the number of people is odd",
        choices=[SelectChoice(choice.value, words) for choice, words in ODD.items()],
    )
    fairness = SelectField(
        "Who gets the best introductions",
        choices=[SelectChoice(value, words) for value, words in FAIRNESS.items()],
        coerce=float,
        default=Settings.fairness,
        description="A fairer plan gives up some of the total so that whoever gets least gains.",
    )
    meet_same_organization = BooleanField("People of the same organization may meet")
    introducers = BooleanField("Cards name somebody who knows both people; they agreed to that")
    rules = TextAreaField(
        "Rules",
        [Length(max=_RULES)],
        filters=[lambda text: (text or "").replace("\r\n", "\n")],
        description="Who must meet, who may not, who comes late. Empty for none.",
        render_kw={"rows": 6, "spellcheck": "false"},
    )

    def fill(self, event: Event) -> None:
        """Show what an event has."""
        self.rules.data = event.rules
        for name in _CHOSEN:
            self[name].data = getattr(event.settings, name)

    def refuse_rules(self, mistakes: str) -> None:
        """Show mistakes beside the rules, one on each line."""
        self.rules.errors = mistakes.splitlines()

    def chosen(self, before: Settings) -> Settings:
        """Return the settings with what was chosen here."""
        values = {name: self[name].data for name in _CHOSEN}
        values |= {"odd": Odd(self.odd.data), "start": self.start.data or ""}
        return replace(before, **values)


_CHOSEN = (
    "rounds",
    "start",
    "minutes",
    "gap",
    "tables",
    "odd",
    "fairness",
    "meet_same_organization",
    "introducers",
)


class PrintForm(FlaskForm):
    """What to print, and how it stands on the sheets. An empty form is the default job."""

    layout = SelectField(
        "What to print",
        choices=[SelectChoice(name, title) for name, title in SHEETS],
        default=PrintJob.layout,
    )
    paper = SelectField(
        "Paper",
        choices=[SelectChoice(name, paper.name) for name, paper in PAPERS.items()],
        default=PrintJob.paper,
        description="For sheets that come in both sizes.",
    )
    order = SelectField(
        "Cards sorted",
        choices=[SelectChoice(order.value, words) for order, words in ORDER.items()],
        default=PrintJob.order,
    )
    address = StringField(
        "QR code on cards leads to",
        filters=[lambda text: (text or "").strip()],
        description="One address for all, such as the event's page. Empty: no code.",
        render_kw={"type": "url", "placeholder": "https://"},
    )
    since = SelectField(
        "Which cards",
        default="",
        description="After a change of plan: only what differs from the cards handed out already.",
    )
    stacked = BooleanField("For cutting in one pile: the cut piles, laid on each other, are sorted")
    start = IntegerField(
        "First free place",
        [Optional(), NumberRange(1, message="Places are numbered from 1.")],
        description="On a part-used sheet of labels.",
    )
    right = FloatField("Move right, mm", [Optional()], description="What your printer is off.")
    down = FloatField("Move down, mm", [Optional()])

    def offer(self, plans: Sequence[int]) -> None:
        """Offer the changes since each of these plans."""
        several = [SelectChoice(str(plan), f"What changes since plan {plan}") for plan in plans]
        self.since.choices = [SelectChoice("", "All"), *several]

    def job(self) -> PrintJob:
        """Return the job that was chosen.

        Raises
        ------
        UnknownChoice
            If no sheet allows it; the message says what, and what to do.
        """
        return PrintJob(
            layout=self.layout.data,
            paper=self.paper.data,
            order=self.order.data,
            address=self.address.data or "",
            imposition=Imposition(
                stacked=self.stacked.data,
                start=self.start.data or 1,
                shift=(self.right.data or 0.0, self.down.data or 0.0),
            ),
        )


@dataclass(frozen=True)
class Section:
    """Some fields of a person under one heading."""

    title: str
    hint: str
    fields: tuple[Line, ...]


def _section_of(line: Line) -> str:
    if line.purpose in (Purpose.NEED, Purpose.GIVE):
        return "help"
    if line.area in ("employer", "craft", "industry", "project") and line.name != "field":
        return "work"
    return "life"


_HEADINGS = {
    "help": (
        "Helping each other",
        "What turns an introduction into a seed. One a line, in their own words.",
    ),
    "work": ("Work", "What they do and did, and what they know."),
    "life": ("Places, schools, free time", "What two people may find they have in common."),
}
_TRAITS = tuple(line for line in FIELDS if line.purpose is not Purpose.IDENTITY)

SECTIONS = tuple(
    Section(title, hint, tuple(line for line in _TRAITS if _section_of(line) == name))
    for name, (title, hint) in _HEADINGS.items()
)
"""Every field that a person answers, once, in the order of the form."""


class _PersonForm(FlaskForm):
    name = StringField(
        "Name",
        [DataRequired("A name is the one thing a card cannot do without."), Length(max=_CELL)],
        filters=[lambda text: " ".join((text or "").split())],
        description="As it shall stand on cards.",
    )
    given_name = StringField(
        "Given name", [Length(max=_CELL)], description="What to call them; empty: the whole name."
    )
    family_name = StringField(
        "Family name", [Length(max=_CELL)], description="Lists are sorted by it."
    )
    email = StringField(
        "E-mail", [Length(max=_CELL)], description="Only for you; never printed, never compared."
    )
    version = IntegerField(widget=HiddenInput(), default=0)

    def fill(self, person: Attendee) -> None:
        """Show a person."""
        for name in _TEXTS:
            self[name].data = getattr(person, name)
        for name in RULE_COLUMNS:
            self[name].data = "\n".join(getattr(person, name))
        for answer in person.answers:
            if _answer(answer.field) in self:
                self[_answer(answer.field)].data = "\n".join(answer.texts)
                self[_visibility(answer.field)].data = answer.visibility.value

    def person(self, before: Attendee) -> Attendee:
        """Return the person with what was typed here; what the form does not show stays."""
        shown = {line.name for line in _TRAITS}
        answers = [answer for answer in before.answers if answer.field not in shown]
        for line in _TRAITS:
            texts = _kept(before.answer(line.name), self[_answer(line.name)].data, many=line.many)
            if texts:
                level = Visibility(self[_visibility(line.name)].data)
                answers.append(Answer(field=line.name, texts=texts, visibility=level))
        return replace(
            before,
            **{name: (self[name].data or "").strip() for name in _TEXTS},
            **{
                name: _kept(getattr(before, name), self[name].data, many=True)
                for name in RULE_COLUMNS
            },
            answers=tuple(sorted(answers, key=lambda answer: _ORDER[answer.field])),
        )

    @property
    def rules(self) -> list[Field]:
        """The inputs of the rules that a person carries, in order."""
        return [self[name] for name in RULE_COLUMNS]

    def trait(self, line: Line) -> tuple[Field, Field]:
        """Return the inputs of one field: the answer and who may see it."""
        return self[_answer(line.name)], self[_visibility(line.name)]


_TEXTS = ("name", "given_name", "family_name", "email")
_RULE_HINTS = {
    "not_with": "Names or ids of people they must not meet, one a line. Nobody sees this.",
    "already_met": "Names or ids of people they know, one a line; they are not introduced again.",
    "pin": "Names or ids, one a line; for a certain round write Ben@2.",
    "wish": "Names or ids, one a line. It weighs, and guarantees nothing.",
    "available": "Such as 1-3;5. Empty: in all of them.",
    "quota": "Empty: one in every round.",
    "min_meetings": "Kept wherever possible.",
    "table": "A number, several such as 3;4, or a name from the rules of the plan (quiet).",
    "cohort": "Such as mentor. Who may meet whom stands in the rules of the plan.",
}
_LISTS = ("not_with", "already_met", "pin", "wish")
_ORDER = {line.name: at for at, line in enumerate(FIELDS)}


def _answer(name: str) -> str:
    return f"answer_{name}"


def _visibility(name: str) -> str:
    return f"see_{name}"


def _kept(before: tuple[str, ...], typed: str | None, *, many: bool) -> tuple[str, ...]:
    """Return what was typed, or what was there if that is the same but for its line breaks.

    Imported answers may hold line breaks, which an input cannot show; saving a form must not change
    what nobody touched.
    """
    texts = _texts(typed, many=many)
    return before if texts == _texts("\n".join(before), many=many) else texts


def _texts(typed: str | None, *, many: bool) -> tuple[str, ...]:
    lines = (typed or "").splitlines() if many else [" ".join((typed or "").split())]
    kept = (" ".join(line.split()) for line in lines)
    return tuple(dict.fromkeys(text for text in kept if text))


def _is_readable(form: FlaskForm, field: Field) -> None:
    """Refuse the first entry of a rule that cannot be read."""
    for text in _texts(field.data, many=True):
        if says := unusable(field.short_name, text):
            raise ValidationError(f"'{text}' {says}")


def _inputs() -> dict[str, Field]:
    made: dict[str, Field] = {}
    for name, label in RULE_COLUMNS.items():
        made[name] = (TextAreaField if name in _LISTS else StringField)(
            label, [Length(max=_CELL), _is_readable], description=_RULE_HINTS[name]
        )
    for line in _TRAITS:
        kind = TextAreaField if line.many else StringField
        made[_answer(line.name)] = kind(line.label, [Length(max=_CELL)])
        made[_visibility(line.name)] = SelectField(
            f"Who may see: {line.label}",
            choices=[SelectChoice(level.value, words) for level, words in VISIBILITY.items()],
            default=line.visibility.value,
        )
    return made


PersonForm = type("PersonForm", (_PersonForm,), _inputs())
"""Everything about a person: one input for each of `RULE_COLUMNS`, and for each line of `FIELDS`
one and another for its visibility."""
