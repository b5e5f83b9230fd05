"""Questions for the cards: templates as data, chosen without repeats."""

from matcher.questions.bank import Bank, load_bank, read_templates
from matcher.questions.deny import DenyList, load_deny_list
from matcher.questions.language import Style, common_language, spoken
from matcher.questions.lint import Finding, lint
from matcher.questions.own import questions_of_lines, read_style
from matcher.questions.template import Formality, Template
from matcher.questions.wording import LANGUAGES, Wording, load_wording

__all__ = [
    "LANGUAGES",
    "Bank",
    "DenyList",
    "Finding",
    "Formality",
    "Style",
    "Template",
    "Wording",
    "common_language",
    "lint",
    "load_bank",
    "load_deny_list",
    "load_wording",
    "questions_of_lines",
    "read_style",
    "read_templates",
    "spoken",
]
