"""Rules as organizers write them: sentences of the app, RULES.toml, columns, past meetings.

Everything that names a person is looked up among the attendees here; the matcher sees only ids.
"""

from __future__ import annotations

from .blanks import Blank, read_blank
from .cells import CELLS, cohorts_of, pin_of, quoted, unusable, why
from .found import Found, RulesFound
from .read import read_rules
from .reading import RuleMistakes
from .register import Register, plain, who_is
from .sentence import Sentence, Told, called, kind_of, parse_sentence
from .sentences import SENTENCES, SentenceKind, Topic
from .told import PHRASES, standing, tell
from .write import write_toml

__all__ = [
    "CELLS",
    "PHRASES",
    "SENTENCES",
    "Blank",
    "Found",
    "Register",
    "RuleMistakes",
    "RulesFound",
    "Sentence",
    "SentenceKind",
    "Told",
    "Topic",
    "called",
    "cohorts_of",
    "kind_of",
    "parse_sentence",
    "pin_of",
    "plain",
    "quoted",
    "read_blank",
    "read_rules",
    "standing",
    "tell",
    "unusable",
    "who_is",
    "why",
    "write_toml",
]
