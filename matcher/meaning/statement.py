"""What a text says, before anybody asks what it is about: direction, kind of help, exclusions.

"I can help founders with pitching, no crypto please" gives; its core is "founders with pitching",
it excludes "crypto". Words come from `words/`, one file a language; all files are tried on every
text, since people mix languages. A language without a file loses the structure, not the meaning.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files

from matcher.canon import fold

__all__ = [
    "NO_SPACES",
    "STRICT",
    "Direction",
    "Statement",
    "content_words",
    "meant_as",
    "read",
    "without_article",
]


class Direction(Enum):
    """Whether a text asks or gives; None of these where its wording does not say."""

    ASK = "ask"
    GIVE = "give"


@dataclass(frozen=True)
class Statement:
    """A text as it was understood.

    Parameters
    ----------
    core
        What it is about, without frame and exclusions; "" if nothing is left.
    excluded
        What it says it does not want, "" if nothing.
    direction
        None when the wording does not say.
    kinds
        Kinds of help that its words speak of.
    """

    core: str
    excluded: str
    direction: Direction | None
    kinds: frozenset[str]


STRICT = ("funding", "customers", "work", "hiring", "press", "mentor")
"""Kinds that nothing else replaces: who asks for money is not helped by a lecture on it."""

NO_SPACES = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Scripts that are written without spaces between words, as the inside of a character class."""

_WORD = re.compile(r"[\w+#]+")
_CLAUSE_END = re.compile(r"[,;.!?()。、،؛؟]")
_RUN = re.compile(rf"[{NO_SPACES}]+")
_LONGEST_CUE = 4
_ARTICLE = re.compile(r"^[وفبك]?ال|^لل")


@dataclass(frozen=True)
class _Words:
    stop: frozenset[str]
    ask: re.Pattern[str]
    give: re.Pattern[str]
    ask_end: re.Pattern[str]
    give_end: re.Pattern[str]
    no: re.Pattern[str]
    kinds: Mapping[str, frozenset[str]]


def read(text: str) -> Statement:
    """Return what a text says.

    Examples
    --------
    >>> said = read("Looking for investors, no crypto please")
    >>> said.core, said.excluded, said.direction.value, sorted(said.kinds)
    ('investors', 'crypto please', 'ask', ['funding'])
    """
    words = _load()
    whole = fold(text).replace("’", "'")
    kept, excluded = _exclude(whole, words.no)
    core, direction = _unframe(kept, words)
    spoken = _spoken(core)
    kinds = frozenset(kind for kind, cues in words.kinds.items() if spoken & cues)
    return Statement(core, excluded, direction, kinds)


@lru_cache(maxsize=200_000)
def meant_as(kind: str, text: str) -> str:
    """Return the kind of an answer by its wording: a wish among the offers is a need.

    The column is evidence, a plain frame overrides it. Plain is a frame beside which no frame of
    the other direction stands: "I run a bakery and need an oven" stays where it was written.

    Examples
    --------
    >>> meant_as("offer", "Looking for a co-founder"), meant_as("need", "I can teach chess")
    ('need', 'offer')
    >>> meant_as("need", "I run a bakery and need an oven"), meant_as("offer", "chess")
    ('need', 'offer')
    """
    wanted = {"need": (Direction.GIVE, "offer"), "offer": (Direction.ASK, "need")}
    if kind not in wanted:
        return kind
    direction, other = wanted[kind]
    words, whole = _load(), fold(text).replace("’", "'")
    if _unframe(_exclude(whole, words.no)[0], words)[1] is not direction:
        return kind
    frames = words.ask if direction is Direction.GIVE else words.give
    mixed = any(not whole[: found.start()][-1:].isalnum() for found in frames.finditer(whole))
    return kind if mixed else other


