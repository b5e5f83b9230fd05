"""Places: what is typed where somebody is asked for a town or a country.

A name that may be several places is none: it keeps its words, and equals only the same words.
What stands beside it decides ("Paris, TX"), or that one of the places is far larger than all others
and is large itself. Where one of two places lies in the other, the wider one is meant: whoever
writes "New York" may mean the city or the state, and was in the state either way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from matcher.canon.text import key

__all__ = ["Place", "called", "places_in", "within"]

LARGE = 100_000
"""People from which a place needs nobody to say where it lies."""
FAR_LARGER = 10

_JOINTS = re.compile(r"\s*(?:[/;|&\n→]|->|\s(?:and|und|et|y|e|or)\s)\s*", re.I)
_COMMAS = re.compile(r"\s*(?:[,،、，]|\s[-–—]\s)\s*")
_NOTE = re.compile(r"\s*\((?:home|work|now|currently)\)", re.I)
_PAST_NOTE = re.compile(
    r"([^,،、，(（]*)\s*\((?:college|school|grad|undergrad|originally|childhood|formerly)\)", re.I
)
_STAY = re.compile(
    r"[\s,(-]*\d+\s*\+?\s*(?:yrs?|years?|months?|mos?|jahre?|ans|años)\b\.?\)?", re.I
)
_NEAR = r"(?:\s+(?:in|from|at|near))?\s+"
_NOW = re.compile(
    rf"^(?:i\s+)?(?:live|living|based|now|currently){_NEAR}|^(?:the\s+)?(?:city|town) of\s+|"
    r"^(?:wohne in|lebe in|habite à|vivo en)\s+",
    re.I,
)
_PAST = re.compile(
    rf"^(?:i\s+)?(?:grew up|raised|lived|previously|formerly|originally){_NEAR}|"
    r"^(?:from|aufgewachsen in|ursprünglich aus|aus|originaire de|originario de)\s+",
    re.I,
)
_ID = "geo:"
_AROUND = 3
"""Names behind another that may say where it lies: a county, a state, a country."""
_CODE = re.compile(r"[A-Z]{2}|[a-z]{2}")


@dataclass(frozen=True)
class Place:
    """A place of the table.

    Parameters
    ----------
    code
        ``US``, ``US.IL`` or ``US.IL.4887398``: a code begins with those of what it lies in.
    name
        As the table writes it, with what it lies in.
    elsewhere
        Ids of smaller places that the words may name too.
    past
        Whether the words say that somebody was there, not is: "grew up in Nebraska".
    """

    code: str
    name: str
    elsewhere: tuple[str, ...] = ()
    past: bool = False

    @property
    def id(self) -> str:
        """The canonical id: the code, marked so that nobody types it ("CA" may be California)."""
        return _ID + self.code


@dataclass(frozen=True)
class _Table:
    names: dict[str, tuple[str, str]]
    by_key: dict[str, str]

    def codes(self, name: str) -> list[str]:
        """Return the codes of all places called so, however large."""
        return self.by_key.get(name, "").split()


@lru_cache(maxsize=100_000)
def places_in(text: str) -> tuple[tuple[str, Place], ...]:
    """Return the places of an answer, each with the words that name it; empty if any is unclear.

    Examples
    --------
    >>> [place.name for _, place in places_in("NYC-6 yrs, grew up in Nebraska")]
    ['New York City, New York, United States', 'Nebraska, United States']
    >>> places_in("Springfield")
    ()
    """
    if text.startswith(_ID) and text.removeprefix(_ID) in _table().names:
        code = text.removeprefix(_ID)
        return ((text, Place(code, _name(code))),)
    whole = _settled(text, ())
    if whole:
        return ((text.strip(), whole),)
    found: list[tuple[str, Place]] = []
    for piece in _JOINTS.split(_STAY.sub("", text)):
        inside = _read_list(piece, past=bool(found) and found[-1][1].past)
        if not inside:
            return ()
        found += inside
    current = {place.code for _, place in found if not place.past}
    kept = [each for each in found if not (each[1].past and each[1].code in current)]
    return tuple({place.code: (words, place) for words, place in reversed(kept)}.values())[::-1]


@lru_cache(maxsize=100_000)
def within(value: str) -> tuple[str, ...]:
    """Return the ids of the region and the country that a place lies in; none for other values.

    Examples
    --------
    >>> within("geo:US.IL.4887398"), within("geo:US"), within("chicago")
    (('geo:US.IL', 'geo:US'), (), ())
    """
    code = value.removeprefix(_ID)
    if code == value or code not in _table().names:
        return ()
    steps = code.split(".")
    codes = (".".join(steps[:end]) for end in range(len(steps) - 1, 0, -1))
    return tuple(_ID + code for code in codes if code in _table().names)


def called(value: str, language: str) -> str:
    """Return what a region or a country is called: a country in `language`, a region at home.

    Examples
    --------
    >>> called("geo:ES", "de"), called("geo:ES.51", "de")
    ('Spanien', 'Andalucía')
    """
    code = value.removeprefix(_ID)
    return _countries().get((code, language)) or _table().names[code][0]


def _read_list(piece: str, *, past: bool) -> list[tuple[str, Place]]:
    """Read names divided by commas or in brackets, each perhaps followed by what it lies in.

    What is said of one ("grew up in") holds for those after it too, until something else is said.
    """
    told = _NOTE.sub("", _PAST_NOTE.sub(r"lived in \1", piece))
    listed = re.sub(r"[(（]", ", ", re.sub(r"[)）]", "", told))
    parts = [part for part in _COMMAS.split(listed) if part.strip()]
    found: list[tuple[str, Place]] = []
    at = 0
    while at < len(parts):
        words, past = _unframed(parts[at].strip(), past=past)
        for end in range(min(len(parts), at + 1 + _AROUND), at, -1):
            place = _settled(words, tuple(parts[at + 1 : end]))
            if place:
                break
        else:
            return []
        found.append((words, replace(place, past=past)))
        at = end
    return found


def _unframed(words: str, *, past: bool) -> tuple[str, bool]:
    """Return words without what is said of a place, and whether the last that was said is past."""
    for _ in range(2):  # "originally from"
        for frame, says in ((_NOW, False), (_PAST, True)):
            bare = frame.sub("", words)
            if bare != words:
                words, past = bare, says
    return words, past


def _settled(words: str, around: tuple[str, ...]) -> Place | None:
    """Return the one place that `words` name inside all of `around`, None if there is not one."""
    name = key(words)
    if not around and name not in _table().by_key and len(words.split()) > 1:
        head, tail = words.rsplit(None, 1)  # "Brooklyn NY"
        return _settled(head, (tail,))
    codes = _table().codes(name)
    for wider in around:
        holders = _holders(wider)
        codes = [code for code in codes if any(code.startswith(h + ".") for h in holders)]
    if len(name) < 3 and name.isascii() and not around and len(_holders(words)) != 1:
        return None
    code, *others = _decided(codes, clear=bool(around)) or [""]
    return Place(code, _name(code), tuple(_ID + other for other in others)) if code else None


def _holders(words: str) -> list[str]:
    """Return the countries and regions that `words` may name, two letters included."""
    name = key(words)
    found = [code for code in _table().codes(name) if code.count(".") < 2]
    if _CODE.fullmatch(words.strip()) and name.upper() in _table().names:
        found.append(name.upper())
    return list(dict.fromkeys(found))


def _decided(codes: list[str], *, clear: bool) -> list[str]:
    """Return the code that is meant and the others that may be; none if that is not certain."""
    wide = [c for c in codes if not any(c.startswith(other + ".") for other in codes)]
    if not wide:
        return []
    largest, *others = sorted(wide, key=lambda code: (-_people(code), code))
    if not clear and _people(largest) < LARGE and "." in largest:
        return []
    if others and _people(largest) < FAR_LARGER * _people(others[0]):
        return []
    return [largest, *others]


def _people(code: str) -> int:
    return max(1, int(_table().names[code][1]))


def _name(code: str) -> str:
    steps = code.split(".")
    within = [".".join(steps[:end]) for end in range(len(steps), 0, -1)]
    names = [_table().names[step][0] for step in within if step in _table().names]
    return ", ".join(dict.fromkeys(names))


@cache
def _countries() -> dict[tuple[str, str], str]:
    text = (files("matcher.canon") / "tables" / "countries.tsv").read_text(encoding="utf-8")
    (_, *languages), *lines = (line.split("\t") for line in text.splitlines())
    return {
        (code, language): name
        for code, *names in lines
        for language, name in zip(languages, names, strict=True)
    }


@cache
def _table() -> _Table:
    names: dict[str, tuple[str, str]] = {}
    by_key: dict[str, str] = {}  # codes divided by spaces: lists take twice the time to make
    text = (files("matcher.canon") / "tables" / "places.tsv").read_text(encoding="utf-8")
    cells = iter(text.replace("\n", "\t").split("\t"))  # a fifth faster than line by line
    for code, name, people, keys in zip(cells, cells, cells, cells, strict=False):
        names[code] = name, people
        for one in keys.split("|"):
            by_key[one] = f"{by_key[one]} {code}" if one in by_key else code
    return _Table(names, by_key)
