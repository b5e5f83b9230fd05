"""Card layouts: exact geometry and type sizes as data, one line of `LAYOUTS` each.

Origin top left, all lengths in millimetres, portrait, no bleed. A new layout is one entry here;
the geometry and overflow tests walk the tuple.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from web.cards.errors import UnknownChoice
from web.cards.rows import Part
from web.cards.stock import A4, INCH, LETTER, POINT, Grid, Paper

__all__ = ["LAYOUTS", "Layout", "Spacing", "Type", "layout_of"]


@dataclass(frozen=True, kw_only=True)
class Spacing:
    """Measures shared by the estimate of room and the style sheet, in points.

    Parameters
    ----------
    leading, name_leading
        Line height as a multiple of the type size.
    label
        Width of the column of labels, gap included.
    head
        Height of the line with round and table.
    digits
        Line height of a compact card's table number; digits reach below no line.
    between_names
        Space between the two names of a trio's card.
    gaps
        Space below a row, on compact cards above it; largest first.
    bar
        Width of the bar beside the sentence that a card replaces another, gap included.
    rule
        Room for the line between what to say and what to note.
    tick_line, writing_line
        Height of a line of boxes to tick, and of one to write on.
    seed_lines
        Lines to write on, on a sit-out card; 0 where there is no room for notes.
    """

    leading: float = 1.22
    name_leading: float = 1.14
    label: float = 61
    head: float = 34
    digits: float = 0.82
    below_head: float = 4
    between_names: float = 5
    below_names: float = 6
    gaps: tuple[int, ...] = (10, 9, 8, 7, 6, 5, 4, 3)
    bar: float = 14
    rule: float = 3
    turns_gap: float = 3
    tick_line: float = 17
    writing_line: float = 8 / POINT
    seed_lines: int = 3
    footer_gap: float = 4

    @property
    def ticks(self) -> float:
        """Height of a line of boxes to tick with the gaps above; the line to write on follows."""
        return self.rule + 2 * self.turns_gap + self.tick_line

    @property
    def seeds(self) -> float:
        """Height of the lines to write on with the gap above, 0 without any."""
        if not self.seed_lines:
            return 0
        return self.rule + self.turns_gap + self.seed_lines * self.writing_line


@dataclass(frozen=True, kw_only=True)
class Type:
    """What a layout prints of a card, and how large.

    Parameters
    ----------
    names
        Sizes of the partner's name in points, largest first.
    table
        The table number.
    body
        Sizes of everything that must be read, largest first.
    small
        The footer, which nobody must read.
    words
        Most words in the body.
    never
        Parts that have no room in this layout.
    compact
        Whether the names stand beside the table number instead of below it, every label begins
        its text, and what to say has the room of what to tick.
    """

    names: tuple[int, ...]
    table: int
    body: tuple[int, ...]
    small: int
    words: int
    never: frozenset[Part] = frozenset()
    compact: bool = False
    spacing: Spacing = Spacing()


_A6 = Type(names=(28, 26, 24), table=36, body=(14, 13, 12), small=8, words=75)

_DENSE = Spacing(
    leading=1.2,
    name_leading=1.12,
    below_head=0,
    between_names=2,
    below_names=1,
    gaps=(6, 5, 4, 3, 2, 1),
    rule=2,
    turns_gap=2,
    writing_line=17,
    seed_lines=1,
    footer_gap=2,
)

_A7 = Type(
    names=(20,),
    table=28,
    body=(12,),
    small=8,
    words=40,
    never=frozenset({Part.FOLLOW, Part.DEEPER}),
    compact=True,
    spacing=_DENSE,
)

_BADGE = Type(
    names=(20, 19, 18),
    table=24,
    body=(12,),
    small=7,
    words=25,
    never=frozenset({Part.FOLLOW, Part.DEEPER, Part.OFFER}),
    compact=True,
    spacing=replace(_DENSE, seed_lines=0),
)

_LARGE = Type(
    names=(36, 34, 32),
    table=48,
    body=(18,),
    small=12,
    words=75,
    spacing=Spacing(
        label=92,
        head=46,
        below_head=6,
        between_names=8,
        below_names=8,
        tick_line=24,
        writing_line=10 / POINT,
        footer_gap=6,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Layout(Grid):
    """A grid of cards, and how large their type is."""

    type: Type


def _on_letter(
    layout_id: str,
    title: str,
    grid: tuple[int, int],
    inches: tuple[float, float, float, float, float, float],
    sizes: Type,
    inset: float = 5.0,
    *,
    precut: bool = True,
    paper: Paper = LETTER,
) -> Layout:
    """Return a layout on Letter from its maker's inches: card, first corner, pitch."""
    width, height, first_x, first_y, pitch_x, pitch_y = (length * INCH for length in inches)
    return Layout(
        id=layout_id,
        title=title,
        paper=paper,
        columns=grid[0],
        rows=grid[1],
        width=width,
        height=height,
        first_x=first_x,
        first_y=first_y,
        pitch_x=pitch_x,
        pitch_y=pitch_y,
        type=sizes,
        inset=inset,
        precut=precut,
    )


