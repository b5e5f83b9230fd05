"""The lint of question templates: one function a rule, all in one tuple.

It reads what a person wrote into a data file; what people wrote about themselves is checked in
`matcher.questions.facts`, so that a clean template with a clean fact is a clean question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matcher.errors import BankError
from matcher.fields import AREAS, FIELDS
from matcher.phrase import phrase
from matcher.questions.conditions import check_condition
from matcher.questions.deny import DenyList, pitch_word
from matcher.questions.template import ANY, STAGES, Formality, Template
from matcher.questions.wording import Wording

__all__ = ["MOST_WORDS", "RULES", "Finding", "lint", "slots_of", "word_count"]

MOST_WORDS = {"open": 18, "follow": 18, "deeper": 18, "offer": 20}
"""Most words of a filled text, by stage."""
FACT_WORDS = 5
"""Most words of a fact in a slot."""

_WORD = re.compile(r"[^\W_]+(?:['’.&/+#-][^\W_]+)*[+#]*")
_SLOT = re.compile(r"\{\w+\}")
_LEAD = re.compile(r"^[«„“\s]*\{\w+\}[»“”\s]*[:,]\s*")
"""A fact in front of the question, where inflection leaves it no other place."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One rule broken by one template."""

    code: str
    line: int
    template: str
    problem: str

    def __str__(self) -> str:
        """Return ``line 12, city-open-03: Q2: 21 words …``."""
        return f"line {self.line}, {self.template}: {self.code}: {self.problem}"

    @property
    def in_yours(self) -> str:
        """Return the same for an organizer, of a question of their own."""
        return phrase(
            "your questions, line %(line)s, %(template)s: %(code)s: %(problem)s",
            line=str(self.line),
            template=self.template,
            code=self.code,
            problem=self.problem,
        )


@dataclass(frozen=True)
class _Words:
    """What rules look things up in."""

    wording: Wording
    deny: DenyList

    def find(self, text: str, name: str) -> str | None:
        """Return the first word or phrase of list `name` that stands in `text`."""
        words = _plain_words(text)
        padded = f" {' '.join(words)} "
        singles, together = _looked_for(self.wording.lint[name])
        found = [*singles.intersection(words)]
        found += [several for several in together if f" {several} " in padded]
        return min(found, default=None)


