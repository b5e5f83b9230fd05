"""Questions for the cards: templates as data, chosen without repeats."""

from matcher.questions.bank import Bank, load_bank, read_templates
from matcher.questions.deny import DenyList, load_deny_list
from matcher.questions.lint import Finding, lint
from matcher.questions.template import Formality, Template
from matcher.questions.wording import LANGUAGES, Wording, load_wording

__all__ = [
    "LANGUAGES",
    "Bank",
    "DenyList",
    "Finding",
    "Formality",
    "Template",
    "Wording",
    "lint",
    "load_bank",
    "load_deny_list",
    "load_wording",
    "read_templates",
]
