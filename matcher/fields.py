"""The one table of fields: what Seedbed can know of an attendee, and what each answer is for.

Importer targets, trait kinds, question slots and form labels all take their names from here.
A new field is one line in `FIELDS`. Never a field: age, birth or graduation year, birthplace,
ethnicity, religion, politics, health, sexuality, family, salary, union.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matcher.errors import ProfileError

__all__ = ["AREAS", "FIELDS", "Field", "Purpose", "Visibility", "field"]


class Visibility(StrEnum):
    """Who may see an answer, from most open to most closed."""

    PRINT = "print"
    """May stand on a card."""
    MATCH = "match"
    """Influences pairing; never shown, counted or hinted at to attendees."""
    ORGANIZER = "organizer"
    """On the organizer's screens only; no influence on pairing."""
    OFF = "off"
    """Kept as imported, used for nothing."""

    @property
    def openness(self) -> int:
        """3 for `print` down to 0 for `off`."""
        return ("off", "organizer", "match", "print").index(self.value)

    def stricter(self, other: Visibility) -> Visibility:
        """Return the more closed of the two: what holds for a sentence built from both."""
        return min(self, other, key=lambda level: level.openness)


class Purpose(StrEnum):
    """What the planner does with the answers to a field."""

    IDENTITY = "identity"
    """Names and addresses: never a trait, never compared."""
    SHARED = "shared"
    """A fact that two people can have in common."""
    NEED = "need"
    """Something that another person's answer may meet (needs and challenges)."""
    GIVE = "give"
    """Something that may meet another person's need (offers and experience)."""
    TIE = "tie"
    """Whom somebody knows already: never a trait, never compared."""

    @property
    def is_trait(self) -> bool:
        """Whether the answers are what two people can have in common or help each other with."""
        return self in (Purpose.SHARED, Purpose.NEED, Purpose.GIVE)


AREAS = (
    "school",
    "employer",
    "lived",
    "city",
    "craft",
    "project",
    "industry",
    "hobby",
    "community",
    "need",
    "experience",
    "event",
)
"""Areas of connection that questions are sorted by; `event` is the fallback."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One line of the table.

    Parameters
    ----------
    name
        The one identifier: importer target, trait kind, form input.
    label
        How pages and sheets call it.
    purpose
        See `Purpose`.
    many
        Whether a person may give several values.
    weight
        a_kind of the affinity formula in millionths: how much one shared value of the greatest
        rarity adds. 0: never counted as shared.
    area
        Area of the questions about this answer; empty for identity fields.
    slot
        Name of the placeholder in question templates that this answer fills; empty if none.
    visibility
        Default, before the organizer or the person decides otherwise.
    """

    name: str
    label: str
    purpose: Purpose = Purpose.SHARED
    many: bool = False
    weight: int = 0
    area: str = ""
    slot: str = ""
    visibility: Visibility = Visibility.PRINT

    @property
    def is_shared(self) -> bool:
        """Whether two people can have an answer in common; two with one need share an interest."""
        return self.purpose is Purpose.SHARED or self.weight > 0


_P, _M, _O = Visibility.PRINT, Visibility.MATCH, Visibility.ORGANIZER
_ID = Purpose.IDENTITY

# name, label, purpose, several values?, weight, question area, slot, default visibility
_TABLE: tuple[tuple[str, str, Purpose, bool, int, str, str, Visibility], ...] = (
    ("name", "Name", _ID, False, 0, "", "", _P),
    ("given_name", "Given name", _ID, False, 0, "", "", _P),
    ("family_name", "Family name", _ID, False, 0, "", "", _P),
    ("email", "E-mail", _ID, False, 0, "", "", _O),
    ("organization", "Organization", Purpose.SHARED, False, 0, "employer", "org", _P),
    (
        "past_organization",
        "Earlier employers",
        Purpose.SHARED,
        True,
        400_000,
        "employer",
        "past_org",
        _P,
    ),
    ("role", "Role", Purpose.SHARED, False, 150_000, "craft", "role", _P),
    ("industry", "Industry", Purpose.SHARED, False, 150_000, "industry", "industry", _P),
    ("school", "School", Purpose.SHARED, True, 350_000, "school", "school", _P),
    ("field", "Field of study", Purpose.SHARED, True, 200_000, "craft", "craft", _P),
    ("city", "City", Purpose.SHARED, False, 150_000, "city", "city", _P),
    ("lived", "Places lived in", Purpose.SHARED, True, 350_000, "lived", "place", _M),
    ("language", "Languages", Purpose.SHARED, True, 200_000, "lived", "language", _P),
    ("skill", "Skills", Purpose.SHARED, True, 250_000, "craft", "craft", _P),
    ("tool", "Tools", Purpose.SHARED, True, 300_000, "craft", "craft", _P),
    ("interest", "Interests", Purpose.SHARED, True, 250_000, "hobby", "hobby", _P),
    ("hobby", "Hobbies", Purpose.SHARED, True, 300_000, "hobby", "hobby", _P),
    ("community", "Communities", Purpose.SHARED, True, 300_000, "community", "group", _M),
    ("project", "Projects", Purpose.SHARED, True, 300_000, "project", "project", _M),
    ("topic", "Happy to talk about", Purpose.SHARED, True, 200_000, "experience", "topic", _P),
    ("goal", "Goal for today", Purpose.SHARED, False, 200_000, "event", "goal", _M),
    ("need", "Looking for", Purpose.NEED, True, 250_000, "need", "need", _M),
    ("offer", "Could offer", Purpose.GIVE, True, 0, "need", "", _P),
    ("challenge", "Working through", Purpose.NEED, True, 250_000, "need", "need", _M),
    ("experience", "Has been through", Purpose.GIVE, True, 0, "experience", "topic", _M),
    ("knows", "Knows", Purpose.TIE, True, 0, "", "", _O),
)

FIELDS: tuple[Field, ...] = tuple(
    Field(
        name=name,
        label=label,
        purpose=purpose,
        many=many,
        weight=weight,
        area=area,
        slot=slot,
        visibility=visibility,
    )
    for name, label, purpose, many, weight, area, slot, visibility in _TABLE
)
"""Every field, in the order in which forms and sheets show them."""

_BY_NAME = {entry.name: entry for entry in FIELDS}


def field(name: str) -> Field:
    """Return the line of the table called `name`.

    Raises
    ------
    ProfileError
        If there is none; the message lists the known names.

    Examples
    --------
    >>> field("school").weight
    350000
    """
    try:
        return _BY_NAME[name]
    except KeyError:
        known = ", ".join(sorted(_BY_NAME))
        raise ProfileError(f"There is no field {name!r}. Known fields: {known}.") from None