def _spoken(core: str) -> set[str]:
    """Return the words of a text; where no spaces divide them, every run that may be one.

    Arabic words also without their article.
    """
    words = set(_WORD.findall(core))
    words |= {without_article(word) for word in words}
    for run in _RUN.findall(core):
        words |= {
            run[start : start + length]
            for length in range(2, _LONGEST_CUE + 1)
            for start in range(len(run) - length + 1)
        }
    return words


def without_article(word: str) -> str:
    """Return an Arabic word without "the" and what is written together with it."""
    bare = _ARTICLE.sub("", word)
    return bare if len(bare) > 2 else word


def content_words(text: str) -> list[str]:
    """Return the words of a text that carry meaning, folded, in order."""
    return [word for word in _WORD.findall(fold(text)) if word not in _load().stop]


def _exclude(text: str, no: re.Pattern[str]) -> tuple[str, str]:
    """Divide a text into what it speaks of and what it excludes."""
    found = no.search(text)
    if found is None:
        return text, ""
    rest = text[found.end() :]
    end = _CLAUSE_END.search(rest)
    stop = end.start() if end else len(rest)
    return fold(f"{text[: found.start()]} {rest[stop + 1 :]}"), fold(rest[:stop])


def _unframe(text: str, words: _Words) -> tuple[str, Direction | None]:
    """Strip the frame and tell the direction that it gives; the longer of two frames counts."""
    frames = (
        (words.ask.match(text), Direction.ASK),
        (words.give.match(text), Direction.GIVE),
    )
    length, direction = max(
        ((found.end(), towards) for found, towards in frames if found),
        key=lambda frame: frame[0],
        default=(0, None),
    )
    # "I invest in bakeries" keeps its verb: only the empty words of a frame are frame.
    kept = " ".join(word for word in _WORD.findall(text[:length]) if word not in words.stop)
    core = f"{kept} {text[length:]}"
    for ending, towards in ((words.ask_end, Direction.ASK), (words.give_end, Direction.GIVE)):
        found = ending.search(core)
        if found:
            core, direction = core[: found.start()], direction or towards
    return fold(core), direction


@cache
def _load() -> _Words:
    """Read the words of all languages; data of the package, the same for every caller."""
    folder = files("matcher.meaning") / "words"
    tables = [
        tomllib.loads(file.read_text(encoding="utf-8"))
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    ]

    def together(name: str) -> set[str]:
        return {entry for table in tables for entry in table[name]}

    kinds: dict[str, set[str]] = {}
    for table in tables:
        for kind, cues in table["kinds"].items():
            kinds.setdefault(kind, set()).update(cues.split())
    return _Words(
        stop=frozenset(word for table in tables for word in table["stop"].split())
        | {frame for side in ("ask", "give") for frame in together(side) if _RUN.search(frame)},
        ask=re.compile(_any(together("ask"))),
        give=re.compile(_any(together("give"))),
        ask_end=re.compile(rf"(?<!\w)(?:{_any(together('ask_end'))})$"),
        give_end=re.compile(rf"(?<!\w)(?:{_any(together('give_end'))})$"),
        # Elsewhere than at the start of a clause, a "no" tells a problem ("does not load").
        no=_exclusion(together("no")),
        kinds={kind: frozenset(cues) for kind, cues in sorted(kinds.items())},
    )


_ANYWHERE = (
    "without|except|except for|ohne|außer|sans|sauf|sin|excepto|salvo|senza|tranne|sem|bez"
    "|без|кроме|بدون|باستثناء|ما عدا"
)


def _exclusion(starts: Iterable[str]) -> re.Pattern[str]:
    begin = r"(?:^|[,;.(。、،؛]\s*|\bbut\s+)"
    return re.compile(rf"{begin}(?:{_any(starts)})|\s(?:{_ANYWHERE})(?!\w)")


def _any(phrases: Iterable[str]) -> str:
    """Return a pattern of any of these phrases, the longest first, each up to the end of a word."""
    ordered: Sequence[str] = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(
        re.escape(phrase) + ("" if _RUN.search(phrase[-1]) else r"(?!\w)") for phrase in ordered
    )
