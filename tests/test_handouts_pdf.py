"""The other sheets on paper: nothing outside the safe areas, every sign real, in any script."""

from __future__ import annotations

import pytest
from card_files import with_partner
from card_page import everybody
from ink import PPI, ink_outside, printable

from web.cards import HANDOUTS, PAPERS, sheet_from_files
from web.cards.handout import Handout
from web.cards.handout_pdf import handout_pdf, typeset_handout

handouts = pytest.mark.parametrize("handout", HANDOUTS, ids=lambda handout: handout.id)


@handouts
@pytest.mark.parametrize("paper", PAPERS)
def test_no_name_overflows(handout: Handout, paper: str) -> None:
    made = typeset_handout(
        printable(everybody("a6x4")), handout, paper, measured=True, format="png", ppi=PPI
    )
    sheets = made if isinstance(made, list) else [made]
    grid = handout.on(paper)
    on_stock = sheets if handout.flows else sheets[1:]
    assert on_stock
    assert [spot for png in on_stock for spot in ink_outside(png, grid, footer=handout.flows)] == []


@handouts
def test_the_file_is_tagged_and_the_same_every_time(handout: Handout) -> None:
    sheet = sheet_from_files(with_partner("Amara Okonkwo"))
    made = handout_pdf(sheet, handout)
    assert made == handout_pdf(sheet, handout)
    assert b"pdfuaid:part" in made