LAYOUTS = (
    Layout(
        id="a6x4",
        title="A6, four on A4",
        paper=A4,
        columns=2,
        rows=2,
        width=105,
        height=148,
        first_x=0,
        first_y=0.5,
        pitch_x=105,
        pitch_y=148,
        type=_A6,
    ),
    _on_letter(
        "letterx4",
        "Quarter Letter, four on Letter",
        (2, 2),
        (4.25, 5.5, 0, 0, 4.25, 5.5),
        _A6,
        precut=False,
    ),
    Layout(
        id="a7x8",
        title="A7, eight on A4",
        paper=A4,
        columns=2,
        rows=4,
        width=105,
        height=74,
        first_x=0,
        first_y=0.5,
        pitch_x=105,
        pitch_y=74,
        type=_A7,
    ),
    _on_letter(
        "avery5371",
        "Avery 5371, ten business cards on Letter",
        (2, 5),
        (3.5, 2, 0.75, 0.5, 3.5, 2),
        _BADGE,
        3.2,
    ),
    _on_letter(
        "avery5390",
        "Avery 5390, eight badge inserts on Letter",
        (2, 4),
        (3.5, 2.21875, 0.75, 1.0625, 3.5, 2.21875),
        _BADGE,
        4.0,
    ),
    _on_letter(
        "avery5395",
        "Avery 5395, eight name badges on Letter",
        (2, 4),
        (3.375, 2.3333, 0.6875, 0.5833, 3.75, 2.5),
        _BADGE,
        4.0,
    ),
    _on_letter(
        "avery74541",
        "Avery 74541, six badge inserts on Letter",
        (2, 3),
        (4, 3, 0.25, 1, 4, 3),
        _A7,
    ),
    Layout(
        id="a5-large",
        title="A5 large print, two on A4 or Letter",
        paper=A4.turned,
        columns=2,
        rows=1,
        width=148,
        height=210,
        first_x=0.5,
        first_y=0,
        pitch_x=148,
        pitch_y=210,
        type=_LARGE,
    ),
)
"""Every layout, the default first."""


_LARGE_ON_LETTER = _on_letter(
    "a5-large",
    "Large print, two on Letter",
    (2, 1),
    (5.5, 8.5, 0, 0, 5.5, 8.5),
    _LARGE,
    precut=False,
    paper=LETTER.turned,
)


def layout_of(layout_id: str, paper: str = "a4") -> Layout:
    """Return the layout called `layout_id`.

    Parameters
    ----------
    paper
        ``a4`` or ``letter``, for large print; the others come on one paper.

    Raises
    ------
    UnknownChoice
        If there is none.
    """
    if layout_id == _LARGE_ON_LETTER.id and paper == "letter":
        return _LARGE_ON_LETTER
    for layout in LAYOUTS:
        if layout.id == layout_id:
            return layout
    known = ", ".join(layout.id for layout in LAYOUTS)
    raise UnknownChoice(f"There is no layout {layout_id!r}. Known layouts: {known}.")
