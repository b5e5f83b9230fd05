"""What organizers choose about cards: their words, and how they are printed."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FloatField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from events.model import Words
from events.words import to_style
from matcher.errors import MatcherError
from matcher.fields import FIELDS, Purpose

from .cards import PAPERS, SHEETS, CardsError, Imposition, PrintJob
from .languages import translated
from .version_field import VersionField
from .words import LANGUAGE, ORDER, TONE

__all__ = ["PrintForm", "WordsForm"]

_LINE = 200
_TEXT = 100_000
_NAMED = tuple(line for line in FIELDS if line.slot or line.purpose is Purpose.GIVE)


class WordsForm(FlaskForm):
    """An organizer's own words, for the next plan and its cards."""

    language = SelectField(
        _l("Main language of cards"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGE.items()],
        description=_l("A table that shares another one gets its cards in that."),
    )
    tone = SelectField(
        _l("Cards address people"),
        choices=[SelectChoice(value, words) for value, words in TONE.items()],
        description=_l("Where a language knows both: du or Sie, tu or vous."),
    )
    welcome = StringField(
        _l("Welcome line"),
        [Length(max=_LINE)],
        filters=[lambda text: " ".join((text or "").split())],
        description=_l("One sentence on the welcome sheet."),
    )
    questions = TextAreaField(
        _l("Questions of your own"),
        [Length(max=_TEXT)],
        filters=[lambda text: (text or "").replace("\r\n", "\n")],
        description=_l(
            "About the event, one a line; preferred where they fit. Or a whole file in "
            "the format of the documentation."
        ),
        render_kw={
            "rows": 5,
            "placeholder": _l("What did you notice on your way along the harbour?"),
        },
    )
    banned = TextAreaField(
        _l("Words for no card"),
        [Length(max=_TEXT)],
        description=_l("One a line; with a * at the end, all that begins so."),
        render_kw={"rows": 3},
    )
    named = SelectMultipleField(
        _l("What cards may name"),
        choices=[SelectChoice(line.name, _l(line.label)) for line in _NAMED],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l(
            "Of what people let be printed. The rest still helps to find who suits whom."
        ),
    )
    address = StringField(
        _l("QR code leads to"),
        [Length(max=_LINE)],
        filters=[lambda text: (text or "").strip()],
        description=_l("One address for all cards, such as the event's page. Empty: no code."),
        render_kw={"type": "url", "placeholder": "https://"},
    )
    version = VersionField(default=0)

    def fill(self, words: Words, language: str, version: int) -> None:
        """Show what an event has."""
        self.language.data, self.version.data = language, version
        for name in ("tone", "welcome", "questions", "address"):
            self[name].data = getattr(words, name)
        self.banned.data = "\n".join(words.banned)
        self.named.data = [line.name for line in _NAMED if line.name not in words.kept_off]

    def words(self) -> Words:
        """Return what was typed."""
        named = self.named.data or ()
        banned = (line.strip() for line in (self.banned.data or "").splitlines())
        return Words(
            welcome=self.welcome.data or "",
            questions=self.questions.data or "",
            tone=self.tone.data,
            banned=tuple(filter(None, banned)),
            kept_off=tuple(line.name for line in _NAMED if line.name not in named),
            address=self.address.data or "",
        )

    def validate_address(self, field: StringField) -> None:
        """Refuse an address that attendees cannot open."""
        try:
            PrintJob(address=field.data or "")
        except CardsError as wrong:
            raise ValidationError(translated(wrong)) from wrong

    def validate(self, *args: object, **more: object) -> bool:
        """Refuse questions that break a rule, each with its line."""
        if not super().validate(*args, **more):
            return False
        try:
            to_style(self.words(), self.language.data)
        except MatcherError as wrong:
            self.questions.errors = translated(wrong).splitlines()
            return False
        return True


class PrintForm(FlaskForm):
    """What to print, and how it stands on the sheets. An empty form is the default job."""

    layout = SelectField(
        _l("What to print"),
        choices=[SelectChoice(name, _l(title)) for name, title in SHEETS],
        default=PrintJob.layout,
    )
    paper = SelectField(
        _l("Paper"),
        choices=[SelectChoice(name, paper.name) for name, paper in PAPERS.items()],
        default=PrintJob.paper,
        description=_l("For sheets that come in both sizes."),
    )
    order = SelectField(
        _l("Cards sorted"),
        choices=[SelectChoice(order.value, words) for order, words in ORDER.items()],
        default=PrintJob.order,
    )
    address = StringField(
        _l("QR code on cards leads to"),
        filters=[lambda text: (text or "").strip()],
        description=_l("One address for all, such as the event's page. Empty: no code."),
        render_kw={"type": "url", "placeholder": "https://"},
    )
    since = SelectField(
        _l("Which cards"),
        default="",
        description=_l(
            "After a change of plan: only what differs from the cards handed out already."
        ),
    )
    stacked = BooleanField(
        _l("For cutting in one pile: the cut piles, laid on each other, are sorted")
    )
    backs = BooleanField(_l("Names on the backs of cards, for printing on both sides"))
    start = IntegerField(
        _l("First free place"),
        [Optional(), NumberRange(1, message=_l("Places are numbered from 1."))],
        description=_l("On a part-used sheet of labels."),
    )
    right = FloatField(
        _l("Move right, mm"), [Optional()], description=_l("What your printer is off.")
    )
    down = FloatField(_l("Move down, mm"), [Optional()])

    def offer(self, plans: Sequence[int]) -> None:
        """Offer the changes since each of these plans."""
        several = [
            SelectChoice(str(plan), _("What changes since plan %(number)s", number=plan))
            for plan in plans
        ]
        self.since.choices = [SelectChoice("", _("All")), *several]

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
                backs=self.backs.data,
                start=self.start.data or 1,
                shift=(self.right.data or 0.0, self.down.data or 0.0),
            ),
        )
