"""Facts: the answers of a person that may stand inside a printed sentence."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from matcher.fields import FIELDS, Visibility
from matcher.profile import Profile, Trait
from matcher.questions.deny import DenyList
from matcher.questions.wording import Wording

__all__ = ["NAMED", "QUOTED", "SLOT", "WARMTH", "Fact", "Facts", "Limit", "tidy"]


@dataclass(frozen=True)
class Limit:
    """How long a text may be inside a sentence."""

    characters: int
    words: int
    first_person: bool = False


SLOT = Limit(32, 5)
"""For a fact inside a question, which is heard once and must be grasped."""
NAMED = Limit(60, 8)
"""For a fact named in a reason."""
QUOTED = Limit(60, 8, first_person=True)
"""For words between quotation marks, where "I can teach" reads right."""

_ADDRESS = re.compile(r"https?:|www\.|\S+@\S+|\b[\w-]+\.(?:com|org|net|io|de|fr|es|eu|uk)\b", re.I)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PHONE = re.compile(r"\+?\d(?:[\s()/.-]?\d){6,}")
_SCORE = re.compile(r"\d\s*%|\d+\s*/\s*\d+|[#№]\s*\d|\d+[.,]\d+\s*(?:gpa|points?)", re.I)
_UNQUOTABLE = re.compile(r'[?!{}<>;|"“”„«»\\\n\r\t]')
_WORD = re.compile(r"[^\W_]+")
_LEVEL = re.compile(r"\s*\([^()]*\)$")  # "German (B2)" is German in a sentence


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One printable answer of one person, fit for a slot."""

    area: str
    slot: str
    kind: str
    value: str
    text: str


class Facts:
    """Judges which answers may be printed, in one language; judgments are kept.

    Parameters
    ----------
    wording
        Of the language of the sentence around them.
    deny
        The deny-lists of all languages.
    """

    def __init__(self, wording: Wording, deny: DenyList) -> None:
        self._wording = wording
        self._deny = deny
        self._first_person = wording.lint["first_person"]
        self.problem = cache(self._problem)
        self.clean = cache(self._clean)

    def of(self, profile: Profile) -> tuple[Fact, ...]:
        """Return the facts of a person, warmest area first, then in the order of the profile."""
        found = filter(None, map(self.fact, profile.traits))
        return tuple(sorted(found, key=lambda fact: WARMTH.index(fact.area)))

    def fact(self, trait: Trait) -> Fact | None:
        """Return what a question may ask about an answer, None when nothing."""
        area, slot = _PLACE[trait.kind]
        text = tidy(trait.text)
        if slot == "language":
            text = self._wording.languages.get(trait.value) or _LEVEL.sub("", text)
            if not self._wording.names.isdisjoint(_WORD.findall(text.casefold())):
                return None  # nobody asks in English how one orders a coffee in English
        if not slot or trait.visibility is not Visibility.PRINT or self.problem(text, SLOT, slot):
            return None
        return Fact(area=area, slot=slot, kind=trait.kind, value=trait.value, text=text)

    def _clean(self, sentence: str) -> bool:
        """Whether a finished sentence, names of people left out, has no listed word."""
        return self._deny.hit(sentence) is None

    def _problem(self, text: str, limit: Limit, slot: str = "") -> str | None:
        """Return a code for what keeps `text` out of sentences, None when nothing does."""
        # First of all, because the patterns below take their time on a long text.
        if len(text) > limit.characters or len(text.split()) > limit.words:
            return "long"
        folded = unicodedata.normalize("NFKC", text)
        for code, found in (
            ("signs", _UNQUOTABLE.search(folded) or any(map(_is_odd, folded))),
            ("contact", _ADDRESS.search(folded) or _PHONE.search(folded)),
            ("year", _YEAR.search(folded)),
            ("score", _SCORE.search(folded)),
            ("script", not self._deny.covers(folded)),
            ("no fact", self._says_nothing(folded, slot)),
            ("first person", not limit.first_person and self._speaks(folded)),
        ):
            if found:
                return code
        return self._deny.hit(folded)

    def _says_nothing(self, text: str, slot: str) -> bool:
        words = _WORD.findall(text.casefold())
        answer = " ".join(words)
        group = "org" if slot in ("org", "past_org") else ""
        return (
            not any(map(str.isalpha, text))
            or answer in self._wording.not_facts["any"]
            or answer in self._wording.not_facts.get(group, ())
        )

    def _speaks(self, text: str) -> bool:
        """Whether the answer says "I" or "my", which a question would put in the reader's mouth."""
        return bool(self._first_person.intersection(_WORD.findall(text.casefold())))


@lru_cache(maxsize=100_000)
def tidy(text: str) -> str:
    """Return an answer on one line, without bullets in front and punctuation behind.

    The full stop of an abbreviation stays.

    Examples
    --------
    >>> tidy("+ a bakery,"), tidy("Early-stage climate adaptation."), tidy("Hydrolytix Kft.")
    ('a bakery', 'Early-stage climate adaptation', 'Hydrolytix Kft.')
    """
    line = re.sub(r"^[\s+*•·–—:,-]+(?=[\w.])|[\s,:–—-]+$", "", " ".join(text.split()))
    return line if _ABBREVIATION.search(line) else line.removesuffix(".")


_ABBREVIATION = re.compile(r"(?:^|\s)(?:[A-Z]\w{0,3}|\w{1,3})\.$")

_PLACE = {field.name: (field.area, field.slot) for field in FIELDS}

WARMTH = (
    "project",
    "hobby",
    "community",
    "experience",
    "lived",
    "craft",
    "need",
    "school",
    "city",
    "industry",
    "employer",
    "event",
)
"""Areas by how readily people like to be asked about them, where no reason decides."""


def _is_odd(sign: str) -> bool:
    """Whether a character is a control, a format mark, an emoji or unassigned."""
    return unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cn", "Cs", "So", "Sk")
