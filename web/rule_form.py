"""The form of a rule: a sentence with gaps, and the question whom a name means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from events.model import Attendee
from events.rules import Blank, Register, Sentence, SentenceKind
from events.sentences import Refused
from web.languages import translated

__all__ = ["Gap", "RuleForm", "filled", "pieces"]

_ASKED = 8
"""People among whom to choose."""

_LABELS = {
    "one": _l("First person"),
    "other": _l("Second person"),
    "person": _l("Person"),
    "cohort": _l("Cohort"),
    "partner": _l("Other cohort"),
    "newcomers": _l("Cohort of newcomers"),
    "hosts": _l("Cohort of hosts"),
    "round": _l("Round"),
    "rounds": _l("Rounds"),
    "count": _l("Number of meetings"),
    "counts": _l("Numbers of tables"),
    "tables": _l("Tables"),
    "name": _l("Name of tables"),
    "need": _l("Need"),
    "share": _l("Share in percent"),
}
_HINTS = {
    Blank.PERSON: _l("Begin to type a name, and choose."),
    Blank.COHORT: _l("A cohort of your list, such as mentor."),
    Blank.ROUND: _l("The number of the round, such as 2."),
    Blank.ROUNDS: _l("Numbers of rounds, such as 1-3;5."),
    Blank.COUNT: _l("A whole number, 0 or more."),
    Blank.COUNTS: _l("One number for all rounds, or one a round such as 12;10;12."),
    Blank.TABLES: _l("Numbers such as 3;4, or a name that a rule gave to tables."),
    Blank.NUMBERS: _l("Numbers of tables, such as 1;2."),
    Blank.NAME: _l("Such as quiet, or step-free."),
    Blank.NEED: _l("As the person wrote it."),
    Blank.SHARE: _l("From 1 to 100; 100 is as usual."),
}


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One gap of a sentence, as a page shows it.

    Parameters
    ----------
    text
        What was typed.
    choices
        Whom the text may mean, where it is not plain.
    """

    name: str
    blank: Blank
    text: str = ""
    problem: str = ""
    choices: tuple[Attendee, ...] = ()

    @property
    def label(self) -> str:
        """What the gap is called."""
        return str(_LABELS[self.name])

    @property
    def hint(self) -> str:
        """What to write."""
        return str(_HINTS[self.blank])


@dataclass(frozen=True, kw_only=True)
class RuleForm:
    """A sentence being written.

    Parameters
    ----------
    problems
        What is wrong with the whole.
    """

    kind: SentenceKind
    gaps: Mapping[str, Gap]
    problems: tuple[str, ...] = ()

    @property
    def is_wrong(self) -> bool:
        """Whether something has to be mended or answered."""
        return bool(self.problems) or any(gap.problem for gap in self.gaps.values())

    def refused(self, refusal: Refused) -> RuleForm:
        """Return the form with what is wrong."""
        told = {
            name: replace(gap, problem=translated(refusal.gaps.get(name, "")))
            for name, gap in self.gaps.items()
        }
        return replace(self, gaps=told, problems=tuple(map(translated, refusal.problems)))


def filled(
    kind: SentenceKind, typed: Mapping[str, str], register: Register
) -> tuple[RuleForm, Sentence]:
    """Return the form with what was typed, and the sentence; it is whole if nothing is wrong.

    Parameters
    ----------
    typed
        What a browser sent: a text for each gap; where the page asked whom one means, also the
        answer under ``GAP-who`` and the text it belongs to under ``GAP-asked``.
    """
    gaps, blanks = {}, {}
    for name, blank in kind.blanks.items():
        text = typed.get(name, "").strip()
        gaps[name], blanks[name] = Gap(name=name, blank=blank, text=text), text
        if blank is Blank.PERSON and text:
            answer = typed.get(f"{name}-who", "") if typed.get(f"{name}-asked") == text else ""
            gaps[name], blanks[name] = _person(gaps[name], answer or text, register)
    return RuleForm(kind=kind, gaps=gaps), Sentence(kind=kind.name, blanks=blanks)


def _person(gap: Gap, text: str, register: Register) -> tuple[Gap, str]:
    """Return the gap with a question where it is not plain who is meant, and the id of who is."""
    found = register.called(text)
    if len(found) == 1:
        return gap, found[0].id
    choices = tuple(found[:_ASKED] or register.like(text, _ASKED))
    if not choices:
        return replace(gap, problem=_("Nobody here is called so.")), text
    question = (
        _("Several are called so. Whom do you mean?")
        if found
        else _("Nobody is called exactly so. Whom do you mean?")
    )
    return replace(gap, problem=question, choices=choices), text


def pieces(says: str) -> Iterator[tuple[str, str]]:
    """Yield a sentence in pieces: text before a gap, and the gap's name; "" behind the last text.

    Examples
    --------
    >>> list(pieces("The needs of %(person)s count %(share)s %%."))
    [('The needs of ', 'person'), (' count ', 'share'), (' %.', '')]
    """
    parts = re.split(r"%\((\w+)\)s", says)
    texts, gaps = parts[::2], [*parts[1::2], ""]
    yield from ((text.replace("%%", "%"), gap) for text, gap in zip(texts, gaps, strict=True))
