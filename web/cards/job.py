"""A print job: which sheets, on which paper, in which order. The one way in from outside."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from matcher.phrase import phrase
from web.cards.code import Code
from web.cards.errors import UnknownChoice
from web.cards.handout import HANDOUTS, handout_of
from web.cards.handout_html import handout_html, handout_style_hash
from web.cards.html import render_html, style_hash
from web.cards.impose import PLAIN, Imposition
from web.cards.layout import LAYOUTS
from web.cards.on_stock import below_tent_size, name_tents
from web.cards.parts import OnProgress, are_many
from web.cards.sheet import CardSheet, Order
from web.cards.signs import left_out, names_of

__all__ = ["SHEETS", "PrintJob"]

SHEETS = tuple((each.id, each.title) for each in (*LAYOUTS, *HANDOUTS))
"""Id and title of everything that can be printed, the default first."""


@dataclass(frozen=True, kw_only=True)
class PrintJob:
    """What an organizer chooses about printing.

    Parameters
    ----------
    layout
        An id of `SHEETS`.
    paper
        A key of `PAPERS`, for sheets that come in both sizes.
    order
        A member of `Order`, for cards.
    address
        Where the QR code on cards leads, one for all; "" for none.
    welcome
        One sentence on the welcome sheet; "" for none.
    imposition
        For PDF only: a page on the screen has no sheets to lay pieces out on.
    """

    layout: str = SHEETS[0][0]
    paper: str = "a4"
    order: str = Order.NAME.value
    address: str = ""
    welcome: str = ""
    imposition: Imposition = PLAIN

    def __post_init__(self) -> None:
        """Refuse a layout that does not exist, and an address that leads nowhere."""
        if self.layout not in dict(SHEETS):
            known = ", ".join(dict(SHEETS))
            raise UnknownChoice(f"There is no layout {self.layout!r}. Known layouts: {known}.")
        if self.address:
            Code(self.address)
        if self.imposition.backs and handout_of(self.layout):
            raise UnknownChoice(phrase("Only cards have backs. Print this sheet without."))

    def to_json(self) -> str:
        """Return the job as text that `from_json` reads."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> PrintJob:
        """Return the job that a text of `to_json` tells of."""
        chosen = json.loads(text)
        laid = chosen.pop("imposition")
        return cls(**chosen, imposition=Imposition(**laid | {"shift": tuple(laid["shift"])}))

    def html(self, sheet: CardSheet) -> str:
        """Return the job as one standalone page.

        Raises
        ------
        CardsError
            If something cannot be printed; the message says what, and what to do.
        """
        if self.imposition != PLAIN:
            raise UnknownChoice(
                phrase(
                    "Cut and stack, a start position, an offset and backs are for PDF: choose a "
                    "file name that ends in .pdf."
                )
            )
        if handout := handout_of(self.layout):
            return handout_html(self.on(sheet), handout, self.paper)
        return render_html(self.on(sheet), self.layout, self.order, self.paper)

    def is_large(self, sheet: CardSheet) -> bool:
        """Whether its PDF takes so long that one wants to see how far it is."""
        if handout := handout_of(self.layout):
            return handout.personal and are_many(len(sheet.people))
        return are_many(len(sheet.new_cards))

    def pdf(self, sheet: CardSheet, on_progress: OnProgress = lambda done, of: True) -> bytes:
        """Return the job as a tagged PDF.

        Parameters
        ----------
        on_progress
            Called for large jobs with how many pieces of paper are done, and of how many; stops
            the job by returning False.

        Raises
        ------
        Stopped
            If `on_progress` said so.
        CardsError
            If something cannot be printed; the message says what, and what to do.
        """
        from web.cards.handout_pdf import handout_pdf  # typst takes a moment to load
        from web.cards.pdf import render_pdf  # typst takes a moment to load

        if handout := handout_of(self.layout):
            return handout_pdf(self.on(sheet), handout, self.paper, self.imposition, on_progress)
        sheet = self.on(sheet)
        return render_pdf(sheet, self.layout, self.order, self.imposition, self.paper, on_progress)

    def preview(self, sheet: CardSheet) -> bytes:
        """Return a picture of the first sheet, as PNG.

        Raises
        ------
        CardsError
            If something cannot be printed; the message says what, and what to do.
        """
        from web.cards.handout_pdf import handout_preview  # typst takes a moment to load
        from web.cards.pdf import preview  # typst takes a moment to load

        if handout := handout_of(self.layout):
            return handout_preview(self.on(sheet), handout, self.paper, self.imposition)
        return preview(self.on(sheet), self.layout, self.order, self.imposition, self.paper)

    def notices(self, sheet: CardSheet) -> tuple[str, ...]:
        """Return what the organizer should know before printing, in sentences."""
        odd = left_out(names_of(self.on(sheet)))
        handout = handout_of(self.layout)
        if handout is None or handout.pages is not name_tents:
            return odd
        small = [person.name for person in below_tent_size(sheet, handout.on(self.paper))]
        return odd + tuple(
            phrase(
                "On a tent %(name)s is smaller than 36 points, because no line holds it. "
                "Choose a larger tent, or shorten the name.",
                name=repr(name[:60]),
            )
            for name in small
        )

    def on(self, sheet: CardSheet) -> CardSheet:
        """Return the cards with the code and the welcome that were chosen."""
        code = Code(self.address) if self.address else None
        return replace(sheet, code=code, welcome=self.welcome)

    @property
    def style_hash(self) -> str:
        """The hash source by which a content security policy allows the page's style block."""
        if handout := handout_of(self.layout):
            return handout_style_hash(handout, self.paper)
        return style_hash(self.layout, self.paper)
