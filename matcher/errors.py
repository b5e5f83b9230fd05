"""Exceptions of the package.

MatcherError
 +-- ProfileError      a profile, trait or setting that cannot be (a programmer's mistake)
 +-- NoPlan            no plan exists for these people and rules: an answer, not a crash
 |    +-- Infeasible   pins or frozen rounds in conflict (matcher.plan.pins.conflict)
 +-- BankError         a file of question templates or a deny-list that must not be used
"""


class MatcherError(Exception):
    """Base of every exception that this package raises on purpose."""


class ProfileError(MatcherError, ValueError):
    """A profile, trait or setting with an impossible value."""


class NoPlan(MatcherError):  # noqa: N818 - an answer, not an error
    """No introduction is possible for these people and rules; the message says what to change."""


class BankError(MatcherError, ValueError):
    """Question templates or a deny-list that cannot be read or break the lint."""