@lru_cache(maxsize=64)
def _looked_for(listed: frozenset[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the single words and the phrases of a list, as `_plain_words` would read them."""
    plain = {" ".join(_plain_words(entry)) for entry in listed}
    together = {entry for entry in plain if " " in entry}
    return frozenset(plain - together), tuple(sorted(together))


def slots_of(area: str, stage: str) -> frozenset[str]:
    """Return the slots that a template of an area and stage may use."""
    if stage == "offer":
        return frozenset({"need", "offer", "topic"})
    own = {field.slot for field in FIELDS if field.area == area and field.slot}
    return frozenset(own | ({"event"} if area == "event" else set()))


def word_count(text: str) -> int:
    """Return the number of words; what hyphens and apostrophes join is one."""
    return len(_WORD.findall(text))


def lint(
    templates: Sequence[Template],
    wording: Wording,
    deny: DenyList,
    beside: Sequence[Template] = (),
) -> tuple[Finding, ...]:
    """Return every rule that a template breaks, by line, then code.

    Parameters
    ----------
    templates
        Those to be judged.
    beside
        Others already in the bank, whose ids and texts must not return; with them, `templates`
        need not cover every area.
    """
    words = _Words(wording, deny)
    found = [
        Finding(code=code, line=entry.line, template=entry.id, problem=problem)
        for entry in templates
        for code, rule in RULES
        for problem in rule(entry, words)
        if code not in entry.approved
    ]
    found += _repeated(templates, beside)
    if not beside:
        found += _missing(templates)
    return tuple(sorted(found, key=lambda finding: (finding.line, finding.code, finding.problem)))


def _one_sentence(entry: Template, words: _Words) -> Iterator[str]:
    end = "." if entry.stage == "offer" else "?"
    text = _SLOT.sub("", entry.text)
    if not text.endswith(end) or len(re.findall(r"[.?!](?:\s|$)", text)) != 1 or "!" in text:
        yield phrase("it must be one sentence that ends with '%(end)s'.", end=end)


def _short(entry: Template, words: _Words) -> Iterator[str]:
    count = word_count(_SLOT.sub("", entry.text)) + FACT_WORDS * len(entry.used_slots)
    most = MOST_WORDS.get(entry.stage, 18)
    if entry.stage != "offer" and count > most:
        yield phrase(
            "it may have %(count)s words when filled, at most %(most)s. Shorten it.",
            count=count,
            most=most,
        )


def _open(entry: Template, words: _Words) -> Iterator[str]:
    first = _plain_words(_LEAD.sub("", entry.text))[0]
    if entry.stage == "open" and first not in words.wording.lint["starts"]:
        starts = ", ".join(sorted(words.wording.lint["starts"]))
        yield phrase(
            "an opener begins with one of %(starts)s; not with '%(first)s'.",
            starts=starts,
            first=first,
        )


def _about_them(entry: Template, words: _Words) -> Iterator[str]:
    reader = words.find(_SLOT.sub(" ", entry.text), "first_person")
    if reader:
        yield phrase("'%(word)s' turns the talk to the reader. Ask about the partner.", word=reader)
    # A sentence that changes with the tone speaks to somebody, in languages without pronouns too.
    spoken_to = entry.formality is not Formality.NEUTRAL or words.find(entry.text, "you")
    if entry.stage == "open" and not entry.used_slots and not spoken_to:
        yield phrase("an opener speaks to the partner: say 'you' or name a fact of theirs.")


def _slots(entry: Template, words: _Words) -> Iterator[str]:
    count = len(entry.used_slots)
    if entry.stage == "open" and entry.area != "event" and count != 1:
        yield phrase("an opener has exactly one slot, this has %(count)s.", count=count)
    if entry.stage in ("follow", "deeper") and count > 1:
        yield phrase(
            "a question of stage %(stage)s has at most one slot, this has %(count)s.",
            stage=entry.stage,
            count=count,
        )


def _kind(entry: Template, words: _Words) -> Iterator[str]:
    accusing = words.find(entry.text, "accusing")
    if accusing:
        yield phrase("'%(word)s' asks for an excuse. Ask what, how or who.", word=accusing)


def _open_minded(entry: Template, words: _Words) -> Iterator[str]:
    presuming = words.find(entry.text, "presuming")
    if presuming:
        yield phrase(
            "'%(word)s' presumes how something went or felt. Rephrase, or have it read and "
            "note: %(note)s",
            word=presuming,
            note='approved = ["Q7"]',
        )


def _for_anybody(entry: Template, words: _Words) -> Iterator[str]:
    placing = words.find(entry.text, "placing")
    if placing:
        yield phrase("'%(word)s' presumes a position or a way of life.", word=placing)


def _no_ranking(entry: Template, words: _Words) -> Iterator[str]:
    ranking = words.find(entry.text, "ranking")
    if ranking:
        yield phrase("'%(word)s' compares, flatters or sells.", word=ranking)
    pitch = pitch_word(entry.text, words.deny)
    if pitch:
        yield phrase("'%(word)s' reads like a pitch.", word=pitch[0])


def _not_sensitive(entry: Template, words: _Words) -> Iterator[str]:
    category = words.deny.hit(_SLOT.sub(" ", entry.text))
    if category:
        yield phrase("a word of it is on the deny-list (%(category)s).", category=category)


def _well_formed(entry: Template, words: _Words) -> Iterator[str]:
    if entry.stage not in STAGES:
        yield phrase(
            "unknown stage '%(stage)s'. Known: %(known)s.",
            stage=entry.stage,
            known=", ".join(STAGES),
        )
    if entry.area not in (*AREAS, ANY) or (entry.area == ANY and entry.stage == "open"):
        yield phrase(
            "unknown area '%(area)s'. Known: %(known)s; %(any)s except for open.",
            area=entry.area,
            known=", ".join(AREAS),
            any=ANY,
        )
    allowed = slots_of(entry.area, entry.stage)
    unknown = sorted(set(entry.used_slots) - allowed)
    if unknown:
        known = ", ".join(sorted(allowed)) or "none"
        yield phrase(
            "unknown slot %(slots)s. Slots of %(area)s %(stage)s: %(known)s.",
            slots=", ".join(unknown),
            area=entry.area,
            stage=entry.stage,
            known=known,
        )
    if entry.slots != entry.used_slots:
        yield phrase(
            "slots says %(said)s, the text uses %(used)s.",
            said=str(list(entry.slots)),
            used=str(list(entry.used_slots)),
        )
    if (
        entry.stage == "offer"
        and _plain_words(entry.text)[0] not in words.wording.lint["conditional"]
    ):
        yield phrase("an offer begins with a condition.")
    for condition in entry.needs:
        try:
            check_condition(condition)
        except BankError as error:
            yield str(error)


RULES: tuple[tuple[str, Callable[[Template, _Words], Iterator[str]]], ...] = (
    ("Q1", _one_sentence),
    ("Q2", _short),
    ("Q3", _open),
    ("Q4", _about_them),
    ("Q5", _slots),
    ("Q6", _kind),
    ("Q7", _open_minded),
    ("Q8", _for_anybody),
    ("Q9", _no_ranking),
    ("Q10", _not_sensitive),
    ("Q11", _well_formed),
)
"""Code and check; each yields what is wrong with one template and what to do."""


def _repeated(templates: Sequence[Template], beside: Sequence[Template]) -> Iterator[Finding]:
    """Find ids and texts that are there twice; the two tones of a question may share both."""
    counted = (*templates, *beside)
    ids = Counter((entry.id, tone) for entry in counted for tone in _tones(entry))
    texts = Counter(
        (entry.stage, _masked(entry), tone) for entry in counted for tone in _tones(entry)
    )
    for entry in templates:
        if any(ids[entry.id, tone] > 1 for tone in _tones(entry)):
            yield _q11(entry, phrase("the id is there twice. Give one a new number."))
        if any(texts[entry.stage, _masked(entry), tone] > 1 for tone in _tones(entry)):
            yield _q11(entry, phrase("the same text is there twice. Remove one."))


def _tones(entry: Template) -> tuple[Formality, ...]:
    """Return the tones of cards on which a template may stand."""
    if entry.formality is Formality.NEUTRAL:
        return Formality.INFORMAL, Formality.FORMAL
    return (entry.formality,)


def _missing(templates: Sequence[Template]) -> Iterator[Finding]:
    there = {(entry.area, entry.stage) for entry in templates}
    wanted = [(area, stage) for area in AREAS for stage in ("open", "follow", "deeper")]
    wanted += [(ANY, stage) for stage in ("follow", "deeper", "offer")]
    for area, stage in wanted:
        if (area, stage) not in there:
            problem = phrase(
                "area %(area)s has no template of stage %(stage)s.", area=area, stage=stage
            )
            yield Finding(code="Q11", line=0, template="file", problem=problem)


def _q11(entry: Template, problem: str) -> Finding:
    return Finding(code="Q11", line=entry.line, template=entry.id, problem=problem)


def _masked(entry: Template) -> str:
    return " ".join(_plain_words(_SLOT.sub(" slot ", entry.text)))


def _plain_words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold()) or [""]
