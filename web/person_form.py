"""The form of a person: a name, one input for each answer, and the rules they carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from events.model import RULE_COLUMNS, Answer, Attendee
from events.rules import quoted, unusable
from matcher.canon import LIST_LANGUAGES, LISTED, shared_list
from matcher.fields import FIELDS, Purpose, Visibility
from matcher.fields import Field as Line

from .inputs import SelectField, StringField, TextAreaField
from .languages import translated
from .version_field import VersionField
from .words import VISIBILITY

__all__ = ["SECTIONS", "PersonForm", "shown_value"]

_CELL = 32_767  # as much as a spreadsheet cell can hold


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
        _l("Helping each other"),
        _l("What turns an introduction into a seed. One a line, in their own words."),
    ),
    "work": (_l("Work"), _l("What they do and did, and what they know.")),
    "life": (
        _l("Places, schools, free time"),
        _l("What two people may find they have in common."),
    ),
}
_TRAITS = tuple(line for line in FIELDS if line.purpose is not Purpose.IDENTITY)

SECTIONS = tuple(
    Section(title, hint, tuple(line for line in _TRAITS if _section_of(line) == name))
    for name, (title, hint) in _HEADINGS.items()
)
"""Every field that a person answers, once, in the order of the form."""


class _PersonForm(FlaskForm):
    name = StringField(
        _l("Name"),
        [DataRequired(_l("A name is the one thing a card cannot do without.")), Length(max=_CELL)],
        filters=[lambda text: " ".join((text or "").split())],
        description=_l("As it shall stand on cards."),
    )
    given_name = StringField(
        _l("Given name"),
        [Length(max=_CELL)],
        description=_l("What to call them; empty: the whole name."),
    )
    family_name = StringField(
        _l("Family name"), [Length(max=_CELL)], description=_l("Lists are sorted by it.")
    )
    email = StringField(
        _l("E-mail"),
        [Length(max=_CELL)],
        description=_l("Only for you; never printed, never compared."),
    )
    version = VersionField(default=0)

    def __init__(self, language: str, **values: Any) -> None:
        """Offer the shared list of needs and offers in the language of the event."""
        super().__init__(**values)
        self._list = shared_list(language if language in LIST_LANGUAGES else LIST_LANGUAGES[0])
        for name in LISTED:
            self[_kind(name)].choices = _choices(_("Kind of help …"), self._list.kinds)
            self[_domain(name)].choices = _choices(_("about …"), self._list.domains)
        levels = [SelectChoice(level.value, str(words)) for level, words in VISIBILITY.items()]
        for line in _TRAITS:
            self[_visibility(line.name)].choices = levels

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
            if line.name in LISTED:
                texts = tuple(dict.fromkeys((*texts, *self._picked(line.name))))
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

    def _picked(self, name: str) -> tuple[str, ...]:
        """Return the entry of the shared list that was picked, as an answer."""
        kind, domain = self[_kind(name)].data, self[_domain(name)].data
        return (self._list.phrase(kind, domain),) if kind and domain else ()

    def picks(self, line: Line) -> tuple[Field, ...]:
        """Return the two inputs that pick from the shared list, where a field has such."""
        if line.name not in LISTED:
            return ()
        return self[_kind(line.name)], self[_domain(line.name)]

    @property
    def rules(self) -> list[Field]:
        """The inputs of the rules that a person carries, in order."""
        return [self[name] for name in RULE_COLUMNS]

    def trait(self, line: Line) -> tuple[Field, Field]:
        """Return the inputs of one field: the answer and who may see it."""
        return self[_answer(line.name)], self[_visibility(line.name)]


_TEXTS = ("name", "given_name", "family_name", "email")
_RULE_HINTS = {
    "not_with": _l("Names or ids of people they must not meet, one a line. Nobody sees this."),
    "already_met": _l(
        "Names or ids of people they know, one a line; they are not introduced again."
    ),
    "pin": _l("Names or ids, one a line; for a certain round write Ben@2."),
    "wish": _l("Names or ids, one a line. It weighs, and guarantees nothing."),
    "available": _l("Such as 1-3;5. Empty: in all of them."),
    "quota": _l("Empty: one in every round."),
    "min_meetings": _l("Kept wherever possible."),
    "table": _l("A number, several such as 3;4, or a name from the rules of the plan (quiet)."),
    "cohort": _l("Such as mentor. Who may meet whom stands in the rules of the plan."),
    "rivals": _l("“yes” if they agreed to meet people of their own trade elsewhere."),
    "urgency": _l("Low, medium, high, or 0.1 to 1; for one need, one a line: a first pilot: 0.5."),
}
_LISTS = ("not_with", "already_met", "pin", "wish", "urgency")
_ORDER = {line.name: at for at, line in enumerate(FIELDS)}


def _answer(name: str) -> str:
    return f"answer_{name}"


def _kind(name: str) -> str:
    return f"{name}_kind"


def _domain(name: str) -> str:
    return f"{name}_domain"


def shown_value(field: Field) -> str:
    """Return what an input shows, in words and on one line."""
    if isinstance(field, SelectField):
        return next((str(choice[1]) for choice in field.iter_choices() if choice[2]), "")
    return "; ".join(str(field.data or "").splitlines())


def _choices(first: str, names: Mapping[str, str]) -> list[SelectChoice]:
    by_name = sorted(names.items(), key=lambda entry: entry[1].casefold())
    return [SelectChoice("", first), *(SelectChoice(name, label) for name, label in by_name)]


def _has_both(form: FlaskForm, field: Field) -> None:
    """Refuse half an entry of the shared list."""
    name = field.short_name.partition("_")[0]
    if bool(form[_kind(name)].data) != bool(form[_domain(name)].data):
        raise ValidationError(_("Choose both: a kind of help, and what it is about."))


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
            raise ValidationError(translated(quoted(text, says)))


def _inputs() -> dict[str, Field]:
    made: dict[str, Field] = {}
    for name, label in RULE_COLUMNS.items():
        made[name] = (TextAreaField if name in _LISTS else StringField)(
            _l(label), [Length(max=_CELL), _is_readable], description=_RULE_HINTS[name]
        )
    for line in _TRAITS:
        kind = TextAreaField if line.many else StringField
        made[_answer(line.name)] = kind(_l(line.label), [Length(max=_CELL)])
        made[_visibility(line.name)] = SelectField(
            _l("Who may see: %(label)s", label=_l(line.label)),
            default=line.visibility.value,
        )
        if line.name in LISTED:
            made[_kind(line.name)] = SelectField(
                _l("%(label)s: kind of help", label=_l(line.label)), [_has_both], default=""
            )
            made[_domain(line.name)] = SelectField(
                _l("%(label)s: what it is about", label=_l(line.label)), default=""
            )
    return made


PersonForm = type("PersonForm", (_PersonForm,), _inputs())
"""Everything about a person: one input for each of `RULE_COLUMNS`, and for each line of `FIELDS`
one and another for its visibility."""
