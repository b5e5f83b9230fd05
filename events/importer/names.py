"""Names as people are called: parts, order, case and credentials. Mixed case is never touched."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .vocabulary import is_word
from .wording import plain

__all__ = ["Name", "name_of", "surname_stands_first", "without_guests"]

_LETTER = re.compile(r"[^\W_]")
_BRACKETS = re.compile(r"\s*[(（\[].*?[)）\]]\s*|\s(?:she|he|they|ze|xe)(?:/\w{2,5})+\s*", re.I)
# A last word that might be a degree.
_LOUD_END = re.compile(r"[A-Z]\S*[A-Z]\S*$")
# A letter that starts a word: after a hyphen, and after the apostrophe of N'Diaye or O'Brien.
_WORD_START = re.compile(r"(?:(?<=^)|(?<=[\s\-–—(])|(?<=\b[a-z]['’])|(?<=^mc))(\w)")


# "Ana +1", "Ana (+ 2)", "Ana + guest", "Ana und Begleitung".
_WITH_GUESTS = re.compile(
    r"(.*\w.*?)[\s(\[]*(?:\+|&|(?<=\s)(?:and|plus|mit|und|et|y|e|en|met|i))\s*"
    r"(?:(\d{1,2})|([^\W\d]+(?: [^\W\d]+)?))[)\]]?"
)


@dataclass(frozen=True)
class Name:
    """A name after repair, with what the file wrote.

    Parameters
    ----------
    full
        As displayed.
    given, family
        Either may be empty; a one-word name has neither.
    credentials
        What followed the surname ("PMP").
    typed
        As in the file, parts joined with a space.
    """

    full: str
    given: str = ""
    family: str = ""
    credentials: str = ""
    typed: str = ""


def surname_stands_first(names: Iterable[str]) -> bool:
    """Whether a list writes "DUPONT Jean": most of its full names begin in capitals, only there."""
    several = [words for name in names if len(words := name.split()) > 1]
    first = sum(_is_loud(words[0]) and not _is_loud(words[-1]) for words in several)
    return first > 1 and first > 0.6 * len(several)


def without_guests(name: str) -> tuple[str, int]:
    """Return a name without the guests written behind it, and how many these are.

    Examples
    --------
    >>> without_guests("Ana Ruiz +2"), without_guests("Ana and guest"), without_guests("Ana & Ben")
    (('Ana Ruiz', 2), ('Ana', 1), ('Ana & Ben', 0))
    """
    if "+" not in name and "&" not in name and name.count(" ") < 2:
        return name, 0  # most of a hundred thousand names
    found = _WITH_GUESTS.fullmatch(name)
    if found and (found[2] or is_word("guest", found[3])):
        return found[1].strip(), int(found[2] or 1)
    return name, 0


def _is_loud(word: str) -> bool:
    return word.isupper() and sum(map(str.isalpha, word)) > 1


def name_of(
    full: str = "", given: str = "", family: str = "", *, surname_first: bool = False
) -> Name | None:
    """Return the name that the name cells of a row make up, None when they are empty.

    Parameters
    ----------
    full, given, family
        Tidied cells; where a full name and parts are both there, the parts decide what is given
        name and surname.
    surname_first
        Whether capitals at the beginning of a full name are the surname.
    """
    full, given, family = (" ".join(text.split()) for text in (full, given, family))
    if not _LETTER.search(full + given + family):
        return None
    typed = full or " ".join(filter(None, (given, family)))
    if full and not (given or family):
        full, given, family, credentials = _parsed(_turned(full) if surname_first else full)
    else:
        family, credentials = _without_credentials(family)
        full = _without_credentials(full, names=2)[0]
    if not (_is_short_capitals(given) and not family.isupper()):  # "AJ Smith" is meant so
        given = _repaired(given)
    family = _repaired(family)
    return Name(_displayed(full, given, family), given, family, credentials, typed)


def _turned(full: str) -> str:
    """Return "Jean DE LA TOUR" for "DE LA TOUR Jean"; a name of another form as it is."""
    words = full.split()
    loud = next((place for place, word in enumerate(words) if not _is_loud(word)), 0)
    return " ".join(words[loud:] + words[:loud])


def _parsed(full: str) -> tuple[str, str, str, str]:
    """Return display form, given name, surname and credentials of a full name."""
    full, credentials = _without_credentials(full, names=2)
    last, comma, first = full.partition(", ")
    suffix, second, given = first.partition(", ")
    if second and is_word("suffix", suffix):  # "Smith, Jr., John"
        last, first = f"{last} {suffix}", given
    if comma and "," not in first:
        return "", first, last, credentials
    words = _BRACKETS.sub(" ", full).split()
    while len(words) > 1 and is_word("title", words[0]):
        words.pop(0)
    if len(words) < 2:
        return full, "", "", credentials
    if not full.isascii() and all(map(_is_east_asian, words)):
        return full, " ".join(words[1:]), words[0], credentials
    start = len(words) - 1
    if is_word("suffix", words[start]) and start > 1:
        start -= 1
    while start > 1 and is_word("particle", words[start - 1]):
        start -= 1
    return full, " ".join(words[:start]), " ".join(words[start:]), credentials


def _without_credentials(text: str, names: int = 1) -> tuple[str, str]:
    """Return the text without what follows a surname: "Mehta, PMP" → ("Mehta", "PMP").

    Parameters
    ----------
    names
        Words that must be left where no comma stands before the credential.
    """
    if "," not in text and not _LOUD_END.search(text):
        return text, ""
    pieces = [piece.strip() for piece in text.split(",")]
    kept = len(pieces)
    while kept > 1 and _is_credential(pieces[kept - 1]):
        kept -= 1
    named, found = ", ".join(pieces[:kept]), pieces[kept:]
    before, _, last = named.rpartition(" ")
    if len(before.split()) >= names and _is_degree(last):
        named, found = before, [last, *found]
    return named, ", ".join(found)


def _is_credential(text: str) -> bool:
    if len(text) < 4 and sum(map(str.isupper, text)) < 2:  # Ma is a name, MA a degree
        return False
    words = text.split()
    return is_word("credential", text) or (
        len(words) > 1 and all(is_word("credential", word) for word in words)
    )


def _is_degree(word: str) -> bool:
    """Whether a last word without a comma before it is a degree: "Ruiz MBA", never "Ruiz Ma"."""
    loud = sum(map(str.isupper, word)) > 1
    return len(word) > 2 and loud and is_word("credential", word)


def _repaired(part: str) -> str:
    """Return a part with its case repaired if it is all capitals or all lower case.

    Examples
    --------
    >>> _repaired("DE LA TOUR"), _repaired("N'DIAYE"), _repaired("McKay"), _repaired("T.")
    ('de la Tour', "N'Diaye", 'McKay', 'T.')
    """
    letters = [char for char in part if char.isalpha()]
    if len(letters) < 2 or not (part.isupper() or part.islower()) or _is_initials(part):
        return part
    *before, last = part.lower().split()
    words = [word if is_word("particle", word) else _capitalised(word) for word in before]
    return " ".join((*words, _capitalised(last)))


def _is_initials(part: str) -> bool:
    """Whether capitals are meant: "J.R.", "TJ", "III"."""
    no_vowel = _is_short_capitals(part) and not re.search("[AEIOUY]", part)
    return part.isupper() and (no_vowel or "." in part or is_word("suffix", part))


def _is_short_capitals(part: str) -> bool:
    return len(part) <= 2 and part.isupper()


def _capitalised(word: str) -> str:
    return _WORD_START.sub(lambda start: start[1].upper(), word)


def _displayed(full: str, given: str, family: str) -> str:
    """Return how the whole name is shown: as written where a full name was, else from its parts."""
    joined = _joined(given, family)
    if not full or plain(full) == plain(joined):
        return joined
    first, *others = full.split()
    return " ".join((_shown(first), *(w if is_word("particle", w) else _shown(w) for w in others)))


def _shown(word: str) -> str:
    return _repaired(word) if word.isalpha() else word


def _is_east_asian(word: str) -> bool:
    """Whether a word is in a script that writes surnames first."""
    return all("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" for char in word)


def _joined(given: str, family: str) -> str:
    """Return the parts in the order their script reads them."""
    parts = [part for part in (given, family) if part]
    if parts and all("\u3400" <= char <= "\u9fff" for part in parts for char in part):
        return family + given
    return " ".join(parts)
